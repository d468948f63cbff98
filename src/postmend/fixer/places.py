"""Where in a text the chosen spans of its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from postmend.fixer.accidents import accident, is_guess
from postmend.fixer.choosing import Choice
from postmend.model import Span
from postmend.values import dataclass

# Nats by which words that stand together must gain from a guess to vouch for one another.
WHOLE_LINE_GUESS = 9.0  # where nothing in the line contradicts
STRETCH_GUESS = 16.0  # where something does
BESIDE_CONTRADICTION = 6.0  # more, for each end that touches what contradicts
_MOST_LONELY = 8.0  # what signs can add, less than they need alone
_LEAST_A_LETTER = 1.0  # a clean word beside damaged ones may gain a little, too
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
    words = list(_WORD.finditer(line))
    vouched: dict[str, list[bool]] = {}
    for number, word in enumerate(words):
        for choice in by_word.get(word.group(), ()):
            name = choice.candidate.codec
            if choice.depends_on_line and choice.convincing:
                if name not in vouched:
                    vouched[name] = _vouched([w.group() for w in words], name, by_word)
                if not vouched[name][number]:
                    continue
            start = offset + word.start()
            yield Place(Span(start + choice.candidate.span.start, start + choice.candidate.span.end), choice)


def _vouched(words: Sequence[str], name: str, by_word: dict[str, list[Choice]]) -> list[bool]:
    """For each word of a line whether those around it say that the accident happened there.

    Words that the accident can't have made say nothing; one that it can't have made like this contradicts.
    """
    made = accident(name).could_have_made
    gains = [_gain(word, name, by_word) if not word.isascii() and made(word) else 0.0 for word in words]
    complete = all(gain is not None for gain in gains)
    if not is_guess(name):
        return [complete] * len(words)
    if not complete:
        gains = [g if not g or g >= _LEAST_A_LETTER * len(w) else None for g, w in zip(gains, words, strict=True)]
    vouched = [False] * len(words)
    for start, end in _stretches(gains):
        required = WHOLE_LINE_GUESS if complete else _required(gains, start, end)
        if sum(filter(None, gains[start:end])) >= required:
            vouched[start:end] = [True] * (end - start)
    return vouched


def _required(gains: Sequence[float | None], start: int, end: int) -> float:
    """What a stretch between contradictions has to gain; nothing is known of words that gain 0."""
    told = [number for number in range(start, end) if gains[number]]
    if not told:
        return STRETCH_GUESS
    touching = (told[0] == start > 0) + (told[-1] == end - 1 < len(gains) - 1)
    return STRETCH_GUESS + BESIDE_CONTRADICTION * touching


def _gain(word: str, name: str, by_word: dict[str, list[Choice]]) -> float | None:
    """What the word as a whole gains; None when the accident does not explain it."""
    for candidate in (c.candidate for c in by_word.get(word, ())):
        if candidate.codec == name and candidate.whole_word:
            return min(candidate.gain, _MOST_LONELY) if candidate.lonely else candidate.gain
    return None


def _stretches(gains: Sequence[float | None]) -> Iterator[tuple[int, int]]:
    """Stretches of words without contradiction."""
    start = 0
    for explained, group in groupby(gains, lambda gain: gain is not None):
        end = start + len(list(group))
        if explained:
            yield start, end
        start = end
