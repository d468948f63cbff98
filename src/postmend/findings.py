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

_SHOWN = 60  # code points of a quotation in a message
_TITLES = {"PM101": "Mojibake", "PM102": "Mojibake that lost a byte", "PM103": "Perhaps mojibake"}


def mojibake_findings(document: Document, repairs: Sequence[Repair]) -> Iterator[Finding]:
    """One finding for all the repairs of a line that have the same story, one for all that are shown on purpose."""
    lines = LineIndex(document.text)
    examples = [r for r in repairs if r.doubt == ON_PURPOSE]
    for _, group in groupby(
        (r for r in repairs if r.doubt != ON_PURPOSE),
        key=lambda r: (lines.position(r.span.start).line, _code(r), r.chain, r.doubt),
    ):
        yield _finding(document, list(group), lines)
    if examples:
        yield _examples(document, examples, lines)


def _code(repair: Repair) -> str:
    if repair.fixability is Fixability.SAFE:
        return "PM101"
    return "PM103" if repair.reversible else "PM102"


def _finding(document: Document, repairs: list[Repair], lines: LineIndex) -> Finding:
    first, code = repairs[0], _code(repairs[0])
    edits = tuple(Edit(r.span, r.old, r.new) for r in repairs)
    span = _whole_words(document.text, Span(first.span.start, repairs[-1].span.end))
    old = span.of(document.text)
    new = apply_edits(old, [_moved(edit, -span.start) for edit in edits])
    start = lines.position(span.start)
    key = _field_at(document, span)
    story = f"({'; '.join([*([describe(first.chain)] if first.chain else []), *filter(None, [first.doubt])])})"
    return Finding(
        code,
        document.path,
        start,
        lines.position(span.end),
        f"{_TITLES[code]}{f' in `{key}`' if key else ''}: `{_shortened(old)}` -> `{_shortened(new)}` {story}",
        before=old,
        after=new,
        chain=labels(first.chain),
        fix=Fix(edits, first.fixability),
        confidence=round(1 / (1 + math.exp(-min(r.margin for r in repairs) / 4)), 3),
        context=lines.line_text(start.line),
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
        context=lines.line_text(start.line),
    )


def _fix_of_examples(repairs: list[Repair]) -> Fix:
    """A fix for those that may be repaired, which is none of those in code when that is to be left alone."""
    chosen = [r for r in repairs if r.fixability is not Fixability.DISPLAY]
    way = Fixability.UNSAFE if chosen else Fixability.DISPLAY
    return Fix(tuple(Edit(r.span, r.old, r.new) for r in chosen or repairs), way)


def _whole_words(text: str, span: Span) -> Span:
    """The span with the rest of the words at its ends: people read words, not halves of them."""
    start, end = span.start, span.end
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.old, edit.new)


def _field_at(document: Document, span: Span) -> str | None:
    fields = document.front_matter.fields if document.front_matter else ()
    return next((f.key for f in fields if f.span.overlaps(span)), None)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"


def _evidence(repairs: Sequence[Repair]) -> str:
    """What speaks for the repairs, in words; the numbers are in the JSON report."""
    if all(r.reversible for r in repairs):
        return "Damaging the repaired text again in the same way gives exactly what the file holds."
    return "It can't be proved by damaging the repaired text again: something was lost."
