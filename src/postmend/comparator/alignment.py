"""Two posts side by side: paragraphs that belong together, the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, Levenshtein

from postmend.model import Document
from postmend.position import LineIndex

_BREAK = re.compile(r"\r\n|\r|\n")  # str.splitlines would split at more than editors count
_FENCE = re.compile(r"[ \t>]*(```|~~~)")
# Words with the space after them; characters of scripts without spaces one by one.
_PIECE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+|[^\w\s]|\s+")

_ALIKE = 0.50  # similarity from which two paragraphs are versions of one
_MOVED = 0.80  # the same for one that stands elsewhere
_CELLS = 250_000  # cells of the largest table of paragraph similarities
_WORDS = 4000  # longest paragraph, in pieces, whose words are compared

_SLIGHT = 2  # characters that say nothing between two changes

_Step = tuple[bool, str, str]  # whether it differs, and how either text has it
Segment = tuple[str, bool]  # text as written, and whether it differs from the other side


@dataclass(frozen=True, slots=True)
class Row:
    """Two paragraphs that belong together, or one that has no counterpart (the other side is empty).

    `similarity` (0 to 1) is rapidfuzz's `ratio` of the paragraphs as written, 0 for one alone. The lines are
    those of the file, from 1; 0 for the empty side. `moved` is the line at which the other post has much the same
    paragraph, in another order; 0 where there is none.
    """

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    similarity: float
    left_line: int
    right_line: int
    moved: int = 0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    line: int


def align(left: Document, right: Document) -> tuple[Row, ...]:
    """Aligns two bodies paragraph by paragraph, in reading order."""
    return _with_moves([_row(one, other) for one, other in _pair_up(_paragraphs(left), _paragraphs(right))])


def _with_moves(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those without a counterpart with the line where the other post has one out of order."""
    lost = [k for k, row in enumerate(rows) if not row.right]
    won = [k for k, row in enumerate(rows) if not row.left]
    if not lost or not won or len(lost) * len(won) > _CELLS:
        return tuple(rows)
    texts = [[rows[k].left[0][0] for k in lost], [rows[k].right[0][0] for k in won]]
    table = process.cdist(*texts, scorer=fuzz.ratio, score_cutoff=100 * _MOVED)
    moved = list(rows)
    for k, score, best in zip(lost, table.max(axis=1), table.argmax(axis=1), strict=True):
        moved[k] = replace(rows[k], moved=rows[won[best]].right_line if score else 0)
    for k, score, best in zip(won, table.max(axis=0), table.argmax(axis=0), strict=True):
        moved[k] = replace(rows[k], moved=rows[lost[best]].left_line if score else 0)
    return tuple(moved)


def _paragraphs(document: Document) -> list[_Paragraph]:
    """The blocks of a body between blank lines. A code block is one paragraph, blank lines and all."""
    blocks: list[_Paragraph] = []
    lines: list[str] = []
    fence = ""
    first = number = LineIndex(document.text).position(document.body.start).line
    for line in _BREAK.split(document.body_text):
        marker = found[1] if (found := _FENCE.match(line)) else ""
        if not fence and not line.strip():
            _close(blocks, lines, first)
        else:
            first = first if lines else number
            lines.append(line)
            fence = "" if marker and marker == fence else fence or marker
        number += 1
    _close(blocks, lines, first)
    return blocks


def _close(blocks: list[_Paragraph], lines: list[str], first: int) -> None:
    if lines:
        blocks.append(_Paragraph("\n".join(lines), first))
        lines.clear()


def _pair_up(
    left: Sequence[_Paragraph], right: Sequence[_Paragraph]
) -> Iterator[tuple[_Paragraph | None, _Paragraph | None]]:
    """Both lists in order, with partners side by side.

    Equal paragraphs are anchors, found by an edit distance over whole paragraphs; between two anchors the
    pairing with the highest sum of similarities is taken.
    """
    for tag, a, b, c, d in _stretches([p.text for p in left], [p.text for p in right]):
        if tag == "equal":
            yield from zip(left[a:b], right[c:d], strict=True)
        else:
            yield from _best_pairing(left[a:b], right[c:d])


def _stretches(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Equal stretches, and between them stretches that differ (neighbouring edits joined)."""
    at, there = 0, 0
    for op in Indel.opcodes(left, right):
        if op.tag != "equal":
            continue
        if op.src_start > at or op.dest_start > there:
            yield "differ", at, op.src_start, there, op.dest_start
        yield "equal", op.src_start, op.src_end, op.dest_start, op.dest_end
        at, there = op.src_end, op.dest_end
    if at < len(left) or there < len(right):
        yield "differ", at, len(left), there, len(right)


def _best_pairing(
    left: Sequence[_Paragraph], right: Sequence[_Paragraph]
) -> Iterator[tuple[_Paragraph | None, _Paragraph | None]]:
    """The pairing in order with the highest sum of similarities (Needleman, Wunsch 1970; gaps are free)."""
    if len(left) * len(right) > _CELLS:
        # Two long texts without a paragraph in common: nothing to align, and the table would be too large.
        yield from ((one, None) for one in left)
        yield from ((None, other) for other in right)
        return
    table = process.cdist([p.text for p in left], [p.text for p in right], scorer=fuzz.ratio, score_cutoff=100 * _ALIKE)
    scores: list[list[float]] = table.tolist()
    best = _sums(scores, len(left), len(right))
    i = j = 0
    while i < len(left) and j < len(right):
        if scores[i][j] > 0 and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            yield left[i], right[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield left[i], None
            i += 1
        else:
            yield None, right[j]
            j += 1
    yield from ((one, None) for one in left[i:])
    yield from ((None, other) for other in right[j:])


def _sums(scores: Sequence[Sequence[float]], rows: int, columns: int) -> list[list[float]]:
    """For each place, the highest sum of similarities from there to the end."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] > 0 else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return best


def _row(left: _Paragraph | None, right: _Paragraph | None) -> Row:
    if left is None or right is None:
        return Row(_whole(left), _whole(right), 0.0, left.line if left else 0, right.line if right else 0)
    if left.text == right.text:
        return Row(((left.text, False),), ((right.text, False),), 1.0, left.line, right.line)
    ours, theirs = _segments(left.text, right.text)
    return Row(ours, theirs, fuzz.ratio(left.text, right.text) / 100.0, left.line, right.line)


def _whole(paragraph: _Paragraph | None) -> tuple[Segment, ...]:
    return ((paragraph.text, True),) if paragraph else ()


def _segments(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Both texts in stretches that are equal or differ, by whole words."""
    ours, theirs = _PIECE.findall(left), _PIECE.findall(right)
    if max(len(ours), len(theirs)) > _WORDS:
        return ((left, True),), ((right, True),)
    one: list[Segment] = []
    other: list[Segment] = []
    for changed, here, there in _without_slight(_steps(ours, theirs)):
        _add(one, here, changed)
        _add(other, there, changed)
    return tuple(one), tuple(other)


def _steps(ours: Sequence[str], theirs: Sequence[str]) -> list[_Step]:
    """The stretches of two texts in order."""
    return [
        (op.tag != "equal", "".join(ours[op.src_start : op.src_end]), "".join(theirs[op.dest_start : op.dest_end]))
        for op in Levenshtein.opcodes(ours, theirs)
    ]


def _without_slight(steps: Sequence[_Step]) -> Iterator[_Step]:
    """The same, where a blank or two letters between two changes count as changed: no reader looks for them."""
    for before, (changed, here, there), after in zip([None, *steps], steps, [*steps[1:], None], strict=False):
        between = before is not None and before[0] and after is not None and after[0]
        yield changed or (between and len(here.strip()) <= _SLIGHT), here, there


def _add(segments: list[Segment], text: str, changed: bool) -> None:
    if not text:
        return
    if segments and segments[-1][1] == changed:
        segments[-1] = (segments[-1][0] + text, changed)
    else:
        segments.append((text, changed))
