"""What the searches for single odd characters give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from postmend.model import Span


class Where(Enum):
    """What kind of text a character stands in."""

    HEAD = auto()  # front matter
    ADDRESS = auto()  # link targets
    CODE = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Oddity:
    """A character, or a few that belong together, that should not stand in a post.

    `new` is what to put in its place; None when that is not for a machine to say. `note` says in plain words what it is
    or does, where its name alone does not.
    """

    span: Span
    name: str
    new: str | None
    note: str = ""
    harmless: bool = False  # where it stands, nobody but a reader of the source can tell that it is there
