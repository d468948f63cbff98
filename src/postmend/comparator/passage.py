"""The longest run of words that two posts have in common, and where it is in both files."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.markup import blank_markup
from postmend.comparator.tokens import SHINGLE, Hashes, Tokens, fold_in_place, runs, tokenise
from postmend.model import Document, Passage
from postmend.position import LineIndex

_EXCERPT = 80  # code points


def longest_shared(left: Document, right: Document) -> Passage | None:
    """The longest run of words that both bodies have, markup aside; None when it is shorter than five words.

    If there are several of that length it is the first one of the left post. The excerpt is its beginning as
    written in the left file, on one line.
    """
    one, other = _tokens(left), _tokens(right)
    length, at, there = _longest_run(one.hashes, other.hashes)
    if length < SHINGLE:
        return None
    start, end = _span(left, one, at, length)
    return Passage(
        words=length,
        left_lines=_lines(left, start, end),
        right_lines=_lines(right, *_span(right, other, there, length)),
        excerpt=_excerpt(left.text[start:end]),
    )


def shared_words(left: Document, right: Document) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of either body, markup aside, and how many of them stand in runs of five that the other one has."""
    one, other = _tokens(left).hashes, _tokens(right).hashes
    words = len(one), len(other)
    if min(words) < SHINGLE:
        return words, words if np.array_equal(one, other) else (0, 0)
    ours, theirs = runs(one, SHINGLE), runs(other, SHINGLE)
    return words, (_covered(np.isin(ours, theirs)), _covered(np.isin(theirs, ours)))


def _covered(shared: NDArray[np.bool_]) -> int:
    """The words that stand in the shared ones of all runs of a text."""
    words = np.zeros(len(shared) + SHINGLE - 1, bool)
    for place in range(SHINGLE):
        words[place : place + len(shared)] |= shared
    return int(words.sum())


def _tokens(document: Document) -> Tokens:
    return tokenise(fold_in_place(blank_markup(document.body_text)))


def _longest_run(left: Hashes, right: Hashes) -> tuple[int, int, int]:
    """Length and places of the longest common run.

    Two texts that share a run share all shorter ones, so its length can be halved in on. Each step sorts the
    hashes of all runs of one length; the whole takes O(n log² n).
    """
    best = (0, 0, 0)
    low, high = 1, min(len(left), len(right))
    while low <= high:
        length = (low + high) // 2
        found = _common_run(left, right, length)
        if found is None:
            high = length - 1
        else:
            best, low = (length, *found), length + 1
    return best


def _common_run(left: Hashes, right: Hashes, length: int) -> tuple[int, int] | None:
    """Where both have the same run of `length` tokens: the first such place on the left, and on the right."""
    ours, theirs = runs(left, length), runs(right, length)
    places = np.flatnonzero(np.isin(ours, theirs))
    if not len(places):
        return None
    at = int(places[0])
    there = int(np.flatnonzero(theirs == ours[at])[0])
    return (at, there) if np.array_equal(left[at : at + length], right[there : there + length]) else None


def _span(document: Document, tokens: Tokens, first: int, length: int) -> tuple[int, int]:
    """Start and end of a run, as code points of the whole file."""
    offset = document.body.start
    return offset + int(tokens.starts[first]), offset + int(tokens.ends[first + length - 1])


def _lines(document: Document, start: int, end: int) -> tuple[int, int]:
    index = LineIndex(document.text)
    return index.position(start).line, index.position(end - 1).line


def _excerpt(text: str) -> str:
    words = " ".join(text[: 4 * _EXCERPT].split())
    if len(words) <= _EXCERPT and len(text) <= 4 * _EXCERPT:
        return words
    cut = words[:_EXCERPT]
    # Cut at a space where there is one near the end; Chinese and Japanese have none.
    space = cut.rfind(" ", _EXCERPT - 20)
    return cut[: space if space > 0 else _EXCERPT].rstrip() + "…"
