"""Splits a body into prose and what is not prose: code, markup, addresses, comments.

One pass from left to right: a regular expression finds the next character at which something may begin, its
handler says how far that goes. Whatever turns out not to begin anything stays prose. Every handler either
moves the scan past what it has looked at, or looks at a bounded stretch, so that the time is linear in the
size of the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postmend.model import Region, RegionKind, Span
from postmend.scanner.blocks import Fences, line_prefix, module_end
from postmend.scanner.inline import code_span_ends, definition_target, link_target, paragraph_end, url_end
from postmend.scanner.lines import line_end, with_line_feeds
from postmend.scanner.markup import Tag, Tags

_K = RegionKind

# Literals only: the regex engine then skips to a first character quickly.
_OPENER = re.compile(r"\\|`|<|~~~|\]\(|\]:|\{/\*|://|\nimport[ {*'\"]|\nexport ")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,255})>")
_TICKS = re.compile("`+")
_TILDES = re.compile("~+")
_COMMENT_END = re.compile("-->")
_JSX_COMMENT_END = re.compile(r"\*/\s{0,9}\}")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RAW = {
    "script": _K.SCRIPT,
    "style": _K.SCRIPT,
    "pre": _K.CODE_FENCE,
    "code": _K.INLINE_CODE,
    "kbd": _K.INLINE_CODE,
    "samp": _K.INLINE_CODE,
}
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def split_regions(text: str, body: Span) -> tuple[Region, ...]:
    """The regions from `body.start` to `body.end`: sorted, without gaps or overlaps. Raises nothing."""
    scan = _Scan(with_line_feeds(text) if body.end == len(text) else with_line_feeds(text[: body.end]), body)
    scan.run()
    regions: list[Region] = []
    at = body.start
    for kind, start, end in [*scan.found, (_K.PROSE, body.end, body.end)]:
        if at < start:
            regions.append(Region(_K.PROSE, Span(at, start)))
        if start < end:
            regions.append(Region(kind, Span(start, end)))
        at = max(at, end)
    return tuple(regions)


class _Scan:
    """The state of one pass: what was found so far, and what need not be looked for again."""

    def __init__(self, flat: str, body: Span) -> None:
        self.flat = flat
        self.start = body.start
        self.found: list[tuple[RegionKind, int, int]] = []
        self.fences = Fences(flat, body.start)
        self.tags = Tags(flat)
        self.nearest: dict[re.Pattern[str], tuple[int, int]] = {}  # closing mark -> where it was found last
        self.paragraph = -1  # where the current paragraph ends
        self.ticks_until = -1
        self.ticks: dict[int, int] = {}  # opening backtick run of this paragraph -> end of its closing run
        self.handlers: dict[str, Callable[[int], int]] = {
            "\\": self._escape,
            "`": self._ticks,
            "~": self._tildes,
            "<": self._angle,
            "](": self._link,
            "]:": self._definition,
            "{": self._jsx_comment,
            ":": self._url,
            "\n": self._module,
        }

    def run(self) -> None:
        """Fills `found`."""
        at = self._module(self.start - 1) if self.flat.startswith(("import", "export"), self.start) else self.start
        at = max(at, self.start)
        while opener := _OPENER.search(self.flat, at):
            mark = opener[0]
            handler = self.handlers[mark if mark[0] == "]" else mark[0]]
            at = handler(opener.start())

    def _add(self, kind: RegionKind, start: int, end: int) -> int:
        self.found.append((kind, start, end))
        return end

    def _find(self, mark: re.Pattern[str], at: int) -> tuple[int, int]:
        """Where `mark` is next; past the end of the text if nowhere. No stretch is searched twice."""
        found = self.nearest.get(mark, (-1, -1))
        if found[0] < at:
            match = mark.search(self.flat, at)
            found = match.span() if match else (len(self.flat) + 1, len(self.flat) + 1)
            self.nearest[mark] = found
        return found

    def _paragraph(self, at: int) -> int:
        """Where the paragraph of `at` ends."""
        if at >= self.paragraph:
            self.paragraph = paragraph_end(self.flat, at)
        return self.paragraph

    def _escape(self, at: int) -> int:
        return at + 2 if self.flat[at + 1 : at + 2] in _PUNCTUATION else at + 1

    def _tildes(self, at: int) -> int:
        run = _TILDES.match(self.flat, at)
        return self._fence(at, run.end() if run else at)

    def _ticks(self, at: int) -> int:
        run = _TICKS.match(self.flat, at)
        end = run.end() if run else at
        fence = self._fence(at, end) if end - at >= 3 else end
        return fence if fence > end else self._code_span(at, end)

    def _fence(self, at: int, end: int) -> int:
        """A code block whose fence is `at` to `end`, with its fences; `end` when it is none."""
        stop = self.fences.end(at, end)
        return self._add(_K.CODE_FENCE, at, stop) if stop is not None else end

    def _code_span(self, at: int, end: int) -> int:
        """Inline code: up to the next run of as many backticks in the paragraph."""
        if at >= self.ticks_until:
            self.ticks_until = self._paragraph(at)
            self.ticks = code_span_ends(self.flat, at, self.ticks_until)
        stop = self.ticks.get(at)
        return self._add(_K.INLINE_CODE, at, stop) if stop else end

    def _angle(self, at: int) -> int:
        """A comment, an autolink, a tag, or nothing."""
        if self.flat.startswith("<!--", at):
            return self._comment(at)
        if link := _AUTOLINK.match(self.flat, at):
            return self._add(_K.LINK_TARGET, at, link.end())
        tag = self.tags.read(at)
        return self._tag(tag) if tag else at + 1

    def _comment(self, at: int) -> int:
        """`<!-- -->`. Without an end it runs to the end of the text if it begins a line, as in CommonMark."""
        end = self._find(_COMMENT_END, at + 2)[1]
        if end <= len(self.flat):
            return self._add(_K.COMMENT, at, end)
        begins_line = line_prefix(self.flat, at, self.start) is not None
        return self._add(_K.COMMENT, at, len(self.flat)) if begins_line else at + 4

    def _jsx_comment(self, at: int) -> int:
        end = self._find(_JSX_COMMENT_END, at + 3)[1]
        return self._add(_K.COMMENT, at, end) if end <= len(self.flat) else at + 3

    def _tag(self, tag: Tag) -> int:
        """A tag; also what stands between `<script>` and `</script>` and the like."""
        at = tag.start
        for kind, start, end in tag.values:
            self._add(_K.TAG, at, start)
            at = self._add(kind, start, end)
        at = self._add(_K.TAG, at, tag.end)
        raw = _RAW.get(tag.name)
        if raw is None or tag.closed:
            return at
        end = self._find(_RAW_END[tag.name], at)[0]
        if raw is _K.INLINE_CODE and end > self._paragraph(at):
            return at
        if end > len(self.flat):
            return self._add(raw, at, len(self.flat)) if raw is _K.SCRIPT else at
        return self._add(raw, at, end)

    def _link(self, at: int) -> int:
        """`](target "title")`."""
        target = link_target(self.flat, at + 2)
        return self._add(_K.LINK_TARGET, *target) if target else at + 2

    def _definition(self, at: int) -> int:
        """`[label]: target`."""
        target = definition_target(self.flat, at, self.start)
        return self._add(_K.LINK_TARGET, *target) if target else at + 2

    def _url(self, at: int) -> int:
        """A bare `https://...`; the scan found `://`."""
        scheme = next((s for s in ("https", "http", "ftp") if self.flat.endswith(s, self.start, at)), None)
        last = self.found[-1][2] if self.found else self.start
        if scheme is None or at - len(scheme) < last:
            return at + 3
        end = url_end(self.flat, at + 3)
        return self._add(_K.LINK_TARGET, at - len(scheme), end) if end > at + 3 else at + 3

    def _module(self, at: int) -> int:
        """MDX: `import` and `export` from the line after the one that ends at `at`."""
        end = module_end(self.flat, at + 1)
        return self._add(_K.SCRIPT, at + 1, end) if end else min(line_end(self.flat, at + 1), at + 7)
