"""What others still have of text that is lost: a twin of the post, or an earlier version of the file.

Only a whole line counts that is equal to the damaged one in all that was not lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from postmend.edits import apply_edits
from postmend.examine import safe_edits
from postmend.findings import moved
from postmend.fixer.fitting import Gap, fitted, skeleton
from postmend.fixer.lost import Loss, line_gaps
from postmend.losses import LOST, Filling, by_line, document_losses, gathered, line_finding
from postmend.model import Document, Edit, Finding, Repair, Span
from postmend.position import LineIndex

_SAME = 0.5  # of the lines of a post, from which another text is a version of it
_FEWEST_SIGNS = 4  # letters and gaps that a line must have to be recognised
_MOST_LIKE = 50  # lines of a donor with the same skeleton that are tried

DamagedReader = Callable[[str], tuple[Document, Sequence[Repair]] | None]


@dataclass(frozen=True, slots=True)
class Donor:
    """A text that may hold what is lost, and how a finding names a line of it."""

    text: str
    name: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A damaged line: what was lost on it, its text with all safe repairs, the gaps in that, and where these are in the
    file.
    """

    losses: list[Loss]
    text: str
    gaps: tuple[Gap, ...]
    places: tuple[Edit, ...]  # that empty the gaps


def with_offers(
    findings: Sequence[Finding], read: DamagedReader, donors: Callable[[str], Iterable[Donor]]
) -> list[Finding]:
    """The findings; those of lost text with what the donors of their file have, and gathered where they are many.

    `read` gives the document at a path and its repairs, None when it went away. Donors are asked for one by one, until
    nothing more is missing.
    """
    filled: dict[tuple[str, int], Finding] = {}
    for path in sorted({f.path for f in findings if f.code == LOST}):
        damaged = read(path)
        if damaged is not None:
            filled |= {(path, f.start.line): f for f in _filled(*damaged, donors(path))}
    return gathered(filled.get((f.path, f.start.line), f) if f.code == LOST else f for f in findings)


def _filled(document: Document, repairs: Sequence[Repair], donors: Iterable[Donor]) -> Iterator[Finding]:
    """The findings for lines of the document that a donor has."""
    lines = LineIndex(document.text)
    left = _lines(document, repairs, lines)
    repaired = _repaired_body(document, repairs)
    for donor in donors:
        index = _Index(donor)
        if not index.is_version_of(repaired):
            continue
        for number, line in list(left.items()):
            filling = index.filling(line)
            if filling:
                yield line_finding(document, line.losses, lines, filling)
                del left[number]
        if not left:
            return


def _repaired_body(document: Document, repairs: Sequence[Repair]) -> str:
    """What tells a version of the post from another one; its front matter where it has nothing else. Generators add to
    front matter and sort it, so versions have little of it in common."""
    start = document.body.start if document.body_text.strip() else 0
    edits = [moved(edit, -start) for edit in safe_edits(repairs) if edit.span.start >= start]
    return apply_edits(document.text[start:], edits)


def _lines(document: Document, repairs: Iterable[Repair], lines: LineIndex) -> dict[int, _Line]:
    """The damaged lines by their numbers."""
    by_number: dict[int, list[Repair]] = defaultdict(list)
    for repair in repairs:
        by_number[lines.position(repair.span.start).line].append(repair)
    losses = by_line(document_losses(document, repairs), lines)
    return {number: _line(group, by_number[number], lines.line_text(number), lines) for number, group in losses.items()}


def _line(losses: list[Loss], repairs: Sequence[Repair], text: str, lines: LineIndex) -> _Line:
    first = lines.position(losses[0].gap.span.start)
    start = first.offset - first.column + 1
    edits = [moved(edit, -start) for edit in safe_edits(repairs)]
    gaps, places = [], []
    for gap in line_gaps(text):
        place = Span(start + gap.span.start, start + gap.span.end)
        if any(r.span.overlaps(place) for r in repairs):
            continue  # what a safe repair covers is whole again; another one makes the line differ from the donor's
        by = sum(len(e.new) - len(e.old) for e in edits if e.span.end <= gap.span.start)
        gaps.append(Gap(Span(gap.span.start + by, gap.span.end + by), gap.signs, gap.is_question))
        places.append(Edit(place, gap.span.of(text), ""))
    return _Line(losses, apply_edits(text, edits), tuple(gaps), tuple(places))


class _Index:
    """The lines of a donor by what no loss can touch."""

    def __init__(self, donor: Donor) -> None:
        self._donor = donor
        self._lines: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, text in enumerate(_split(donor.text), 1):
            self._lines[skeleton(text)].append((number, text))

    def is_version_of(self, text: str) -> bool:
        """Whether most lines of `text` stand in the donor, or may be what is left of such a line."""
        told = {line for line in _split(text) if any(map(str.isalnum, line)) or "?" in line}
        return sum(map(self._has, told)) >= _SAME * len(told)

    def _has(self, line: str) -> bool:
        like = self._like(line)
        return any(line == other for _, other in like) or bool(_fits(line, line_gaps(line), like))

    def _like(self, line: str) -> list[tuple[int, str]]:
        return self._lines.get(skeleton(line), [])[:_MOST_LIKE]

    def filling(self, line: _Line) -> Filling | None:
        """What the donor has in the gaps of a line; None if it has not the line, or several that differ there."""
        if sum(map(str.isalnum, line.text)) + sum(gap.signs for gap in line.gaps) < _FEWEST_SIGNS:
            return None
        found = _fits(line.text, line.gaps, self._like(line.text))
        if len(found) != 1:
            return None
        fills, number = next(iter(found.items()))
        filled = (replace(edit, new=new) for edit, new in zip(line.places, fills, strict=True))
        return Filling(tuple(e for e in filled if e.new != e.old), f"as in {self._donor.name(number)}")


def _fits(text: str, gaps: Sequence[Gap], lines: Iterable[tuple[int, str]]) -> dict[tuple[str, ...], int]:
    """What the lines have in the gaps, each with the first line that has it."""
    found: dict[tuple[str, ...], int] = {}
    for number, line in lines:
        fills = fitted(text, gaps, line) if gaps else None
        if fills is not None:
            found.setdefault(fills, number)
    return found


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
