"""Spans of words that may be UTF-8 read as one given codec, and how much likelier the repaired text is.

Read backwards through the codec, a damaged span gives bytes that are well-formed UTF-8. ASCII says nothing either way;
a character outside the codec ends a span and never blocks what stands next to it. Work is done on the distinct words of
a text (what stands between white space): a span never crosses white space, and words come back often.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from postmend.fixer.codecs import SingleByteCodec
from postmend.fixer.language import LanguageModel
from postmend.model import Span

# Unicode 16, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
_SEQUENCE = (
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_RUN = re.compile(rb"(?:" + _SEQUENCE + rb")+")
_PAIR = 2  # characters
_WORD = re.compile(r"[^\W\d_]{3}")  # a word in earnest: two letters stand side by side in formulas, too
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a word that reads `old` and was `new` if `codec` damaged it; `span` counts from the word's start."""

    codec: str
    word: str
    span: Span
    new: str
    gain: float  # log P(new) - log P(old), both in their context (nats)
    whole_word: bool  # every character of the word that the codec could have made belongs to such a span
    lonely: bool  # single pairs, none of which becomes a letter of a word: `–π` is damage or minus pi

    @property
    def old(self) -> str:
        """What stands there now."""
        return self.span.of(self.word)


def distinct_words(text: str) -> Counter[str]:
    """The words of `text` that are not ASCII, with how often each occurs. NBSP and C1 controls are parts of words."""
    flat = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return Counter(word for word in flat.split(" ") if not word.isascii())


def is_explained(text: str, codec: SingleByteCodec) -> bool:
    """Whether every character of `text` that the codec could have made is part of well-formed UTF-8."""
    return _HIGH.search(_RUN.sub(b"", codec.to_bytes(text))) is None


def candidates(words: Sequence[str], codec: SingleByteCodec, model: LanguageModel) -> Iterator[Candidate]:
    """All spans of the words that are well-formed UTF-8 read as `codec`."""
    data = codec.to_bytes(" ".join(words))
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    runs: list[re.Match[bytes]] = []
    at = -1
    for run in _RUN.finditer(data):
        index = bisect_right(starts, run.start()) - 1
        if index != at and runs:
            yield from _in_word(words[at], starts[at], runs, codec, model)
            runs = []
        at = index
        runs.append(run)
    if runs:
        yield from _in_word(words[at], starts[at], runs, codec, model)


def _in_word(
    word: str, offset: int, runs: Sequence[re.Match[bytes]], codec: SingleByteCodec, model: LanguageModel
) -> Iterator[Candidate]:
    """The candidates of one word, whose runs these are; `offset` is where the word begins in their data.

    A word that the codec explains as a whole is damaged as a whole or not at all.
    """
    covered = {i for run in runs for i in range(run.start() - offset, run.end() - offset)}
    strays = [i for i, c in enumerate(word) if i not in covered and c in codec.high]
    letters = {i for i in strays if word[i].isalpha()}
    spans = [Span(run.start() - offset, run.end() - offset) for run in runs]
    longest = 0 if strays else max(span.end - span.start for span in spans)
    if not strays:
        spans = [Span(spans[0].start, spans[-1].end)]
    repaired, places = _repaired(word, offset, runs)
    for span in spans:
        # Clean Ukrainian is full of pairs under windows-1251: the first two letters of its word for "he" look like a
        # superscript three, and the letter after them gives it away. Longer runs are no accident.
        beside_letter = span.start - 1 in letters or span.end in letters
        if not beside_letter or span.end - span.start > _PAIR:
            start, end = places[span.start], places[span.end]
            gain = _score(model, repaired, start, end) - _score(model, word, span.start, span.end)
            lonely = _is_lonely(span.of(word), longest or span.end - span.start, repaired, start, end)
            yield Candidate(codec.name, word, span, repaired[start:end], gain, not strays, lonely)


def _is_lonely(old: str, longest: int, repaired: str, start: int, end: int) -> bool:
    """Whether a span, `longest` being its longest run, could be signs that the author put side by side: a dash before a
    symbol, a capital before a sign.

    No-break spaces and controls in it are none of an author's, and neither are sequences of three bytes or words.
    """
    if longest > _PAIR or not old.isprintable():
        return False
    # Two characters to each side: a word found there reaches into the span.
    return _WORD.search(repaired[max(0, start - 2) : end + 2]) is None


def _repaired(word: str, offset: int, runs: Sequence[re.Match[bytes]]) -> tuple[str, dict[int, int]]:
    """The word with all runs decoded, and where each end of a run has moved.

    A neighbour is damaged or not together with a run, so each is judged in the context of the others repaired.
    """
    parts: list[str] = []
    places: dict[int, int] = {}
    at = length = 0
    for run in runs:
        start, end, new = run.start() - offset, run.end() - offset, run.group().decode("utf-8")
        parts += [word[at:start], new]
        places[start] = length + start - at
        length = places[start] + len(new)
        places[end] = length
        at = end
    return "".join([*parts, word[at:]]), places


def _score(model: LanguageModel, word: str, start: int, end: int) -> float:
    """log P of a part of a word in its context; words stand between spaces."""
    before = word[max(0, start - 2) : start] or " "
    return model.score(before, word[start:end], word[end : end + 2] or " ")
