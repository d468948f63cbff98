"""Two posts next to each other, for `postmend diff`: scores, fields that differ, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from postmend.model import Pair
from postmend.report import duplicates
from postmend.report.console import Look
from postmend.report.items import percent, plural

if TYPE_CHECKING:  # only types: the comparator brings numpy along
    from postmend.comparator import Row, Segment

_NARROWEST = 80  # columns below which two columns of text help nobody
_SIDES = (("-", "red", "[-", "-]"), ("+", "green", "{+", "+}"))


def render(pair: Pair, alignment: Sequence[Row], console: Console, *, every: bool = False) -> None:
    """Prints the two posts of a pair, aligned.

    In two columns on a wide terminal, one below the other elsewhere. Runs of equal paragraphs are counted, or
    printed with `every`.
    """
    look = Look.of(console)
    for line in duplicates.pair_lines(pair, look, every=True):
        console.print(line, soft_wrap=True)
    console.print()
    digits = max((len(f"{max(r.left_line, r.right_line)}") for r in alignment), default=1)
    wide = console.is_terminal and console.width >= _NARROWEST
    for same, rows in groupby(alignment, key=lambda row: row.similarity == 1.0 and not every):
        if same:
            console.print(_equal(list(rows)), soft_wrap=True)
        elif wide:
            console.print(_table(rows, look, digits), soft_wrap=False)
        else:
            for row in rows:
                console.print(_stacked(row, look), soft_wrap=True)


def _equal(rows: Sequence[Row]) -> Text:
    where = f"line {rows[0].left_line:,} on the left, {rows[0].right_line:,} on the right"
    verb = "is" if len(rows) == 1 else "are"
    return Text(f"= {plural(len(rows), 'paragraph')} {verb} the same, from {where}", "dim")


def _table(rows: Iterator[Row], look: Look, digits: int) -> Table:
    """Two columns of equal width with line numbers, and in between how much the paragraphs are alike."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(justify="right", style="dim", min_width=digits)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", style="cyan", min_width=len("100%"))
    table.add_column(justify="right", style="dim", min_width=digits)
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        left, right = _paragraph(row.left, 0, look), _paragraph(row.right, 1, look)
        moved = Text(_moved(row), "dim")
        table.add_row(
            _number(row.left_line), left if row.left else moved, _relation(row), _number(row.right_line), right or moved
        )
        table.add_row()
    return table


def _stacked(row: Row, look: Look) -> Text:
    places = [f"{sign}{line}" for (sign, *_), line in zip(_SIDES, (row.left_line, row.right_line), strict=True) if line]
    lines = [Text(f"@ {' '.join(places)}  {_moved(row) or _relation(row)}", "cyan")]
    for side, segments in enumerate((row.left, row.right)):
        sign, color, *_ = _SIDES[side]
        if segments:
            paragraph = _paragraph(segments, side, look).split("\n", allow_blank=True)
            lines += [Text.assemble((f"{sign} ", color), line) for line in paragraph]
    return Text("\n").join([*lines, Text()])


def _relation(row: Row) -> str:
    """`94%` alike; an arrow to the side that has a paragraph of its own; nothing for equal ones."""
    if not row.left:
        return ">"
    if not row.right:
        return "<"
    return "=" if row.similarity == 1.0 else percent(row.similarity)


def _moved(row: Row) -> str:
    """Where the other post has the paragraph, if it has it in another place."""
    return f"moved, line {row.moved} of the other" if row.moved else ""


def _paragraph(segments: Sequence[Segment], side: int, look: Look) -> Text:
    """The text of one side, what differs in colour, or in brackets where there are no colours."""
    _, color, opening, closing = _SIDES[side]
    whole = len(segments) == 1  # a paragraph without a counterpart: all of it differs, no brackets needed
    text = Text()
    for part, changed in segments:
        shown = "\n".join(look.show(line.replace("\t", "    ")) for line in part.split("\n"))
        if changed and not look.colors and not whole:
            shown = f"{opening}{shown}{closing}"
        text.append(shown, f"bold {color}" if changed else None)
    return text


def _number(line: int) -> str:
    return str(line) if line else ""
