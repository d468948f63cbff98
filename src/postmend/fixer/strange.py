"""Which words of a text are unlike the words of any language, letter by letter.

Where one old encoding was read as another, nothing but this tells. Asked is only what each foreign character costs
between its neighbours. That takes no words, and of the model only the part that is quick to load, so it can be asked of
every document.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from postmend.fixer import language
from postmend.fixer.alphabet import DASHES, QUOTES
from postmend.fixer.legacy import legacy_pairs

_STRANGE = 18.0  # nats that a character costs after the one before it, and the one after it then
_LETTER, _SIGN = 2, 1
# Signs that stand next to letters in any text. Others count if they stand between two.
_ORDINARY = frozenset(QUOTES + DASHES + "•·°®™…×÷±²³¹µ\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")


def strange_words(words: Iterable[str]) -> set[str]:
    """The words that hold a letter which some pair of old encodings may have made, and which costs too much."""
    return {word for word in words if _is_strange(word)}


def _is_strange(word: str) -> bool:
    padded = f" {word} "
    return any(map(is_strange, padded, padded[1:], padded[2:]))


@lru_cache(maxsize=1 << 15)
def is_strange(before: str, char: str, after: str) -> bool:
    """Whether a character is such a letter, between these two."""
    # The cost comes first: where it is low, which is nearly everywhere, no table of any encoding has to be read.
    if char.isascii() or _cost(_or_space(before), char) + _cost(char, _or_space(after)) < _STRANGE:
        return False
    kind = looked_at().get(char)
    return kind == _LETTER or (kind == _SIGN and before.isalpha() and after.isalpha())


def may_be_strange(first: str, second: str) -> bool:
    """Whether either of two neighbours can be strange: it costs at least half of that next to the other."""
    after = _counts(second, first) and _cost(_or_space(first), second) >= _STRANGE / 2
    return after or (_counts(first, second) and _cost(first, _or_space(second)) >= _STRANGE / 2)


def _counts(char: str, neighbour: str) -> bool:
    kind = looked_at().get(char)
    return kind == _LETTER or (kind == _SIGN and neighbour.isalpha())


def _or_space(char: str) -> str:
    return char if char.isalpha() else " "


@lru_cache(maxsize=1 << 14)
def _cost(first: str, second: str) -> float:
    return language.load().pair_cost(first, second)


@cache
def looked_at() -> dict[str, int]:
    """Which of the characters that the pairs may have made are looked at, as letters or as signs."""
    made = {char for pair in legacy_pairs() for char in pair.changed} - _ORDINARY
    return {
        char: _LETTER if char.isalpha() or not char.isprintable() else _SIGN
        for char in made
        if not 0x2190 <= ord(char) < 0x2600  # lines that are drawn, and arrows
    }
