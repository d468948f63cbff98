"""Which words of a text are unlike the words of any language, letter by letter.

Where one old encoding was read as another, nothing but this tells. Asked is only what each foreign character costs
between its neighbours. That takes no words, and of the model only the part that is quick to load, so it can be asked of
every document.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from postmend.fixer import language
from postmend.fixer.alphabet import DASHES, QUOTES
from postmend.fixer.layout import BMP, Layout
from postmend.fixer.legacy import legacy_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRANGE = 18.0  # nats that a character costs after the one before it, and the one after it then
_LETTER, _SIGN = 2, 1
# Signs that stand next to letters in any text. Others count if they stand between two.
_ORDINARY = frozenset(QUOTES + DASHES + "•·°®™…×÷±²³¹µ\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")


def strange_words(layout: Layout) -> set[str]:
    """The words that hold a letter which some pair of old encodings may have made, and which costs too much."""
    if layout.by_array:
        return _by_array(layout) if layout.foreign.size else set()
    return {word for word in layout.words if _is_strange(word)}


def _is_strange(word: str) -> bool:
    padded = f" {word} "
    for before, char, after in zip(padded, padded[1:], padded[2:], strict=False):
        kind = 0 if char.isascii() else looked_at().get(char, 0)
        if kind == _LETTER or (kind == _SIGN and before.isalpha() and after.isalpha()):
            before, after = (c if c.isalpha() else " " for c in (before, after))
            if _cost(before, char, after) >= STRANGE:
                return True
    return False


@lru_cache(maxsize=1 << 14)
def _cost(before: str, char: str, after: str) -> float:
    model = language.load()
    return model.pair_cost(before, char) + model.pair_cost(char, after)


def _by_array(layout: Layout) -> set[str]:
    kinds, letters = _tables()
    codes = layout.codes
    kind = kinds.take(codes[layout.foreign], mode="clip")
    chosen = kind.nonzero()[0]
    at, kind = layout.foreign[chosen], kind[chosen]
    neighbours = [codes[at - 1], codes[at + 1]]
    is_letter = [letters.take(near, mode="clip") for near in neighbours]
    counted = ((kind == _LETTER) | (is_letter[0] & is_letter[1])).nonzero()[0]
    if not counted.size:
        return set()
    at = at[counted]
    before, after = (
        _or_space(near[counted], known[counted]) for near, known in zip(neighbours, is_letter, strict=True)
    )
    model, char = language.load(), codes[at]
    costs = model.pair_costs(before, char) + model.pair_costs(char, after)
    strange = (costs >= STRANGE * 8).nonzero()[0]
    return set(layout.words_at(at[strange])[0]) if strange.size else set()


def _or_space(codes: NDArray[np.uint32], is_letter: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """The code points of letters; a space in place of all others."""
    import numpy as np

    return np.where(is_letter, codes, np.uint32(ord(" ")))


@cache
def looked_at() -> dict[str, int]:
    """Which of the characters that the pairs may have made are looked at, as letters or as signs."""
    made = {char for pair in legacy_pairs() for char in pair.changed} - _ORDINARY
    return {
        char: _LETTER if char.isalpha() or not char.isprintable() else _SIGN
        for char in made
        if not 0x2190 <= ord(char) < 0x2600  # lines that are drawn, and arrows
    }


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The kind of each character, and whether it is a letter, by code point."""
    import numpy as np

    kinds = np.zeros(BMP, np.uint8)
    for char, kind in looked_at().items():
        kinds[ord(char)] = kind
    letters = np.fromiter((chr(code).isalpha() for code in range(BMP)), np.bool_, BMP)
    return kinds, letters
