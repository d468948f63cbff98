"""What the searches for single odd characters give."""

from __future__ import annotations

import re
from enum import Enum, auto

from postmend.model import Span
from postmend.values import dataclass

# Parts of regular expressions, with one range above U+FFFF: each more halves the speed of the search. Tabs, line breaks
# and form feeds are no fault.
CONTROLS = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f"
INVISIBLE = (
    "\u00ad\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_ODD = re.compile(f"[{CONTROLS}{INVISIBLE}]")


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


def may_hold_oddities(text: str) -> bool:
    """Whether any character of `text` is worth a closer look; costs next to nothing."""
    return _ODD.search(text) is not None
