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
    from postmend.comparator import Alignment, FieldChange, Row, Segment

_NARROWEST = 80  # columns below which two columns of text help nobody
_SIDES = (("-", "red", "[-", "-]"), ("+", "green", "{+", "+}"))


def render(left: str, right: str, pair: Pair, alignment: Alignment, console: Console, *, every: bool = False) -> None:
    """Prints the posts at the paths `left` and `right`, aligned in that order.

    In two columns on a wide terminal, one below the other elsewhere. Runs of equal paragraphs are counted, or
    printed with `every`.
    """
    look = Look.of(console)
    for line in _head(left, right, pair, alignment, look):
        console.print(line, soft_wrap=True)
    digits = max((len(f"{max(r.left_line, r.right_line)}") for r in alignment.rows), default=1)
    wide = console.is_terminal and console.width >= _NARROWEST
    for same, rows in groupby(alignment.rows, key=lambda row: row.similarity == 1.0 and not every):
        if same:
            console.print(_equal(list(rows)), soft_wrap=True)
        elif wide:
            console.print(_table(rows, look, digits), soft_wrap=False)
        else:
            for row in rows:
                console.print(_stacked(row, look), soft_wrap=True)


def _head(left: str, right: str, pair: Pair, alignment: Alignment, look: Look) -> Iterator[Text]:
    yield Text.assemble(("- ", "red"), (look.show(left), "bold"))
    yield Text.assemble(("+ ", "green"), (look.show(right), "bold"))
    yield Text()
    yield from duplicates.pair_lines(pair, look)
    if alignment.fields:
        yield Text()
        yield Text("Front matter that differs:")
    for change in alignment.fields:
        yield from _field(change, look)
    yield Text()


def _field(change: FieldChange, look: Look) -> Iterator[Text]:
    yield Text(f"  {look.show(change.key)}", "cyan")
    for value, (sign, color, *_) in zip((change.left, change.right), _SIDES, strict=True):
        if value is not None:
            yield Text(f"    {sign} {look.show(value)}", color)


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
        table.add_row(_number(row.left_line), left, _relation(row), _number(row.right_line), right)
        table.add_row()
    return table


def _stacked(row: Row, look: Look) -> Text:
    places = [f"{sign}{line}" for (sign, *_), line in zip(_SIDES, (row.left_line, row.right_line), strict=True) if line]
    lines = [Text(f"@ {' '.join(places)}  {_relation(row)}".rstrip(), "cyan")]
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
