"""What the undamaged words of a document tell of a reading: whether its words, its script and its letters occur."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

from postmend.fixer.spans import Candidate

_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 200  # characters; a word of a megabyte, with ten thousand candidates, must not take the square of that
_USUAL = 4  # words
_UNFAMILIAR = 2.0  # nats for each repaired character that stands nowhere else in the document
_MOST_UNFAMILIAR = 6.0


class Surroundings:
    """The document around a candidate: all its words, and those that are `clean`."""

    def __init__(self, words: Iterable[str], clean: Collection[str], beyond_doubt: Iterable[str]) -> None:
        self._used = Counter(c for word in beyond_doubt for c in set(word) if not c.isascii())
        self._familiar = frozenset("".join(words))
        self._scripts = _scripts("".join(clean))
        self._signs = frozenset(c for c in "".join(clean) if not c.isalnum())
        self._vocabulary = frozenset(clean).union(*map(_foreign_words, clean))
        self._unfamiliar: dict[str, float] = {}

    def knows(self, candidate: Candidate) -> bool:
        """Whether the repaired word stands elsewhere in the document as well, undamaged."""
        word, span = candidate.word, candidate.span
        if len(word) > _LONGEST:
            return False
        repaired = word[: span.start] + candidate.new + word[span.end :]
        if repaired in self._vocabulary:
            return True
        parts = _foreign_words(repaired)
        return bool(parts) and self._vocabulary.issuperset(parts)

    def is_at_home(self, candidate: Candidate) -> bool:
        """Whether the letters of the reading are usual in the document, and those that stand there are in no other word
        that is beyond doubt."""
        letters = {c for c in candidate.new if not c.isascii() and c.isalpha()}
        return (
            bool(letters)
            and all(self._used[c] >= _USUAL for c in letters)
            and not any(self._used[c] for c in candidate.old if not c.isascii())
        )

    def uses_signs_of(self, candidate: Candidate) -> bool:
        """Whether signs of the damaged text stand in clean words: where there is an infinity, another is no damage."""
        return not self._signs.isdisjoint(candidate.old)

    def is_foreign(self, new: str) -> bool:
        """Whether the reading is in a script in which nothing else of the document is written."""
        return bool(self._scripts) and not self._scripts.issuperset(_scripts(new))

    def unfamiliar(self, new: str) -> float:
        """Nats against characters that stand nowhere else in the document."""
        known = self._unfamiliar.get(new)
        if known is None:
            strange = {c for c in new if not c.isascii()} - self._familiar
            known = self._unfamiliar[new] = min(_MOST_UNFAMILIAR, _UNFAMILIAR * len(strange))
        return known


@lru_cache(maxsize=1 << 14)
def _foreign_words(word: str) -> frozenset[str]:
    """The parts of a word that are letters, not all of them ASCII, in small letters."""
    return frozenset(part.casefold() for part in _LETTERS.findall(word) if not part.isascii())


@lru_cache(maxsize=1 << 12)
def _scripts(text: str) -> frozenset[str]:
    """The scripts in which a text is written; ASCII letters say nothing."""
    letters = {c for c in text if not c.isascii() and c.isalpha()}
    return frozenset(unicodedata.name(c, "").partition(" ")[0] for c in letters)
