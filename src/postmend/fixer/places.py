"""Where in a text the chosen spans of its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from postmend.fixer.codecs import codec
from postmend.fixer.evidence import Choice
from postmend.fixer.spans import is_explained
from postmend.model import Span

_WORD = re.compile(r"[^ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a chosen span, in code points of the text."""

    span: Span
    choice: Choice


def places(text: str, choices: Iterable[Choice]) -> Iterator[Place]:
    """Every place of `text` where one of the choices holds, in order."""
    by_word: dict[str, list[Choice]] = {}
    for choice in sorted(choices, key=lambda c: c.candidate.span):
        by_word.setdefault(choice.candidate.word, []).append(choice)
    if not by_word:
        return
    offset = 0
    for line in text.split("\n"):
        if not line.isascii():
            yield from _in_line(line, offset, by_word)
        offset += len(line) + 1


def _in_line(line: str, offset: int, by_word: dict[str, list[Choice]]) -> Iterator[Place]:
    explained: dict[str, bool] = {}
    for word in _WORD.finditer(line):
        for choice in by_word.get(word.group(), ()):
            name = choice.candidate.codec
            if choice.depends_on_line and choice.convincing:
                if name not in explained:
                    explained[name] = is_explained(line, codec(name))
                if not explained[name]:
                    continue
            start = offset + word.start()
            yield Place(Span(start + choice.candidate.span.start, start + choice.candidate.span.end), choice)
