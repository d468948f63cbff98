"""Fits text with gaps, places where letters were lost, to text that may still have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from postmend.model import Span
from postmend.values import dataclass

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NO_TEXT = {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"}  # controls, unassigned, private, surrogates, separators of lines
# All that a sign of loss may be or may stand for: everything outside of ASCII, and the question mark.
_LOSABLE = re.compile(r"[^\x00-\x3e\x40-\x7f]+")


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A place where text was lost: the signs that stand there now, how many of them, and whether each is a `?`."""

    span: Span
    signs: int
    is_question: bool = False


def skeleton(text: str) -> str:
    """What a loss can't touch: equal for a text and for what is left of it."""
    return _LOSABLE.sub("", text)


def fitted(text: str, gaps: Sequence[Gap], whole: str) -> tuple[str, ...] | None:
    """What `whole` has in place of each gap of `text`, if the two are equal everywhere else; None if they are not.

    `gaps` are sorted. A sign stands for one character, or for one byte of it in UTF-8 or in an East Asian encoding:
    whatever program lost the text did so in one way throughout.
    """
    return next((found for size in _SIZES if (found := _walk(text, gaps, whole, size)) is not None), None)


def _walk(text: str, gaps: Sequence[Gap], whole: str, size: Callable[[str], int]) -> tuple[str, ...] | None:
    fills: list[str] = []
    at = there = 0
    for gap in gaps:
        literal = text[at : gap.span.start]
        if not whole.startswith(literal, there):
            return None
        there += len(literal)
        end = _after(whole, there, gap, size)
        if end is None:
            return None
        fills.append(whole[there:end])
        at, there = gap.span.end, end
    if text[at:] != whole[there:] or all(map(_says_nothing, fills)):
        return None
    return tuple(fills)


def _after(whole: str, start: int, gap: Gap, size: Callable[[str], int]) -> int | None:
    """Where in `whole` the characters end that the signs of a gap stand for."""
    end, left = start, gap.signs
    while left > 0:
        if end == len(whole) or not _may_be_lost(whole[end], gap.is_question):
            return None
        left -= size(whole[end])
        end += 1
    return end if left == 0 else None


def _may_be_lost(char: str, as_question: bool) -> bool:
    if char.isascii():
        return as_question and char == "?"  # a question that was asked by the author
    return char != REPLACEMENT and unicodedata.category(char) not in _NO_TEXT


def _says_nothing(fill: str) -> bool:
    return not fill.strip("?")


def _one(char: str) -> int:
    return 1


def _utf8(char: str) -> int:
    return len(char.encode())  # surrogates were refused before


def _double(char: str) -> int:
    return 1 if char.isascii() else 2


_SIZES = (_one, _utf8, _double)
