"""Text made to exhaust a reader: limits hold, and time is linear."""

from __future__ import annotations

import time

import pytest

from postmend.model import FrontMatter, Span
from postmend.scanner.frontmatter import find_front_matter
from postmend.scanner.regions import split_regions


def found(text: str) -> FrontMatter:
    front_matter = find_front_matter(text)
    assert front_matter is not None
    return front_matter


def test_aliases_are_not_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 40)]
    front_matter = found("---\n" + "\n".join(lines) + "\n---\n")
    assert len(front_matter.fields) == 9
    assert front_matter.problem is None


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\na: " + "{a: " * 100_000 + "\n---\n",
        "---\n" + "".join(f"{' ' * k}a:\n" for k in range(300)) + "---\n",
        "+++\na = " + "[" * 100_000 + "\n+++\n",
        "+++\na" + ".a" * 100_000 + " = 1\n+++\n",
        "+++\na" + ".a" * 60 + " = 1\n+++\n",
        "---json\n" + '{"a": ' * 100_000 + "\n---\n",
        '---json\n{"a": 1' + "0" * 5_000 + "}\n---\n",
        "+++\na = 1" + "0" * 5_000 + "\n+++\n",
        "---\ntitle: " + "x" * 1_000_001 + "\n---\n",
    ],
)
def test_limits_are_problems_and_no_exceptions(text: str) -> None:
    assert found(text).problem is not None


def test_long_numbers_stay_text() -> None:
    long = "1" * 5_000 + ":59"
    assert found(f"---\na: {long}\n---\n").get("a") == long


@pytest.mark.parametrize("head", ["", "---\n", "+++\n", "---\na: ", '---json\n{"a": ', "+++\na = ", '{"a": '])
@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "{",
        "-",
        " ",
        "\n",
        "a: b\n",
        "a = [",
        "a.",
        "&a ",
        "*a ",
        "? ",
        "- ",
        "'",
        '"',
        '"""',
        "1:59",
        "\\",
        '"a": "b",\n',
        "[a]\n",
        "[[a]]\n",
        "#",
        "x: y: z\n",
        "<!--\n",
    ],
)
@pytest.mark.parametrize("tail", ["", "\n---\n", "\n+++\n"])
def test_hostile_text_takes_linear_time(head: str, unit: str, tail: str) -> None:
    text = head + unit * (200_000 // len(unit)) + tail
    started = time.process_time()
    find_front_matter(text)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "<",
        "`",
        "-",
        "~",
        "](",
        "{",
        "{/*",
        "]:",
        "://",
        "\n",
        '<a x="',
        "<a x='",
        "<a x={",
        "<a b=c ",
        "` `` ",
        "    ~~~ x\n",
        "> ```\n",
        "- ```\n",
        "import a\n",
        "import {\n",
        "<!--",
        "<code>",
        "<pre>",
        "](a (",
        "\\",
        "- ",
        "http://x) ",
        "<a x=\"<a y='\" z='",
        "~~~\n",
        "a",
    ],
)
def test_hostile_body_takes_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    started = time.process_time()
    split_regions(text, Span(0, len(text)))
    assert time.process_time() - started < 3
