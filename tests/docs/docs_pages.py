"""The pages of the documentation, taken apart for the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.glob("*.md")),
)

_FENCE = re.compile(r"(?ms)^(?P<mark>`{3,4})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=mark)[ \t]*\n")
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"(?m)^#{1,6} (.+)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what is said after the fence, its text, and where that is in the page."""

    info: str
    text: str
    start: int
    end: int


def name_of(page: Path) -> str:
    """The path of a page as tests show it."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    for match in _FENCE.finditer(page):
        yield Block(match["info"].strip(), match["text"], *match.span("text"))


def code_spans(page: str) -> Iterator[str]:
    """What stands between backticks in running text."""
    yield from _INLINE.findall(_FENCE.sub("\n", page))


def links(page: str) -> Iterator[str]:
    """The targets of links in running text."""
    yield from _LINK.findall(_FENCE.sub("\n", page))


def anchors(page: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("\n", page)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        found.add(re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-"))
    return found
