"""Offsets of a text as lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from postmend.model import Position, Span

AROUND = 1_000  # code points of a long line that are kept on either side


class LineIndex:
    """Answers which line and column an offset has. Lines end at LF, CRLF or a lone CR, as editors count them."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        starts, offset = [0], 0
        # str.splitlines would also split at U+2028, form feeds and others, which no editor numbers.
        for line in text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
            offset += len(line) + 1
            starts.append(offset)
        starts.pop()
        # A CRLF stands here as two line feeds: drop the empty line between them.
        self._starts = [s for s in starts if not (s > 0 and text[s - 1 : s + 1] == "\r\n")]

    def position(self, offset: int) -> Position:
        """The position of `offset` (0 to the length of the text)."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1, offset)

    def line_text(self, line: int) -> str:
        """The text of a line (from 1), without its line break; empty past the end."""
        if not 1 <= line <= len(self._starts):
            return ""
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[self._starts[line - 1] : end].rstrip("\r\n")

    def around(self, span: Span) -> str:
        """The line in which the span begins; of a line of megabytes the part around the span.

        Ten thousand findings in such a line must not hold ten thousand copies of it.
        """
        line = bisect_right(self._starts, span.start)
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[max(start, span.start - AROUND) : min(end, span.end + AROUND)].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self._starts)
