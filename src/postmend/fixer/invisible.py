"""Characters that nobody sees: where they have work to do, and where they were pasted in by accident.

Joiners belong to Persian, Hindi and family emoji, marks of direction to Hebrew and Arabic, soft hyphens to body text.
Where they stand beside no such thing they hide in titles, split words for search, and break addresses and code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from unicodedata import name as unicode_name

from postmend.fixer.oddity import INVISIBLE, Oddity, Where
from postmend.fixer.scripts import EMOJI, HANGUL, PHONETIC, RIGHT_TO_LEFT, SHAPING, VARYING
from postmend.model import Span

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e00ff"
_RUN = re.compile(f"[{INVISIBLE}]+")
_FOUND = re.compile(f"[{_SELECTORS}]+|[{_TAGS}]+|.", re.DOTALL)
_FLAG = re.compile("\N{WAVING BLACK FLAG}\\Z")
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
_OPENING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_OVERRIDES = "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
_CLOSING = {"\N{POP DIRECTIONAL FORMATTING}": _OPENING[:4], "\N{POP DIRECTIONAL ISOLATE}": _OPENING[4:]}
_BIDI = _OPENING + "".join(_CLOSING)
_BREAKS = "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_MARKUP = frozenset("`<>{}[]()@*_#!|~:/\\$%&=+\"'")
_FILLERS = "\u115f\u1160\u3164\uffa0"
_MONGOLIAN = "\u180b\u180c\u180d\u180e\u180f"
_SPACE = "\N{ZERO WIDTH SPACE}"
_BYTE_ORDER_MARK = "\ufeff"
_REACH = 60  # characters to each side that are looked at for letters of other scripts

Place = Callable[[int], Where]


def find_invisible(text: str, where: Place) -> Iterator[Oddity]:
    """The invisible characters of `text` without work to do, in order; `where` tells what an offset stands in.

    `harmless` are those in prose, which change nothing that a reader of the page sees.
    """
    if text.isascii():
        return
    found = [Span(*m.span()) for run in _RUN.finditer(text) for m in _FOUND.finditer(text, *run.span())]
    if not found:
        return
    has_directions = _any(RIGHT_TO_LEFT).search(text) is not None
    paired = _paired(text, (span.start for span in found if text[span.start] in _BIDI))
    for span in found:
        if text[span.start] in _MARKS and has_directions:
            continue
        if text[span.start] in _BIDI:
            note = _note_of_direction(text, span.start, where(span.start), span.start in paired)
        else:
            note = _note(text, span, where)
        if note is not None:
            yield _oddity(text, span, where(span.start), note)


def _note(text: str, span: Span, where: Place) -> str | None:
    """What the character does there, in words if there is more to say than its name; None when that is its work."""
    char = text[span.start]
    if char == "\N{SOFT HYPHEN}":
        return None if where(span.start) is Where.PROSE else ""
    if char in _BREAKS:
        return "no editor shows it as a line break, and JavaScript takes it for one"
    if _matches(_TAGS, char):
        return _note_of_tags(text, span)
    if _matches(_SELECTORS, char):
        return _note_of_selectors(text, span)
    return None if _works(text, span, where) else ""


def _works(text: str, span: Span, where: Place) -> bool:
    """Whether a single invisible character has something to do beside its neighbours."""
    char, beside = text[span.start], (text[span.start - 1 : span.start], text[span.end : span.end + 1])
    if char == _BYTE_ORDER_MARK:
        return span.start == 0
    if char in _JOINERS:  # in Persian they are on the keyboard, and get typed beside Latin words and markup, too
        return any(_matches(EMOJI + PHONETIC, c) for c in beside) or _is_near(SHAPING, text, span.start)
    if char in _FILLERS:
        return any(_matches(HANGUL, c) and c not in _FILLERS for c in beside)
    if char in _MONGOLIAN:
        return any(_matches("\u1800-\u18af", c) and c not in _MONGOLIAN for c in beside)
    if char == _SPACE:
        return any(_matches(SHAPING, c) for c in beside) or _is_meant(beside, where(span.start))
    return False


def _is_meant(beside: tuple[str, str], kind: Where) -> bool:
    """Whether a zero-width space keeps markup from being read (`@` before a name), or fills an empty line or cell."""
    if kind not in (Where.PROSE, Where.CODE) or _SPACE in beside:
        return False
    alone = all(not c or c.isspace() for c in beside)
    return alone or any(c in _MARKUP for c in beside)


def _note_of_tags(text: str, span: Span) -> str | None:
    """Tags spell the region of a flag after the black one; anywhere else they hide a text."""
    if _FLAG.search(text, max(0, span.start - 1), span.start) and text[span.end - 1] == "\U000e007f":
        return None
    hidden = "".join(chr(ord(c) - 0xE0000) for c in span.of(text))
    return f"hidden text: `{''.join(c for c in hidden if c.isprintable())}`"


def _note_of_selectors(text: str, span: Span) -> str | None:
    before = text[span.start - 1 : span.start]
    if span.end - span.start > 2:  # two after an emoji are a slip that many programs make
        return f"{span.end - span.start} in a row, which may hide a text"
    return None if _matches(VARYING, before) else ""


def _note_of_direction(text: str, at: int, kind: Where, is_paired: bool) -> str | None:
    """Pairs of these around words of another direction are typography; what else they do is seen by no reviewer."""
    foreign = _is_near(RIGHT_TO_LEFT, text, at)
    if foreign and is_paired and (kind is not Where.CODE or text[at] not in _OVERRIDES):
        return None
    if kind is Where.CODE or text[at] in _OVERRIDES or foreign:
        return "it can show the text after it in another order"
    return ""


def _is_near(ranges: str, text: str, at: int) -> bool:
    """Whether one of the characters stands in the same line, not far away."""
    start = text.rfind("\n", max(0, at - _REACH), at) + 1 or max(0, at - _REACH)
    end = text.find("\n", at, at + _REACH)
    return _any(ranges).search(text, start, end if end >= 0 else at + _REACH) is not None


def _paired(text: str, places: Iterable[int]) -> frozenset[int]:
    """Of the places of marks that open and close, sorted, those that have their counterpart in the same line."""
    paired: set[int] = set()
    open_: list[int] = []
    last = 0
    for at in places:
        if text.find("\n", last, at) >= 0:
            open_ = []
        last = at
        if text[at] in _OPENING:
            open_.append(at)
        elif open_ and text[open_[-1]] in _CLOSING[text[at]]:
            paired |= {open_.pop(), at}
    return frozenset(paired)


def _oddity(text: str, span: Span, kind: Where, note: str) -> Oddity:
    char = text[span.start]
    name = f"{unicode_name(char, 'INVISIBLE CHARACTER')} (U+{ord(char):04X})"
    new: str | None = ""
    if char in _BREAKS:
        beside = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        new = "" if any(not c or c.isspace() for c in beside) else " "
    elif char in _BIDI and note:
        new = None  # without it the text may read otherwise
    return Oddity(span, name, new, note, harmless=kind is Where.PROSE and not note)


def _matches(ranges: str, char: str) -> bool:
    return bool(char) and _any(ranges).match(char) is not None


@cache
def _any(ranges: str) -> re.Pattern[str]:
    return re.compile(f"[{ranges}]")
