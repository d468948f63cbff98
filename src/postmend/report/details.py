"""The lines under a finding: the change in its line, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from postmend.model import Finding
from postmend.report.console import Look
from postmend.report.excerpt import Excerpt, Segment, excerpt, lines_of, start_of

INDENT = 8  # cells to the left of the context: that of the block, and the sign
_MOST_LINES = 3  # of a context without a change
_LEAST_WIDTH = 24


def change_lines(finding: Finding, look: Look) -> Iterator[Text]:
    """The line of the finding, and what would change in it."""
    width = max(look.width - INDENT, _LEAST_WIDTH)
    found = excerpt(finding, look, width)
    if found is not None:
        yield from _change(found, look)
    elif finding.context:
        yield from _context(finding.context, look, width)


def evidence(finding: Finding) -> Iterator[str]:
    """What speaks for it; how the damage came about is in the message."""
    yield from lines_of(finding.detail) if finding.detail else ()


def _change(found: Excerpt, look: Look) -> Iterator[Text]:
    """The old line and the new one; where there are no colours, with marks under what differs."""
    sides = [("-", found.old, "red"), ("+", found.new or (), "green")]
    if found.new is None:
        sides = [("|", found.old, "red")]
    for sign, segments, color in sides:
        line = Text.assemble((f"{sign} ", "dim" if sign == "|" else color), found.head)
        for text, changed in segments:
            line.append(text, f"bold {color}" if changed else None)
        yield line
        if not look.colors and any(text for text, changed in segments if changed):
            yield Text(f"  {_marks(found.head, segments)}")


def _marks(head: str, segments: Sequence[Segment]) -> str:
    marks = [("^" if changed else " ") * cell_len(text) for text, changed in segments]
    return " " * cell_len(head) + "".join(marks).rstrip()


def _context(context: str, look: Look, width: int) -> Iterator[Text]:
    for line in lines_of(context)[:_MOST_LINES]:
        yield Text.assemble(("| ", "dim"), start_of(line, look, width))
