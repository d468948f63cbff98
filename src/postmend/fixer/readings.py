"""Reads damaged text of which some bytes are lost: what its author most likely wrote, and what else it may have been.

Each piece of the observed text stands for one of several byte sequences, in which a lost byte is any of a few. The
search goes from left to right, joins the bytes to UTF-8, and weighs what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from postmend.fixer.joining import Joint, Lost, joint
from postmend.model import Span

Prices = Mapping[str, float]  # log P of the last of two or three characters after the others (nats)

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


# A reading of the text so far. Millions of these are made, and plain tuples take a quarter of the time of objects:
# its score; the joint at which it is; its last two characters, with what stands before the text; the text; where the
# open piece begins, in the observed text (-1: none is open) and in what was read of it, and whether it is lossy; the
# pieces that are done, last one first, each with what is before it.
_Done: TypeAlias = tuple[Any, ...] | None
_Path: TypeAlias = tuple[float, Joint, str, str, int, int, bool, _Done]
_Way: TypeAlias = tuple[str, list[Lost], float, bool]  # what is in a `Way`


@dataclass(frozen=True, slots=True)
class Search:
    """How to read: what a character costs, earlier accidents to undo (the encodings, the later one first, as their
    characters byte by byte), and bytes that may be missing without a trace."""

    prices: Prices
    inner: tuple[str, ...] = ()
    dropped: Lost = ()
    dropped_cost: float = 4.0
    dropped_leads: Lost = ()  # the same where a character begins
    trimmed: Lost = ()  # the same at the end

    def read(self, units: Sequence[Unit], before: str, after: str) -> list[Reading]:
        """The likeliest readings of the units, best first, each of another text. Empty if none is possible.

        `before` and `after` are what stands around them; two characters of it count.
        """
        paths: list[_Path] = [(0.0, joint(self.inner), before[-2:] or " ", "", -1, 0, False, None)]
        for unit in units:
            ways = _ways(unit)
            paths = _best([new for path in paths for new in self._after(path, unit.span, ways)])
        end = units[-1].span.end
        paths = [p for path in paths for p in (*self._filled(path, end), *self._missing(path, self.trimmed, end))]
        ended = [(self._said(p, after[:2])[0], p) for p in paths if p[1].is_clean]
        found: dict[str, tuple[float, _Path]] = {}
        for score, path in sorted(ended, key=lambda scored: (-scored[0], scored[1][3])):
            found.setdefault(path[3], (score, path))
        return [Reading(text, score, _pieces(path)) for text, (score, path) in found.items()]

    def _after(self, path: _Path, span: Span, ways: Sequence[_Way]) -> Iterator[_Path]:
        """The path, gone on through a unit in each way, missing bytes put in before it."""
        for filled in self._filled(path, span.start):
            is_clean = filled[1].is_clean
            for literal, choices, cost, lossy in ways:
                if not literal:
                    yield from self._through(filled, choices, span, cost, lossy)
                elif is_clean:
                    yield self._said(filled, literal, cost)

    def _through(self, path: _Path, choices: Sequence[Lost], span: Span, cost: float, lossy: bool) -> list[_Path]:
        if len(choices) == 1:
            paths = self._fed(path, choices[0], span, cost, lossy)
            return paths if len(paths) <= _WIDTH else _best(paths)  # else what is too many is sorted out later
        paths = _best(self._fed(path, choices[0], Span(span.start, -1), cost, lossy))
        for choice in choices[1:-1]:
            paths = _best([new for p in paths for new in self._fed(p, choice, Span(span.start, -1))])
        return _best([new for p in paths for new in self._fed(p, choices[-1], span)])

    def _filled(self, path: _Path, at: int) -> list[_Path]:
        """The path, and what it becomes with one or two bytes that left no trace."""
        choice = self.dropped_leads if path[1].is_clean else self.dropped
        if not choice:
            return [path]
        filled = more = [path]
        for _ in range(2 if len(choice) <= FEW else 1):
            more = [new for p in more for new in self._missing(p, choice, at)]
            if not more:
                break
            filled = filled + more
            more, choice = [p for p in more if not p[1].is_clean], self.dropped
        return filled

    def _missing(self, path: _Path, choice: Lost, at: int) -> list[_Path]:
        return _best(self._fed(path, choice, Span(at, at), self.dropped_cost, True)) if choice else []

    def _fed(self, path: _Path, choice: Lost, span: Span, cost: float = 0.0, lossy: bool = False) -> list[_Path]:
        """The path after one more byte, any of these that is UTF-8 there. A piece begins where the span does unless one
        is open. If a character is complete, the piece ends where the span does (-1: it does not)."""
        score, at, tail, text, begun, begun_text, was_lossy, done = path
        ways = at.after(choice)
        if not ways:
            return []
        if begun < 0:
            begun, begun_text = span.start, len(text)
        score, lossy, end, prices = score - cost, lossy or was_lossy, span.end, self.prices
        paths: list[_Path] = []
        for to, char in ways:
            if not char:
                paths.append((score, to, tail, text, begun, begun_text, lossy, done))
                continue
            price, now, tail_now = score + prices[tail + char], text + char, tail[-1] + char
            if end < 0 or not to.is_clean:
                paths.append((price, to, tail_now, now, begun, begun_text, lossy, done))
            else:
                piece = done, begun, end, begun_text, len(now), lossy
                paths.append((price, to, tail_now, now, -1, begun_text, False, piece))
        return paths

    def _said(self, path: _Path, text: str, cost: float = 0.0) -> _Path:
        """The path with more text."""
        score, at, tail, before, begun, begun_text, lossy, done = path
        score -= cost
        for char in text:
            score += self.prices[tail + char]
            tail = tail[-1] + char
        return score, at, tail, before + text, begun, begun_text, lossy, done


def _ways(unit: Unit) -> list[_Way]:
    """The ways of a unit, each byte as the choice of one."""
    return [
        (way.literal, [byte if isinstance(byte, tuple) else (byte,) for byte in way.data], way.cost, way.lossy)
        for way in unit.ways
    ]


def _pieces(path: _Path) -> tuple[Piece, ...]:
    """The pieces of a path, in order."""
    pieces: list[Piece] = []
    done = path[-1]
    while done is not None:
        done, begun, end, first, last, lossy = done
        pieces.append(Piece(Span(begun, end), path[3][first:last], lossy))
    return tuple(reversed(pieces))


def _best(paths: list[_Path]) -> list[_Path]:
    """The likeliest paths, and of those that will go on alike the best two. Those that lack as many bytes compete."""
    if len(paths) < 2:
        return paths
    kept: list[_Path] = []
    left: dict[object, int] = {}
    least: dict[object, float] = {}
    rivals: dict[object, int] = {}
    for path in sorted(paths, key=itemgetter(0), reverse=True):
        score, at, tail = path[:3]
        group = at.group
        if group not in least:
            least[group] = score - _BEHIND
            left[group] = _WIDTH if at.is_clean else _MOST_PENDING
        if score < least[group] or not left[group]:
            continue
        state = at, tail
        count = rivals.get(state, 0)
        if count < _RIVALS:
            rivals[state] = count + 1
            left[group] -= 1
            kept.append(path)
    return kept
