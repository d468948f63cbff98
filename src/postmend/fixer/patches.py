"""Replacements that grow round by round, kept in terms of the text that the author's file holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from postmend.fixer.places import Place
from postmend.model import Span
from postmend.values import dataclass


@dataclass(frozen=True, slots=True)
class Patch:
    """A span of the original text, what stands there after the rounds so far, and how that came about."""

    span: Span
    new: str
    undone: tuple[str, ...]  # codecs, the last accident first
    lead: float  # over the best other reading (nats), the smallest of all rounds
    gain: float  # over the text as it was (nats), the smallest of all rounds
    convincing: bool


def splice(text: str, replacements: Iterable[tuple[Span, str]]) -> str:
    """`text` with spans replaced; the spans are sorted and do not overlap."""
    parts, at = [], 0
    for span, new in replacements:
        parts += [text[at : span.start], new]
        at = span.end
    return "".join([*parts, text[at:]])


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span overlaps one of the others, which are sorted and don't overlap one another."""
    at = bisect_left(others, span.end, key=lambda other: other.start)
    return at > 0 and others[at - 1].end > span.start


def apply(text: str, patches: Iterable[Patch]) -> str:
    """The text with the patches in place."""
    return splice(text, ((p.span, p.new) for p in patches))


def new_spans(patches: Iterable[Patch]) -> list[Span]:
    """Where the patches stand in the repaired text."""
    spans, shift = [], 0
    for patch in patches:
        start = patch.span.start + shift
        spans.append(Span(start, start + len(patch.new)))
        shift += len(patch.new) - (patch.span.end - patch.span.start)
    return spans


def merge(text: str, patches: Sequence[Patch], choices: Sequence[Place]) -> list[Patch]:
    """The patches after one more round, whose choices are in terms of `apply(text, patches)`."""
    current = apply(text, patches)
    merged = []
    shift = 0  # how much further right things stand in `current` than in `text`
    for span, old_patches, new_choices in _groups(patches, choices):
        start = span.start - shift
        shift += sum(len(p.new) - (p.span.end - p.span.start) for p in old_patches)
        if len(old_patches) + len(new_choices) == 1:
            merged.append(old_patches[0] if old_patches else _first(new_choices[0], start))
            continue
        replacements = (
            (Span(c.span.start - span.start, c.span.end - span.start), c.choice.candidate.new) for c in new_choices
        )
        new = splice(span.of(current), replacements)
        merged.append(_grown(Span(start, span.end - shift), new, old_patches, new_choices))
    return merged


def _first(place: Place, start: int) -> Patch:
    """The patch of a place where there was none, which begins at `start` of the original text."""
    choice, new = place.choice, place.choice.candidate.new
    span = Span(start, start + place.span.end - place.span.start)
    return Patch(span, new, _alone(choice.candidate.codec), choice.lead, choice.candidate.gain, choice.convincing)


@lru_cache(maxsize=256)
def _alone(codec: str) -> tuple[str, ...]:
    """The same for all patches: there may be hundreds of thousands."""
    return (codec,)


def _grown(span: Span, new: str, patches: list[Patch], choices: list[Place]) -> Patch:
    steps = tuple(dict.fromkeys(c.choice.candidate.codec for c in choices))
    undone = max((p.undone for p in patches), key=len, default=()) + steps
    lead = min([p.lead for p in patches] + [c.choice.lead for c in choices])
    gain = min([p.gain for p in patches] + [c.choice.candidate.gain for c in choices])
    convincing = all(p.convincing for p in patches) and all(c.choice.convincing for c in choices)
    return Patch(span, new, undone, lead, gain, convincing)


def _groups(patches: Sequence[Patch], choices: Sequence[Place]) -> Iterator[tuple[Span, list[Patch], list[Place]]]:
    """Patches and choices that overlap, together, with the span of the current text that each group covers."""
    items: list[tuple[Span, Patch | Place]] = [(c.span, c) for c in choices]
    items += zip(new_spans(patches), patches, strict=True)
    items.sort(key=lambda item: item[0])
    group: list[Patch | Place] = []
    covered = Span(0, 0)
    for span, item in items:
        if group and span.start >= covered.end:
            yield covered, *_sorted_out(group)
            group = []
        covered = Span(covered.start, max(covered.end, span.end)) if group else span
        group.append(item)
    if group:
        yield covered, *_sorted_out(group)


def _sorted_out(group: list[Patch | Place]) -> tuple[list[Patch], list[Place]]:
    return [g for g in group if isinstance(g, Patch)], [g for g in group if isinstance(g, Place)]
