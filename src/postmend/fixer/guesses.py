"""What a word was that lacks letters, where exactly one word fits: one of the document's own, or a certain one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from postmend.fixer import language
from postmend.fixer.fitting import REPLACEMENT, Gap, fitted, skeleton
from postmend.model import Span
from postmend.values import dataclass

CERTAIN = 6.0  # nats between the best word and the next: of 100 such guesses 98 were right
_BEAM = 24  # readings kept while a word is filled from left to right
_LONGEST = 60  # characters of a word
_MOST_GAPS = 4  # in a word
_MOST_GUESSES = 1000  # different words of a document
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(rf"[^\W\d_]+(?:{_APOSTROPHE}[^\W\d_]+)*")
_SIGNS = re.compile(rf"\?+|{REPLACEMENT}+")
_INNER = re.compile(rf"[^\W\d_]+(?:(?:\?|{REPLACEMENT})[^\W\d_]+)+")
_CONTRACTION = re.compile(
    r"(?:[a-z]+n\?t|(?:it|that|what|he|she|there|here|let|who)\?s|i\?(?:m|ve|ll|d)|(?:you|we|they)\?(?:re|ve|ll|d))",
    re.IGNORECASE,
)
_LETTERS = {
    "LATIN": (*range(0xDF, 0xF7), *range(0xF8, 0x180), 0x219, 0x21B, *range(0x1EA0, 0x1EFA)),
    "CYRILLIC": (*range(0x430, 0x460), 0x491),
    "GREEK": (*range(0x390, 0x3CF),),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """What stood in the gap, and whether the whole word stands elsewhere in the document."""

    text: str
    is_known: bool


def words_around(text: str, gaps: Iterable[Gap]) -> Iterator[tuple[Span, list[Gap]]]:
    """The words of the gaps, which are sorted: letters, apostrophes and signs of loss, each with the gaps in it."""
    word, inside = Span(0, 0), list[Gap]()
    for gap in gaps:
        if inside and gap.span.end <= word.end:
            inside.append(gap)
            continue
        if inside:
            yield word, inside
        word, inside = _outer(text, gap.span, word.end), [gap]
    if inside:
        yield word, inside


def _outer(text: str, span: Span, least: int) -> Span:
    """The word around a span, not from before `least`; of a word of a megabyte only the part nearby."""
    start, end = span.start, span.end
    while start > max(least, span.start - _LONGEST) and _belongs(text[start - 1]):
        start -= 1
    while end < min(len(text), span.end + _LONGEST) and _belongs(text[end]):
        end += 1
    return Span(start, end)


def is_one_script(word: str) -> bool:
    """Whether the letters of a word are of one script, and of one whose words the model can fill."""
    scripts = _scripts(word)
    return len(scripts) == 1 and not scripts.isdisjoint(_LETTERS)


class Guesser:
    """Fills gaps in the words of one document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._guesses: dict[str, tuple[Guess, ...] | None] = {}

    def knows(self, word: str) -> bool:
        """Whether a word of the document fits into this one with gaps."""
        return bool(self._fits(word))

    def gain(self, word: str) -> float:
        """By how much the best filling of a word with question marks is likelier than two sentences (nats)."""
        readings = self._readings(word)
        if not readings:
            return 0.0
        apart = language.load().score(" ", _SIGNS.sub("? ", _lowered(word)), " ")
        return readings[0][0] - apart

    def guess(self, word: str) -> tuple[Guess, ...] | None:
        """What stood in each gap of a word, from left to right; None where several words fit, or none.

        A document that lost thousands of words gets guesses for the first ones only: they take a millisecond each.
        """
        if word not in self._guesses:
            self._guesses[word] = self._guessed(word) if len(self._guesses) < _MOST_GUESSES else None
        return self._guesses[word]

    def _guessed(self, word: str) -> tuple[Guess, ...] | None:
        fits = self._fits(word)
        if fits:
            return tuple(Guess(text, True) for text in fits[0]) if len(fits) == 1 else None
        if _CONTRACTION.fullmatch(_SIGNS.sub("?", word)):
            return (Guess(_APOSTROPHE, False),)
        # What stood at an end may have been a quotation mark; in a run of signs, any number of letters.
        if not _INNER.fullmatch(word):
            return None
        readings = self._readings(word)
        if len(readings) < 2 or readings[0][0] - readings[1][0] < CERTAIN:
            return None
        return tuple(Guess(text, False) for text in _in_case(readings[0][1], word))

    def _fits(self, word: str) -> list[tuple[str, ...]]:
        """All that words of the document have in place of the gaps."""
        if len(word) > _LONGEST:
            return []
        gaps = _gaps(word.casefold())
        known = self._vocabulary.get(skeleton(word.casefold()), ())
        found = {fills for other in known if (fills := fitted(word.casefold(), gaps, other)) is not None}
        return sorted(_in_case(fills, word) for fills in found)

    @cached_property
    def _vocabulary(self) -> dict[str, list[str]]:
        """The foreign words of the document by what a loss would leave of them."""
        by_skeleton: dict[str, list[str]] = defaultdict(list)
        for word in sorted({match.group().casefold() for match in _WORD.finditer(self._text)}):
            # In `JS를` a particle follows a name: of what else follows that name it says nothing.
            if not word.isascii() and len(word) <= _LONGEST and len(_scripts(word)) == 1:
                by_skeleton[skeleton(word)].append(word)
        return by_skeleton

    def _readings(self, word: str) -> list[tuple[float, tuple[str, ...]]]:
        """The likeliest fillings with letters of the word's script, best first, each with its score."""
        gaps = _gaps(word)
        if not gaps or len(gaps) > _MOST_GAPS or len(word) > _LONGEST or not is_one_script(word):
            return []
        lowered, letters = _lowered(word), _letters(word)
        states: list[tuple[str, tuple[str, ...]]] = [("", ())]
        at = 0
        for gap in gaps:
            head = lowered[at : gap.span.start]
            grown = [(text + head + fill, (*fills, fill)) for text, fills in states for fill in _fills(gap, letters)]
            states = [state for _, state in _ranked(grown, "")][:_BEAM]
            at = gap.span.end
        whole = [(text + lowered[at:], fills) for text, fills in states]
        return [(score, fills) for score, (_, fills) in _ranked(whole, " ")]


def _ranked(
    states: Sequence[tuple[str, tuple[str, ...]]], after: str
) -> list[tuple[float, tuple[str, tuple[str, ...]]]]:
    scores = language.load().scores([(" ", text, after) for text, _ in states])
    return sorted(zip(scores, states, strict=True), key=lambda scored: (-scored[0], scored[1]))


def _fills(gap: Gap, letters: str) -> Iterator[str]:
    """A letter for the whole gap (its bytes were lost one by one), or one for each of two signs."""
    yield from letters
    if gap.signs == 2:
        yield from (_APOSTROPHE + letter for letter in letters)  # `l’école`


def _gaps(word: str) -> list[Gap]:
    return [Gap(Span(*run.span()), len(run.group()), run.group()[0] == "?") for run in _SIGNS.finditer(word)]


def _letters(word: str) -> str:
    script = next(_script(char) for char in word if char.isalpha())
    return "".join(map(chr, _LETTERS[script])) + _APOSTROPHE


def _scripts(word: str) -> set[str]:
    return {_script(char) for char in word if char.isalpha()}


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _belongs(char: str) -> bool:
    return char.isalpha() or char in ("?", REPLACEMENT, _APOSTROPHE, "'")


def _lowered(word: str) -> str:
    return "".join(low if len(low := char.lower()) == 1 else char for char in word)


def _in_case(fills: tuple[str, ...], word: str) -> tuple[str, ...]:
    """The fills as capitals in a word of capitals."""
    letters = [char for char in word if char.isalpha()]
    return tuple(map(str.upper, fills)) if len(letters) > 1 and all(map(str.isupper, letters)) else fills
