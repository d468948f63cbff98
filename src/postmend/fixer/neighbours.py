"""What two characters side by side may be: one look at each place of a text.

Whatever the searches look for shows in some two neighbours: a first byte and one that may follow it, two letters that
hardly any language has side by side, a character with which a run of double bytes may begin. So there is a table of
characters by characters, those together that are alike in all this, and most places of most texts are passed by looking
them up. It is filled as pairs are met.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from postmend.fixer import doublemarks, language, strange, suspects
from postmend.fixer.decomposed import MARKS
from postmend.fixer.doublebyte import ODD_BYTES
from postmend.fixer.indentation import stand_ins
from postmend.fixer.remains import BEGINNINGS

WORD = 1  # the word in which the two stand is worth a look
DOCUMENT = 2  # the text is, for other reasons
_UNMET = 4

_BMP = 1 << 16  # no encoding that matters has a character from here on
_MOST = 2048  # kinds; the encodings have fewer
_FEW = 64  # places that are quicker to look at once more than their words
_NEW, _GAP, _ABOVE, _MORE = range(4)  # kinds: not met yet, between words, above, and what there is no room for
_GAPS = " \n\r\t"
_PAD = "\n\n"  # before a text and after it

Numbers = NDArray[np.int32]


class Neighbours:
    """The table; `neighbours()` gives the one shared instance."""

    def __init__(self) -> None:
        self._kinds = np.zeros(_BMP, np.int32)
        self._kinds[-1] = _ABOVE  # where all characters above are looked up
        self._verdicts = np.full(_MOST * _MOST, _UNMET, np.uint8)
        self._numbers: dict[object, int] = {}
        self._examples = ["", " ", "", ""]  # a character of each kind
        self._kinds[[ord(gap) for gap in _GAPS]] = _GAP
        self._meet(code for code in range(0x80) if chr(code) not in _GAPS)
        square = self._verdicts.reshape(_MOST, _MOST)
        square[: len(self._examples), : len(self._examples)] = 0  # ASCII with ASCII
        square[_NEW] = square[:, _NEW] = _UNMET
        square[_ABOVE, 1:] = square[1:, _ABOVE] = WORD
        square[_MORE, 1:] = square[1:, _MORE] = WORD | DOCUMENT

    def look(self, text: str) -> tuple[set[str], bool]:
        """The words that are worth a look, and whether the text is for any other reason."""
        padded = f"{_PAD}{text}{_PAD}"
        kinds, places, verdicts = self._looked(np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), "<u4"))
        if not places.size:
            return set(), False
        more = bool((verdicts & DOCUMENT).any())
        if places.size <= _FEW:
            places = places[[_is_worth_it(padded[at - 1 : at + 4]) for at in places.tolist()]]
        return _words(padded, kinds, places), more

    def _looked(self, codes: NDArray[np.uint32]) -> tuple[Numbers, NDArray[np.intp], NDArray[np.uint8]]:
        """The kinds of the characters; the places of the first of two that may be something, and what they may be."""
        kinds = self._kinds.take(codes, mode="clip")
        pairs = kinds[:-1] * _MOST + kinds[1:]
        found = self._verdicts.take(pairs, mode="clip")
        places = (found != 0).nonzero()[0]  # ten times as fast as without the comparison
        verdicts = found[places]
        unmet = places[verdicts == _UNMET]
        if not unmet.size:
            return kinds, places, verdicts
        new = codes[kinds == _NEW]
        if new.size:
            self._meet(np.unique(new).tolist())
        else:
            for pair in np.unique(pairs[unmet]).tolist():
                first, second = divmod(pair, _MOST)
                self._verdicts[pair] = _may_be(self._examples[first], self._examples[second])
        return self._looked(codes)

    def _meet(self, codes: Iterable[int]) -> None:
        """Gives each character a kind."""
        for code in codes:
            alike = _alike(chr(code))
            number = self._numbers.get(alike)
            if number is None:
                if len(self._examples) == _MOST:
                    number = _MORE
                else:
                    number = self._numbers[alike] = len(self._examples)
                    self._examples.append(chr(code))
            self._kinds[code] = number


@cache
def neighbours() -> Neighbours:
    """The table that all texts share."""
    return Neighbours()


def _alike(char: str) -> tuple[object, ...]:
    """What characters have in common that are the same next to any other."""
    looked_at = strange.looked_at().get(char)
    symbol = language.load().symbol(char) if looked_at or char.isalpha() else ""
    odd = [ODD_BYTES.search(pair) is None for pair in (f"{char}?", f"?{char}", f"\u4e00{char}", f"{char}\uac00")]
    begins = doublemarks.may_begin(char)
    return (
        suspects.parts_of(char),
        looked_at,
        symbol,
        char.isascii(),
        char.isalpha(),
        begins,
        MARKS.match(char) is None,
        char if char in stand_ins() or any(char in both for both in BEGINNINGS) else "",
        *odd,
    )


def _may_be(first: str, second: str) -> int:
    """What two characters may be, whatever stands around them."""
    word = (
        suspects.may_begin(first + second)
        or strange.may_be_strange(first, second)
        or (first.isascii() and doublemarks.may_begin(second))
    )
    both = first + second
    rest = (
        MARKS.match(second) or ODD_BYTES.match(both) or both in BEGINNINGS or (first == second and first in stand_ins())
    )
    return WORD * word | DOCUMENT * bool(rest)


@lru_cache(maxsize=1 << 16)
def _is_worth_it(context: str) -> bool:
    """Whether the second and third of these five characters make their word worth a look, now that more is known of
    what stands around them."""
    before, first, second, third = context[0], context[1], context[2], context[3]
    return (
        suspects.may_begin(context[1:])
        or strange.is_strange(before, first, second)
        or strange.is_strange(first, second, third)
        or (first.isascii() and doublemarks.may_begin(context[2:]))
    )


def _words(padded: str, kinds: Numbers, at: NDArray[np.intp]) -> set[str]:
    """The words in which these places are."""
    if not at.size:
        return set()
    gaps = (kinds == _GAP).nonzero()[0]
    within = at + (kinds[at] == _GAP)
    ends = np.unique(gaps.searchsorted(within))
    edges = zip(gaps[ends - 1].tolist(), gaps[ends].tolist(), strict=True)
    return {padded[start + 1 : end] for start, end in edges}
