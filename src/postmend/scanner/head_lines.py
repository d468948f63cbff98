"""`Key: value` lines: MultiMarkdown's metadata, and what can still be read of broken front matter."""

from __future__ import annotations

import re

from postmend.model import Field, Span
from postmend.scanner.fields import Scalar, first_of_each, words
from postmend.scanner.lines import line_end

# With these a text may begin that has metadata; `Note: ...` or `Warning: ...` begin a text that has none.
KNOWN_KEYS = words(
    "title subtitle date updated modified slug author authors tags tag category categories keywords "
    "lang language locale status draft summary description excerpt template layout permalink url "
    "save_as published publishdate pubdate translation related_posts cover image id "
)
# One line alone is metadata only with a key that does not begin a sentence.
_SINGLE_KEYS = words("title date slug layout permalink ")

_HEAD_LINE = re.compile(r"(?m)^ {0,3}([A-Za-z0-9_-]{1,80}):[ \t]*([^\n]*)$")
_LOOSE_LINE = re.compile(r"""(?m)^[ \t]*["']?(\w[\w.-]{0,79})["']?[ \t]{0,9}[:=](?=[ \t]|["']|$)[ \t]*([^\n]*)$""")
_CONTINUATION = re.compile(r"[ \t]+\S")
_ESCAPED = re.compile(r'\\(["\\])')
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None, "~": None}


def head_lines_end(flat: str, start: int) -> int | None:
    """Where the metadata lines that begin at `start` end, past the last line break; None without any."""
    at, keys = start, []
    while at < len(flat) and (end := line_end(flat, at)) > at and flat[at:end].strip():
        if match := _HEAD_LINE.match(flat, at):
            keys.append(match[1].lower())
        elif not (keys and _CONTINUATION.match(flat, at)):
            return None
        if keys[0] not in KNOWN_KEYS:
            return None
        at = min(end + 1, len(flat))
    if not keys or (len(keys) == 1 and keys[0] not in _SINGLE_KEYS):
        return None
    return at


def read_head_lines(text: str, flat: str, content: Span) -> tuple[Field, ...]:
    """The values of metadata lines, as text; indented lines continue a value."""
    found: list[tuple[str, int, int]] = []  # key, start and end of the value's lines
    at = content.start
    while at < content.end:
        end = min(line_end(flat, at), content.end)
        if match := _HEAD_LINE.match(flat, at, end):
            found.append((match[1], *match.span(2)))
        elif found and text[at:end].strip():
            found[-1] = (*found[-1][:2], end)
        at = end + 1
    return first_of_each(_head_field(text, flat, key, _trimmed(text, start, end)) for key, start, end in found)


def _head_field(text: str, flat: str, key: str, span: Span) -> Field:
    """A value of one line as it is written, one of several without their indentation."""
    value = span.of(text)
    if "\n" in span.of(flat):
        value = "\n".join(line.strip() for line in span.of(flat).split("\n"))
    return Field(key, value, span)


def salvage(text: str, flat: str, content: Span, *, indented: bool = False) -> tuple[Field, ...]:
    """The values of all lines that look like `key: value` or `key = value`, whatever surrounds them.

    Indented lines count only when asked for: in YAML they belong to a map, in JSON all lines are indented.
    """
    lines = _LOOSE_LINE.finditer(flat, content.start, content.end)
    return first_of_each(_loose(text, match) for match in lines if indented or not match[0][0].isspace())


def _loose(text: str, match: re.Match[str]) -> Field:
    """The field of one line."""
    span = _trimmed(text, *match.span(2))
    if match[0].lstrip()[0] == '"' and span.of(text).endswith(","):  # a JSON member
        span = _trimmed(text, span.start, span.end - 1)
    return Field(match[1], _unquoted(span.of(text)), span)


def _unquoted(written: str) -> Scalar:
    """The value without its quotes, or the truth value or nothing that it stands for."""
    if len(written) > 1 and written[0] == written[-1] == '"':
        return _ESCAPED.sub(r"\1", written[1:-1])
    if len(written) > 1 and written[0] == written[-1] == "'":
        return written[1:-1].replace("''", "'")
    return _WORDS.get(written.lower(), written)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip(" \t\r\n"))
    return Span(start, max(start, start + len(part.strip(" \t\r\n"))))
