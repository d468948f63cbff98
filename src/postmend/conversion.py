"""Files that are not UTF-8, or not all of them, as findings with what they say. Pure: bytes in, values out.

Edits refer to the escaped text of a file, in which a byte that is not UTF-8 is a lone surrogate (`decode_escaped`):
so a conversion is an edit like any other, and is refused when the file has changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from postmend.edits import apply_edits
from postmend.fixer.charsets import lookup, named
from postmend.fixer.mixed import Mixed, Run, WordReading
from postmend.fixer.reading import read_bytes
from postmend.fixer.undecodable import Reading, Verdict, read_ascii
from postmend.model import Edit, Finding, Fix, Fixability, Position, Span
from postmend.position import LineIndex
from postmend.scanner.declared import declared_encodings, with_utf8_declared
from postmend.scanner.document import HEAD, SAYS_ASCII, NotUtf8, decode, decode_escaped, encode_escaped
from postmend.scanner.wide import decode_wide, wide_encoding

_START = Position(1, 1, 0)
_SHOWN = 40  # characters of an excerpt
_LINE = 200  # characters of a line in `before` and `after`
_BEFORE = 12  # of them before the place that it shows
_WIDE = ("utf-8", "utf-16", "utf-32")  # not true of a file that is read byte by byte
_HINT_OF_FILE, _HINT_OF_USER = "the file", "--encoding"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is wrong with the bytes of a file, and its text as it reads best; None when it reads as nothing."""

    findings: tuple[Finding, ...]
    text: str | None


def convert(path: str, data: bytes, encoding: str | None = None) -> Conversion | None:
    """The conversion of a file; None for one that is UTF-8. `encoding` is what the user takes other files for."""
    wide = wide_encoding(data)
    if wide:
        return _wide(path, data, *wide)
    try:
        text = decode(data)
    except NotUtf8 as problem:
        return _other(path, data, problem, encoding)
    return _ascii(path, data) if "\x1b$" in text or SAYS_ASCII.search(data, 0, HEAD) else None


def _wide(path: str, data: bytes, encoding: str, marked: bool) -> Conversion:
    """The conversion of a file in UTF-16 or UTF-32, `marked` by a byte order mark or not."""
    mark = "with" if marked else "without"
    message = f"{named(encoding)} {mark} a byte order mark, not UTF-8"
    text = decode_wide(data, encoding)
    if text is None:
        finding = Finding(
            "PM002", path, _START, _START, f"{message}; it ends within a character", chain=(named(encoding),)
        )
        return Conversion((finding,), None)
    return _whole(path, data, "PM002", message, Verdict(Reading(encoding, text)), 0)


def _ascii(path: str, data: bytes) -> Conversion | None:
    """The conversion of a file that is valid UTF-8 and yet another encoding: ISO-2022, or UTF-7 if the file says so."""
    verdict = read_ascii(data, [name for name, _ in _hints(path, data, None)])
    if verdict is None:
        return None
    message = f"Not UTF-8, though its bytes are ASCII; reads as {named(verdict.reading.encoding)}"
    return _whole(path, data, "PM001", message, verdict, 0)


def _other(path: str, data: bytes, problem: NotUtf8, encoding: str | None) -> Conversion:
    """The conversion of a file with bytes that are not UTF-8. `encoding` is what the user takes such files for."""
    text = decode_escaped(data)
    story = read_bytes(data, text, _hints(path, data, encoding))
    where = _not_utf8(problem.byte, problem.offset)
    if story is None:
        return Conversion((Finding("PM001", path, _START, _START, f"{where}, nor any other encoding that fits"),), None)
    if isinstance(story, Mixed):
        return _mixed(path, text, story)
    return _whole(path, data, "PM001", f"{where}; reads as {named(story.reading.encoding)}", story, problem.offset)


def _not_utf8(byte: int, offset: int) -> str:
    return f"Not UTF-8 (byte 0x{byte:02X} at {offset})"


def _hints(path: str, data: bytes, encoding: str | None) -> list[tuple[str, str]]:
    names = declared_encodings(path, data[:HEAD].decode("latin-1"))
    hints = [(known, _HINT_OF_FILE) for name in names if (known := lookup(name)) and not known.startswith(_WIDE)]
    return [*hints, (encoding, _HINT_OF_USER)] if encoding else hints


def _whole(path: str, data: bytes, code: str, message: str, verdict: Verdict, offset: int) -> Conversion:
    """One edit for all of the file. `offset` is that of the first byte that shows what it is."""
    text, encoding = verdict.reading.text.removeprefix("\ufeff"), verdict.reading.encoding
    old, new = decode_escaped(data), with_utf8_declared(path, text)
    at = len(data[:offset].decode(encoding, "ignore")) if offset else 0
    place = LineIndex(text).position(min(at, len(text)))
    shown = _excerpt(text, place.offset)
    finding = Finding(
        code,
        path,
        place,
        place,
        f"{message}{_doubts(verdict)}",
        before=_as_bytes(shown, encoding),
        after=shown,
        chain=(named(encoding),),
        fix=Fix((Edit(Span(0, len(old)), old, new),), Fixability.UNSAFE if verdict.doubt else Fixability.SAFE),
        detail="" if verdict.doubt else "Writing the text in that encoding again gives exactly the bytes of the file.",
    )
    return Conversion((finding,), new)


def _doubts(verdict: Verdict) -> str:
    """Why a reading is not certain; where there is another one, what both say where they first differ."""
    if verdict.rival is None:
        return f" ({verdict.doubt})" if verdict.doubt else ""
    one, other = verdict.reading.text, verdict.rival.text
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f" ({verdict.doubt}: `{_excerpt(one, at)}` or `{_excerpt(other, at)}`)"


def _excerpt(text: str, at: int) -> str:
    """The words around a place, within its line."""
    start = max(text.rfind("\n", 0, at) + 1, at - _BEFORE)
    if start and not text[start - 1].isspace():
        start = next((n + 1 for n in range(start, at) if text[n].isspace()), at)
    return re.split(r"[\r\n]", text[start : start + _SHOWN].lstrip())[0].rstrip()


def _as_bytes(text: str, encoding: str) -> str:
    r"""The bytes of a text in an encoding, `\xCF` for those that are not printable ASCII."""
    data = text.encode(encoding, "replace")
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02X}" for byte in data)


def _mixed(path: str, text: str, story: Mixed) -> Conversion:
    """Findings line by line, and one for all bytes that say nothing."""
    lines = LineIndex(text)
    findings = [
        _line(path, text, list(runs), lines)
        for _, runs in groupby(
            story.runs,
            key=lambda r: (lines.position(r.edit.span.start).line, r.reading.encoding, r.reading.doubt),
        )
    ]
    if story.unread:
        findings.append(_unread(path, text, story.unread, lines))
    read = apply_edits(text, [run.edit for run in story.runs])
    return Conversion(tuple(findings), encode_escaped(read).decode("utf-8", "replace"))


def _line(path: str, text: str, runs: Sequence[Run], lines: LineIndex) -> Finding:
    first, last = runs[0], runs[-1]
    reading, span = first.reading, _words(text, Span(first.edit.span.start, last.edit.span.end))
    edits = tuple(run.edit for run in runs)
    moved = [Edit(Span(e.span.start - span.start, e.span.end - span.start), e.old, e.new) for e in edits]
    old, new = _as_bytes_of(span.of(text)), apply_edits(span.of(text), moved)
    return Finding(
        "PM005",
        path,
        lines.position(span.start),
        lines.position(span.end),
        f"{named(reading.encoding)} in a UTF-8 file: `{_cut(old)}` -> `{_cut(new)}`{_line_doubts(reading)}",
        before=_cut(old, _LINE),
        after=_cut(new, _LINE),
        chain=(named(reading.encoding),),
        fix=Fix(edits, Fixability.UNSAFE if reading.doubt else Fixability.SAFE),
    )


def _line_doubts(reading: WordReading) -> str:
    if reading.rival is None:
        return f" ({reading.doubt})" if reading.doubt else ""
    encoding, text = reading.rival
    return f" ({reading.doubt}: `{_cut(reading.new)}`, or in {named(encoding)} `{_cut(text)}`)"


def _unread(path: str, text: str, spans: Sequence[Span], lines: LineIndex) -> Finding:
    first = spans[0]
    offset, byte = len(encode_escaped(text[: first.start])), ord(text[first.start]) - 0xDC00
    more = f"; {len(spans) - 1} more in this file" if len(spans) > 1 else ""
    message = f"{_not_utf8(byte, offset)}, nor anything else that fits{more}"
    return Finding("PM001", path, lines.position(first.start), lines.position(first.end), message)


def _words(text: str, span: Span) -> Span:
    """The span with the rest of the words at its ends."""
    start, end = span.start, span.end
    while start and not text[start - 1].isspace() and span.start - start < _BEFORE:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - span.end < _BEFORE:
        end += 1
    return Span(start, end)


def _as_bytes_of(escaped: str) -> str:
    r"""Escaped text with `\xCF` for each byte that is not UTF-8."""
    return "".join(f"\\x{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in escaped)


def _cut(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
