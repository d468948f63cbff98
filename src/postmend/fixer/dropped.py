"""UTF-8 that was read as a single-byte encoding, of which an editor, a form or a browser then changed some characters.

Those that stand for a no-break space, a control or an undefined byte, a private character or a curly quotation mark are
the ones that get lost: they become a space, `?`, U+FFFD or a straight quote, or leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from postmend.fixer.accidents import is_single_byte
from postmend.fixer.codecs import SingleByteCodec, codec
from postmend.fixer.familiar import Familiar
from postmend.fixer.readings import FEW, Lost, Reading, Search, Unit, Way
from postmend.model import Repair, Span

_WORD = re.compile(r"[^ \t\r\n]+ ?")  # with the space that may have been half a letter
_MOST_WORDS = 12  # that are read at once
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_APPLE = "\uf8ff"  # of MacRoman, and the first byte of every emoji
_CURLY = {"'": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", '"': "“”„"}

# Nats against what may have been lost.
_SPACE = 1.0
_QUOTE = 2.0
_TRACELESS = 4.0
_KEPT = 2.0  # a character of the encoding that is the author's
_KEPT_REPLACEMENT = 6.0


@dataclass(frozen=True, slots=True)
class Losses:
    """The bytes of an encoding of which a text has lost all characters."""

    nbsp: Lost
    trimmed: Lost  # at the ends of lines
    replaced: Lost  # by `placeholder`
    dropped: Lost
    dropped_leads: Lost
    quotes: bool
    placeholder: str


def losses(text: str, outer: SingleByteCodec) -> Losses:
    """What a text may have lost. What is still there was not lost: such things happen to a whole text."""
    controls = tuple(b for b in range(0x80, 0xC0) if "\x80" <= outer.table[b] <= "\x9f")
    if any(outer.table[b] in text for b in controls):
        controls = ()
    placeholder = "\N{REPLACEMENT CHARACTER}" if "\N{REPLACEMENT CHARACTER}" in text else "?"
    nbsp = tuple(b for b in range(0x80, 0xC0) if outer.table[b] == _NO_BREAK_SPACE)
    nbsp = nbsp or tuple(b for b in range(0xC2, 0xF5) if outer.table[b] == _NO_BREAK_SPACE)
    apple = tuple(b for b in range(0xF0, 0xF5) if outer.table[b] == _APPLE and _APPLE not in text)
    return Losses(
        nbsp=() if _NO_BREAK_SPACE in text else nbsp,
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

    rarity = 0.0
    least = 2.0  # nats that a span has to gain

    @property
    def most(self) -> int:
        """Characters that are looked at."""
        return 20_000 if len(self._losses.replaced) <= FEW else 3_000

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
        settled = [r.span for r in known if len(r.chain) >= len(self.chain)]
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

    def read(self, text: str, span: Span, before: str, after: str, familiar: Familiar) -> list[Reading]:
        """How the words may be read."""
        lost = self._losses
        inner = tuple({char: byte for byte, char in enumerate(codec(name).table)} for name in self.chain[-2::-1])
        at_end = lost.trimmed if after[:1] in ("", "\n", "\r") else ()
        search = Search(familiar.price, inner, lost.dropped, _TRACELESS, lost.dropped_leads, at_end)
        units = [Unit(Span(at, at + 1), tuple(self._ways(text[at]))) for at in range(span.start, span.end)]
        return search.read(units, before, after)

    def _ways(self, char: str) -> Iterator[Way]:
        lost = self._losses
        if char in self._outer.high:
            yield Way((self._outer.to_bytes(char)[0],))
            yield Way(literal=char, cost=_KEPT)
            return
        yield Way(literal=char, cost=_KEPT_REPLACEMENT * (char == "\N{REPLACEMENT CHARACTER}"))
        if char == " " and lost.nbsp:
            yield Way((lost.nbsp,), cost=_SPACE, lossy=True)
        elif char == lost.placeholder and lost.replaced:
            yield Way((lost.replaced,), lossy=True)
        elif char in _CURLY and lost.quotes:
            data = tuple(b for b in range(0x80, 0x100) if self._outer.table[b] in _CURLY[char])
            if data:
                yield Way((data,), cost=_QUOTE, lossy=True)


def dropped(text: str, vouched: Sequence[tuple[str, ...]]) -> Iterator[Dropped]:
    """The stories for chains that happened for certain in the text, the longest first."""
    for chain in sorted(vouched, key=lambda c: (-len(c), c)):
        if all(is_single_byte(name) for name in chain):
            yield Dropped(text, chain)
