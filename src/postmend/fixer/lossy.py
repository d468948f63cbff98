"""Damage that lost bytes on the way, so that nothing can be proved by damaging the repaired text again.

A lost byte is one of a few. What the others say, the language and the rest of the document decide; where they don't,
the likeliest reading is only shown. Such repairs are never safe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from postmend.fixer import language
from postmend.fixer.accidents import misread
from postmend.fixer.dropped import Dropped, dropped, is_settled
from postmend.fixer.evidence import FIRST
from postmend.fixer.familiar import Familiar
from postmend.fixer.halves import without_halves
from postmend.fixer.patches import overlaps, splice
from postmend.fixer.readings import Piece, Reading
from postmend.fixer.specimens import is_about_encodings
from postmend.fixer.swallowed import Swallowed, swallowed
from postmend.model import Fixability, Repair, Span

_TIE = 1.0  # nats within which two readings are as good as each other
_CLEAR = 6.0  # nats from which the best reading has no rival worth naming
_AGREED = 4.0  # nats from which a reading counts as what the document says
_CAP = 40.0  # nats that one distinct span can add to the evidence

UNTOUCHED = "nothing is lost here, but bytes are lost around it"
LIKELIEST = "a byte was lost on the way, and this is the likeliest one"
Chain = tuple[str, ...]
_LATIN_1, _WINDOWS = ("latin-1",), ("cp1252",)
Story = Swallowed | Dropped


@dataclass(frozen=True, slots=True)
class _Read:
    """A damaged span and how it may be read, the likeliest first."""

    span: Span
    readings: tuple[Reading, ...]
    gain: float  # nats over the text as it is

    @property
    def best(self) -> Reading:
        return self.readings[0]

    @property
    def is_lossy(self) -> bool:
        """Whether a byte of it had to be made up."""
        return any(piece.lossy for piece in self.best.pieces)

    @property
    def lead(self) -> float:
        """Nats over the next reading."""
        return self.best.score - self.readings[1].score if len(self.readings) > 1 else 100.0


def find_lossy(
    text: str, known: Sequence[Repair], vouched: Collection[Chain], *, safe_only: bool = False
) -> tuple[Repair, ...]:
    """The `known` repairs, sorted, and those of what they leave; in order and without overlap.

    `vouched` are the chains of accidents that happened for certain in the document. If `safe_only`, repairs that are
    not safe are looked for only where they may take the place of one that is.
    """
    known, halves = without_halves(known)
    vouched = frozenset(vouched) | halves
    stories: list[Story] = [*swallowed(text), *dropped(text, vouched, known)]
    for number, story in enumerate(stories):
        no_more = safe_only and not halves and not any(_may_replace(later, known) for later in stories[number:])
        if no_more and (not number or not is_about_encodings(text)):  # if it is, what is damaged counts in all
            break
        new = _repairs(text, known, story, isinstance(story, Dropped) or story.chain in vouched)
        known = _joined([k for k in known if not _is_half(k, new)], new)
    return tuple(known)


def _may_replace(story: Story, known: Sequence[Repair]) -> bool:
    """Whether the story undoes more accidents than a safe repair does."""
    return any(k.fixability is Fixability.SAFE and len(k.chain) < len(story.chain) for k in known)


def _repairs(text: str, known: Sequence[Repair], story: Story, is_vouched: bool) -> list[Repair]:
    """What the story repairs, if it is believed."""
    spans = _affordable(story.spans(text, known), story.most)
    if not spans:
        return []
    found = _read_twice(text, spans, known, story)
    evidence = sum({r.span.of(text): min(_CAP, r.gain) for r in found if r.is_lossy}.values())
    if not is_vouched and evidence < FIRST + story.rarity:
        return []
    settled = [r.span for r in known if is_settled(r, story.chain)]
    return [repair for read in found for repair in _of_one(text, read, story, settled)]


def _read_twice(text: str, spans: Sequence[Span], known: Sequence[Repair], story: Story) -> list[_Read]:
    """The spans, read with what the first reading of the others tells, unless reading takes long."""
    done = [(r.span, r.new) for r in known]
    found = _read(text, spans, story, Familiar(splice(text, done)))
    if not story.is_quick:
        return found
    certain = [(piece.span, piece.new) for read in found if read.lead >= _AGREED for piece in read.best.pieces]
    replaced = sorted(span for span, _ in certain)
    done = sorted([*(d for d in done if not overlaps(d[0], replaced)), *certain])
    return _read(text, spans, story, Familiar(splice(text, done)))


def _affordable(spans: Sequence[Span], most: int) -> list[Span]:
    """The first spans, of so many characters in all: the search takes a millisecond for each, whatever is lost."""
    ends = accumulate(span.end - span.start for span in spans)
    return [span for span, end in zip(spans, ends, strict=True) if end <= most]


def _read(text: str, spans: Sequence[Span], story: Story, familiar: Familiar) -> list[_Read]:
    """The spans that are likelier damaged than not, and clearly so in one place where the same stands."""
    found = [read for span in spans if (read := _read_one(text, span, story, familiar))]
    most: dict[str, float] = {}
    for read in found:
        most[read.span.of(text)] = max(read.gain, most.get(read.span.of(text), 0.0))
    return [read for read in found if most[read.span.of(text)] >= story.least]


def _read_one(text: str, span: Span, story: Story, familiar: Familiar) -> _Read | None:
    before, after = text[max(0, span.start - 2) : span.start] or " ", text[span.end : span.end + 2]
    readings = story.read(text, span, before, after, familiar)
    if not readings or not readings[0].pieces:
        return None
    gain = readings[0].score - language.load().score(before, span.of(text), after)
    return _Read(span, tuple(readings), gain) if gain > 0 else None


def _of_one(text: str, read: _Read, story: Story, settled: Sequence[Span]) -> Iterator[Repair]:
    """A repair for what all likely readings have in common, and one for what they have not."""
    tied = [r for r in read.readings[1:] if r.score > read.best.score - _TIE]
    agreed = set(read.best.pieces).intersection(*(r.pieces for r in tied))
    unsettled = [p for p in read.best.pieces if p.lossy or not overlaps(p.span, settled)]
    for pieces in _runs(unsettled, agreed):
        span = Span(pieces[0].span.start, pieces[-1].span.end)
        new = "".join(piece.new for piece in pieces)
        sure = pieces[0] in agreed
        way = Fixability.UNSAFE if sure else Fixability.DISPLAY
        doubt = _doubt(read, span) if read.is_lossy else UNTOUCHED
        yield _repair(text, span, new, story.chain, read.lead, way, doubt)


def _runs(pieces: Sequence[Piece], agreed: Collection[Piece]) -> Iterator[list[Piece]]:
    """Pieces side by side that are all agreed on, or all not."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (piece.span.start != run[-1].span.end or (piece in agreed) != (run[-1] in agreed)):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _doubt(read: _Read, span: Span) -> str:
    """What speaks against the reading of a part: the best reading that has another."""
    ours = [p for p in read.best.pieces if p.span.overlaps(span)]
    for rival in read.readings[1:]:
        theirs = "".join(p.new for p in rival.pieces if p.span.overlaps(span))
        if theirs != "".join(p.new for p in ours):
            if rival.score > read.best.score - _CLEAR:
                return f"a byte was lost on the way, and `{theirs.strip()}` is nearly as likely"
            break
    return LIKELIEST


def _repair(text: str, span: Span, new: str, chain: Chain, lead: float, way: Fixability, doubt: str) -> Repair:
    model = language.load()
    before, after = text[max(0, span.start - 2) : span.start] or " ", text[span.end : span.end + 2]
    was, is_now = model.score(before, span.of(text), after), model.score(before, new, after)
    if chain == _LATIN_1 and misread(new, chain) == misread(new, _WINDOWS):
        chain = _WINDOWS  # the commoner one, where nothing tells them apart
    return Repair(
        span,
        span.of(text),
        new,
        chain,
        was,
        is_now,
        lead,
        reversible=misread(new, chain) == span.of(text),
        fixability=way,
        doubt=doubt,
    )


def _is_half(known: Repair, new: Sequence[Repair]) -> bool:
    """Whether a repair undoes fewer accidents than a new one in the same place."""
    return any(len(n.chain) > len(known.chain) and n.span.overlaps(known.span) for n in new)


def _joined(known: Sequence[Repair], new: Sequence[Repair]) -> list[Repair]:
    """Both, where they overlap the safe one, or else the new one, which knows more of the word."""
    kept = [n for n in new if not any(k.span.overlaps(n.span) and k.fixability is Fixability.SAFE for k in known)]
    rest = [k for k in known if not any(k.span.overlaps(n.span) for n in kept)]
    return sorted([*rest, *kept], key=lambda r: r.span)
