"""Odd characters of a document as findings: one for each kind and line, or for each kind where many lines have it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from postmend.edits import apply_edits
from postmend.findings import field_key, moved, shortened, whole_words
from postmend.fixer.controls import find_controls
from postmend.fixer.doubled import find_doubled, find_doubled_percents
from postmend.fixer.invisible import find_invisible
from postmend.fixer.oddity import Oddity, Where, may_hold_oddities
from postmend.model import Document, Edit, Finding, Fix, Fixability, Region, RegionKind, Repair, Span
from postmend.position import LineIndex
from postmend.scanner.regions import split_regions

_MOST_LINES = 3  # from which on one finding tells of all: a page that was pasted has one in every paragraph
_TITLES = {"PM105": "Control character ", "PM108": "Invisible ", "PM120": "Invisible "}
_WHERE = {
    RegionKind.LINK_TARGET: Where.ADDRESS,
    RegionKind.CODE_FENCE: Where.CODE,
    RegionKind.INLINE_CODE: Where.CODE,
    RegionKind.SCRIPT: Where.CODE,
    RegionKind.TAG: Where.CODE,
}
Found = tuple[str, Oddity]  # with the code of its rule


def oddity_findings(document: Document, repairs: Sequence[Repair]) -> Iterator[Finding]:
    """Findings for control characters, invisible ones, and what was escaped twice, but for what is in the repairs."""
    taken = _Taken(repairs)
    marks = len(document.text) - len(document.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))  # they are PM003's
    found = [item for item in _found(document) if item[1].span.start >= marks and not taken.overlaps(item[1].span)]
    if not found:
        return
    lines = LineIndex(document.text)
    for code, group in _grouped(found, lines):
        yield _finding(document, code, group, lines)


class _Taken:
    """What repairs cover."""

    def __init__(self, repairs: Iterable[Repair]) -> None:
        self._spans = sorted(r.span for r in repairs)

    def overlaps(self, span: Span) -> bool:
        at = bisect_right(self._spans, span.end - 1, key=lambda s: s.start)
        return at > 0 and self._spans[at - 1].overlaps(span)


def _found(document: Document) -> Iterator[Found]:
    text = document.text
    where = _Places(document)
    if may_hold_oddities(text):
        yield from (("PM105", oddity) for oddity in find_controls(text, where))
        yield from (("PM120" if oddity.harmless else "PM108", oddity) for oddity in find_invisible(text, where))
    inside = (o for o in find_doubled(text) if where(o.span.start) in (Where.PROSE, Where.HEAD))
    yield from (("PM107", oddity) for oddity in inside)
    if "%" in text and "%25" in text:
        yield from (("PM107", oddity) for span in _addresses(document) for oddity in _doubled(text, span))


def _doubled(text: str, span: Span) -> Iterator[Oddity]:
    return find_doubled_percents(span.of(text), span.start)


def _addresses(document: Document) -> Iterator[Span]:
    yield from (f.span for f in (document.front_matter.fields if document.front_matter else ()))
    regions = split_regions(document.text, document.body)
    yield from (r.span for r in regions if r.kind is RegionKind.LINK_TARGET)


class _Places:
    """Tells what each offset of a document stands in. The body is split when that is asked for the first time."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._regions: tuple[Region, ...] | None = None

    def __call__(self, offset: int) -> Where:
        matter = self._document.front_matter
        if matter and matter.span.start <= offset < matter.span.end:
            return Where.HEAD
        if self._regions is None:
            self._regions = split_regions(self._document.text, self._document.body)
        at = bisect_right(self._regions, offset, key=lambda region: region.span.start) - 1
        return _WHERE.get(self._regions[at].kind, Where.PROSE) if at >= 0 else Where.PROSE


def _grouped(found: Iterable[Found], lines: LineIndex) -> Iterator[tuple[str, list[Oddity]]]:
    """What is told in one finding, with the code of its rule."""
    kinds: dict[tuple[str, str, str, bool], dict[int, list[Oddity]]] = defaultdict(lambda: defaultdict(list))
    for code, oddity in found:
        line = lines.position(oddity.span.start).line
        kinds[code, oddity.name, oddity.note, oddity.new is None][line].append(oddity)
    for (code, *_), by_line in kinds.items():
        groups = list(by_line.values())
        if len(groups) > _MOST_LINES:
            groups = [[oddity for group in groups for oddity in group]]
        yield from ((code, group) for group in groups)


def _finding(document: Document, code: str, group: Sequence[Oddity], lines: LineIndex) -> Finding:
    first, text = group[0], document.text
    edits = tuple(Edit(o.span, o.span.of(text), o.new) for o in group if o.new is not None)
    start = lines.position(first.span.start)
    same_line = [o.span for o in group if lines.position(o.span.start).line == start.line]
    span = whole_words(text, Span(first.span.start, same_line[-1].end))
    old = span.of(text)
    inside = [moved(e, -span.start) for e in edits if span.start <= e.span.start < span.end]
    new = apply_edits(old, inside) if edits else None
    return Finding(
        code,
        document.path,
        start,
        lines.position(first.span.end),
        _message(document, code, group, lines, (old, new)),
        before=old,
        after=new,
        fix=Fix(edits, Fixability.UNSAFE) if edits else None,
        context=lines.around(first.span),
    )


def _message(
    document: Document, code: str, group: Sequence[Oddity], lines: LineIndex, change: tuple[str, str | None]
) -> str:
    first = group[0]
    key = field_key(document, first.span)
    parts = [f"{_TITLES.get(code, '')}{first.name}{f' in `{key}`' if key else ''}", _times(group, lines)]
    message = ", ".join(part for part in [*parts, first.note] if part)
    if code != "PM107":
        return message
    old, new = change
    return f"{message}: `{shortened(old)}`{f' -> `{shortened(new)}`' if new else ''}"


def _times(group: Sequence[Oddity], lines: LineIndex) -> str:
    if len(group) == 1:
        return ""
    count = len({lines.position(o.span.start).line for o in group})
    return f"{len(group)} times{f' in {count} lines' if count > 1 else ''}"
