"""TOML front matter as fields with exact spans.

The standard library's parser says what the values are, a small scanner of our own where they are written. The
scanner runs on text that is known to be valid, so it can be brief.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from typing import Any, TypeAlias

from postmend.model import Field, Span
from postmend.scanner.fields import MAX_DEPTH, BadFrontMatter, Scalar, dotted, too_deep
from postmend.scanner.lines import next_line, with_line_feeds
from postmend.scanner.toml_reasons import explain_toml

_Path: TypeAlias = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|\#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]}#=.]+")
_WORD = re.compile(r"[^,\]}#\n]*[^,\]}#\s]")
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONE_CR = re.compile("\r(?!\n)")
_MOST_DOTS = 5_000  # on a line; the standard parser takes quadratic time for `a.a.a.a...`


def read_toml(text: str, content: Span) -> tuple[Field, ...]:
    """The scalars in the TOML at `content`, in order. Raises BadFrontMatter when it can't be parsed."""
    values = parse_toml(content.of(text), content.start)
    return tuple(
        Field(dotted(path), _plain(_at(values, path)), Span(content.start + start, content.start + end))
        for path, start, end in _Places(with_line_feeds(content.of(text)), content.start).all()
    )


def parse_toml(text: str, base: int = 0) -> dict[str, Any]:
    """The values in a TOML text. Raises BadFrontMatter with an offset to which `base` is added."""
    source = with_line_feeds(text)
    if any(line.count(".") > _MOST_DOTS for line in source.split("\n")):
        raise too_deep(base)
    try:
        return tomllib.loads(_LONE_CR.sub("\n", text))
    except tomllib.TOMLDecodeError as error:
        raise _problem(error, source, base) from None
    except RecursionError:
        raise too_deep(base) from None
    except ValueError as error:  # an integer of more than 4300 digits
        raise BadFrontMatter(f"not valid TOML: {error}", base) from None


def toml_positions(text: str) -> dict[_Path, int]:
    """Where each key, table and item of a list begins, by its path; of valid TOML. Raises BadFrontMatter when it is
    nested without end.
    """
    places = _Places(with_line_feeds(text), 0)
    for _ in places.all():
        pass
    return places.positions


class _Places:
    """Walks over valid TOML and says where the scalars are."""

    def __init__(self, source: str, base: int) -> None:
        self.source = source
        self.base = base
        self.at = 0
        self.counts: dict[_Path, int] = {}  # how many tables an array of tables has so far
        self.positions: dict[_Path, int] = {}  # where keys, tables and items begin

    def all(self) -> Iterator[tuple[_Path, int, int]]:
        """Path, start and end of each scalar."""
        table: _Path = ()
        self._blanks()
        while self.at < len(self.source):
            if self.source[self.at] == "[":
                table = self._header()
            else:
                yield from self._pair(table)
            self._blanks()

    def _blanks(self) -> None:
        match = _BLANK.match(self.source, self.at)
        self.at = match.end() if match else self.at

    def _next(self, mark: str) -> bool:
        """Whether `mark` comes after blanks; moves past it."""
        self._blanks()
        found = self.source.startswith(mark, self.at)
        self.at += len(mark) if found else 0
        return found

    def _header(self) -> _Path:
        """`[table]` or `[[array of tables]]`."""
        start = self.at
        is_array = self._next("[[")
        self.at += not is_array
        path = self._under(self._key())
        self.at = next_line(self.source, self.at)
        self.positions.setdefault(path, start)
        if not is_array:
            return path
        index = self.counts.get(path, 0)
        self.counts[path] = index + 1
        self.positions[*path, index] = start
        return (*path, index)

    def _under(self, key: _Path) -> _Path:
        """The path of a header: below an array of tables it means the last table so far."""
        path: _Path = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return (*path, key[-1])

    def _key(self) -> _Path:
        """A key, with its dots."""
        parts: list[str] = []
        while True:
            self._blanks()
            if match := _STRING.match(self.source, self.at):
                parts.append(next(iter(tomllib.loads(f"{match[0]}=0"))))
            else:
                match = _BARE.match(self.source, self.at)
                parts.append(match[0] if match else "")
            self.at = match.end() if match else self.at
            if not self._next("."):
                return tuple(parts)

    def _pair(self, table: _Path) -> Iterator[tuple[_Path, int, int]]:
        start = self.at
        path = (*table, *self._key())
        for length in range(len(table) + 1, len(path) + 1):
            self.positions.setdefault(path[:length], start)
        self._next("=")
        self._blanks()
        yield from self._value(path)

    def _value(self, path: _Path) -> Iterator[tuple[_Path, int, int]]:
        if len(path) > MAX_DEPTH:
            raise too_deep(self.base + self.at)
        self.positions.setdefault(path, self.at)
        if self._next("["):
            count = 0
            while not self._next("]"):
                yield from self._value((*path, count))
                count += 1
                self._next(",")
        elif self._next("{"):
            while not self._next("}"):
                yield from self._pair(path)
                self._next(",")
        else:
            match = _STRING.match(self.source, self.at) or _WORD.match(self.source, self.at)
            start, self.at = self.at, match.end() if match else len(self.source)
            yield path, start, self.at


def _at(values: Any, path: _Path) -> Any:
    """The value that a path leads to."""
    for part in path:
        values = values[part]
    return values


def _plain(value: Any) -> Scalar:
    """Dates and times as ISO strings."""
    is_time = isinstance(value, datetime.date | datetime.time)
    return value.isoformat() if is_time else value  # type: ignore[no-any-return]


def _problem(error: tomllib.TOMLDecodeError, source: str, base: int) -> BadFrontMatter:
    """The parser's message without the place, and the place as an offset."""
    message = str(error)
    place = _PLACE.search(message)
    reason = message[: place.start()].strip() if place else message
    offset = len(source)  # what the parser calls the end of the document
    if place is not None and place[1] is not None:
        # Columns were counted after CRLF became LF; the blank that stands for the CR is at the end of its line.
        lines = source.split("\n")[: int(place[1]) - 1]
        offset = min(sum(len(line) + 1 for line in lines) + int(place[2]) - 1, offset)
    reason, offset = explain_toml(reason[:1].lower() + reason[1:], source, offset)
    return BadFrontMatter(reason, base + offset)
