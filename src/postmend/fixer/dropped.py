"""UTF-8 that was read as a single-byte encoding, of which an editor, a form or a browser then changed some characters.

Those that stand for a no-break space, a control or an undefined byte, a private character or a curly quotation mark are
the ones that get lost: they become a space, `?`, U+FFFD or a straight quote, or leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from postmend.fixer.accidents import is_guess, is_single_byte
from postmend.fixer.codecs import SingleByteCodec, codec
from postmend.fixer.familiar import Familiar
from postmend.fixer.joining import Lost
from postmend.fixer.readings import FEW, Reading, Search, Unit, Way
from postmend.model import Fixability, Repair, Span

_WORD = re.compile(r"[^ \t\r\n]+ ?")  # with the space that may have been half a letter
_MOST_WORDS = 12  # that are read at once
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_APPLE = "\uf8ff"  # of MacRoman, and the first byte of every emoji
_CURLY = {"'": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", '"': "“”„"}

# Nats against what may have been lost.
_SPACE = 1.0
_SPACE_SOMEWHERE = 4.0  # the same where others are still there: somebody edited a line
_QUOTE = 2.0
_TRACELESS = 4.0
_KEPT = 5.0  # a character of the encoding that is the author's
_KEPT_REPLACEMENT = 6.0


@dataclass(frozen=True, slots=True)
class Losses:
    """The bytes of an encoding of which a text has lost all characters."""

    nbsp: Lost
    space: float  # nats against a lost no-break space
    trimmed: Lost  # at the ends of lines
    replaced: Lost  # by `placeholder`
    dropped: Lost
    dropped_leads: Lost
    quotes: bool
    placeholder: str


def is_settled(known: Repair, chain: tuple[str, ...]) -> bool:
    """Whether a repair undoes at least as many accidents, and is more than a guess."""
    return len(known.chain) >= len(chain) and not (
        known.fixability is not Fixability.SAFE and any(map(is_guess, known.chain))
    )


def losses(text: str, outer: SingleByteCodec) -> Losses:
    """What a text may have lost. What is still there was hardly lost elsewhere: such things happen to a whole text."""
    controls = tuple(b for b in range(0x80, 0xC0) if "\x80" <= outer.table[b] <= "\x9f")
    if any(outer.table[b] in text for b in controls):
        controls = ()
    placeholder = "\N{REPLACEMENT CHARACTER}" if "\N{REPLACEMENT CHARACTER}" in text else "?"
    nbsp = tuple(b for b in range(0x80, 0xC0) if outer.table[b] == _NO_BREAK_SPACE)
    nbsp = nbsp or tuple(b for b in range(0xC2, 0xF5) if outer.table[b] == _NO_BREAK_SPACE)
    apple = tuple(b for b in range(0xF0, 0xF5) if outer.table[b] == _APPLE and _APPLE not in text)
    return Losses(
        nbsp=nbsp,
        space=_SPACE_SOMEWHERE if _NO_BREAK_SPACE in text else _SPACE,
        trimmed=() if f"{_NO_BREAK_SPACE}\n" in text else nbsp,
        replaced=controls,
        dropped=() if "\N{REPLACEMENT CHARACTER}" in text else controls,
        dropped_leads=apple,
        quotes=not any(c in text for c in "".join(_CURLY.values())),
        placeholder=placeholder,
    )


@dataclass(frozen=True)
class Dropped:
    """The story that a text went through single-byte encodings, one or several, and lost characters of the last."""

    text: str
    chain: tuple[str, ...]
    certain: Mapping[int, Repair]  # what is repaired without a loss, by where it begins

    rarity = 0.0
    least = 2.0  # nats that a span has to gain

    @property
    def most(self) -> int:
        """Characters that are looked at."""
        return 4_000 if self.is_quick else 800

    @property
    def is_quick(self) -> bool:
        """Whether reading takes little time: a lost byte is one of a few."""
        return len(self._losses.replaced) <= FEW

    @cached_property
    def _outer(self) -> SingleByteCodec:
        return codec(self.chain[-1])

    @cached_property
    def _losses(self) -> Losses:
        return losses(self.text, self._outer)

    def spans(self, text: str, known: Sequence[Repair]) -> list[Span]:
        """Words that hold characters of the encoding which the `known` repairs leave, with their neighbours."""
        found: list[Span] = []
        count = 0
        for word in self._words(text, known):
            joins = found and self._losses.nbsp and found[-1].end == word.start and count < _MOST_WORDS
            count = count + 1 if joins else 1
            if joins:
                found[-1] = Span(found[-1].start, word.end)
            else:
                found.append(word)
        return found

    def _words(self, text: str, known: Sequence[Repair]) -> Iterator[Span]:
        settled = [r.span for r in known if is_settled(r, self.chain)]
        waiting = list(reversed(settled))
        for match in _WORD.finditer(text):
            if match.group().isascii():
                continue
            rest = list(match.group())
            while waiting and waiting[-1].start < match.end():
                span = waiting.pop()
                rest[max(0, span.start - match.start()) : span.end - match.start()] = " " * (span.end - span.start)
            if not self._outer.high.isdisjoint(rest):
                yield Span(*match.span())

    def key(self, text: str, span: Span) -> object:
        """Equal for words that are read alike."""
        repairs = [(at - span.start, r.new) for at in range(span.start, span.end) if (r := self.certain.get(at))]
        return text[max(0, span.start - 2) : span.end + 2], span.end - span.start, tuple(repairs)

    def read(self, text: str, span: Span, before: str, after: str, familiar: Familiar) -> list[Reading]:
        """How the words may be read."""
        lost = self._losses
        inner = tuple(codec(name).table for name in self.chain[-2::-1])
        at_end = lost.trimmed if after[:1] in ("", "\n", "\r") else ()
        search = Search(familiar, inner, lost.dropped, _TRACELESS, lost.dropped_leads, at_end)
        readings = search.read(list(self._units(text, span)), before, after)
        return [self._believed(text, span, reading) for reading in readings]

    def _units(self, text: str, span: Span) -> Iterator[Unit]:
        at = span.start
        while at < span.end:
            repair = self.certain.get(at)
            end = repair.span.end if repair else at + 1
            ways = [Way(literal=repair.new)] if repair else self._ways(text[at])
            yield Unit(Span(at, end), tuple(ways))
            at = end

    def _believed(self, text: str, span: Span, reading: Reading) -> Reading:
        """The reading without what touches characters of the encoding that it leaves: it explains half a word."""
        read = {at for piece in reading.pieces for at in range(piece.span.start, piece.span.end)}
        read.update(
            at
            for r in map(self.certain.get, range(span.start, span.end))
            if r
            for at in range(r.span.start, r.span.end)
        )
        left = {at for at in range(span.start, span.end) if at not in read and text[at] in self._outer.high}
        pieces = tuple(p for p in reading.pieces if p.span.start - 1 not in left and p.span.end not in left)
        return replace(reading, pieces=pieces)

    def _ways(self, char: str) -> Iterator[Way]:
        lost = self._losses
        if char in self._outer.high:
            yield Way((self._outer.to_bytes(char)[0],))
            yield Way(literal=char, cost=_KEPT)
            return
        yield Way(literal=char, cost=_KEPT_REPLACEMENT * (char == "\N{REPLACEMENT CHARACTER}"))
        if char == " " and lost.nbsp:
            yield Way((lost.nbsp,), cost=lost.space, lossy=True)
        elif char == lost.placeholder and lost.replaced:
            yield Way((lost.replaced,), lossy=True)
        elif char in _CURLY and lost.quotes:
            data = tuple(b for b in range(0x80, 0x100) if self._outer.table[b] in _CURLY[char])
            if data:
                yield Way((data,), cost=_QUOTE, lossy=True)


def dropped(text: str, vouched: Collection[tuple[str, ...]], known: Sequence[Repair]) -> Iterator[Dropped]:
    """The stories for chains that happened for certain in the text, the longest first."""
    for chain in sorted(vouched, key=lambda c: (-len(c), c)):
        if all(is_single_byte(name) for name in chain):
            certain = {r.span.start: r for r in known if r.fixability is Fixability.SAFE and is_settled(r, chain)}
            yield Dropped(text, ("latin-1",) if chain == ("cp1252",) and _is_latin_1(chain, known) else chain, certain)


def _is_latin_1(chain: tuple[str, ...], known: Sequence[Repair]) -> bool:
    """Whether nothing tells windows-1252 from ISO-8859-1, of which controls get lost."""
    own = set(codec("cp1252").table[0x80:0xA0])
    told = [r.old for r in known if r.chain == chain]
    return bool(told) and own.isdisjoint("".join(told))
