"""What is left of an accident when its plain traces are repaired.

That one old encoding was read as another takes long words to prove. Once it is proved, the rest shows by characters
that stand nowhere else in the repaired document: the circumflex that was a French word of one letter, the capitals
around a word that were quotation marks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from postmend.fixer.accidents import candidates, is_guess, misread
from postmend.fixer.alphabet import DASHES, QUOTES
from postmend.fixer.choosing import Choice
from postmend.fixer.legacy import LegacyPair, is_cyrillic, legacy_pairs
from postmend.fixer.patches import Patch, apply, new_spans, overlaps
from postmend.fixer.places import Place
from postmend.fixer.spans import Candidate, is_text
from postmend.model import Span
from postmend.values import dataclass

STRANGER = 2.0  # nats that a word has to gain whose characters stand nowhere else in the document
WHOLE_LINE = 0.0  # the same in a line of which something is repaired
AT_HOME = 10.0  # the same where they do: Cyrillic encodings make capitals of small letters
WHOLE_DOCUMENT = -18.0  # the same where nothing in the document speaks against the accident
_LONG = 5  # letters: four become others that make a word by chance
_LEAST = 2  # kinds of repaired spans; one alone vouches for its own line only
_MANY = 10  # kinds of repaired spans in a document that is damaged as a whole
_FEW = 0.2  # words that are left in such a document, for each that is repaired
_WORD = re.compile(r"[^ \t\r\n]+")
_SIGNS = frozenset(
    QUOTES + DASHES + "\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}\N{HORIZONTAL ELLIPSIS}\N{NO-BREAK SPACE}"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the repaired text that is not ASCII."""

    text: str
    start: int
    repaired: bool  # in part, at least
    beside: bool  # in a line with one that is


def left_over(text: str, done: Sequence[Patch]) -> list[Place]:
    """What else the accident behind the guesses in `done` did to `text`, in terms of the repaired text."""
    kinds = {(p.span.of(text), p.new) for p in done if p.convincing and len(p.undone) == 1 and is_guess(p.undone[0])}
    pairs = [pair for pair in legacy_pairs() if all(misread(new, (pair.name,)) == old for old, new in kinds)]
    if not kinds or not pairs:
        return []
    words = list(_words(apply(text, done), new_spans(done)))
    remainder = _Remainder(words, pairs, len(kinds))
    return [place for word in words if not word.repaired for place in remainder.of(word)]


def _words(text: str, repaired: Sequence[Span]) -> Iterator[_Word]:
    offset = 0
    for line in text.split("\n"):
        beside = overlaps(Span(offset, offset + len(line)), repaired)
        for match in _WORD.finditer(line):
            if not match.group().isascii():
                start = offset + match.start()
                yield _Word(match.group(), start, overlaps(Span(start, offset + match.end()), repaired), beside)
        offset += len(line) + 1


class _Remainder:
    """What the pairs make of the words that are not repaired, and which characters the others have."""

    def __init__(self, words: Sequence[_Word], pairs: Sequence[LegacyPair], kinds: int) -> None:
        left = sorted({word.text for word in words if not word.repaired})
        self._found: dict[str, list[Candidate]] = {}
        for c in candidates((pair, left) for pair in pairs):
            if c.whole_word and is_text(c.new):
                self._found.setdefault(c.word, []).append(c)
        sound = {word.text for word in words if word.repaired or self._is_sound(word.text)}
        self._used = Counter(c for word in sound for c in set(word) if not c.isascii())
        self._kinds = kinds
        repaired = len({word.text for word in words if word.repaired})
        spared = sum(map(pairs[0].could_have_made, left))
        untouched = any(pairs[0].is_beyond(word) or self._is_nonsense(word) for word in left)
        self._everything = kinds >= _MANY and spared <= _FEW * repaired and not untouched

    def _is_sound(self, word: str) -> bool:
        return all(c.gain < 0 for c in self._found.get(word, ()))

    def _is_nonsense(self, word: str) -> bool:
        """Whether a word makes no sense at all if the accident made it: then it went not through all of the document,
        as where something was pasted in later.
        """
        return max((c.gain for c in self._found.get(word, ())), default=0.0) < WHOLE_DOCUMENT

    def of(self, word: _Word) -> Iterator[Place]:
        """The word as a place to repair, where it is one."""
        found = sorted(self._found.get(word.text, ()), key=lambda c: -c.gain)
        if not found or not self._is_damage(found[0], word):
            return
        best = found[0]
        lead = best.gain - max((c.gain for c in found if c.new != best.new), default=-math.inf)
        span = Span(word.start + best.span.start, word.start + best.span.end)
        yield Place(span, Choice(best, lead, best.gain, best.gain))

    def _is_damage(self, candidate: Candidate, word: _Word) -> bool:
        if self._everything:
            return candidate.gain >= WHOLE_DOCUMENT
        letters = sum(map(str.isalpha, _repaired(candidate)))
        long = letters >= (_LONG if is_cyrillic(candidate.codec) else 1 if self._kinds >= _MANY else 2)
        ambiguous = not long or (candidate.lonely and not _SIGNS.isdisjoint(candidate.old))
        if not word.beside and (ambiguous or self._kinds < _LEAST):
            return False
        if is_cyrillic(candidate.codec) and not long:
            return False
        if self._is_stranger(candidate):
            return candidate.gain >= (WHOLE_LINE if word.beside else STRANGER)
        return candidate.gain >= AT_HOME and letters >= _LONG

    def _is_stranger(self, candidate: Candidate) -> bool:
        """Whether what stands there stands nowhere else in the document, but what it was does."""
        old, new = set(candidate.old), set(candidate.new)
        gone, come = (old - new, new - old) if len(candidate.old) == len(candidate.new) else (old, new)
        return not any(self._used[c] for c in gone if not c.isascii()) and all(
            c.isascii() or self._used[c] or c in _SIGNS for c in come
        )


def _repaired(candidate: Candidate) -> str:
    """The whole word as it was before the accident."""
    word, span = candidate.word, candidate.span
    return word[: span.start] + candidate.new + word[span.end :]
