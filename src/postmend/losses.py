"""Text that is lost, as findings: one for each line, with what stood there where that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from postmend.edits import apply_edits
from postmend.findings import field_key, moved, shortened, whole_words
from postmend.fixer.lost import Loss, Places, find_losses
from postmend.fixer.specimens import lost_on_purpose
from postmend.model import Document, Edit, Finding, Fix, Fixability, Position, RegionKind, Repair, Span
from postmend.position import LineIndex
from postmend.scanner.regions import split_regions
from postmend.values import dataclass

LOST = "PM104"
_ON_PURPOSE = "PM109"
_CODE = {RegionKind.CODE_FENCE, RegionKind.INLINE_CODE, RegionKind.SCRIPT}
_MOST_LINES = 10  # of a file that nothing can be done about and that get a finding each
_NAMED = 8  # line numbers in the finding that stands for more of them


@dataclass(frozen=True, slots=True)
class Filling:
    """What stood in the gaps of a line, as edits, and where it was found, in words."""

    edits: tuple[Edit, ...]
    source: str


def lost_findings(document: Document, repairs: Sequence[Repair]) -> Iterator[Finding]:
    """A finding for each line that lost text, or one for all in an article that shows it on purpose.

    `repairs`, sorted, explain what they cover. What only other files know is added later.
    """
    losses = document_losses(document, repairs)
    if not losses:
        return
    lines = LineIndex(document.text)
    if lost_on_purpose(document.text, [loss.gap.span for loss in losses]):
        yield _examples(document, losses, lines)
        return
    for group in by_line(losses, lines).values():
        yield line_finding(document, group, lines, _guesses(document.text, group))


def document_losses(document: Document, repairs: Iterable[Repair]) -> tuple[Loss, ...]:
    """The places of a document where text is lost, apart from those that `repairs`, sorted, cover."""
    return find_losses(document.text, lambda: _places(document), [r.span for r in repairs])


def by_line(losses: Iterable[Loss], lines: LineIndex) -> dict[int, list[Loss]]:
    """The losses by the number of their line."""
    groups: dict[int, list[Loss]] = defaultdict(list)
    for loss in losses:
        groups[lines.position(loss.gap.span.start).line].append(loss)
    return groups


def line_finding(document: Document, losses: Sequence[Loss], lines: LineIndex, filling: Filling | None) -> Finding:
    """The finding for the losses of a line, in order."""
    edits = filling.edits if filling else ()
    places = [*(loss.gap.span for loss in losses), *(edit.span for edit in edits)]
    span = whole_words(document.text, Span(min(p.start for p in places), max(p.end for p in places)))
    old = span.of(document.text)
    new = apply_edits(old, [moved(edit, -span.start) for edit in edits]) if edits else None
    start = lines.position(span.start)
    key = field_key(document, span)
    change = f"`{shortened(old)}`" if new is None else f"`{shortened(old)}` -> `{shortened(new)}`"
    return Finding(
        LOST,
        document.path,
        start,
        lines.position(span.end),
        f"Text is lost{f' in `{key}`' if key else ''}: {change}{f' ({filling.source})' if filling else ''}",
        before=old,
        after=new,
        fix=Fix(edits, Fixability.UNSAFE) if edits else None,
        context=lines.around(span),
    )


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with one in place of many that name lines of one file that lost text for good."""
    kept: list[Finding] = []
    hopeless: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        is_hopeless = finding.code == LOST and finding.fix is None
        (hopeless[finding.path] if is_hopeless else kept).append(finding)
    for group in hopeless.values():
        kept += group if len(group) <= _MOST_LINES else [_summary(group)]
    return kept


def _summary(findings: Sequence[Finding]) -> Finding:
    first = min(findings, key=lambda f: f.start.offset)
    numbers = sorted(f.start.line for f in findings)
    named = ", ".join(map(str, numbers[:_NAMED]))
    return Finding(
        LOST,
        first.path,
        first.start,
        first.end,
        f"Text is lost on {len(numbers)} lines: {named} ...; the first one: `{shortened(first.before or '')}`",
        before=first.before,
        context=first.context,
    )


def _guesses(text: str, losses: Iterable[Loss]) -> Filling | None:
    """What the document itself tells of a line."""
    guessed = [(loss.gap.span, loss.guess) for loss in losses if loss.guess]
    edits = tuple(Edit(span, span.of(text), guess.text) for span, guess in guessed if guess.text != span.of(text))
    if not edits:
        return None
    is_known = all(guess.is_known for _, guess in guessed)
    return Filling(edits, "as elsewhere in this document" if is_known else "the only word that fits")


def _examples(document: Document, losses: Sequence[Loss], lines: LineIndex) -> Finding:
    span = losses[0].gap.span
    start: Position = lines.position(span.start)
    places = "1 place" if len(losses) == 1 else f"{len(losses)} places"
    return Finding(
        _ON_PURPOSE,
        document.path,
        start,
        lines.position(span.end),
        f"Signs of lost text in {places}, it seems as examples; the first one: `{shortened(span.of(document.text))}`",
        before=span.of(document.text),
        context=lines.around(span),
    )


def _places(document: Document) -> Places:
    fields = document.front_matter.fields if document.front_matter else ()
    regions = split_regions(document.text, document.body)
    prose = [r.span for r in regions if r.kind is RegionKind.PROSE]
    return Places(
        prose=(*(field.span for field in fields if isinstance(field.value, str)), *prose),
        code=tuple(r.span for r in regions if r.kind in _CODE),
    )
