"""What a finding would change, in pieces, for formats that mark what differs. `full` has excerpts of its own, which
count the cells of a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

from postmend.model import Finding
from postmend.report.inline import InLine, in_line, start_in_context

_AROUND = 80  # code points of the line on either side
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

Segment = tuple[str, bool]  # text, and whether it changes


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a line as it is and as it would be; both are empty where there is nothing to show."""

    old: tuple[Segment, ...] = ()
    new: tuple[Segment, ...] = ()


def change(finding: Finding) -> Change:
    """The change of a finding with the text around it, or only the text where no change is suggested."""
    edits = sorted(finding.fix.edits) if finding.fix else []
    places = [place for edit in edits if (place := in_line(finding, edit)) is not None]
    if places:
        return _in_context(finding.context or "", places)
    if finding.before is not None:
        return Change(((finding.before, True),), ((finding.after, True),) if finding.after else ())
    at = start_in_context(finding)
    context = (finding.context or "")[max(0, at - _AROUND) : at + _AROUND]
    return Change(((context, False),) if context else ())


def _in_context(context: str, places: list[InLine]) -> Change:
    start, end = max(0, places[0].at - _AROUND), min(len(context), places[-1].end + _AROUND)
    old: list[Segment] = [(_ELLIPSIS, False)] if start else []
    new = old.copy()
    done = start
    for place in places:
        between = context[done : place.at], False
        old += between, (place.edit.old, True)
        new += between, (place.edit.new, True)
        done = place.end
    rest = context[done:end] + (_ELLIPSIS if end < len(context) else ""), False
    return Change(tuple(s for s in (*old, rest) if s[0]), tuple(s for s in (*new, rest) if s[0]))
