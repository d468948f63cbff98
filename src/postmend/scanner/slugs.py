"""Names as parts of an address."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[^\w\s.~-]|_(?=\Z)")
_BLANKS = re.compile(r"[\s-]+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_PUNCTUATION = re.compile(r"[^\w\s-]")
_DATE = re.compile(r"(\d{4})[-_](\d{1,2})[-_](\d{1,2})(?:[-_]+(?=.)|T[\d:-]*[-_](?=.)|\Z)")
_NUMBER = re.compile(r"\d+[-_. ]+(?=\S)")
_VERSION_OR_DATE = re.compile(r"\d+[-_.]\d+")


def github_slug(name: str) -> str:
    """Lower case, punctuation dropped, each blank a hyphen: the slug of Astro and of GitHub's headings."""
    return _PUNCTUATION.sub("", name.lower()).strip().replace(" ", "-")


def web_slug(name: str) -> str:
    """Lower case, letters of any script kept, blanks and hyphens joined."""
    return _BLANKS.sub("-", _DROPPED.sub("", name.lower())).strip("-")


def ascii_slug(name: str) -> str:
    """Only a-z, 0-9 and hyphens; other letters are transliterated."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(name)
    return _NOT_ASCII_WORD.sub("-", name.lower().replace("'", "")).strip("-")


def split_date(name: str) -> tuple[str | None, str]:
    """The ISO date with which a name begins, and the rest: `2026-2-13-a` gives (`2026-02-13`, `a`)."""
    match = _DATE.match(name)
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return None, name
    return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}", name[match.end() :]


def without_number(name: str) -> str:
    """The name without a number that only orders it: `01-intro`, `2. usage`; not of a version or a date."""
    return name if _VERSION_OR_DATE.match(name) else _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name
