"""Files whose content is odd: each is told apart, the others are worked on, and no byte changes that need not."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from cli_posts import CLEAN, Put, damaged
from cli_runner import codes, report, run, tree_bytes

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
LAYERS = ["a", *(f"k{n}" for n in range(20))]
BOMB = "a: &a [x, x]\n" + "".join(
    f"k{n}: &k{n} [{', '.join([f'*{last}'] * 9)}]\n" for n, last in enumerate(LAYERS[:-1])
)
TEXT = "Il y a du café à la carte, très bon, dit-elle.\n"


def body(front_matter: str, text: str = TEXT) -> str:
    return f"---\n{front_matter.rstrip()}\n---\n\n{text}"


QUIET = {
    "empty": b"",
    "one-newline": b"\n",
    "only-front-matter": b"---\ntitle: Nothing else\n---\n",
    "fence-only": b"---",
    "byte-order-mark-only": codecs.BOM_UTF8,
    "aliases-that-explode": body(BOMB).encode(),
}

LOUD = {
    "png": (PNG, "PM004", "Binary file"),
    "nul-in-text": (CLEAN.encode() + b"\x00 more\n", "PM004", "Binary file"),
    "latin-1": (CLEAN.encode("latin-1"), "PM001", "byte 0xE9"),
    "latin-1-named": (CLEAN.encode("latin-1"), "PM001", "reads as windows-1252"),
    "cyrillic": (("Мы читали газету, и море шумело за окном. " * 9).encode("cp1251"), "PM001", "windows-1251"),
    "broken-utf-8": (b"Un caf\xc3 noir et un th\xc3\xa9.\n", "PM001", "byte 0xC3 at 6"),
    "overlong-utf-8": (b"A slash, overlong: \xc0\xaf\n", "PM001", "byte 0xC0"),
    "surrogate": (b"Half a pair: \xed\xa0\x80\n", "PM001", "byte 0xED"),
    "utf-16": (CLEAN.encode("utf-16"), "PM002", "UTF-16 with a byte order mark"),
    "utf-16-without-mark": (CLEAN.encode("utf-16-le"), "PM002", "UTF-16 without a byte order mark"),
    "utf-16-ascii": (("Plain words, nothing else. " * 20).encode("utf-16-be"), "PM002", "without a byte order mark"),
    "utf-16-cut-off": (CLEAN.encode("utf-16")[:-1], "PM002", "ends within a character"),
    "utf-32-ascii": (("Plain words, nothing else. " * 20).encode("utf-32-le"), "PM002", "without a byte order mark"),
    "utf-32": (CLEAN.encode("utf-32"), "PM002", "UTF-32"),
    "random-bytes": (bytes((7919 * n + 13 * n * n) % 255 + 1 for n in range(300)), "PM001", "nor any other encoding"),
    "broken-yaml": (b"---\ntitle: [one\nb: c: d\n---\nText.\n", "PM301", "can't be parsed"),
    "front-matter-unclosed": (b"---\ntitle: Nothing else\n", "PM301", "can't be parsed"),
    "tab-in-yaml": (b"---\na:\n\tb: c\n---\nText.\n", "PM301", "can't be parsed"),
    "nested-yaml": (f"---\na: {'[' * 9000}{']' * 9000}\n---\nText.\n".encode(), "PM301", "levels"),
    "nested-json": (b'---json\n{"a": ' + b"[" * 9000 + b"]" * 9000 + b"}\n---\nText.\n", "PM301", "can't be parsed"),
    "broken-toml": (b"+++\ntitle = \n+++\nText.\n", "PM301", "can't be parsed"),
}  # fmt: skip

# What `fix` without a selection makes of those that are text in another encoding.
PLAIN = "Plain words, nothing else. " * 20
CONVERTED = {
    "latin-1": CLEAN,
    "latin-1-named": CLEAN,
    "cyrillic": "Мы читали газету, и море шумело за окном. " * 9,
    "utf-16": CLEAN,
    "utf-16-without-mark": CLEAN,
    "utf-16-ascii": PLAIN,
    "utf-32-ascii": PLAIN,
    "utf-32": CLEAN,
}

# Damage in files that are unusual otherwise: as they were before it happened. Of a pair, the second is what is damaged.
REPAIRED = {
    "crlf": CLEAN.replace("\n", "\r\n"),
    "lone-cr": CLEAN.replace("\n", "\r"),
    "mixed-line-endings": CLEAN.replace("\n", "\r\n", 2),
    "no-final-newline": CLEAN.rstrip("\n"),
    "many-final-newlines": CLEAN + "\n\n \t\n",
    "trailing-spaces": CLEAN.replace("\n", "  \n"),
    "byte-order-mark": ("\ufeff", CLEAN),
    "not-normalised": ("e\u0301 stays as it is\n\n", CLEAN.split("---", 2)[2]),
    "form-feed-and-separators": ("a\x0cb\u2028c\u2029d\x1ce\n", CLEAN.split("---", 2)[2]),
    "only-front-matter": "---\ntitle: Café\n---",
    "broken-yaml": body("title: [Café\nb: c: d"),
    "nested-yaml": body(f"a: {'[' * 9000}{']' * 9000}"),
    "aliases-that-explode": body(BOMB),
    "odd-quotes": body("title:   'Café'   # why not\nZ: 1\nA: ~"),
    "toml": "+++\ntitle = 'Café'\ndate = 2026-01-01\n+++\n" + TEXT,
    "json": '{\n  "title": "Café", "n": 1.0\n}\n' + TEXT,
}


@pytest.mark.parametrize("name", QUIET)
def test_nothing_to_say(name: str, posts: Path, put: Put) -> None:
    put("odd.md", QUIET[name])
    for command in ("check", "fix"):
        run(posts, command).expect(0)
    assert tree_bytes(posts) == {"odd.md": QUIET[name]}


@pytest.mark.parametrize("name", LOUD)
def test_reported_and_left_alone_while_others_are_repaired(name: str, posts: Path, put: Put) -> None:
    content, code, words = LOUD[name]
    put("odd.md", content)
    put("post.md")
    shown = run(posts, "check", "--output-format", "concise").expect(1).out
    line = next(line for line in shown.splitlines() if line.startswith("odd.md:"))
    assert code in line
    assert words in line
    assert "post.md:2:" in shown

    run(posts, "fix", "--select", "PM1").expect(0)
    assert tree_bytes(posts) == {"odd.md": content, "post.md": CLEAN.encode()}


@pytest.mark.parametrize("name", REPAIRED)
def test_only_the_damage_changes(name: str, posts: Path, put: Put) -> None:
    case = REPAIRED[name]
    head, clean = ("", case) if isinstance(case, str) else case
    before, after = head + damaged(clean), head + clean
    put("odd.md", before)
    run(posts, "fix", "--select", "PM101").expect(0)
    assert (posts / "odd.md").read_bytes() == after.encode()
    run(posts, "undo").expect(0)
    assert (posts / "odd.md").read_bytes() == before.encode()


def test_all_of_them_together(posts: Path, put: Put) -> None:
    before = {f"quiet-{name}.md": content for name, content in QUIET.items()}
    before |= {f"loud-{name}.md": content for name, (content, _, _) in LOUD.items()}
    for name, content in before.items():
        put(name, content)
    put("post.md")
    found = codes(report(posts, "check"))
    assert {(f"loud-{name}.md", code) for name, (_, code, _) in LOUD.items()} <= found
    assert not {path for path, _ in found if path.startswith("quiet-")}
    run(posts, "fix").expect(1)
    left = tree_bytes(posts)
    kept = [f"loud-{name}.md" for name in LOUD if name not in CONVERTED]
    assert {name: left[name] for name in kept} == {name: before[name] for name in kept}
    assert {name: left[f"loud-{name}.md"].decode() for name in CONVERTED} == CONVERTED
    run(posts, "undo").expect(0)
    assert tree_bytes(posts) == before | {"post.md": damaged(CLEAN).encode()}


def test_ignored_encodings_are_not_reported(posts: Path, put: Put) -> None:
    """`--ignore PM0` and `dupes` used to show PM001 and PM004 all the same."""
    put("latin.md", CLEAN.encode("latin-1"))
    put("image.md", PNG)
    run(posts, "check", "--ignore", "PM0").expect(0)
    assert report(posts, "dupes")["findings"] == []
    assert codes(report(posts, "check", "--select", "PM004")) == {("image.md", "PM004")}


def test_posts_in_utf16_are_compared_as_they_read(posts: Path, put: Put) -> None:
    """ASCII in UTF-16 is valid UTF-8 with NULs; read as that, any two such posts had the same words."""
    put("a.md", ("The same words over and over again. " * 20).encode("utf-16-le"))
    put("b.md", ("Another text, which has other words. " * 20).encode("utf-16-be"))
    put("c.md", "The same words over and over again. " * 20)
    pairs = report(posts, "check", "--min-words", "5")["pairs"]
    assert [(p["left"], p["right"], p["code"]) for p in pairs] == [("a.md", "c.md", "PM201")]


def test_damage_in_each_of_the_four_encodings(posts: Path, put: Put) -> None:
    text = "---\ntitle: Дневник моря\n---\n\nУтром море спокойно, а к вечеру поднимается ветер.\n"
    for codec in ("mac_roman", "cp1252", "latin-1", "cp1251"):
        put(f"{codec}.md", damaged(text, codec))
    run(posts, "fix", "--select", "PM1").expect(0)
    assert set(tree_bytes(posts).values()) == {text.encode()}
