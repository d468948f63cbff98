"""The extent of inline code, link targets and bare addresses."""

from __future__ import annotations

import re

_TICKS = re.compile("`+")
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?=\n)")
# Blanks are the ASCII ones only: `\s` also takes U+0085 and U+00A0, which damaged addresses are full of.
_TARGET = re.compile(r"[ \t\n]{0,9}(?:<([^<>\n]*)>|((?:[^ \t\n()\\]|\\.|\((?:[^ \t\n()\\]|\\.)*\))+))")
_AFTER_TARGET = re.compile(
    r"""[ \t\n]{0,99}(?:\)|[ \t\n](?:"[^"]{0,2000}"|'[^']{0,2000}'|\([^()]{0,2000}\))[ \t\n]{0,9}\))"""
)
_DEFINITION = re.compile(r"(?:[ \t]*>)*[ ]{0,3}\[(?!\^)[^\]\n]{1,999}\Z")
_DEFINITION_TARGET = re.compile(r"\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|([^ \t\n]+))")
_LONGEST_LABEL = 1_100
_URL = re.compile(r"[^ \t\n<>`\"]+")
_TRAILING = ".,:;!?'\"*_~|…»”’"


def paragraph_end(flat: str, at: int) -> int:
    """The offset of the first empty line after `at`, or the end of the text."""
    end = _PARAGRAPH_END.search(flat, at)
    return end.start() if end else len(flat)


def has_empty_line(flat: str, start: int, end: int) -> bool:
    """Whether a paragraph ends between `start` and `end`."""
    return _PARAGRAPH_END.search(flat, start, end) is not None


def code_span_ends(flat: str, start: int, end: int) -> dict[int, int]:
    """For each backtick run between `start` and `end`, the end of the next run of the same length, if any.

    Read from the right, so that the question costs nothing for the many runs that are never closed.
    """
    ends: dict[int, int] = {}
    next_of_length: dict[int, int] = {}
    for run in reversed([match.span() for match in _TICKS.finditer(flat, start, end)]):
        length = run[1] - run[0]
        if length in next_of_length:
            ends[run[0]] = next_of_length[length]
        next_of_length[length] = run[1]
    return ends


def link_target(flat: str, at: int) -> tuple[int, int] | None:
    """The target of an inline link whose `(` ends at `at`, or None if it is empty or no link."""
    target = _TARGET.match(flat, at)
    if target is None or not _AFTER_TARGET.match(flat, target.end()):
        return None
    return _span(target)


def definition_target(flat: str, at: int, start: int) -> tuple[int, int] | None:
    """The target of the reference definition whose `]:` is at `at`, or None if it is none (or a footnote)."""
    floor = max(start, at - _LONGEST_LABEL)
    line = flat.rfind("\n", floor, at) + 1
    if line == 0:
        if floor > start:
            return None
        line = start
    target = _DEFINITION_TARGET.match(flat, at) if _DEFINITION.match(flat, line, at) else None
    return _span(target) if target else None


def url_end(flat: str, at: int) -> int:
    """The end of a bare address of which `at` is past `://`, without the punctuation that follows it."""
    match = _URL.match(flat, at)
    if match is None:
        return at
    end = match.end()
    extra_closing = match[0].count(")") - match[0].count("(")
    while end > at:
        last = flat[end - 1]
        if last == ")" and extra_closing > 0:
            extra_closing -= 1
        elif last not in _TRAILING and last not in "]}":
            break
        end -= 1
    return end


def _span(target: re.Match[str]) -> tuple[int, int] | None:
    """The group that took part, if it is not empty."""
    start, end = target.span(1) if target[1] is not None else target.span(2)
    return (start, end) if start < end else None
