"""How the lines of a text end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from postmend.model import Edit, Span

_BREAK = re.compile(r"\r\n?|\n")
_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


@dataclass(frozen=True, slots=True)
class Endings:
    """Line endings that differ.

    `counts` has the names that occur with their numbers, the commonest first. `edits` make all like that one;
    `odd` is the name of the first that is otherwise, at `offset`.
    """

    counts: tuple[tuple[str, int], ...]
    edits: tuple[Edit, ...]
    odd: str
    offset: int


def mixed_endings(text: str) -> Endings | None:
    """The line endings of a text with more than one kind of them, else None. LF wins a tie."""
    if "\r" not in text:
        return None
    crlf = text.count("\r\n")
    numbers = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    wanted, *others = sorted((ending for ending in numbers if numbers[ending]), key=lambda e: -numbers[e])
    if not others:
        return None
    odd = next(match for match in _BREAK.finditer(text) if match[0] != wanted)
    counts = tuple((_NAMES[ending], numbers[ending]) for ending in (wanted, *others))
    return Endings(counts, tuple(_edits(text, wanted)), _NAMES[odd[0]], odd.start())


def _edits(text: str, wanted: str) -> Iterator[Edit]:
    """One edit for each line that ends in another way: what is missing is put in, what is too much taken out."""
    for match in _BREAK.finditer(text):
        start, end = match.span()
        found = match[0]
        if found == wanted:
            continue
        if found == "\n" and wanted == "\r\n":
            yield Edit(Span(start, start), "", "\r")
        elif found == "\r" and wanted == "\r\n":
            yield Edit(Span(end, end), "", "\n")
        elif found == "\r\n":
            gone = start + (wanted == "\r")
            yield Edit(Span(gone, gone + 1), text[gone], "")
        else:
            yield Edit(Span(start, end), found, wanted)
