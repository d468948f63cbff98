"""Input made to hang, crash or lose bytes: time grows with the size and no faster, and what is no text stays."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

import pytest
from cli_runner import Outcome, run
from cli_shapes import COSTLY_SHAPES, SHAPES, Shape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.examine import examine
from postmend.scanner.places import Site

ALL = {**SHAPES, **COSTLY_SHAPES}
SMALL, LARGE, COSTLY = 25_000, 100_000, 20_000  # characters
NOISE = 0.6  # seconds that may be chance
WARM = "Café, cafÃ©".encode()

CHANCE = random.Random(1).randbytes(LARGE)
BYTES: dict[str, bytes] = {
    "chance": CHANCE,
    "chance without nul": CHANCE.replace(b"\0", b"a"),
    "chance above ascii": bytes(byte | 0x80 for byte in CHANCE),
    "cut in a character": ("中" * LARGE).encode()[:-1],
    "lead bytes": b"\xc3" * LARGE,
    "continuation bytes": b"\x80" * LARGE,
    "overlong": b"---\ntitle: \xc0\xaf\n---\n" + b"\xe0\x80\xaf" * LARGE,
    "surrogates": b"\xed\xa0\xbd\xed\xb8\x80" * LARGE,
    "five bytes": b"\xf8\x88\x80\x80\x80" * LARGE,
    "beyond the last code point": b"\xf4\x90\x80\x80" * LARGE,
    "one bad byte at the end": "é ".encode() * LARGE + b"\xff",
    "half of UTF-16": b"\xff\xfe" + b"a\0" * LARGE + b"a",
    "surrogates in UTF-16": ("é\ud83d" * LARGE).encode("utf-16-le", "surrogatepass"),
    "UTF-7": b"+AOk-" * LARGE + b"\xff",
    "ISO 2022": b"\x1b$B\xff" * LARGE,
}


def fix(folder: Path, data: bytes, *options: str) -> Outcome:
    """The outcome of a fix, which ended as one should."""
    done = run(folder, "fix", "-", *options, stdin=data)
    return done.expect(done.code if done.code in (0, 1) else 0)


def cost(folder: Path, shape: Shape, size: int) -> float:
    """Seconds of processor time that finding, repairing and reporting everything takes."""
    data = shape(size).encode()
    started = process_time()
    fix(folder, data, "--unsafe-fixes", "--extend-select", "PM006")
    return process_time() - started


@pytest.mark.parametrize("name", ALL)
def test_time_grows_with_the_size(name: str, posts: Path) -> None:
    shrink = LARGE // COSTLY if name in COSTLY_SHAPES else 1
    fix(posts, WARM)
    small, large = (cost(posts, ALL[name], size // shrink) for size in (SMALL, LARGE))
    assert large < max(NOISE, 7 * small)


@pytest.mark.parametrize("name", ALL)
def test_a_second_fix_changes_nothing(name: str, posts: Path) -> None:
    first = fix(posts, ALL[name](2_000).encode())
    assert fix(posts, first.stdout).stdout == first.stdout


@pytest.mark.parametrize("name", BYTES)
def test_what_is_no_text_stays(name: str, posts: Path) -> None:
    started = process_time()
    assert fix(posts, BYTES[name], "--unsafe-fixes", "--select", "PM1,PM3").stdout == BYTES[name]
    assert process_time() - started < 3


def test_many_findings_in_one_line_do_not_each_hold_the_line(posts: Path) -> None:
    """13,000 findings in a line of 80 kB had a copy of it each: 1 GB."""

    data = ("cafÃ© caf√© " * 2_000).encode()
    found = examine("a.md", data, Site(), Policy()).findings
    assert len(found) > 3_000
    assert sum(len(f.context or "") + len(f.before or "") for f in found) < 3_000 * len(found)


PIECES: list[str | bytes] = [
    *(
        "---\n",
        "+++\n",
        ";;;\n",
        "...\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "- ",
        "> ",
        "```",
        "`",
        "<!--",
        "-->",
        "<a b='",
    ),
    *(
        "title: ",
        "date: 2026-02-30\n",
        "tags: [",
        "]",
        "{",
        "}",
        '"',
        "'",
        ": ",
        " #",
        "&a ",
        "*a ",
        "| ",
        "\\",
        "title = ",
    ),
    *(
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "ï»¿",
        "cafÃ©",
        "caf√©",
        "â€œ",
        "â€\x9d",
        "Ð¼Ð¾Ñ€Ðµ",
        "鈥?",
        "Ïðèâåò",
        "Ã ",
        "Ã",
    ),
    *(
        "café",
        "Утро",
        "中文",
        "\0",
        "\x85",
        "\N{LINE SEPARATOR}",
        "\N{REPLACEMENT CHARACTER}",
        "&Atilde;&copy;",
        "%C3%A9",
    ),
    *(b"\xe9", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\x80", b"\xcf\xf0\xe8"),
]
SPLICED = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map(
    lambda parts: b"".join(p if isinstance(p, bytes) else p.encode("utf-8", "surrogatepass") for p in parts)
)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(SPLICED, st.sampled_from([(), ("--unsafe-fixes",), ("--extend-select", "PM006")]))
def test_anything_spliced_is_survived(data: bytes, options: tuple[str, ...]) -> None:
    first = fix(Path(__file__).parent, data, *options)
    assert "not repaired" not in first.err
    if "--unsafe-fixes" not in options:
        assert fix(Path(__file__).parent, first.stdout, *options).stdout == first.stdout


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(SPLICED)
def test_letters_that_no_repair_is_about_stay(data: bytes) -> None:
    """None of these accidents makes an English letter of anything, or takes one away; a swallowed one comes back."""
    made = fix(Path(__file__).parent, data, "--select", "PM003,PM1,PM3").stdout
    if not any(sign in data for sign in (b"&", b"%", "鈥".encode())):
        assert letters(made) == letters(data)


def letters(text: bytes) -> list[int]:
    return [byte for byte in text if chr(byte).isalpha() and byte < 0x80]
