"""JSON front matter as fields with exact spans, read by a walk that knows where it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from json import decoder

from postmend.model import Field, Span
from postmend.scanner.fields import MAX_DEPTH, BadFrontMatter, Scalar, dotted, first_of_each, too_deep
from postmend.scanner.quoting import TYPOGRAPHIC

# Not part of the documented interface, but the json package of every Python is built on it.
_scan_string: Callable[[str, int, bool], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_WORD = re.compile("true|false|null")
_OTHER_QUOTES = ("'", "\N{LEFT SINGLE QUOTATION MARK}", *TYPOGRAPHIC)
_STRING_REASONS = {
    "Unterminated string starting at": "the quote that opens this text is not closed",
    "Invalid \\escape": "a backslash means something else in JSON; write two of them",
    "Invalid \\uXXXX escape": "`\\u` needs four hexadecimal digits after it",
}
_LONGEST_NUMBER = 300  # Python refuses to read integers of more than 4300 digits


def read_json(text: str, start: int, end: int) -> tuple[tuple[Field, ...], int]:
    """The scalars of the JSON object at `start`, before which may be blanks, and the offset after it.

    Raises BadFrontMatter when there is no object, or a broken one, before `end`.
    """
    walk = _Walk(text[:end], start)
    walk.blanks()
    if not walk.take("{"):
        raise walk.bad("expected `{`")
    walk.members((), "}")
    return first_of_each(walk.fields), walk.at


def read_json_members(text: str, content: Span) -> tuple[Field, ...]:
    """The scalars of JSON members without the braces around them, as Hexo has them. Raises BadFrontMatter."""
    walk = _Walk(text[: content.end], content.start)
    walk.members((), "")
    return first_of_each(walk.fields)


class _Walk:
    """A place in a text that moves over values and notes the scalars."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.fields: list[Field] = []

    def bad(self, reason: str) -> BadFrontMatter:
        """The error at this place; what people write there most often is named."""
        rest = self.text[self.at : self.at + 2]
        if rest[:1] in _OTHER_QUOTES:
            reason = "JSON knows straight double quotes only"
        elif rest in ("//", "/*") or rest[:1] == "#":
            reason = "JSON has no comments"
        return BadFrontMatter(reason, self.at)

    def blanks(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def take(self, char: str) -> bool:
        """Whether `char` comes next (the end of the text, if it is empty); moves past it."""
        found = self.text[self.at : self.at + 1] == char
        self.at += found and len(char)
        return found

    def members(self, path: tuple[str | int, ...], closing: str) -> None:
        """`"key": value` pairs up to `closing`."""
        self._series(closing, lambda _: self._member(path))

    def _member(self, path: tuple[str | int, ...]) -> None:
        if not self.take('"'):
            raise self.bad("expected a key in double quotes")
        key = self._string()
        self.blanks()
        if not self.take(":"):
            raise self.bad("expected `:` after the key")
        self.blanks()
        self._value((*path, key))

    def _series(self, closing: str, item: Callable[[int], None]) -> None:
        """Items between commas. A comma before the closing mark is let through, as most readers do."""
        count = 0
        self.blanks()
        while not self.take(closing):
            item(count)
            count += 1
            self.blanks()
            if self.take(","):
                self.blanks()
            elif self.text[self.at : self.at + 1] != closing:
                raise self.bad(
                    f"a `,` is missing before this, or the `{closing}` at the end"
                    if closing
                    else "a `,` is missing before this"
                )

    def _value(self, path: tuple[str | int, ...]) -> None:
        if len(path) > MAX_DEPTH:
            raise too_deep(self.at)
        start = self.at
        if self.take("{"):
            self.members(path, "}")
        elif self.take("["):
            self._series("]", lambda count: self._value((*path, count)))
        else:
            value = self._scalar()
            self.fields.append(Field(dotted(path), value, Span(start, self.at)))

    def _scalar(self) -> Scalar:
        if self.take('"'):
            return self._string()
        if word := _WORD.match(self.text, self.at):
            self.at = word.end()
            return _WORDS[word[0]]
        number = _NUMBER.match(self.text, self.at)
        if number is None or len(number[0]) > _LONGEST_NUMBER:
            raise self.bad("expected a value: text in double quotes, a number, true, false, null, `[` or `{`")
        self.at = number.end()
        return float(number[0]) if number[1] or number[2] else int(number[0])

    def _string(self) -> str:
        """The string whose opening quote was just passed. Line breaks in it are let through."""
        try:
            value, self.at = _scan_string(self.text, self.at, False)
        except decoder.JSONDecodeError as error:
            raise BadFrontMatter(_STRING_REASONS.get(error.msg.partition(":")[0], error.msg), error.pos) from None
        return value
