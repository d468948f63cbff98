"""Repairs as findings: one for each line and story, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from postmend.edits import apply_edits
from postmend.fixer.accidents import describe, labels
from postmend.fixer.mojibake import ON_PURPOSE
from postmend.model import Document, Edit, Finding, Fix, Fixability, Repair, Span
from postmend.position import LineIndex
from postmend.scanner.fields import field_at

_SHOWN = 60  # code points of a quotation in a message
_TITLES = {
    "PM101": "Mojibake",
    "PM102": "Mojibake that lost a byte",
    "PM103": "Perhaps mojibake",
    "PM107": "Escaped mojibake",
}


def mojibake_findings(document: Document, repairs: Sequence[Repair]) -> Iterator[Finding]:
    """One finding for all the repairs of a line that have the same story, one for all that are shown on purpose."""
    lines = LineIndex(document.text)
    examples = [r for r in repairs if r.doubt == ON_PURPOSE]
    for _, group in groupby(
        (r for r in repairs if r.doubt != ON_PURPOSE),
        key=lambda r: (lines.position(r.span.start).line, _code(r), r.chain, r.doubt, r.escape, r.fixability),
    ):
        yield _finding(document, list(group), lines)
    if examples:
        yield _examples(document, examples, lines)


def _code(repair: Repair) -> str:
    if repair.escape:
        return "PM107"
    if repair.fixability is Fixability.SAFE:
        return "PM101"
    return "PM103" if repair.reversible else "PM102"


def _finding(document: Document, repairs: list[Repair], lines: LineIndex) -> Finding:
    first, code = repairs[0], _code(repairs[0])
    edits = tuple(Edit(r.span, r.old, r.new) for r in repairs)
    span = whole_words(document.text, Span(first.span.start, repairs[-1].span.end))
    old = span.of(document.text)
    new = apply_edits(old, [moved(edit, -span.start) for edit in edits])
    start = lines.position(span.start)
    key = field_key(document, span)
    told = f"{describe(first.chain) if first.chain else ''}{', ' if first.escape else ''}{first.escape}"
    story = f"({'; '.join(filter(None, [told, first.doubt]))})"
    change = f"`{shortened(old)}` -> `{shortened(new)}`" if new != old else f"`{shortened(old)}`"
    return Finding(
        code,
        document.path,
        start,
        lines.position(span.end),
        f"{_TITLES[code]}{f' in `{key}`' if key else ''}: {change} {story}",
        before=old,
        after=new if new != old else None,
        chain=labels(first.chain),
        fix=Fix(edits, first.fixability) if new != old else None,
        confidence=round(1 / (1 + math.exp(-min(r.margin for r in repairs) / 4)), 3),
        context=lines.around(span),
        detail=_evidence(repairs),
    )


def _examples(document: Document, repairs: list[Repair], lines: LineIndex) -> Finding:
    first = repairs[0]
    start = lines.position(first.span.start)
    places = "1 place" if len(repairs) == 1 else f"{len(repairs)} places"
    return Finding(
        "PM109",
        document.path,
        start,
        lines.position(first.span.end),
        f"Mojibake in {places}, it seems as examples; the first one: `{first.old}` -> `{first.new}`",
        before=first.old,
        after=first.new,
        chain=labels(first.chain),
        fix=_fix_of_examples(repairs),
        context=lines.around(first.span),
    )


def _fix_of_examples(repairs: list[Repair]) -> Fix:
    """A fix for those that may be repaired, which is none of those in code when that is to be left alone."""
    chosen = [r for r in repairs if r.fixability is not Fixability.DISPLAY]
    way = Fixability.UNSAFE if chosen else Fixability.DISPLAY
    return Fix(tuple(Edit(r.span, r.old, r.new) for r in chosen or repairs), way)


def whole_words(text: str, span: Span) -> Span:
    """The span with the rest of the words at its ends: people read words, not halves of them."""
    start, end = span.start, span.end
    while start > span.start - _SHOWN and start and text[start - 1].isalnum():
        start -= 1
    while end < span.end + _SHOWN and end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def moved(edit: Edit, by: int) -> Edit:
    """The edit, so many code points further right."""
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.old, edit.new)


def field_key(document: Document, span: Span) -> str | None:
    """The key of the front matter value at a span."""
    field = field_at(document.front_matter.fields if document.front_matter else (), span)
    return field.key if field else None


def shortened(text: str) -> str:
    """A quotation for a message, cut when it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"


def _evidence(repairs: Sequence[Repair]) -> str:
    """What speaks for the repairs, in words; the numbers are in the JSON report."""
    if all(r.reversible for r in repairs):
        return "Damaging the repaired text again in the same way gives exactly what the file holds."
    return "It can't be proved by damaging the repaired text again: something was lost."
