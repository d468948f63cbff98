"""What makes one reading of a lost byte likelier than another, besides the language: which signs people use and where,
and what the document itself says elsewhere."""

from __future__ import annotations

from postmend.fixer import language
from postmend.fixer.alphabet import QUOTES

# What signs cost (nats), by how common they are in running text on the Web. The language model knows too few of them:
# one that it met twice costs more than one that it never met, as those share what their class has.
_SIGNS = {
    "→": 11.0,
    "™€✓★●≥✅": 12.0,
    "←⚠❌≤≈↑↓": 13.0,
    "▶☆○■✔≠∞√−⇒▪►": 14.0,
    "↔▼▲◆□✗▸☐☑": 15.0,
}
_COST_OF_SIGN = {char: nats for chars, nats in _SIGNS.items() for char in chars}
_OTHER_SIGN = 18.0
_STAND_IN = "\N{RIGHTWARDS ARROW}"  # for all of them, where they are what stands before
# Punctuation, for and against.
_PUNCTUATION = {
    "\N{EN DASH}": -1.0,
    "\N{HORIZONTAL ELLIPSIS}": -1.0,
    "\N{LEFT SINGLE QUOTATION MARK}": -1.5,
    "\N{BULLET}": -1.5,
}
_USUAL = frozenset("\N{EM DASH}" + QUOTES) | _PUNCTUATION.keys()
_RARE = -6.0  # a sign of General Punctuation that hardly anybody types
_NOT_SEEN_LOW = -4.0  # for quotation marks of some languages, in a document that has no other
_SEEN = 2.0  # for a foreign character that the document has elsewhere
_AFTER_ONE = 1.5  # more, after the same character
_AFTER_TWO = 1.5  # and more, after the same two
_REPEATED = 6.0  # for a sign after the same one: stars come in rows
_MISPLACED = -8.0  # an opening mark before a space, a closing one after it
_LOOSE = -3.0  # an ellipsis after a space
_NOTHING = 2.0  # for a dash between quotes or tags, which says that there is no value
_UNOPENED = -4.0  # a closing mark in a document that has no opening one
_OPENING_ASCII = "([{*_`#$"
_OPENING, _CLOSING, _LOW = "“‘„‚", "”’", "„‚"
_FIRST_SIGN = "\u2100"
_OPENED_BY = {"”": "“„", "’": "‘‚"}


class Familiar(dict[str, float]):
    """What a document says for a reading: log P of the last of two or three characters after the others (nats)."""

    def __init__(self, text: str) -> None:
        """`text`: the document as far as it is repaired."""
        foreign = [at for at, char in enumerate(text) if not char.isascii()]
        self._seen = {text[at - back : at + 1] for at in foreign for back in range(3) if at >= back}
        self._model = language.load()
        self._low = not self._seen.isdisjoint(_LOW)

    def __missing__(self, key: str) -> float:
        price = self[key] = self._priced(key[:-1], key[-1])
        return price

    def _priced(self, tail: str, char: str) -> float:
        if _is_sign(char):
            return self._of_seen(tail, char) + _REPEATED * (tail[-1] == char) - _COST_OF_SIGN.get(char, _OTHER_SIGN)
        context = tail if max(tail) < _FIRST_SIGN else "".join([_STAND_IN if _is_sign(c) else c for c in tail])
        return self._model.chance(context, char) + self._bonus(tail, char)

    def _bonus(self, tail: str, char: str) -> float:
        if char.isascii():
            return _MISPLACED if tail[-1] in _OPENING and not char.isalnum() and char not in _OPENING_ASCII else 0.0
        if "\u2000" <= char < "\u2070":
            return self._of_punctuation(tail, char) + self._of_seen(tail, char)
        return self._of_seen(tail, char)

    def _of_punctuation(self, tail: str, char: str) -> float:
        if char not in _USUAL:
            return _RARE
        nats = _PUNCTUATION.get(char, 0.0) + _NOT_SEEN_LOW * (char in _LOW and not self._low)
        if char == "\N{HORIZONTAL ELLIPSIS}":
            nats += _LOOSE * (tail[-1] in " \n")
        if char == "\N{EM DASH}":
            nats += _NOTHING * (tail[-1] in "'\">")
        if char in _CLOSING:
            nats += _MISPLACED * (tail[-1] in " \n") + _UNOPENED * self._seen.isdisjoint(_OPENED_BY[char])
        return nats

    def _of_seen(self, tail: str, char: str) -> float:
        if char not in self._seen:
            return 0.0
        return _SEEN + _AFTER_ONE * (tail[-1] + char in self._seen) + _AFTER_TWO * (tail[-2:] + char in self._seen)


def _is_sign(char: str) -> bool:
    """Whether it is in a block of letter-like symbols, arrows, mathematics, shapes or emoji."""
    return _FIRST_SIGN <= char < "\u2c00" or "\U0001f300" <= char < "\U0001fb00"
