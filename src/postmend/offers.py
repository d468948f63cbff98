"""What others still have of text that is lost: a twin of the post, or an earlier version of the file.

Only a whole line counts that is equal to the damaged one in all that was not lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    places: tuple[Span, ...]


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
    repaired = apply_edits(document.text, safe_edits(repairs))
    for donor in donors:
        index = _Index(donor)
        if not index.is_version_of(repaired):
            continue
        for number, line in list(left.items()):
            filling = index.filling(line, document.text, repairs)
            if filling:
                yield line_finding(document, line.losses, lines, filling)
                del left[number]
        if not left:
            return


def _lines(document: Document, repairs: Sequence[Repair], lines: LineIndex) -> dict[int, _Line]:
    edits = safe_edits(repairs)
    losses = by_line(document_losses(document, repairs), lines)
    return {number: _line(group, number, edits, lines) for number, group in losses.items()}


def _line(losses: list[Loss], number: int, edits: Iterable[Edit], lines: LineIndex) -> _Line:
    first = losses[0].gap.span.start
    start, text = first - lines.position(first).column + 1, lines.line_text(number)
    own = [moved(e, -start) for e in edits if start <= e.span.start <= start + len(text)]
    repaired = apply_edits(text, own)
    gaps, places = [], []
    for gap in line_gaps(text):
        if not any(e.span.overlaps(gap.span) for e in own):
            by = sum(len(e.new) - len(e.old) for e in own if e.span.end <= gap.span.start)
            gaps.append(Gap(Span(gap.span.start + by, gap.span.end + by), gap.signs, gap.is_question))
            places.append(Span(start + gap.span.start, start + gap.span.end))
    return _Line(losses, repaired, tuple(gaps), tuple(places))


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

    def filling(self, line: _Line, text: str, repairs: Iterable[Repair]) -> Filling | None:
        """What the donor has in the gaps of a line of `text`; None if it has not the line, or several that differ."""
        if sum(map(str.isalnum, line.text)) + sum(gap.signs for gap in line.gaps) < _FEWEST_SIGNS:
            return None
        found = _fits(line.text, line.gaps, self._like(line.text))
        if len(found) != 1:
            return None
        fills, number = next(iter(found.items()))
        edits = tuple(
            Edit(span, span.of(text), new)
            for span, new in zip(line.places, fills, strict=True)
            if new != span.of(text) and not any(r.span.overlaps(span) for r in repairs)
        )
        return Filling(edits, f"as in {self._donor.name(number)}") if edits else None


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
