"""Damage that lost bytes on the way, so that nothing can be proved by damaging the repaired text again.

A lost byte is one of a few. What the others say, the language and the rest of the document decide; where they don't,
the likeliest reading is only shown. Such repairs are never safe.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from postmend.fixer import language
from postmend.fixer.accidents import is_guess, misread
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
_SURE = 12.0  # nats from which it is read once: what the document says elsewhere is worth less
_CAP = 40.0  # nats that one distinct span can add to the evidence

UNSEARCHED = "more bytes are lost from here on; this is as far as one run looks"
UNTOUCHED = "nothing is lost here, but bytes are lost around it"
LIKELIEST = "a byte was lost on the way, and this is the likeliest one"
_WORD = re.compile(r"\S+")
Chain = tuple[str, ...]
_LATIN_1, _WINDOWS = ("latin-1",), ("cp1252",)
Story = Swallowed | Dropped


@dataclass(frozen=True, slots=True)
class _Read:
    """A damaged span and how it may be read, the likeliest first."""

    span: Span
    readings: tuple[Reading, ...]
    gain: float  # nats over the text as it is

    def at(self, span: Span) -> _Read:
        """The same in another place where the same stands."""
        by = span.start - self.span.start
        return replace(self, span=span, readings=tuple(r.moved(by) for r in self.readings)) if by else self

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
        known = _joined(_without_halves_of(new, known), new)
        known = _without_guesses_beyond(known, text, story)
    return tuple(known)


def _may_replace(story: Story, known: Sequence[Repair]) -> bool:
    """Whether the story undoes more accidents than a safe repair does."""
    return any(k.fixability is Fixability.SAFE and len(k.chain) < len(story.chain) for k in known)


def _repairs(text: str, known: Sequence[Repair], story: Story, is_vouched: bool) -> list[Repair]:
    """What the story repairs, if it is believed."""
    spans = story.spans(text, known)
    near = _affordable(text, spans, story)
    if not near:
        return []
    found = _read_twice(text, near, known, story)
    evidence = sum({r.span.of(text): min(_CAP, r.gain) for r in found if r.is_lossy}.values())
    if not is_vouched and evidence < FIRST + story.rarity:
        return []
    settled = [r.span for r in known if is_settled(r, story.chain)]
    repairs = [repair for read in found for repair in _of_one(text, read, story, settled)]
    return [*repairs, *_unsearched(text, spans[len(near) :], known, story)] if repairs else []


def _read_twice(text: str, spans: Sequence[Span], known: Sequence[Repair], story: Story) -> list[_Read]:
    """The spans, read with what the first reading of the others tells, unless reading takes long. What is certain by
    then stays."""
    done = [(r.span, r.new) for r in known]
    found = _read(text, spans, story, Familiar(splice(text, done)))
    if not story.is_quick:
        return _damaged(text, found, story)
    certain = [(p.span, p.new) for read in found if read.lead >= _AGREED for p in read.best.pieces]
    replaced = sorted(span for span, _ in certain)
    done = sorted([*(d for d in done if not overlaps(d[0], replaced)), *certain])
    sure = {read.span: read for read in found if read.lead >= _SURE and read.gain >= _SURE}
    again = _read(text, [span for span in spans if span not in sure], story, Familiar(splice(text, done)))
    return _damaged(text, sorted([*sure.values(), *again], key=lambda read: read.span), story)


def _affordable(text: str, spans: Sequence[Span], story: Story) -> list[Span]:
    """The first spans, of so many characters in all: the search takes a millisecond for each. What stands in the text
    several times is read once."""
    seen, left = set(), story.most
    for count, span in enumerate(spans):
        key = story.key(text, span)
        if key not in seen:
            seen.add(key)
            left -= span.end - span.start
            if left < 0:
                return list(spans[:count])
    return list(spans)


def _read(text: str, spans: Sequence[Span], story: Story, familiar: Familiar) -> list[_Read]:
    """The spans that are likelier damaged than not."""
    known: dict[object, _Read | None] = {}
    found = []
    for span in spans:
        key = story.key(text, span)
        if key not in known:
            known[key] = _read_one(text, span, story, familiar)
        if read := known[key]:
            found.append(read.at(span))
    return found


def _damaged(text: str, found: Sequence[_Read], story: Story) -> list[_Read]:
    """Those that are clearly damaged in one place where the same stands."""
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


def _unsearched(text: str, spans: Sequence[Span], known: Sequence[Repair], story: Story) -> Iterator[Repair]:
    """A repair of nothing in the first of the words that nobody repairs for certain, where the search ended."""
    safe = [k.span for k in known if k.fixability is Fixability.SAFE]
    words = (Span(s.start + m.start(), s.start + m.end()) for s in spans for m in _WORD.finditer(s.of(text)))
    span = next((word for word in words if not word.of(text).isascii() and not overlaps(word, safe)), None)
    if span:
        old = span.of(text)
        yield Repair(span, old, old, story.chain, 0.0, 0.0, 0.0, False, Fixability.DISPLAY, UNSEARCHED)


def _without_halves_of(new: Sequence[Repair], known: Sequence[Repair]) -> list[Repair]:
    """The known repairs without those that undo fewer accidents than the new ones, all of one chain, in a place."""
    places = [n.span for n in new]
    return [k for k in known if not (new and len(new[0].chain) > len(k.chain) and overlaps(k.span, places))]


def _without_guesses_beyond(known: Sequence[Repair], text: str, story: Story) -> list[Repair]:
    """The repairs without those by a pair of old encodings in words that the search of a story did not come to."""
    end = next((r.span.start for r in known if r.doubt == UNSEARCHED and r.chain == story.chain), None)
    if end is None:
        return list(known)
    places = [span for span in story.spans(text, known) if span.start >= end]
    return [
        r
        for r in known
        if r.fixability is Fixability.SAFE or not any(map(is_guess, r.chain)) or not overlaps(r.span, places)
    ]


def _joined(known: Sequence[Repair], new: Sequence[Repair]) -> list[Repair]:
    """Both, where they overlap the safe one, or else the new one, which knows more of the word."""
    safe = [k.span for k in known if k.fixability is Fixability.SAFE]
    kept = [n for n in new if not overlaps(n.span, safe)]
    places = [n.span for n in kept]
    rest = [k for k in known if not overlaps(k.span, places)]
    return sorted([*rest, *kept], key=lambda r: r.span)
