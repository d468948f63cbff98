"""Reads damaged text of which some bytes are lost: what its author most likely wrote, and what else it may have been.

Each piece of the observed text stands for one of several byte sequences, in which a lost byte is any of a few. The
search goes from left to right, joins the bytes to UTF-8, and weighs what comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from postmend.model import Span

Lost = tuple[int, ...]  # the bytes of which one was there
Inner = tuple[Mapping[str, int], ...]  # the encodings of earlier accidents, the later one first: character to byte
Price = Callable[[str, str], float]  # log P of a character after the last two (nats)

_WIDTH = 24  # ways to read the text so far that are followed
_MOST_PENDING = 64  # the same where a character is not complete
_BEHIND = 14.0  # nats behind the best at which one is given up
FEW = 8  # bytes: where a lost one is any of more, only one may be missing between two characters
_RIVALS = 2  # texts that are kept for each state of the search


@dataclass(frozen=True, slots=True)
class Way:
    """What a piece of the text may stand for: bytes, of which some are lost, or itself; `cost` in nats."""

    data: tuple[int | Lost, ...] = ()
    literal: str = ""
    cost: float = 0.0
    lossy: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the observed text and the ways to read it."""

    span: Span
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands where a span stood; `lossy` if a byte had to be made up for it."""

    span: Span
    new: str
    lossy: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text as it may have been, and its log probability (nats)."""

    text: str
    score: float
    pieces: tuple[Piece, ...]

    def moved(self, by: int) -> Reading:
        """The same so many characters further on."""
        pieces = (Piece(Span(p.span.start + by, p.span.end + by), p.new, p.lossy) for p in self.pieces)
        return Reading(self.text, self.score, tuple(pieces))


class _Path(NamedTuple):
    """A reading of the text so far."""

    score: float
    text: str
    tail: str  # the last two characters, with what stands before the text
    pending: tuple[bytes, ...]  # of each accident, the last one first: the bytes of a character that is not complete
    begun: int = -1  # where the open piece begins in the observed text, and in what was read of it
    begun_text: int = 0
    lossy: bool = False
    pieces: tuple[Piece, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether it is between two characters."""
        return not any(self.pending)

    def opened(self, at: int, cost: float, lossy: bool) -> _Path:
        """The path inside a piece, which begins here unless one is open."""
        begun, begun_text = (at, len(self.text)) if self.begun < 0 else (self.begun, self.begun_text)
        # Millions of these are made, and `_replace` takes four times as long.
        score = self.score - cost
        return _Path(score, self.text, self.tail, self.pending, begun, begun_text, lossy or self.lossy, self.pieces)

    def within(self, pending: tuple[bytes, ...]) -> _Path:
        """The path with other bytes that wait for the rest of a character."""
        return _Path(self.score, self.text, self.tail, pending, self.begun, self.begun_text, self.lossy, self.pieces)

    def closed(self, end: int) -> _Path:
        """The path with its piece at an end where a character is complete; otherwise as it is."""
        if self.begun < 0 or any(self.pending):
            return self
        piece = Piece(Span(self.begun, end), self.text[self.begun_text :], self.lossy)
        pieces = (*self.pieces, piece)
        return _Path(self.score, self.text, self.tail, self.pending, -1, self.begun_text, False, pieces)


@dataclass(frozen=True, slots=True)
class Search:
    """How to read: what a character costs, earlier accidents to undo, and bytes that may be missing without a trace."""

    price: Price
    inner: Inner = ()
    dropped: Lost = ()
    dropped_cost: float = 4.0
    dropped_leads: Lost = ()  # the same where a character begins
    trimmed: Lost = ()  # the same at the end

    def read(self, units: Sequence[Unit], before: str, after: str) -> list[Reading]:
        """The likeliest readings of the units, best first, each of another text. Empty if none is possible.

        `before` and `after` are what stands around them; two characters of it count.
        """
        start = _Path(0.0, "", before[-2:] or " ", (b"",) * (len(self.inner) + 1))
        paths = [start]
        for unit in units:
            paths = _best(new for path in paths for new in self._after(path, unit))
        end = units[-1].span.end
        paths = [p for path in paths for p in (*self._filled(path, end), *self._missing(path, self.trimmed, end))]
        ended = [self._ended(p, after) for p in paths if p.is_clean]
        found: dict[str, _Path] = {}
        for path in sorted(ended, key=lambda p: (-p.score, p.text)):
            found.setdefault(path.text, path)
        return [Reading(p.text, p.score, p.pieces) for p in found.values()]

    def _after(self, path: _Path, unit: Unit) -> Iterator[_Path]:
        """The path, gone on through a unit in each way, missing bytes put in before it."""
        start = unit.span.start
        for filled in self._filled(path, start):
            for way in unit.ways:
                if way.literal:
                    if filled.is_clean:
                        yield self._said(filled, way.literal, way.cost)
                else:
                    yield from self._through(filled, way, unit.span)

    def _through(self, path: _Path, way: Way, span: Span) -> Iterator[_Path]:
        paths = [path.opened(span.start, way.cost, way.lossy)]
        for byte in way.data:
            if isinstance(byte, tuple):
                paths = _best(new for p in paths for b in byte for new in self._fed(p, b))
            else:  # of each path one at most
                paths = [new for p in paths for new in self._fed(p, byte)]
        for new in paths:
            yield new.closed(span.end)

    def _filled(self, path: _Path, at: int) -> Iterator[_Path]:
        """The path, and what it becomes with one or two bytes that left no trace."""
        yield path
        choice = self.dropped_leads if path.is_clean else self.dropped
        more = [path]
        for _ in range(2 if 0 < len(choice) <= FEW else len(choice) > 0):
            more = [new for p in more for new in self._missing(p, choice, at)]
            yield from more
            more, choice = [p for p in more if not p.is_clean], self.dropped

    def _missing(self, path: _Path, choice: Lost, at: int) -> Iterator[_Path]:
        start = path.opened(at, self.dropped_cost, True)
        yield from _best(new.closed(at) for byte in choice for new in self._fed(start, byte))

    def _fed(self, path: _Path, byte: int) -> Iterator[_Path]:
        """The path after one more byte; nothing where that is no UTF-8."""
        pending = list(path.pending)
        for depth, data in enumerate(path.pending):
            char = decoded(data + bytes((byte,)))
            if char is None:
                return
            pending[depth] = b"" if char else data + bytes((byte,))
            if not char:
                yield path.within(tuple(pending))
                return
            inner = self.inner[depth].get(char) if depth < len(self.inner) else None
            if inner is None:
                if not any(pending):
                    yield self._said(path.within(tuple(pending)), char)
                return
            byte = inner

    def _said(self, path: _Path, text: str, cost: float = 0.0) -> _Path:
        """The path with more text."""
        score, tail = path.score - cost, path.tail
        for char in text:
            score += self.price(tail, char)
            tail = (tail + char)[-2:]
        text = path.text + text
        return _Path(score, text, tail, path.pending, path.begun, path.begun_text, path.lossy, path.pieces)

    def _ended(self, path: _Path, after: str) -> _Path:
        """The path with what follows the text: a reading that makes it impossible is a bad one."""
        return path._replace(score=self._said(path, after[:2]).score)


def _best(paths: Iterable[_Path]) -> list[_Path]:
    """The likeliest paths, and of those that will go on alike the best two. Those that lack as many bytes compete."""
    ranked = sorted(paths, key=itemgetter(0), reverse=True)
    if len(ranked) < _RIVALS + 1:
        return [path for path in ranked if path.score >= ranked[0].score - _BEHIND or _lacks(path) != _lacks(ranked[0])]
    kept: list[_Path] = []
    counts: Counter[object] = Counter()
    least: dict[object, float] = {}
    for path in ranked:
        group = _lacks(path)
        bar = least.setdefault(group, path.score - _BEHIND)
        state = path.pending, path.tail
        most = _MOST_PENDING if any(group) else _WIDTH
        if path.score >= bar and counts[group] < most and counts[state] < _RIVALS:
            counts[group] += 1
            counts[state] += 1
            kept.append(path)
    return kept


def _lacks(path: _Path) -> tuple[int, ...]:
    """How many bytes of a character that is not complete there are, for each accident."""
    return tuple(map(len, path.pending))


@lru_cache(maxsize=1 << 16)
def decoded(data: bytes) -> str | None:
    """The character of a UTF-8 sequence; empty if it is only the beginning of one, None if it is neither."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return "" if problem.reason == "unexpected end of data" else None
