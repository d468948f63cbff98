"""Control characters in text: what they are called, and what stood there before.

Names are the aliases of type "control" in Unicode's NameAliases.txt (version 16), the first one of each. A control
character of the second block (U+0080 to U+009F) is mostly a character of windows-1252 that was read as ISO-8859-1,
which is how the WHATWG standard has browsers treat `&#146;`, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postmend.fixer.accidents import is_guess
from postmend.fixer.codecs import codec_table
from postmend.fixer.oddity import CONTROLS, Oddity, Where
from postmend.model import Fixability, Repair, Span

_FOUND = re.compile(f"[{CONTROLS}]")
_COMMAND = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")
_NAMES = {
    number + start: name
    for start, names in (
        (
            0x00,
            "NULL|START OF HEADING|START OF TEXT|END OF TEXT|END OF TRANSMISSION|ENQUIRY|ACKNOWLEDGE|ALERT|BACKSPACE"
            "|CHARACTER TABULATION|LINE FEED|LINE TABULATION|FORM FEED|CARRIAGE RETURN|SHIFT OUT|SHIFT IN"
            "|DATA LINK ESCAPE|DEVICE CONTROL ONE|DEVICE CONTROL TWO|DEVICE CONTROL THREE|DEVICE CONTROL FOUR"
            "|NEGATIVE ACKNOWLEDGE|SYNCHRONOUS IDLE|END OF TRANSMISSION BLOCK|CANCEL|END OF MEDIUM|SUBSTITUTE|ESCAPE"
            "|INFORMATION SEPARATOR FOUR|INFORMATION SEPARATOR THREE|INFORMATION SEPARATOR TWO"
            "|INFORMATION SEPARATOR ONE",
        ),
        (
            0x7F,
            "DELETE|PADDING CHARACTER|HIGH OCTET PRESET|BREAK PERMITTED HERE|NO BREAK HERE|INDEX|NEXT LINE"
            "|START OF SELECTED AREA|END OF SELECTED AREA|CHARACTER TABULATION SET"
            "|CHARACTER TABULATION WITH JUSTIFICATION|LINE TABULATION SET|PARTIAL LINE FORWARD|PARTIAL LINE BACKWARD"
            "|REVERSE LINE FEED|SINGLE SHIFT TWO|SINGLE SHIFT THREE|DEVICE CONTROL STRING|PRIVATE USE ONE"
            "|PRIVATE USE TWO|SET TRANSMIT STATE|CANCEL CHARACTER|MESSAGE WAITING|START OF GUARDED AREA"
            "|END OF GUARDED AREA|START OF STRING|SINGLE GRAPHIC CHARACTER INTRODUCER|SINGLE CHARACTER INTRODUCER"
            "|CONTROL SEQUENCE INTRODUCER|STRING TERMINATOR|OPERATING SYSTEM COMMAND|PRIVACY MESSAGE"
            "|APPLICATION PROGRAM COMMAND",
        ),
    )
    for number, name in enumerate(names.split("|"))
}
_BEGUN = re.compile(r"[\xc2-\xf4][\x80-\xbf]*\Z")
_LONGEST = 3  # bytes of a sequence but its last
_OF_TERMINALS = frozenset("\x07\x08\x1b")  # colours, and letters struck twice: what a terminal printed
_BLANK = frozenset(" \t\r\n")
_CLEAR = 6.0  # nats over the next reading from which another one than that of windows-1252 is believed
_WINDOWS = ("cp1252>latin-1",)


def find_controls(text: str, where: Callable[[int], Where]) -> Iterator[Oddity]:
    """The control characters of `text`, in order; `where` tells what an offset stands in.

    What a terminal printed is left alone in code: a listing with colours is a listing.
    """
    for found in _FOUND.finditer(text):
        command = _COMMAND.match(text, found.start()) or found
        kind = where(found.start())
        if kind is not Where.CODE or found[0] not in _OF_TERMINALS:
            yield _control(text, Span(*command.span()), kind)


def is_tie_of_controls(repair: Repair) -> bool:
    """Whether a reading that was not even likely is of controls only: what windows-1252 has for them is likelier."""
    foreign = [c for c in repair.old if not c.isascii()]
    of_two = len(repair.chain) == 1 and is_guess(repair.chain[0])
    unclear = repair.fixability is Fixability.DISPLAY or (
        repair.fixability is Fixability.UNSAFE and repair.margin < _CLEAR and repair.chain != _WINDOWS
    )
    return of_two and unclear and all("\x80" <= c <= "\x9f" for c in foreign)


def _control(text: str, span: Span, kind: Where) -> Oddity:
    char = text[span.start]
    name = f"{_NAMES[ord(char)]} (U+{ord(char):04X})"
    if char > "\x7f":
        return _of_windows(text, span, name)
    if kind is Where.CODE:
        return Oddity(span, name, None)
    if span.end - span.start > 1:
        return Oddity(span, name, "", "it begins a command to a terminal")
    return Oddity(span, name, _blank(text, span) if char == "\v" else "")


def _of_windows(text: str, span: Span, name: str) -> Oddity:
    """A control of the second block as the character of windows-1252 that has its number.

    Not after the first byte of a UTF-8 sequence: that is mojibake which nobody could undo, and its signs mean nothing.
    """
    char = codec_table("cp1252")[ord(text[span.start])]
    if char.isprintable() and not _BEGUN.search(text, max(0, span.start - _LONGEST), span.start):
        return Oddity(span, name, char, f"in windows-1252 it is `{char}`")
    return Oddity(span, name, None)


def _blank(text: str, span: Span) -> str:
    """What a line break of a word processor leaves behind: a space, where there is none yet."""
    around = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return "" if any(c in _BLANK or not c for c in around) else " "
