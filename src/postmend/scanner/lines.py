"""A view of a text in which every line ends at a line feed, with all offsets unchanged."""

from __future__ import annotations


def with_line_feeds(text: str) -> str:
    """The same text, as long as before, with CRLF written as blank + LF and a lone CR as LF.

    A CRLF must not become two line feeds: that would put an empty line, hence the end of a paragraph, after
    every line.
    """
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def line_end(flat: str, offset: int) -> int:
    """The offset of the line feed that ends the line of `offset`, or the end of the text."""
    end = flat.find("\n", offset)
    return len(flat) if end < 0 else end


def next_line(flat: str, offset: int) -> int:
    """The offset at which the line after the one of `offset` begins, at most the end of the text."""
    return min(line_end(flat, offset) + 1, len(flat))
