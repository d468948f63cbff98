"""The extent of blocks that are not prose: fenced code, and the imports and exports of MDX."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from postmend.scanner.lines import line_end

# Block quotes and list items may stand before a fence. The look back for the start of the line is bounded, as
# one line of megabytes may hold a million backticks.
_LONGEST_PREFIX = 200
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*[ \t]*")
_UNQUOTED_LINE = re.compile(r"\n(?![ \t]*>)")
_LONGEST_MODULE = 4_000
_MODULE = re.compile(
    r"import\s*['\"]"
    r"|import\s+[\w$*, \t]*\{[^{}'\";()]*\}\s*from\s*['\"]"
    r"|import\s+[\w$*, \t]+\sfrom\s*['\"]"
    r"|export\s+(?:const|let|var|class|function|async\s+function)\s+[\w${\[*]"
    r"|export\s+default\s+(?:function|class|async|\(|\{|[\w$.]+\s*(?:;|\(|\n|\Z))"
    r"|export\s*[{*]"
)
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)")


def line_prefix(flat: str, at: int, start: int) -> str | None:
    """What stands before `at` on its line if it is only indentation, quote and list marks; else None."""
    floor = max(start, at - _LONGEST_PREFIX)
    line = flat.rfind("\n", floor, at) + 1
    if line == 0:
        if floor > start:
            return None
        line = start
    return flat[line:at] if _PREFIX.fullmatch(flat, line, at) else None


class Fences:
    """Answers where fenced code ends. All closing fences of the text are looked up at the first question."""

    def __init__(self, flat: str, start: int) -> None:
        self.flat = flat
        self.start = start
        self.closing: dict[str, _Closing] = {}
        self.quote_end = -1

    def end(self, at: int, end: int) -> int | None:
        """The end of the code block whose opening fence is `at` to `end`, or None if there is no code block.

        It ends with its closing fence (the line break excluded), or where the block quote ends, or with the
        text.
        """
        prefix = line_prefix(self.flat, at, self.start)
        info_end = line_end(self.flat, end)
        mark = self.flat[at]
        if prefix is None or (mark == "`" and "`" in self.flat[end:info_end]):
            return None  # inline code on one line: ```` ```x``` ````
        if mark not in self.closing:
            self.closing[mark] = _Closing(self.flat, mark, info_end)
        limit = self._quote_end(info_end) if ">" in prefix else len(self.flat)
        close = self.closing[mark].after(info_end, end - at, limit)
        if close is not None:
            return close
        # Four blanks make it indented code, which shows a fence rather than being one. In a list they don't,
        # but there the fence is closed.
        return None if len(prefix.expandtabs(4)) >= 4 and not prefix.strip() else limit

    def _quote_end(self, at: int) -> int:
        """Where the block quote of `at` ends: before the first line without its mark."""
        if at > self.quote_end:
            outside = _UNQUOTED_LINE.search(self.flat, at)
            self.quote_end = outside.start() if outside else len(self.flat)
        return self.quote_end


class _Closing:
    """The lines that can close a fence of one kind, from some offset on."""

    def __init__(self, flat: str, mark: str, at: int) -> None:
        line = re.compile(rf"\n(?:[ \t]*>)*[ \t]*({mark}{{3,}})[ \t]*(?=\n|\Z)")
        found = list(line.finditer(flat, at))
        self.starts = [match.start() for match in found]
        self.ends = [match.end(1) for match in found]
        self.lengths = [len(match[1]) for match in found]
        # From each line on, the greatest length: says at once that a long fence is never closed.
        self.longest = list(accumulate(reversed(self.lengths), max))[::-1]

    def after(self, at: int, length: int, limit: int) -> int | None:
        """The end of the first closing fence of at least `length` marks between `at` and `limit`."""
        index = bisect_left(self.starts, at)
        if index >= len(self.longest) or self.longest[index] < length:
            return None
        while self.lengths[index] < length:
            index += 1
        return self.ends[index] if self.ends[index] <= limit else None


def module_end(flat: str, at: int) -> int | None:
    """The end of the MDX import or export at `at`: up to the next empty line. None if it is prose."""
    window = min(len(flat), at + _LONGEST_MODULE)
    if not _MODULE.match(flat, at, window):
        return None
    blank = _BLANK_LINE.search(flat, at)
    if blank is None:
        return len(flat)
    end = blank.start()
    while flat[end - 1] in " \t":
        end -= 1
    return end
