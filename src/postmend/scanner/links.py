"""The links of a document: what stands there, where, and how it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import quote, unquote

from postmend.model import Document, Region, RegionKind, Span
from postmend.scanner.regions import split_regions
from postmend.values import dataclass

_CODE = (RegionKind.CODE_FENCE, RegionKind.INLINE_CODE)
_ELSEWHERE = re.compile(r"<|[A-Za-z][A-Za-z0-9+.-]*:|//")  # another site, a mail address, `<https://...>`
_PELICAN = re.compile(r"\{[a-z]{4,10}\}|\|[a-z]{4,10}\|")
_SRCSET = re.compile(r"srcset\s*=\s*[\"']?\Z", re.IGNORECASE)
_IN_SRCSET = re.compile(r"(?:\A|,)\s*([^\s,]+)")
_QUOTED_PATH = re.compile(r"""(["'`])(\.{0,2}/[^"'`\n]{1,1000})\1""")
# References by path in templates: Hugo's ref and relref, Jekyll's link and post_url.
_SHORTCODE = re.compile(
    r"""\{\{[<%-]\s*(?:rel)?ref\s+(?:path=)?["`]([^"`\n]{1,1000})["`]|\{%-?\s*(?:link|post_url)\s+([^\s%]{1,1000})\s"""
)
_ADDRESS_KEYS = frozenset({"slug", "permalink", "url", "path", "id"})
_RECORDS = frozenset({"aliases", "alias", "redirect_from", "redirects", "redirect_to"})
_PROSE = frozenset({"title", "description", "summary", "excerpt"})
_LIKE_A_PATH = re.compile(r"[^\n]*(?:/|\.[A-Za-z0-9]{2,5}\Z)[^\n]*")
_TO_ESCAPE = re.compile(r"[\s()<>\"'`\\%#?|]")


@dataclass(frozen=True, slots=True)
class Link:
    """A place that names a file or an address. `target` is what stands there.

    In an address, `%C3%A9` is a letter; in a path, as in imports and front matter, it is what it is. `by_name` marks
    references that generators look up all over the site.
    """

    span: Span
    target: str
    is_address: bool
    by_name: bool = False


def links(document: Document) -> Iterator[Link]:
    """All links of the document to its own site, in no particular order. Code is not searched."""
    text = document.text
    code: list[Span] = []
    for region in split_regions(text, document.body):
        if region.kind in _CODE:
            code.append(region.span)
        elif region.kind is RegionKind.LINK_TARGET:
            yield from _targets(text, region)
        elif region.kind is RegionKind.SCRIPT:
            for match in _QUOTED_PATH.finditer(text, region.span.start, region.span.end):
                yield _path(match, 2)
    for match in _SHORTCODE.finditer(text, document.body.start):
        at = bisect_right(code, match.start(), key=lambda span: span.start) - 1
        if at < 0 or code[at].end <= match.start():
            yield _path(match, match.lastindex or 1, by_name=True)
    yield from _values(document)


def own_address(document: Document) -> Iterator[tuple[Span, str]]:
    """The front matter values that say under which address the document itself is published."""
    for field in document.front_matter.fields if document.front_matter else ():
        if field.key.casefold() in _ADDRESS_KEYS and isinstance(field.value, str):
            yield from _as_written(document.text, field.span, field.value)


def spelled(link: Link, part: str) -> tuple[str, ...]:
    """What a part of the link's target may stand for: the most likely name first."""
    plain = unquote(part, errors="surrogateescape") if "%" in part else part
    return tuple(dict.fromkeys((plain, part) if link.is_address else (part, plain)))


def spelling(link: Link, name: str, *, escaped: bool) -> str:
    """`name` as a part of the link's target, `escaped` with percent signs where the old name was."""
    if escaped:
        return quote(name)
    return _TO_ESCAPE.sub(lambda match: quote(match[0]), name) if link.is_address else name


def _targets(text: str, region: Region) -> Iterator[Link]:
    start = region.span.start
    written = region.span.of(text)
    if _SRCSET.search(text, max(0, start - 20), start):
        for match in _IN_SRCSET.finditer(written):
            yield from _target(start + match.start(1), match[1])
    else:
        yield from _target(start, written)


def _target(start: int, written: str) -> Iterator[Link]:
    if prefix := _PELICAN.match(written):
        start, written = start + prefix.end(), written[prefix.end() :]
    if written and not _ELSEWHERE.match(written):
        yield Link(Span(start, start + len(written)), written, True)


def _path(match: re.Match[str], group: int, *, by_name: bool = False) -> Link:
    return Link(Span(*match.span(group)), match[group], False, by_name)


def _values(document: Document) -> Iterator[Link]:
    """Values of the front matter that look like paths. Those that keep record of old addresses stay."""
    for field in document.front_matter.fields if document.front_matter else ():
        key = field.key.casefold().partition(".")[0]
        value = field.value
        if key in _RECORDS | _ADDRESS_KEYS | _PROSE or not isinstance(value, str) or _ELSEWHERE.match(value):
            continue
        if _LIKE_A_PATH.fullmatch(value):
            for span, written in _as_written(document.text, field.span, value):
                yield Link(span, written, is_address=value.startswith("/"))


def _as_written(text: str, span: Span, value: str) -> Iterator[tuple[Span, str]]:
    """Where in the span of a field its value stands as it is; nowhere if it is written with escapes."""
    at = text.find(value, span.start, span.end) if value else -1
    if at >= 0:
        yield Span(at, at + len(value)), value
