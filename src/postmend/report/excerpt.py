"""One line of context around a change, cut so that the change is seen however long the line is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rich.cells import cell_len

from postmend.model import Finding
from postmend.report.console import Look
from postmend.report.graphemes import graphemes

# str.splitlines would also split at U+0085, which mojibake is full of.
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands before a change, the old and the new text (None if nothing is suggested), what follows."""

    head: str
    old: str
    new: str | None
    tail: str


def excerpt(finding: Finding, look: Look, width: int) -> Excerpt | None:
    """The change of a finding in its line, ready to print in `width` cells; None if it has no change."""
    if finding.before is None:
        return None
    head, tail = _surroundings(finding)
    found = _narrowed(Excerpt(head.lstrip(), finding.before, finding.after, tail))
    return _cut(found, look, width)


def start_of(text: str, look: Look, cells: int) -> str:
    """As much of the beginning of `text` as fits, with an ellipsis for the rest."""
    chunk = text[: _most(cells)]
    return "".join(_fitting(graphemes(chunk), look, cells, len(chunk) == len(text)))


def end_of(text: str, look: Look, cells: int) -> str:
    """As much of the end of `text` as fits, with an ellipsis for the rest."""
    chunk = text[-_most(cells) :]
    return "".join(_fitting(graphemes(chunk)[::-1], look, cells, len(chunk) == len(text))[::-1])


def lines_of(text: str) -> list[str]:
    """The lines of `text` as editors number them."""
    return _LINE_BREAK.split(text)


def _most(cells: int) -> int:
    """Enough code points to fill the cells; no line of a megabyte is walked through for eighty of them."""
    return 8 * max(cells, 0) + 64


def _fitting(pieces: Iterable[str], look: Look, cells: int, complete: bool) -> list[str]:
    """The pieces, made visible, as long as they fit; then an ellipsis unless that was all."""
    shown, used, room = [], 0, cells - len(look.ellipsis)
    kept = 0  # pieces that leave room for the ellipsis
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


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _narrowed(whole: Excerpt) -> Excerpt:
    """The excerpt with what old and new have in common at either end moved into head and tail."""
    if whole.new is None or whole.new == whole.old:
        return whole
    old, new = graphemes(whole.old), graphemes(whole.new)
    same = _alike(old, new)
    old, new = old[same:], new[same:]
    ends = _alike(old[::-1], new[::-1])
    return Excerpt(
        whole.head + whole.old[: len(whole.old) - len("".join(old))],
        "".join(old[: len(old) - ends]),
        "".join(new[: len(new) - ends]),
        "".join(old[len(old) - ends :]) + whole.tail,
    )


def _cut(whole: Excerpt, look: Look, width: int) -> Excerpt:
    """The excerpt in at most `width` cells. The change comes first; head and tail share what is left."""
    most = width * 2 // 3 if whole.head or whole.tail else width
    old = start_of(whole.old, look, most)
    new = None if whole.new is None else start_of(whole.new, look, most)
    room = width - max(cell_len(old), cell_len(new or ""))
    tail = start_of(whole.tail, look, room // 2)
    head = end_of(whole.head, look, room - cell_len(tail))
    tail = start_of(whole.tail, look, room - cell_len(head))
    return replace(whole, head=head, old=old, new=new, tail=tail)
