"""Spans of words that may be damaged in one given way, and how much likelier the repaired text is.

Work is done on the distinct words of a text (what stands between white space): no accident reaches across white space,
and words come back often.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from postmend.fixer.language import LanguageModel
from postmend.model import Span
from postmend.values import dataclass

_NO_TEXT = {"Cn", "Co", "Cs"}
_PAIR = 2  # characters
_PIECE = 1 << 18  # characters
_MOST_NATS = {"CJK": 11.5, "HANGUL": 10.5, "KATAKANA": 9.0, "HIRAGANA": 9.0, "ARABIC": 9.0, "HEBREW": 8.0}
_MOST_OF_ODD = 50.0  # nats that a reading can gain which is unlike any language itself
_LONGEST = 40  # letters of a word
_TAIL_LETTERS = re.compile(r"[^\W\d_]+\Z")
_HEAD_LETTERS = re.compile(r"[^\W\d_]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CAPITALS = re.compile("[A-Z]{2}")  # a footnote stands after a word: MARI\xc3\xb2
_WORD = re.compile(r"[^\W\d_]{3}")  # a word in earnest: two letters stand side by side in formulas, too
Run = tuple[Span, str]  # a part of a word, and what it was before the accident


@dataclass(frozen=True, slots=True)
class Draft:
    """A part of a word that reads `old` and was `new` if the accident happened; `span` counts from the word's start."""

    word: str
    span: Span
    new: str
    whole_word: bool  # every character of the word that the accident could have made belongs to such a span
    lonely: bool  # signs that need no accident to stand there: `–π` is damage or minus pi
    before: str  # what stands before and after the span once the rest of the word is repaired
    after: str
    most: float = math.inf  # nats that it may gain
    doubtful: bool = False  # no UTF-8 proves that the accident happened


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft of one accident, weighed."""

    codec: str
    word: str
    span: Span
    new: str
    gain: float  # log P(new) - log P(old), both in their context (nats)
    whole_word: bool
    lonely: bool
    fluency: tuple[float, int] = (
        0.0,
        0,
    )  # where the accident is doubtful: what the whole word costs (nats), its length

    @property
    def old(self) -> str:
        """What stands there now."""
        return self.span.of(self.word)


def is_text(text: str) -> bool:
    """Whether no character of `text` is unassigned, a surrogate or private; Apple's logo is byte F0 of MacRoman."""
    return text.isascii() or not any(unicodedata.category(c) in _NO_TEXT and c != "\uf8ff" for c in text)


def distinct_words(text: str) -> Counter[str]:
    """The words of `text` that are not ASCII, with how often each occurs. NBSP and C1 controls are parts of words."""
    words: Counter[str] = Counter()
    for piece in pieces(text):
        flat = piece.replace("\n", " ").replace("\r", " ").replace("\t", " ")
        words.update([word for word in flat.split(" ") if not word.isascii()])
    return words


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of whole lines: what is done to all of a text at once takes many times its own room."""
    start = 0
    while (end := text.find("\n", start + _PIECE)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def weighed(drafts: Iterable[tuple[str, Draft]], model: LanguageModel) -> Iterator[Candidate]:
    """The drafts, each with the name of its accident, with their gain. Words stand between spaces.

    Where the accident itself is doubtful, what comes out has to look like words: letters in a row, such as a page about
    fonts shows them, become some East Asian text nearly always, but none that means anything.
    """
    kept = list(drafts)
    scores = iter(model.scores([item for _, draft in kept for item in _questions(draft)]))
    for codec, draft in kept:
        was, is_now = next(scores), next(scores)
        gain, lonely, fluency = min(is_now - was, draft.most), draft.lonely, (0.0, 0)
        if draft.doubtful:
            core = _core(draft)
            fluency = -next(scores), len(core) + 1
            if fluency[0] > _most_nats(core):
                gain, lonely = min(gain, _MOST_OF_ODD) if math.isinf(draft.most) else gain, True
        yield Candidate(codec, draft.word, draft.span, draft.new, gain, draft.whole_word, lonely, fluency)


def _questions(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """The span as it is and as it was, each in its context; where asked for, also as a word of its own."""
    word, start, end = draft.word, draft.span.start, draft.span.end
    yield word[max(0, start - 2) : start] or " ", word[start:end], word[end : end + 2] or " "
    yield draft.before, draft.new, draft.after
    if draft.doubtful:
        yield " ", _core(draft), " "


def _core(draft: Draft) -> str:
    """What comes out, with the letters on both sides of it and without signs at its ends."""
    word, start, end = draft.word, draft.span.start, draft.span.end
    head = _TAIL_LETTERS.search(word[max(0, start - _LONGEST) : start])
    tail = _HEAD_LETTERS.match(word[end : end + _LONGEST])
    return _EDGES.sub("", (head.group() if head else "") + draft.new + (tail.group() if tail else ""))


@lru_cache(maxsize=1 << 14)
def _most_nats(core: str) -> float:
    """What a text costs that is unlike the words of any language: 95% of the words of clean text cost less."""
    names = [unicodedata.name(c, "") for c in core if not c.isascii()]
    most = max((nats for script, nats in _MOST_NATS.items() if any(script in n for n in names)), default=6.5)
    return most * (len(core) + 1)


def whole(word: str, runs: Sequence[Run]) -> Draft:
    """One draft over all runs: a word that the accident explains as a whole is damaged as a whole or not at all."""
    span = Span(runs[0][0].start, runs[-1][0].end)
    repaired, moved = _repaired(word, runs)
    longest = max(run.end - run.start for run, _ in runs)
    return _draft(word, span, repaired, moved, longest, is_whole=True)


def parts(word: str, runs: Sequence[Run], spans: Iterable[Span]) -> Iterator[Draft]:
    """A draft for each of the spans, which are spans of runs."""
    repaired, moved = _repaired(word, runs)
    for span in spans:
        yield _draft(word, span, repaired, moved, span.end - span.start, is_whole=False)


def _draft(word: str, span: Span, repaired: str, moved: dict[int, int], longest: int, *, is_whole: bool) -> Draft:
    start, end = moved[span.start], moved[span.end]
    return Draft(
        word,
        span,
        repaired[start:end],
        is_whole,
        _is_lonely(span.of(word), longest, repaired, start, end),
        repaired[max(0, start - 2) : start] or " ",
        repaired[end : end + 2] or " ",
    )


def _is_lonely(old: str, longest: int, repaired: str, start: int, end: int) -> bool:
    """Whether a span, `longest` being its longest run, could be signs that the author put side by side: a dash before a
    symbol, a capital before a sign.

    No-break spaces and controls in it are none of an author's, and neither are sequences of three bytes or words.
    """
    if longest > _PAIR or not old.isprintable():
        return False
    if repaired[start : start + 1].islower() and _CAPITALS.match(repaired[max(0, start - 2) : start]):
        return True
    # Two characters to each side: a word found there reaches into the span.
    return _WORD.search(repaired[max(0, start - 2) : end + 2]) is None


def _repaired(word: str, runs: Sequence[Run]) -> tuple[str, dict[int, int]]:
    """The word with all runs decoded, and where each end of a run has moved.

    A neighbour is damaged or not together with a run, so each is judged in the context of the others repaired.
    """
    pieces: list[str] = []
    moved: dict[int, int] = {}
    at = length = 0
    for span, new in runs:
        pieces += [word[at : span.start], new]
        moved[span.start] = length + span.start - at
        length = moved[span.start] + len(new)
        moved[span.end] = length
        at = span.end
    return "".join([*pieces, word[at:]]), moved
