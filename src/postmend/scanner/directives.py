"""What a post itself says about findings that are to be left out: `<!-- postmend: ignore PM101 -->` and its like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmend.model import Document, RegionKind, Span
from postmend.scanner.lines import line_end, next_line, with_line_feeds
from postmend.scanner.regions import split_regions
from postmend.values import dataclass

MARK = "postmend:"  # in every directive that is a comment
NEXT_LINE, BEGIN, END, WHOLE_FILE = "ignore", "ignore-start", "ignore-end", "ignore-file"
WORDS = (NEXT_LINE, BEGIN, END, WHOLE_FILE)

_FIELD = "postmend.ignore"
_PASSED_OVER = re.compile(r"[ \t>]*(?:$|(?:<!--|\{/\*)\s*postmend:)", re.MULTILINE)
_QUOTED = " \t>"  # what a line of a quotation begins with
_COMMENT = re.compile(r"(<!--|\{/\*)\s*postmend:(.*?)(-->|\*/\s*\}|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Directive:
    """An instruction to leave out findings that begin within `covers`.

    `codes` are rule codes or their beginnings, as written and in capitals; none means all. `places` are the comments,
    or the values in the front matter. `problem` says why it can't be followed.
    """

    codes: tuple[str, ...]
    places: tuple[Span, ...]
    covers: Span
    whole_file: bool = False
    is_comment: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of a comment that is a directive; `codes` in capitals, each once."""

    opening: str
    word: str
    codes: tuple[str, ...]
    reason: str
    closing: str


@dataclass(frozen=True, slots=True)
class _Comment:
    span: Span
    word: str
    codes: tuple[str, ...]


def read_directives(document: Document) -> tuple[Directive, ...]:
    """The directives of a post, in order. Comments in code don't count. Raises nothing."""
    return (*_in_front_matter(document), *_in_body(document))


def _in_front_matter(document: Document) -> Iterator[Directive]:
    """`postmend: {ignore: [PM202]}`: for the whole file."""
    for field in document.front_matter.fields if document.front_matter else ():
        key = field.key.casefold()
        is_item = key.startswith(f"{_FIELD}.") and key[len(_FIELD) + 1 :].isdecimal()
        if (key == _FIELD or is_item) and isinstance(field.value, str):
            codes = _codes(field.value)
            if codes:
                yield Directive(codes, (field.span,), Span(0, len(document.text)), whole_file=True, is_comment=False)


def _in_body(document: Document) -> Iterator[Directive]:
    if MARK not in document.body_text:
        return
    flat = with_line_feeds(document.text)
    started: list[_Comment] = []
    for comment in _comments(document):
        if comment.word == BEGIN:
            started.append(comment)
        elif comment.word == END:
            yield _stretch(started, comment)
        else:
            yield _single(document, flat, comment)
    for start in started:
        yield Directive(start.codes, (start.span,), Span(start.span.start, len(document.text)))


def _comments(document: Document) -> Iterator[_Comment]:
    for region in split_regions(document.text, document.body):
        written = read_comment(region.span.of(document.text)) if region.kind is RegionKind.COMMENT else None
        if written:
            yield _Comment(region.span, written.word, written.codes)


def read_comment(comment: str) -> Written | None:
    """The parts of a comment; None for one that is not meant for postmend."""
    match = _COMMENT.match(comment)
    if match is None:
        return None
    said, _, reason = match[2].partition(" -- ")
    word, _, codes = said.strip().partition(" ")
    return Written(match[1], word, _codes(codes), reason.strip(), match[3])


def _codes(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(written.upper().replace(",", " ").split()))


def _stretch(started: list[_Comment], end: _Comment) -> Directive:
    """What stands between a start and an end; an end belongs to the last start that names the same codes, or any."""
    if not started:
        return Directive((), (end.span,), end.span, problem=f"`{END}` without `{BEGIN}` before it")
    start = next((s for s in reversed(started) if not end.codes or s.codes == end.codes), started[-1])
    started.remove(start)
    return Directive(start.codes, (start.span, end.span), Span(start.span.start, end.span.end))


def _single(document: Document, flat: str, comment: _Comment) -> Directive:
    if comment.word == WHOLE_FILE:
        return Directive(comment.codes, (comment.span,), Span(0, len(flat)), whole_file=True)
    if comment.word != NEXT_LINE:
        said = f"`{comment.word}` is none of {', '.join(f'`{word}`' for word in WORDS)}" if comment.word else "no word"
        return Directive((), (comment.span,), comment.span, problem=said)
    return Directive(comment.codes, (comment.span,), _next_line(flat, comment.span))


def _next_line(flat: str, span: Span) -> Span:
    """The line after a comment that stands alone; the comment's own line where it doesn't.

    Empty lines and further directives in between are passed over.
    """
    start, end = line_of(flat, span)
    if flat[start : span.start].strip(_QUOTED) or flat[span.end : end].strip():
        return Span(start, end)
    at = next_line(flat, span.end)
    while at < len(flat) and _PASSED_OVER.match(flat, at):
        at = next_line(flat, at)
    return Span(at, max(line_end(flat, at), at + 1))


def line_of(flat: str, span: Span) -> tuple[int, int]:
    """Where the line in which a span begins starts, and where the one in which it ends stops."""
    return flat.rfind("\n", 0, span.start) + 1, line_end(flat, span.end)
