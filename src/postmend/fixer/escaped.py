"""Mojibake whose characters are written as escapes, wholly or in part.

The document is read with its escapes as characters and goes through the same judgement as any other: what stands in
plain text vouches for what is escaped, and the other way round. What is repaired is written as it was, as an escape.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from postmend.fixer.accidents import misread
from postmend.fixer.escapes import NOWHERE, Reading, Style, described, may_hold_damage, read, written
from postmend.fixer.mojibake import Guard, find_repairs
from postmend.fixer.screen import find_candidates
from postmend.model import Fixability, Repair, Span
from postmend.values import dataclass, replace

_Piece = tuple[Span, str]  # of the reading, and what is to stand there


@dataclass(frozen=True, slots=True)
class _Source:
    """A text with escapes, and all that is needed to write more of them into it."""

    text: str
    reading: Reading
    style: Style
    long_escapes: Span


def find_escaped(
    text: str,
    guard: Guard,
    elsewhere: Collection[str] = (),
    long_escapes: Span = NOWHERE,
) -> tuple[Repair, ...]:
    r"""The repairs of damage that is escaped, in order and without overlap; none is safe.

    `guard` and `elsewhere` are as for `find_repairs`. `long_escapes` is the span in which `\xe9` and `\U0001f600` are
    characters: front matter in YAML or TOML.
    """
    reading = read(text, long_escapes) if may_hold_damage(text) else None
    if reading is None or not _may_be_damaged(reading):
        return ()
    repairs = find_repairs(reading.text, lambda _: [reading.target_span(span) for span in guard(text)], elsewhere)
    if not repairs:
        return ()
    source = _Source(text, reading, Style.of(reading, text), long_escapes)
    found = (r for repair in repairs for r in _in_source(repair, source))
    return tuple(sorted(found, key=lambda r: r.span))


def _may_be_damaged(reading: Reading) -> bool:
    """Whether any word with an escape in it gains by some accident: only then is the document worth a look."""
    words = set(reading.suspicious_words())
    return bool(words) and bool(find_candidates("\n".join(sorted(words)))[0])


def _in_source(repair: Repair, source: _Source) -> Iterator[Repair]:
    """The parts of a repair that are escaped, in terms of the text. What is plain beside them is not for this rule."""
    for plain, group in groupby(_pieces(repair), lambda piece: _is_plain_damage(piece, source.reading)):
        pieces = _trimmed(list(group), source.reading)
        if plain or not pieces:
            continue
        span = source.reading.source_span(Span(pieces[0][0].start, pieces[-1][0].end))
        new = "".join(_written(piece, source) for piece in pieces)
        again = read(new, Span(0, len(new)) if span.overlaps(source.long_escapes) else NOWHERE)
        if again is not None and again.text == "".join(new for _, new in pieces):
            yield _as_escape(repair, span, span.of(source.text), new)


def _as_escape(repair: Repair, span: Span, old: str, new: str) -> Repair:
    way = Fixability.UNSAFE if repair.fixability is Fixability.SAFE else repair.fixability
    first = min(place for mark in "&%\\" if (place := old.find(mark)) >= 0)
    return replace(repair, span=span, old=old, new=new, fixability=way, escape=described(old[first:]))


def _pieces(repair: Repair) -> list[_Piece]:
    """The repair character by character, as far as the accident works so; else as one piece."""
    pieces: list[_Piece] = []
    at = repair.span.start
    for char in repair.new:
        damaged = misread(char, repair.chain[::-1])
        if damaged is None or not repair.old.startswith(damaged, at - repair.span.start):
            return [(repair.span, repair.new)]
        pieces.append((Span(at, at + len(damaged)), char))
        at += len(damaged)
    return pieces if at == repair.span.end else [(repair.span, repair.new)]


def _is_plain_damage(piece: _Piece, reading: Reading) -> bool:
    """Whether it holds damage without an escape, or several characters of which some are none."""
    span, new = piece
    foreign = sum(not c.isascii() for c in span.of(reading.text))
    escaped = len(reading.inside(span))
    return foreign > escaped if len(new) > 1 else foreign > 0 == escaped


def _trimmed(pieces: list[_Piece], reading: Reading) -> list[_Piece]:
    """The pieces from the first to the last with an escape."""
    at = [number for number, (span, _) in enumerate(pieces) if reading.inside(span)]
    return pieces[at[0] : at[-1] + 1] if at else []


def _written(piece: _Piece, source: _Source) -> str:
    span, new = piece
    escapes = source.reading.inside(span)
    if not escapes:
        return new
    first, head = escapes[0].span, source.long_escapes
    like, long = first.of(source.text), head.start <= first.start < head.end
    return "".join(c if c.isascii() else written(c, like, source.style, long) for c in new)
