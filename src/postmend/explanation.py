"""What is told of a pair of posts besides its scores. Part of `model`, from which others take it."""

from __future__ import annotations

from postmend.values import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """The longest run of words that two posts share: how many, where (lines from 1), and how it begins."""

    words: int
    left_lines: tuple[int, int]
    right_lines: tuple[int, int]
    excerpt: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A front matter field with different values, lists joined by commas; None where a side has no such field."""

    key: str
    left: str | None
    right: str | None
