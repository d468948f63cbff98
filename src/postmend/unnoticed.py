"""Damage that is known by other damage around it, once that other damage is repaired.

Of a letter that lost a byte (`Ã ` for `à`) the rest of the post tells. When the rest is repaired, what is left may be
anything: a later run says nothing. So the run that repairs the rest says it, or people would take the post for sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postmend.model import Finding, Span
from postmend.position import LineIndex
from postmend.values import replace

_LOSSY = "PM102"
_TOLD = (
    "What told of it is repaired now, and later runs may not notice it: mend it by hand, "
    "or undo this run and repeat it with --unsafe-fixes."
)


def unnoticed(unrepaired: Iterable[Finding], remaining: Iterable[Finding], text: str) -> Iterator[Finding]:
    """Those of the `unrepaired` findings of a post that stand in its repaired `text` and are not among what a new look
    at it finds `remaining`. They have no fix: none could be applied later.
    """
    seen = [Span(f.start.offset, f.end.offset) for f in remaining]
    lines, start = LineIndex(text), 0
    for finding in sorted((f for f in unrepaired if f.code == _LOSSY), key=lambda f: f.start.offset):
        place = _place(text, finding, lines, start)
        if place is None:
            continue
        start = place.end
        if not any(place.overlaps(span) for span in seen):
            begin, end = lines.position(place.start), lines.position(place.end)
            yield replace(finding, start=begin, end=end, context=lines.around(place), detail=_TOLD, fix=None)


def _place(text: str, finding: Finding, lines: LineIndex, start: int) -> Span | None:
    """Where what the finding is about stands in its line of the text, from `start` on. Repairs keep the lines."""
    at = text.find(finding.before, start) if finding.before else -1
    while at >= 0 and lines.position(at).line < finding.start.line:
        at = text.find(finding.before or "", at + 1)
    if at < 0 or lines.position(at).line > finding.start.line:
        return None
    return Span(at, at + len(finding.before or ""))
