"""Slugs brought to one form, and how alike two are.

`2019-05-22-café-menu`, `menu-cafe-2`, `Caf%C3%A9_Menu` and `cafÃ©-menu-copy` name the same page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from anyascii import anyascii
from rapidfuzz import fuzz

from postmend.comparator import titles
from postmend.comparator.vocabulary import PERIODS

_DATE = re.compile(r"\d{4}[-_]\d{1,2}[-_]\d{1,2}(?:[-_]|\Z)")
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?")
_COPY = frozenset(
    [
        "copy",
        "kopie",
        "kopiya",
        "kopia",
        "copia",
        "copie",
        "duplicate",
        "backup",
        "bak",
        "old",
        "new",
        "final",
    ]
)
_CODECS = ("cp1252", "latin-1", "mac_roman", "cp1251")


def words(slug: str) -> tuple[str, ...]:
    """The words of a slug in ASCII, in order, without a date in front."""
    return _words(slug)


@lru_cache(maxsize=1 << 17)
def _words(slug: str) -> tuple[str, ...]:
    plain = _undamaged(unquote(slug)) if "%" in slug else _undamaged(slug)
    plain = unicodedata.normalize("NFKC", plain)
    undated = _DATE.sub("", plain, count=1) if _DATE.match(plain) else plain
    return tuple(_WORD.findall(anyascii(undated or plain).casefold()))


def stem(slug: str) -> tuple[str, ...]:
    """The words of a slug without what a copy adds at the end: `-2`, `-copy`, `-copy-3`."""
    rest = list(words(slug))
    if len(rest) > 1 and len(rest[-1]) == 1 and rest[-1].isdigit():
        rest.pop()
    if len(rest) > 1 and rest[-1] in _COPY:
        rest.pop()
    return tuple(rest)


def block(slug: str) -> str:
    """A key of slugs that differ in suffix or word order only; empty for a slug without letters."""
    return _sorted(stem(slug))


def likeness(left: str, right: str) -> float:
    """How alike two slugs are, 0 to 1 (rapidfuzz `token_sort_ratio` of their words).

    The suffix of a copy is forgiven on one side only: `notes-2` is like `notes`, but not the same as
    `notes-3`.
    """
    if left == right and left:
        return 1.0
    a, b = words(left), words(right)
    if not a or not b:
        return 0.0
    return max(_ratio(a, b), _ratio(stem(left), b), _ratio(a, stem(right)))


def are_series(left: str, right: str) -> bool:
    """Whether two slugs differ in a number or a release word that both have: `ruby-award-2021` and `-2022`.

    The suffix of a copy does not count: `notes-2` and `notes-3` may be two copies of `notes`. Nor does one
    number after one word: `post-1612` and `post-1687` are what a content system calls its pages.
    """
    (name, mark), (other_name, other_mark) = _counted(left), _counted(right)
    telling = " " in name or (bool(name) and min(len(mark), len(other_mark)) > 1)
    return telling and name == other_name and mark != other_mark and bool(mark) and bool(other_mark)


def is_sequel(left: str, right: str) -> bool:
    """Whether one slug is the other with a year more: `elections`, `elections-2025`."""
    (name, mark), (other_name, other_mark) = _counted(left), _counted(right)
    more = mark or other_mark
    return name == other_name and bool(mark) != bool(other_mark) and any(map(_YEAR.fullmatch, more))


def differ_in_date(left: str, right: str) -> bool:
    """Whether two slugs are the same but for a year, a month or a date that both have.

    `maintenance-20060830` and `-20120607`, `fixes-may2022` and `-jun2022`.
    """
    (name, mark), (other_name, other_mark) = _dated(left), _dated(right)
    return name == other_name and mark != other_mark and bool(mark) and bool(other_mark)


def _dated(slug: str) -> tuple[str, tuple[str, ...]]:
    """The name of a slug, dates in front aside too, and its dates; none if it has other numbers only."""
    name, mark = titles.split(" ".join(_WORD.findall(anyascii(slug).casefold())))
    dated = any(_DATED.fullmatch(part) or part in PERIODS for part in mark)
    return name, mark if dated else ()


def _counted(slug: str) -> tuple[str, tuple[str, ...]]:
    """The name of a slug, and what counts it within a series."""
    return titles.split(" ".join(stem(slug)))


def is_marked_copy(slug: str) -> bool:
    """Whether a slug has a copy's suffix, or is written in percent codes."""
    return "%" in slug or stem(slug) != words(slug)


def _ratio(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    return fuzz.ratio(_sorted(left), _sorted(right)) / 100.0


def _sorted(slug: tuple[str, ...]) -> str:
    """The words in alphabetical order, but numbers as they are: 2-6-7 is not 2-7-6."""
    return " ".join(sorted(word for word in slug if not word.isdigit())) + " ".join(
        ("", *(word for word in slug if word.isdigit()))
    )


def _undamaged(slug: str) -> str:
    """The slug before UTF-8 was read with another codec.

    No text but damaged one survives this: the chance that foreign letters form valid UTF-8 is negligible, and
    a slug is only compared here, never renamed.
    """
    if slug.isascii():
        return slug
    for codec in _CODECS:
        try:
            return slug.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return slug
