"""How a file begins and how its lines end, as findings: byte order marks, misplaced and broken front matter, CRLF."""

from __future__ import annotations

from collections.abc import Iterator

from postmend.config import Policy
from postmend.model import Document, Edit, Finding, Fix, Fixability, Span, SyntaxProblem
from postmend.position import LineIndex
from postmend.scanner.beginnings import blanks_to_remove, marks_to_remove, misplaced
from postmend.scanner.fields import TWICE

_TAKES_THE_LAST = ("jekyll", "mkdocs")  # of two equal keys, without a word


def head_findings(document: Document, repaired: Document, generator: str, policy: Policy) -> Iterator[Finding]:
    """What is wrong at the head of a document and with its line endings. `repaired` has its safe repairs applied."""
    yield from _byte_order_mark(document, generator)
    yield from _not_first(document, generator)
    yield from _not_parsed(document, repaired, generator)
    if policy.selects("PM006"):
        yield from _endings(document)


def _byte_order_mark(document: Document, generator: str) -> Iterator[Finding]:
    span = marks_to_remove(document, generator)
    if span is None:
        return
    said = "A byte order mark before the front matter; some generators don't see it then"
    if span.end > 1:
        said = f"{span.end:,} byte order marks at the start; one is too many for most generators"
    elif generator != "plain":
        said = f"A byte order mark before the front matter; {generator.capitalize()} does not see it then"
    yield _finding(document, "PM003", span, said, _removal(document, span))


def _not_first(document: Document, generator: str) -> Iterator[Finding]:
    blanks = blanks_to_remove(document, generator)
    if blanks is not None:
        line = LineIndex(document.text).position(blanks.end).line
        place = Span(blanks.end, blanks.end)
        who = "most generators look" if generator == "plain" else f"{generator.capitalize()} looks"
        said = f"Front matter begins in line {line}; {who} for it in line 1 only"
        yield _finding(document, "PM302", place, said, _removal(document, blanks))
    span = misplaced(document)
    if span is not None:
        what = "an empty one" if document.front_matter else "a comment or text"
        said = f"Front matter after {what} is taken for text; move it to the first line"
        yield _finding(document, "PM302", Span(span.start, span.start), said, None)


def _not_parsed(document: Document, repaired: Document, generator: str) -> Iterator[Finding]:
    """Front matter that no parser takes, or most don't; not where a repair of broken text mends it."""
    after = repaired.front_matter
    if document.front_matter is None or after is None:
        return
    problem = _problem(document, generator)
    if problem is None or (document.front_matter.problem and not after.problem):
        return
    said = f"Front matter can't be parsed: {problem.reason}"
    if problem is document.front_matter.refused:
        said = f"Most generators refuse the front matter: {problem.reason}"
    from postmend.scanner.unquoted import quote_values

    edits = quote_values(document) if document.front_matter.problem else ()
    offset = min(problem.offset, len(document.text))
    span = edits[0].span if edits else Span(offset, offset)
    yield _finding(document, "PM301", span, said, Fix(edits, Fixability.UNSAFE) if edits else None)


def _problem(document: Document, generator: str) -> SyntaxProblem | None:
    matter = document.front_matter
    problem = (matter.problem or matter.refused) if matter else None
    if problem is None or (generator == "hexo" and problem.reason.startswith("a tab;")):  # Hexo turns tabs into blanks
        return None
    return None if generator in _TAKES_THE_LAST and problem.reason.endswith(TWICE) else problem


def _endings(document: Document) -> Iterator[Finding]:
    from postmend.scanner.endings import mixed_endings

    mixed = mixed_endings(document.text)
    if mixed is None:
        return
    counts = ", ".join(f"{count:,} {name}" for name, count in mixed.counts)
    said = f"Mixed line endings: {counts}; the first {mixed.odd} is here"
    yield _finding(document, "PM006", Span(mixed.offset, mixed.offset), said, Fix(mixed.edits, Fixability.SAFE))


def _removal(document: Document, span: Span) -> Fix:
    return Fix((Edit(span, span.of(document.text), ""),), Fixability.SAFE)


def _finding(document: Document, code: str, span: Span, said: str, fix: Fix | None) -> Finding:
    """The finding; where the fix replaces just what the span covers, the change is shown."""
    lines = LineIndex(document.text)
    start = lines.position(span.start)
    shows = fix is not None and fix.edits[0].span == span
    return Finding(
        code,
        document.path,
        start,
        lines.position(span.end),
        said,
        before=fix.edits[0].old if fix and shows else None,
        after=fix.edits[0].new if fix and shows else None,
        fix=fix,
        context=lines.around(span),
    )
