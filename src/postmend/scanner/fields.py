"""What the readers of front matter have in common: the error they raise, their limits, their scalars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from postmend.model import Field, Span

Scalar: TypeAlias = str | int | float | bool | None

MAX_DEPTH = 50
MAX_SIZE = 1_000_000
TWICE = "is there twice"  # what is said of keys that are


class BadFrontMatter(ValueError):
    """Front matter that can't be parsed: the reason in plain words and the offset in the document."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class NotAMapping(BadFrontMatter):
    """Well-formed, but text or a list instead of keys and values: most likely prose between two rules."""


def first_of_each(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields without those whose key came before."""
    known: dict[str, Field] = {}
    for field in fields:
        known.setdefault(field.key, field)
    return tuple(known.values())


def field_at(fields: Sequence[Field], span: Span) -> Field | None:
    """The first of the fields, which are in the order of the text, that overlaps the span."""
    at = bisect_left(fields, span.end, key=lambda field: field.span.start)
    while at and fields[at - 1].span.end > span.start:
        at -= 1
    return fields[at] if at < len(fields) and fields[at].span.overlaps(span) else None


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: long literal tables are easier to read so."""
    return frozenset(text.split())


def dotted(parts: Iterable[str | int]) -> str:
    """The path of a value as `Field.key` has it: `seo.title`, `tags.0`."""
    return ".".join(str(part) for part in parts)


def too_deep(offset: int) -> BadFrontMatter:
    """The error for lists and maps inside one another without end."""
    return BadFrontMatter(f"more than {MAX_DEPTH} levels of lists and maps inside one another", offset)
