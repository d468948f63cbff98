"""Titles and descriptions: their key, how alike two are, and which titles say nothing about the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from postmend.comparator.vocabulary import COUNTERS, GENERIC, PERIODS

# Digits apart from letters: `v2` and `v3`, `第1回` and `第2回` differ in a number only.
_PART = re.compile(r"\d+|[^\W\d_]+")

_RELATED = 0.45  # likeness from which two titles have words in common
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\Z")
_CJK_COUNTER = re.compile(r"第[〇零一二三四五六七八九十百]+|[上中下](?=\W*\Z)|[前中後后][編编篇]")


def key(text: str) -> str:
    """The words of a title, folded, with one space between: titles of equal keys read the same."""
    return " ".join(_parts(text))


@lru_cache(maxsize=1 << 16)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(_PART.findall(unicodedata.normalize("NFKC", text).casefold()))


def likeness(left: str, right: str) -> float:
    """How alike two titles or descriptions are, 0 to 1: the `ratio` of their keys, 0 if one is empty."""
    left, right = key(left), key(right)
    return fuzz.ratio(left, right) / 100.0 if left and right else 0.0


def width(text: str) -> int:
    """The length of a text in columns: a Han character says as much as two letters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def word_count(title: str) -> int:
    """The words of a title; in scripts without spaces two characters count as a word."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in title)
    return max(len(_parts(title)), wide // 2)


def is_generic(title: str) -> bool:
    """Whether a title would suit any text: `FAQ`, `Introduction`, `Weekly digest #7`, or nothing at all."""
    name, _ = split(title)
    return not name or name in GENERIC or key(title) in GENERIC


def are_series(left: str, right: str) -> bool:
    """Whether two titles are the same but for a number, month, ordinal or release word that both have."""
    (name, mark), (other_name, other_mark) = split(left), split(right)
    return name == other_name and mark != other_mark and bool(mark) and bool(other_mark)


def differ_in_number(left: str, right: str) -> bool:
    """Whether each of two similar titles has a number which the other lacks, and so a subject of its own.

    `CVE-2018-6914: Directory traversal` and `CVE-2021-28966: Path traversal on Windows` count the same thing. Of titles
    that have nothing in common, numbers say as little as words: the text decides.
    """
    ours, theirs = _numbers(left), _numbers(right)
    if not ours - theirs or not theirs - ours:
        return False
    return bool(_counted(left) & _counted(right)) or likeness(left, right) >= _RELATED


def _counted(title: str) -> set[str]:
    """The words that stand before numbers: `cve`, `ruby`, `part`."""
    parts = _parts(title)
    return {word for word, number in pairwise(parts) if number.isdigit() and not word.isdigit()}


def is_sequel(left: str, right: str) -> bool:
    """Whether two titles are the same but for a number, month, ordinal or release word that only one has."""
    (name, mark), (other_name, other_mark) = split(left), split(right)
    return name == other_name != "" and bool(mark) != bool(other_mark)


def is_periodic(title: str) -> bool:
    """Whether a title names a month, a day or a season, and so may come back the year after."""
    return any(part in PERIODS for part in split(title)[1])


def _numbers(title: str) -> Counter[str]:
    return Counter(part for part in _parts(title) if part.isdigit())


@lru_cache(maxsize=1 << 16)
def split(title: str) -> tuple[str, tuple[str, ...]]:
    """A title's name, and what counts it within a series."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    mark = _CJK_COUNTER.findall(folded)
    name: list[str] = []
    for part in _PART.findall(_CJK_COUNTER.sub(" ", folded)):
        counts = part.isdigit() or part in COUNTERS or _ROMAN.match(part)
        (mark if counts else name).append(part)
    return " ".join(name), tuple(mark)
