"""The lines under a finding: the change in its line, how the damage came about, the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from postmend.model import Finding, Fixability
from postmend.report.console import Look
from postmend.report.excerpt import Excerpt, excerpt, lines_of, start_of
from postmend.report.items import fixability

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
    """How the damage came about, and what speaks for it."""
    if finding.chain:
        accident = chain_in_words(finding.chain)
        sure = fixability(finding) is Fixability.SAFE
        yield f"The text {accident}." if sure else f"If so, the text {accident}."
    yield from lines_of(finding.detail) if finding.detail else ()


def chain_in_words(chain: Sequence[str]) -> str:
    """What happened to the text, in the order in which it happened."""
    if len(chain) == 1:
        return f"was UTF-8 and was read as {chain[0]}"
    if len(set(chain)) == 1:
        times = "twice" if len(chain) == 2 else f"{len(chain)} times"
        return f"was UTF-8 and was read as {chain[0]} {times} over"
    return f"was UTF-8 and was read as {', then as '.join(chain)}, and saved as UTF-8 each time"


def _change(found: Excerpt, look: Look) -> Iterator[Text]:
    if found.new is None:
        yield _line("|", found, found.old, "red")
    else:
        yield _line("-", found, found.old, "red")
        yield _line("+", found, found.new, "green")
    if not look.colors:
        widest = max(cell_len(found.old), cell_len(found.new or ""), 1)
        yield Text(f"  {' ' * cell_len(found.head)}{'^' * widest}")


def _line(sign: str, found: Excerpt, changed: str, color: str) -> Text:
    sign_color = "dim" if sign == "|" else color
    return Text.assemble((f"{sign} ", sign_color), found.head, (changed, f"bold {color}"), found.tail)


def _context(context: str, look: Look, width: int) -> Iterator[Text]:
    for line in lines_of(context)[:_MOST_LINES]:
        yield Text.assemble(("| ", "dim"), start_of(line, look, width))
