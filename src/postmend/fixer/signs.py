"""Quotation marks, dashes and other signs in words, for the language model: it has seen few of them, and to it
`'Control'` in curly quotes is less likely than with an accented letter at each end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_COMMON = 1.5  # nats that a sign at its place costs in a word
_ALONE_COSTS = -4.0  # a dash or a bullet between spaces is likelier than any accented letter there
_CONTROL = 200.0  # nats that a kind of C1 control costs: no author writes one
_ODD, _MOST_ODD = 5.0, 15.0  # nats that a kind of sign costs which is rare in posts, and all of them at most
_UNPAIRED = 6.0  # nats that quotation marks cost which never close

_OPENING = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{COPYRIGHT SIGN}"
)
_CLOSING = (
    "\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{TRADE MARK SIGN}\N{REGISTERED SIGN}\N{DEGREE SIGN}"
)
_ANGLES = (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
_ALONE = "\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{BULLET}"
_ANYWHERE = "\N{HORIZONTAL ELLIPSIS}\N{NO-BREAK SPACE}"
_INVERTED = "\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}"
_USUAL = frozenset(
    f"{_OPENING}{_CLOSING}{_ALONE}{_ANGLES}{_INVERTED}{_ANYWHERE}"
    "\N{EURO SIGN}\N{POUND SIGN}\N{SECTION SIGN}\N{MIDDLE DOT}\N{MULTIPLICATION SIGN}\N{NUMERO SIGN}"
)
_PAIRS = (
    ("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"),
    ("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"),
    ("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"),
)
_PUNCTUATION = ".,;:!?\"'()*"
_PLACED = re.compile(rf"(?<!\w)[{_OPENING}]|[{_CLOSING}](?!\w)|(?<!\w)[{_INVERTED}](?=[A-Za-z]\w)|[{_ANYWHERE}]")
_LONE = re.compile(f"[{_ALONE}{_ANGLES}]+")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\N{RIGHT SINGLE QUOTATION MARK}(?=[A-Za-z])")


def without_signs(word: str) -> tuple[str, float]:
    """A word without the common signs that are where they belong, and what these cost (nats). ASCII punctuation goes
    from its ends, too.
    """
    if word.isascii():
        return word.strip(_PUNCTUATION), 0.0
    if _LONE.fullmatch(word):
        return "", _ALONE_COSTS
    signs = set(_PLACED.findall(word))
    bare = _APOSTROPHE.sub("'", _PLACED.sub("", word))
    return bare.strip(_PUNCTUATION), _COMMON * len(signs)


def odd_signs(words: Iterable[str]) -> float:
    """What signs cost that are rare in posts, such as box drawings, each kind once; quotation marks without their other
    halves; and control characters (nats).
    """
    found = {c for word in words for c in word if not c.isascii() and not c.isalpha()}
    odd = sum(_ODD for c in found - _USUAL if unicodedata.category(c)[0] in "SPN" and not _is_east_asian(c))
    unpaired = sum(_UNPAIRED for one, others in _PAIRS if one in found and found.isdisjoint(others))
    controls = sum(_CONTROL for c in found if "\x80" <= c <= "\x9f")
    return min(odd, _MOST_ODD) + unpaired + controls


def _is_east_asian(char: str) -> bool:
    return "\u3000" <= char <= "\u33ff" or "\ufe30" <= char <= "\uffef"
