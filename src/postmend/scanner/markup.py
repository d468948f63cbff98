"""Reads HTML and JSX tags, with the places of their attributes' values."""

from __future__ import annotations

import re

from postmend.model import RegionKind
from postmend.scanner.fields import words
from postmend.scanner.inline import has_empty_line
from postmend.values import dataclass, field

_OPEN = re.compile(r"<(/?)([A-Za-z][\w.:-]*)(?=[\s/>])|<>|</>")
_DECLARATION = re.compile(r"<(?:![A-Za-z]|\?)[^<>]*>")
_ATTRIBUTE = re.compile(r"\s+([^\s\"'<>/={}]+)(?:\s*=\s*(?=(\S)))?")
_SPREAD = re.compile(r"\s*(?=\{)")
_UNQUOTED = re.compile(r"[^\s\"'=<>`]+")
_CLOSE = re.compile(r"\s*(/?)>")
_ADDRESSES = words("href src srcset action poster cite data xlink:href ")


@dataclass(slots=True)
class Tag:
    """A tag: its name in lower case, its extent, whether it encloses nothing, its values."""

    name: str
    start: int
    end: int
    closed: bool
    values: list[tuple[RegionKind, int, int]] = field(default_factory=list)


class Tags:
    """Reads the tags of one text. Remembers what it learnt, so that no stretch is read in vain twice."""

    def __init__(self, flat: str) -> None:
        self.flat = flat
        self.braces: dict[int, int] | None = None
        self.dead: set[int] = set()  # places between attributes from which no `>` is reached

    def read(self, at: int) -> Tag | None:
        """The tag that begins at `at`; None for `a < b` and for a tag without an end."""
        opening = _OPEN.match(self.flat, at)
        if opening is None:
            declaration = _DECLARATION.match(self.flat, at)
            return Tag("", at, declaration.end(), True) if declaration else None
        if opening[2] is None:
            return Tag("", at, opening.end(), True)
        tag = Tag(opening[2].lower(), at, opening.end(), bool(opening[1]))
        seen: list[int] = []
        while (end := self._attribute(tag, tag.end)) is not None and end not in self.dead:
            seen.append(end)
            tag.end = end
        close = _CLOSE.match(self.flat, tag.end) if end is None else None
        if close is None:
            self.dead.update(seen)
            return None
        tag.end = close.end()
        tag.closed = tag.closed or bool(close[1])
        return tag

    def _attribute(self, tag: Tag, at: int) -> int | None:
        """Reads the attribute at `at`, notes its value, and returns where it ends; None if there is none."""
        spread = _SPREAD.match(self.flat, at)
        if spread:
            end = self._brace_end(spread.end())
            if end is not None:
                tag.values.append((RegionKind.SCRIPT, spread.end(), end))
            return end
        attribute = _ATTRIBUTE.match(self.flat, at)
        if attribute is None or attribute[2] is None:
            return attribute.end() if attribute else None
        value = self._value(attribute.end(), attribute[2])
        if value is None:
            return None
        start, end, after = value
        if start < end:
            tag.values.append((_kind(attribute[1], attribute[2]), start, end))
        return after

    def _value(self, at: int, first: str) -> tuple[int, int, int] | None:
        """Start and end of a value without its quotes, and the offset after it."""
        if first == "{":
            end = self._brace_end(at)
            return (at, end, end) if end is not None else None
        if first in "\"'":
            close = self.flat.find(first, at + 1)
            # A lone `<p x="` would otherwise take the next quote of the text for its own.
            is_closed = close >= 0 and not has_empty_line(self.flat, at, close)
            return (at + 1, close, close + 1) if is_closed else None
        match = _UNQUOTED.match(self.flat, at)
        return (at, match.end(), match.end()) if match else None

    def _brace_end(self, at: int) -> int | None:
        """The offset after the brace that closes the one at `at`."""
        if self.braces is None:
            self.braces = _match_braces(self.flat, at)
        return self.braces.get(at)


def _kind(name: str, first: str) -> RegionKind:
    """What the value of an attribute is, by the attribute's name and the value's first character."""
    if first == "{":
        return RegionKind.SCRIPT
    return RegionKind.LINK_TARGET if name.lower() in _ADDRESSES else RegionKind.ATTRIBUTE


def _match_braces(flat: str, at: int) -> dict[int, int]:
    """For each `{` from `at` on that is closed, the offset after its `}`."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.compile("[{}]").finditer(flat, at):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            ends[opened.pop()] = brace.end()
    return ends
