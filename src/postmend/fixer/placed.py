"""Files in which nothing but signs is not ASCII: no-break spaces, dashes, quotation marks.

A language model knows letters, and signs by themselves are alike to it. But what a sign stands between tells what it
is: a no-break space stands before a colon, an apostrophe between letters, a dash between spaces or digits. A reading is
*placed* when each of its signs is where such signs belong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmend.fixer.charsets import RARITY, decoded
from postmend.fixer.judging import is_mostly_ascii, likelihoods, words_of

_ASCII = bytes(range(0x80))
_MOST_BYTES = 20  # that are not ASCII, of different kinds
_MOST_LINES, _LONGEST = 300, 20_000  # lines that are looked at, and bytes of one
_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_AFTER_LETTER = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]")
_LONG = re.compile(rb"([\x00-\x7f]{40})[\x00-\x7f]+([\x00-\x7f]{40})")
_PLAUSIBLE = -5.5  # nats a letter of words that may be right; of those that are, one in fifty costs more
_CLEAR = 10.0  # nats by which signs must be likelier than letters that may be right
_WEAK = 5.0  # nats that a sign costs where a letter may stand as well
_FEW = 10  # signs to one of the same kind that may be out of place
_MUCH_RARER = 2.5  # nats by which an encoding with other signs is rare enough to be left out

_DASHES = "\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_EN, _EM, _ELLIPSIS = "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL ELLIPSIS}"
_SINGLE_LEFT, _SINGLE_RIGHT = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_LEFT, _RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
_LOW = "\N{DOUBLE LOW-9 QUOTATION MARK}"
_LEFT_ANGLE = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_RIGHT_ANGLE = "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_ANGLES = f"{_LEFT_ANGLE}{_RIGHT_ANGLE}"
_OPENING, _CLOSING = f"{_LEFT}{_RIGHT}{_LOW}{_SINGLE_LEFT}{_ANGLES}", f"{_LEFT}{_RIGHT}{_ANGLES}"
_NBSP, _DEGREE, _EURO = "\N{NO-BREAK SPACE}", "\N{DEGREE SIGN}", "\N{EURO SIGN}"
_DOTS, _TIMES = "\N{BULLET}\N{MIDDLE DOT}", "\N{MULTIPLICATION SIGN}"
_BETWEEN_SPACES = f"{_DOTS}{_TIMES}{_ANGLES}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_BEFORE_NUMBERS = f"{_EURO}\N{POUND SIGN}\N{SECTION SIGN}"
_COPYRIGHT, _MARKS = "\N{COPYRIGHT SIGN}", "\N{REGISTERED SIGN}\N{TRADE MARK SIGN}"
_BOXES = "\u2500-\u259f"
_LETTER = r"[^\W\d_]"
_CLOSED_SINGLE = rf"\S[^\n{_SINGLE_RIGHT}]{{0,200}}{_SINGLE_RIGHT}(?!\w)"

_PLACES = (
    rf"{_NBSP}(?=[ {_NBSP}:;!?%/{_CLOSING}{_DASHES}{_EURO}]|$)|(?:^|(?<=[ {_NBSP}\[({_OPENING}{_DASHES}])){_NBSP}",
    rf"(?<=\d){_NBSP}(?=\w)|(?<=\w){_NBSP}(?=\d)|(?<=\w\.){_NBSP}(?=\w)",
    rf"(?<=[^\W_])[{_SINGLE_LEFT}{_SINGLE_RIGHT}](?={_LETTER})|(?<=[sS]){_SINGLE_RIGHT}(?!\w)",
    rf"(?<![\w{_RIGHT}])[{_OPENING}](?=[\S{_NBSP}])|(?<![^\s(]){_SINGLE_RIGHT}(?=\d|{_CLOSED_SINGLE})",
    rf"(?<=[\S{_NBSP}])[{_CLOSING}](?![\w{_LOW}])",
    rf"(?<!\S)[{_DASHES}](?!\S)|(?<={_LETTER}){_EM}(?={_LETTER})|{_EM}{{2,}}",
    rf"(?<=\d)[{_EN}{_DOTS}{_TIMES}](?=\s?\d)",
    rf"(?<=\S){_ELLIPSIS}(?!\w)|(?<!\w){_ELLIPSIS}",
    rf"(?<!\S)[{_BETWEEN_SPACES}](?!\S)",
    rf"(?<![^\s(>]){_COPYRIGHT}(?=\s*(?:[A-Z]|\d\d\d\d))|(?<=\w)[{_MARKS}](?!\w)",
    rf"(?<=\d){_NBSP}?{_DEGREE}|[{_BEFORE_NUMBERS}](?=\s?\d)|(?<=\d)\s?{_EURO}",
    r"(?<!\w)\N{INVERTED EXCLAMATION MARK}(?=\w[^\n]{0,200}!)",
    r"(?<!\w)\N{INVERTED QUESTION MARK}(?=\w[^\n]{0,200}[?])",
    rf"^[ {_NBSP}{_BOXES}]*[{_BOXES}]",
)
_PLACED = re.compile("|".join(_PLACES), re.MULTILINE)
_PLACED_OR_CLOSING = re.compile("|".join((*_PLACES, rf"(?<=\S){_SINGLE_RIGHT}(?!\w)")), re.MULTILINE)
_OPEN_SINGLE = re.compile(rf"(?<!\w){_SINGLE_LEFT}|(?<![^\s(]){_SINGLE_RIGHT}(?={_CLOSED_SINGLE})")
_PAIRS = ((_LEFT, f"{_RIGHT}{_LOW}"), (_LOW, f"{_LEFT}{_RIGHT}"), (_LEFT_ANGLE, _RIGHT_ANGLE))
_BOX, _LINES = re.compile(f"[{_BOXES}]"), re.compile(r"[├└┌╠╚╔][─═]|[─═]{2}|[│║](?=\s)")

_WORD = re.compile(rf"{_LETTER}+")
# A letter of another script next to one of A to Z, one next to a digit, or one that has a line for itself.
_NO_LETTER = re.compile(
    rf"[A-Za-z](?=[\u0370-\uffff]){_LETTER}|(?=[\u0370-\uffff]){_LETTER}[A-Za-z]"
    rf"|(?![A-Za-z]){_LETTER}\d|\d(?![A-Za-z\u00aa\u00ba]){_LETTER}"
    rf"|^[^\w\n]*(?![A-Za-z]){_LETTER}[^\w\n]*$",
    re.MULTILINE,
)
_OTHER_ALONE = re.compile(rf"(?<!\w)(?=[\u0370-\uffff]){_LETTER}(?!\w)")
_LATIN_ALONE = re.compile(rf"(?<!\w)(?=[\u00aa\u00ba\u00c0-\u024f]){_LETTER}(?!\w|\s?\d)")


@dataclass(frozen=True, slots=True)
class Signs:
    """Encodings in which a file holds signs only, each where it belongs, one for each text, the commonest first; and
    encodings in which it holds letters that may be right, each with how much likelier it is (nats)."""

    placed: tuple[str, ...]
    letters: tuple[tuple[str, float], ...]


def read_signs(data: bytes) -> Signs | None:
    """What a file says that may hold signs only; None if there is no such reading."""
    if len(set(data.translate(None, _ASCII))) > _MOST_BYTES:
        return None
    sample = b"\n".join(_lines(data))
    common_first = sorted(RARITY, key=RARITY.__getitem__)
    readings = {name: text for name in common_first if (text := decoded(sample, name)) is not None}
    signs = {name: text for name, text in readings.items() if text and is_placed(text)}
    if not signs:
        return None
    latin = is_mostly_ascii(data)
    letters = [name for name, text in readings.items() if name not in signs and _may_be_letters(text, latin)]
    near = dict(_near(letters, next(iter(signs)), words_of(data)))
    alone = (name for name, text in readings.items() if name not in signs and _is_letter_alone(text))
    least = RARITY[next(iter(signs))]
    lone = {name: 0.0 for name in alone if RARITY[name] <= least}
    return Signs(tuple(_different(signs)), tuple((lone | near).items()))


def is_placed(text: str) -> bool:
    """Whether all that is not ASCII in a text are signs where such signs belong, all but a few of each kind."""
    if any(c.isalpha() for c in set(text) if not c.isascii()):
        return False
    odd = Counter(c for c in _without_placed(text) if not c.isascii())
    if any(n * _FEW > text.count(c) for c, n in odd.items()):
        return False
    if _BOX.search(text) and (len(set(_BOX.findall(text))) == 1 or not _LINES.search(text)):
        return False
    if _OPEN_SINGLE.search(text) and _SINGLE_RIGHT not in text:
        return False
    return not any(one in text and not any(other in text for other in others) for one, others in _PAIRS)


def _without_placed(text: str) -> str:
    return (_PLACED_OR_CLOSING if _OPEN_SINGLE.search(text) else _PLACED).sub("", text)


def _lines(data: bytes) -> list[bytes]:
    """The lines that are not ASCII, each once, without the middle of what is ASCII and long; none if one is no line."""
    found: dict[bytes, None] = {}
    for match in _LINE.finditer(data):
        line = _LONG.sub(rb"\1\2", match.group())
        if len(line) > _LONGEST:
            return []
        found[line] = None
        if len(found) == _MOST_LINES:
            break
    return list(found)


def _different(signs: Mapping[str, str]) -> Iterator[str]:
    """The encodings without those that give the same text as a commoner one, or are much rarer."""
    least = min(map(RARITY.__getitem__, signs))
    seen = set()
    for name, text in signs.items():
        if text not in seen and RARITY[name] < least + _MUCH_RARER:
            seen.add(text)
            yield name


def _may_be_letters(text: str, latin: bool) -> bool:
    """Whether the letters of a reading that are not ASCII may be right. `latin` says that hardly one is of another
    script."""
    if _NO_LETTER.search(text) or (latin and _OTHER_ALONE.search(text)):
        return False
    words = sorted({word for word in _WORD.findall(text) if not word.isascii()})
    if not words or any(not c.isascii() and not c.isalpha() for c in _without_placed(text)):
        return False
    return sum(likelihoods(words)) >= _PLAUSIBLE * sum(len(word) + 1 for word in words)


def _is_letter_alone(text: str) -> bool:
    """Whether one letter of Latin writing is read, always as a word of its own. `The letter Ñ` is as good as a dash
    there, which is the same byte in MacRoman. Numbers come after signs.
    """
    rest = _LATIN_ALONE.sub("", text)
    return len(set(_LATIN_ALONE.findall(text))) == 1 and all(map(str.isascii, _without_placed(rest)))


def _near(letters: Sequence[str], signs: str, words: Sequence[bytes]) -> Iterator[tuple[str, float]]:
    """The encodings with letters that are nearly as likely as the signs, or likelier, and by how much (nats)."""
    own = _likelihood(signs, words) - _WEAK * sum(len(_AFTER_LETTER.findall(word)) for word in words)
    leads = ((name, _likelihood(name, words) - own) for name in letters)
    return ((name, lead) for name, lead in leads if lead > -_CLEAR)


def _likelihood(encoding: str, words: Sequence[bytes]) -> float:
    texts = [_BOX.sub("", text) for word in words if (text := decoded(word, encoding)) is not None]
    return sum(likelihoods(texts)) - RARITY[encoding]
