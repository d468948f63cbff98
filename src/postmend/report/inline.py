"""Where the edits of a finding stand in its line, for formats that hand fixes on.

A report has no texts. A finding brings the line in which it begins, of a very long one the part around it, and that
is enough for most fixes; of the others only the offsets are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postmend.model import Edit, Finding, Fixability
from postmend.position import AROUND
from postmend.report.items import fixability

# Conversions of files that are not UTF-8 yet: who counts characters in such a file counts something else.
_CONVERSIONS = frozenset({"PM001", "PM002", "PM005"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("[\r\n]")


@dataclass(frozen=True, slots=True)
class InLine:
    """An edit of a finding, and where it begins: in the `context` of the finding, and its column (from 1)."""

    edit: Edit
    at: int
    column: int

    @property
    def end(self) -> int:
        """Where it ends in the context."""
        return self.at + len(self.edit.old)


def portable_edits(finding: Finding) -> Sequence[Edit]:
    """The edits of a fix that another program could make: in a text that is UTF-8, with new text that is."""
    if finding.fix is None or fixability(finding) is Fixability.DISPLAY or finding.code in _CONVERSIONS:
        return ()
    edits = sorted(finding.fix.edits)
    return () if any(_SURROGATE.search(edit.old + edit.new) for edit in edits) else edits


def in_line(finding: Finding, edit: Edit) -> InLine | None:
    """The edit with its place; None when it stands in another line, or too far away to be sure."""
    moved = edit.span.start - finding.start.offset
    at = start_in_context(finding) + moved
    context = finding.context or ""
    if at < 0 or not context.startswith(edit.old, at) or at > len(context) or _LINE_BREAK.search(edit.old):
        return None
    return InLine(edit, at, finding.start.column + moved)


def start_in_context(finding: Finding) -> int:
    """Where the finding begins in its context, which is cut so far before it."""
    return min(finding.start.column - 1, AROUND)


def byte_column(finding: Finding, at: int) -> int | None:
    """The column of a place in the context in bytes of UTF-8, from 1; None where the beginning of the line is gone."""
    context = finding.context
    if finding.start.column == 1 and at == 0:
        return 1
    if context is None or finding.start.column - 1 > AROUND or at > len(context):
        return None
    return utf8_length(context[:at]) + 1


def utf8_length(text: str) -> int:
    """How many bytes the text has in its file, where a byte that is not UTF-8 is a lone surrogate."""
    return len(text.encode("utf-8", "surrogatepass")) - 2 * len(_SURROGATE.findall(text))
