"""One line of context around a change, cut so that the change is seen however long the line is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rich.cells import cell_len

from postmend.model import Finding
from postmend.report.console import Look
from postmend.report.graphemes import graphemes

# str.splitlines would also split at U+0085, which mojibake is full of.
_LINE_BREAK = re.compile(r"\r\n|\r|\n")

Segment = tuple[str, bool]  # text, and whether it changes


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line up to a change, and from there as it is and as it would be (None if nothing is suggested)."""

    head: str
    old: tuple[Segment, ...]
    new: tuple[Segment, ...] | None


def excerpt(finding: Finding, look: Look, width: int) -> Excerpt | None:
    """The change of a finding in its line, ready to print in `width` cells; None if it has no change."""
    if finding.before is None:
        return None
    head, tail = _surroundings(finding)
    head = head.lstrip()
    if finding.after is None:
        whole = Excerpt(head, ((finding.before, True), (tail, False)), None)
    else:
        whole = _by_edits(finding, head, tail) or _narrowed(head, finding.before, finding.after, tail)
    return _cut(whole, look, width)


def lines_of(text: str) -> list[str]:
    """The lines of `text` as editors number them."""
    return _LINE_BREAK.split(text)


def start_of(text: str, look: Look, cells: int) -> str:
    """As much of the beginning of `text` as fits, with an ellipsis for the rest."""
    chunk = text[: _most(cells)]
    return "".join(_fitting(graphemes(chunk), look, cells, len(chunk) == len(text)))


def _end_of(text: str, look: Look, cells: int) -> str:
    chunk = text[-_most(cells) :]
    return "".join(_fitting(graphemes(chunk)[::-1], look, cells, len(chunk) == len(text))[::-1])


def _start_of_all(segments: Sequence[Segment], look: Look, cells: int) -> tuple[Segment, ...]:
    pieces: list[Segment] = []
    for text, changed in segments:
        pieces += ((piece, changed) for piece in graphemes(text[: _most(cells)]))
    complete = all(len(text) <= _most(cells) for text, _ in segments)
    shown = _fitting([piece for piece, _ in pieces], look, cells, complete)
    marks = [*(changed for _, changed in pieces), False]
    joined: list[Segment] = []
    for part, changed in zip(shown, marks, strict=False):
        if joined and joined[-1][1] == changed:
            joined[-1] = joined[-1][0] + part, changed
        else:
            joined.append((part, changed))
    return tuple(joined)


def _most(cells: int) -> int:
    """Enough code points to fill the cells; no line of a megabyte is walked through for eighty of them."""
    return 8 * max(cells, 0) + 64


def _fitting(pieces: Iterable[str], look: Look, cells: int, complete: bool) -> list[str]:
    """The pieces, made visible, as long as they fit; then an ellipsis unless that was all."""
    shown: list[str] = []
    used = kept = 0
    room = cells - len(look.ellipsis)
    for piece in pieces:
        part = look.show(piece.replace("\t", "    "))
        used += cell_len(part)
        if used > cells:
            complete = False
            break
        shown.append(part)
        kept = len(shown) if used <= room else kept
    return shown if complete else [*shown[:kept], look.ellipsis]


def _surroundings(finding: Finding) -> tuple[str, str]:
    """What stands before and after the finding in its line."""
    context, before = finding.context or "", finding.before or ""
    at = _place(context, before, finding.start.column)
    if at < 0:
        return "", ""
    return lines_of(context[:at])[-1], lines_of(context[at + len(before) :])[0]


def _place(context: str, before: str, column: int) -> int:
    """Where the finding begins in its context: in the right column of a line, else anywhere, else -1."""
    starts = [0, *(found.end() for found in _LINE_BREAK.finditer(context))]
    places = (start + column - 1 for start in starts)
    return next((p for p in places if context.startswith(before, p)), context.find(before))


def _by_edits(finding: Finding, head: str, tail: str) -> Excerpt | None:
    """The excerpt with each edit marked; None if the edits are not what makes `after` of `before`."""
    before, base = finding.before or "", finding.start.offset
    old: list[Segment] = []
    new: list[Segment] = []
    done = 0
    edits = sorted(finding.fix.edits) if finding.fix else []
    if len(edits) < 2:
        return None  # a single edit is marked more closely by what it changes
    for edit in edits:
        between = before[done : max(done, edit.span.start - base)]
        old += (between, False), (edit.old, True)
        new += (between, False), (edit.new, True)
        done = edit.span.end - base
    rest = before[done:], False
    old, new = [*old, rest], [*new, rest]
    fits = "".join(t for t, _ in old) == before and "".join(t for t, _ in new) == finding.after
    return Excerpt(head, (*old, (tail, False)), (*new, (tail, False))) if fits else None


def _narrowed(head: str, before: str, after: str, tail: str) -> Excerpt:
    """The excerpt with what old and new have in common at either end left unmarked."""
    old, new = graphemes(before), graphemes(after)
    same = _alike(old, new)
    if same == len(old) == len(new):
        return Excerpt(head, ((before, True), (tail, False)), ((after, True), (tail, False)))
    common, old, new = "".join(old[:same]), old[same:], new[same:]
    ends = _alike(old[::-1], new[::-1])
    was, is_now = "".join(old[: len(old) - ends]), "".join(new[: len(new) - ends])
    tail = "".join(old[len(old) - ends :]) + tail
    return Excerpt(head + common, ((was, True), (tail, False)), ((is_now, True), (tail, False)))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(whole: Excerpt, look: Look, width: int) -> Excerpt:
    """The excerpt in at most `width` cells: a third for the head, or more where the rest is short."""
    sides = [whole.old] if whole.new is None else [whole.old, whole.new]
    rest = max(cells_of(_start_of_all(side, look, width)) for side in sides)
    head = _end_of(whole.head, look, max(width // 3, width - rest))
    old, *new = (_start_of_all(side, look, width - cell_len(head)) for side in sides)
    return Excerpt(head, old, new[0] if new else None)


def cells_of(segments: Iterable[Segment]) -> int:
    """How wide the segments are together."""
    return sum(cell_len(text) for text, _ in segments)
