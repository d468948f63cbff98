"""UTF-8 that was read as an East Asian encoding where its bytes did not go together in twos.

The last byte of a dash or a Han character is left over when a space, a sign or a digit follows. Programs put `?` or
U+FFFD for it, and on Windows the ASCII character goes with it: of a dash and the space behind it, a Han character and
`?` remain. EUC-KR has no pair E2 80 at all: the first two bytes of a quotation mark become one `?`, and the third makes
a syllable with the letter behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from postmend.fixer.doublebyte import DoubleByteCodec, double_byte_misreadings
from postmend.fixer.familiar import Familiar
from postmend.fixer.joining import Lost
from postmend.fixer.missing import missing
from postmend.fixer.patches import overlaps
from postmend.fixer.readings import Reading, Search, Unit, Way
from postmend.model import Repair, Span

# GBK and Shift JIS keep the beginning of three bytes as a character, EUC-KR their end; Big5 keeps nothing that tells.
KEEPS_HEAD = ("gb18030", "cp932")
KEEPS_TAIL = "cp949"

_HEAD = re.compile("[\u2e80-\u9fff\ue000-\uf8ff\uff00-\uffee][?\N{REPLACEMENT CHARACTER}]")
_FAR_EAST = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\ue000-\uf8ff\uff00-\uffee][^\x00-\x7f]*")
_TAIL = re.compile("[?\N{REPLACEMENT CHARACTER}][\uac00-\ud7a3]")
_PLACEHOLDERS = "?\N{REPLACEMENT CHARACTER}"
_LONGEST_RUN = 2000  # characters
_FOLLOWING: Lost = tuple(range(0x80, 0xC0))  # bytes of UTF-8 after the first
_DIGITS = range(0x30, 0x3A)
_TAKEN: Lost = tuple(b for b in range(0x20, 0x40) if b not in _DIGITS)  # in no encoding the second byte of two
_TAKEN_AT_END: Lost = tuple(b"!\"')*,.:;>?")
_PUNCTUATION = b"\xe2\x80"  # how dashes, quotation marks, the ellipsis and the bullet begin
_EURO = "\N{EURO SIGN}"  # byte 80 on Windows
_STARTS_LINE = re.compile(r"[-*+] |#{1,6} |\d{1,2}[.)] |```")

# Nats for and against what a placeholder stands for.
_NEW_LINE = 7.0  # for the model it is the same as a space
_HALF_BREAK = 8.0  # of a line break in two characters, which for the model is a second space
_DIGIT = 3.0  # words stand next to spaces and signs
_MEANT = 2.0  # a question mark of the author's
_UNTOUCHED = 1.0  # a foreign character of the author's among damaged ones
_LACKED = 40.0  # a bracket or a quote that the line lacks
_LINE = 400  # characters of it that are looked at


@dataclass(frozen=True, slots=True)
class Swallowed:
    """The story that a text was read as an East Asian encoding by a program that puts something for odd bytes."""

    codec: DoubleByteCodec
    found: tuple[Span, ...]
    taken: bool  # odd bytes took the next character along

    @property
    def chain(self) -> tuple[str, ...]:
        """The accident."""
        return (self.codec.name,)

    @property
    def rarity(self) -> float:
        """Nats, next to the commonest accident."""
        return self.codec.rarity

    @property
    def most(self) -> int:
        """Characters that are looked at."""
        return 4_000

    @property
    def is_quick(self) -> bool:
        """Whether reading takes little time."""
        return True

    @property
    def least(self) -> float:
        """Nats that a span has to gain."""
        return 8.0

    def spans(self, text: str, known: Sequence[Repair]) -> list[Span]:
        """The stretches of `text` that may have lost a byte, and those that may have been spared."""
        taken = sorted([*self.found, *(r.span for r in known)])
        spared = (Span(*match.span()) for match in _FAR_EAST.finditer(text))
        return sorted([*self.found, *(s for s in spared if not overlaps(s, taken) and self._is_utf8(s.of(text)))])

    def _is_utf8(self, run: str) -> bool:
        data = [self.codec.to_bytes(char) for char in run]
        try:
            return all(data) and bool(b"".join(data).decode("utf-8"))
        except UnicodeDecodeError:
            return False

    def key(self, text: str, span: Span) -> object:
        """Equal for stretches that are read alike."""
        return (
            _line_around(text, span.start)[0],
            span.of(text),
            _line_around(text, span.end - 1)[1],
            text[span.end : span.end + 2],
        )

    def read(self, text: str, span: Span, before: str, after: str, familiar: Familiar) -> list[Reading]:
        """How a stretch may be read."""
        readings = Search(familiar).read(units(text, span, self.codec, self.taken), before, after)
        return readings if "\r\n" in text else [_without_return(r) for r in readings]


def swallowed(text: str) -> Iterator[Swallowed]:
    """The stories that are possible."""
    for codec in double_byte_misreadings():
        if codec.name in (*KEEPS_HEAD, KEEPS_TAIL):
            found = tuple(runs(text, codec))
            if found:
                yield Swallowed(codec, found, took_along(text, found))


def _without_return(reading: Reading) -> Reading:
    """The reading without the half of a line break that was taken along, in a text that has the other half only."""
    pieces = tuple(replace(p, new=p.new.removesuffix("\r")) for p in reading.pieces)
    return replace(reading, text=reading.text.removesuffix("\r"), pieces=pieces)


def runs(text: str, codec: DoubleByteCodec) -> Iterator[Span]:
    """Stretches of `text` in which a letter may have lost a byte when read as the encoding, in order."""
    if codec.name == KEEPS_TAIL:
        for match in _TAIL.finditer(text):
            if is_tail(match.group()[1], codec):
                yield Span(*match.span())
        return
    end = 0
    for match in _HEAD.finditer(text):
        if is_head(match.group()[0], codec):
            start = match.start()
            least = max(end, start - _LONGEST_RUN)
            while start > least and not text[start - 1].isascii():
                start -= 1
            end = match.end()
            yield Span(start, end)


@lru_cache(maxsize=1 << 12)
def is_head(char: str, codec: DoubleByteCodec) -> bool:
    """Whether the character is the first two bytes of three."""
    data = codec.to_bytes(char)
    return len(data) == 2 and 0xE0 <= data[0] < 0xF0 and 0x80 <= data[1] < 0xC0


@lru_cache(maxsize=1 << 12)
def is_tail(char: str, codec: DoubleByteCodec) -> bool:
    """Whether the character is the last byte of several and an ASCII letter."""
    data = codec.to_bytes(char)
    return len(data) == 2 and 0x80 <= data[0] < 0xC0 and data[1] < 0x80


def took_along(text: str, spans: Iterable[Span]) -> bool:
    """Whether odd bytes took the next character along.

    If not, that one stands behind the placeholder: a space in most cases, and none that would have made a pair with the
    odd byte. What puts U+FFFD mostly spares it, what puts `?` mostly does not.
    """
    behind = [(text[at], text[at + 1 : at + 2]) for span in spans for at in range(span.start, span.end)]
    return any(next_ != " " if char == "?" else next_ >= "@" for char, next_ in behind if char in _PLACEHOLDERS)


def units(text: str, span: Span, codec: DoubleByteCodec, taken: bool) -> Sequence[Unit]:
    """The ways to read each character of the span. `taken`: whether odd bytes took the next character along."""
    return [Unit(Span(at, at + 1), tuple(_ways(text, at, codec, taken))) for at in range(span.start, span.end)]


def _ways(text: str, at: int, codec: DoubleByteCodec, taken: bool) -> Iterator[Way]:
    char = text[at]
    if char in _PLACEHOLDERS:
        if codec.name == KEEPS_TAIL:
            yield Way(tuple(_PUNCTUATION), lossy=True)
        else:
            yield from _taken_along(text, at) if taken else [Way((_FOLLOWING,), lossy=True)]
        yield Way(literal=char, cost=_MEANT)
        return
    if char == _EURO and codec.name == "gb18030":
        yield Way((0x80,))
    if data := codec.to_bytes(char):
        yield Way(tuple(data))
    yield Way(literal=char, cost=_UNTOUCHED)


def _taken_along(text: str, at: int) -> Iterator[Way]:
    """The ways to read a placeholder for a byte and the ASCII character behind it."""
    before, after = _line_around(text, at)
    if not after:
        yield Way((_FOLLOWING, 0x0D), cost=-_HALF_BREAK, lossy=True)
        yield Way((_FOLLOWING, _TAKEN_AT_END), lossy=True)
        return
    lacked = missing(before, after)
    yield Way((_FOLLOWING, tuple(b for b in _TAKEN if chr(b) not in lacked)), lossy=True)
    yield Way((_FOLLOWING, 0x0A), cost=-_NEW_LINE if _STARTS_LINE.match(after) else _NEW_LINE, lossy=True)
    yield Way((_FOLLOWING, tuple(_DIGITS)), cost=_DIGIT, lossy=True)
    for char in sorted(lacked):
        yield Way((_FOLLOWING, ord(char)), cost=-_LACKED, lossy=True)


def _line_around(text: str, at: int) -> tuple[str, str]:
    start = max(text.rfind("\n", 0, at) + 1, at - _LINE)
    end = text.find("\n", at, at + _LINE)
    return text[start:at], text[at + 1 : end if end >= 0 else at + _LINE].rstrip("\r")
