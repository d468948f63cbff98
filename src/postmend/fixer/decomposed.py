"""Damaged text whose letters were taken apart afterwards (Unicode's form NFD): a capital A and a combining tilde for
the one character that stands for a byte.

Put together again it is as it was, so it is repaired in that form, and the places are found in the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from postmend.fixer.patches import overlaps
from postmend.model import Fixability, Repair, Span
from postmend.values import replace

# Letters and what follows to be joined with them; Hangul is taken apart into letters as well.
_APART = re.compile("[^\u0300-\u036f\u1100-\u11ff\u3099\u309a][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,3}")
MARKS = re.compile("[\u0300-\u036f\u1161-\u11ff\u3099\u309a]")

TAKEN_APART = "its letters were taken apart afterwards"


def find_decomposed(text: str, find: Callable[[str], Sequence[Repair]]) -> tuple[Repair, ...] | None:
    """The repairs of a text that was taken apart after it was damaged; None if that did not happen.

    `find` gives the repairs of a text that was not.
    """
    if not MARKS.search(text) or not unicodedata.is_normalized("NFD", text):
        return None
    joins = [Span(*m.span()) for m in _APART.finditer(text) if len(_joined(m.group())) < len(m.group())]
    whole = unicodedata.normalize("NFC", text)
    pieces = [_joined(join.of(text)) for join in joins]
    if not joins or len(whole) != len(text) - sum(j.end - j.start - len(p) for j, p in zip(joins, pieces, strict=True)):
        return None
    repairs = find(whole)
    places = _Places(joins, pieces)
    found = [_placed(text, repair, places) for repair in repairs]
    if not any(r.doubt == TAKEN_APART for r in found):
        return None
    return tuple(sorted([*found, *_rest(text, joins, found)], key=lambda r: r.span))


def _joined(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class _Places:
    """Where places of the whole text are in the one that was taken apart."""

    def __init__(self, joins: Sequence[Span], pieces: Sequence[str]) -> None:
        shifts = list(accumulate((j.end - j.start - len(p) for j, p in zip(joins, pieces, strict=True)), initial=0))
        self._shifts = shifts
        self._ends = [j.end - shift for j, shift in zip(joins, shifts[1:], strict=True)]

    def of(self, span: Span) -> Span:
        """The same span."""
        return Span(*(at + self._shifts[bisect_right(self._ends, at)] for at in (span.start, span.end)))


def _placed(text: str, repair: Repair, places: _Places) -> Repair:
    span = places.of(repair.span)
    if span.of(text) == repair.old:
        return replace(repair, span=span)
    way = Fixability.UNSAFE if repair.fixability is Fixability.SAFE else repair.fixability
    doubt = repair.doubt or TAKEN_APART
    return replace(repair, span=span, old=span.of(text), reversible=False, fixability=way, doubt=doubt)


def _rest(text: str, joins: Sequence[Span], found: Sequence[Repair]) -> Iterator[Repair]:
    """Repairs that put together what no other repair does: it happened to the whole document."""
    covered = sorted(r.span for r in found)
    for join in joins:
        if not overlaps(join, covered):
            new = _joined(join.of(text))
            yield Repair(join, join.of(text), new, (), 0.0, 0.0, 0.0, False, Fixability.UNSAFE, TAKEN_APART)
