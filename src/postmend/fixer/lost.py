"""Finds places where letters are gone, and what they were where the document itself makes that certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from postmend.fixer.fitting import REPLACEMENT, Gap
from postmend.fixer.patches import overlaps
from postmend.fixer.relics import find_relics
from postmend.model import Span
from postmend.values import dataclass

if TYPE_CHECKING:
    from postmend.fixer.guesses import Guess, Guesser

_QUESTIONS = re.compile(r"\?+")


@dataclass(frozen=True, slots=True)
class Places:
    """Where question marks are asked about (`prose`), and where replacement characters may be meant (`code`): spans,
    sorted."""

    prose: tuple[Span, ...]
    code: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where text is gone, and what stood there if only one thing fits."""

    gap: Gap
    guess: Guess | None = None


def find_losses(text: str, places: Callable[[], Places], taken: Sequence[Span] = ()) -> tuple[Loss, ...]:
    """All places of `text` where letters are gone, in order. `taken` are sorted spans that are explained already.

    Replacement characters in code count only if there are some elsewhere: code shows them on purpose.
    """
    relics = [] if text.isascii() else list(find_relics(text))
    if relics and all(overlaps(relic.span, places().code) for relic in relics):
        relics = []
    guesser = _OnDemand(text)
    gaps = sorted(gap for gap in (*relics, *_questions(text, places, guesser)) if not overlaps(gap.span, taken))
    return tuple(_guessed(text, gaps, guesser())) if gaps else ()


def _questions(text: str, places: Callable[[], Places], guesser: Callable[[], Guesser]) -> Iterable[Gap]:
    if "?" not in text:
        return ()
    from postmend.fixer.questions import find_questions

    return find_questions(text, lambda: places().prose, guesser)


class _OnDemand:
    """The guesser of a text, made when it is asked for the first time: most posts never ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._guesser: Guesser | None = None

    def __call__(self) -> Guesser:
        if self._guesser is None:
            from postmend.fixer.guesses import Guesser

            self._guesser = Guesser(self._text)
        return self._guesser


def line_gaps(line: str) -> list[Gap]:
    """All that may be a sign of loss in a line, in order: replacement characters and any question mark."""
    questions = (Gap(Span(*run.span()), len(run.group()), is_question=True) for run in _QUESTIONS.finditer(line))
    return sorted((*questions, *find_relics(line)))


def _guessed(text: str, gaps: Sequence[Gap], guesser: Guesser) -> Iterator[Loss]:
    """The gaps with guesses, word by word."""
    from postmend.fixer.guesses import words_around

    for word, inside in words_around(text, gaps):
        signs = word.of(text)
        plain = all(gap.is_question or set(gap.span.of(text)) == {REPLACEMENT} for gap in inside)
        guesses = guesser.guess(signs) if plain and any(map(str.isalpha, signs)) else None
        if guesses is None or len(guesses) != len(inside):
            yield from map(Loss, inside)
        else:
            yield from map(Loss, inside, guesses)
