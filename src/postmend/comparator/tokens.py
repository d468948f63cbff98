"""Text as a sequence of 64-bit token hashes, and as a set of 48-bit hashes of five-token runs.

A token is a word, or one character in scripts that are written without spaces. All arithmetic is on unsigned
64-bit integers that wrap, so that a text has the same hashes on every machine and with every version of
Python and numpy (as far as they agree on Unicode: characters that are younger than Unicode 14 may not be
letters to all of them).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]

SHINGLE = 5  # tokens in a run; 3 and 5 find about the same, characters raise false alarms (design notes)
# Two different runs of two posts of a thousand words agree once in 300 million pairs. The 16 bits that are left of a
# number hold the post that a run is from, in joins and on disk.
SHINGLE_BITS = 48

_SEPARATOR, _WORD, _SINGLE = 0, 1, 2
# Thai and Lao; Myanmar; Khmer; kana; Han with its extensions.
_SPACELESS = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x3005, 0x3008),
    (0x3040, 0x3100),
    (0x31F0, 0x3200),
    (0x3400, 0x4DC0),
    (0x4E00, 0xA000),
    (0xF900, 0xFB00),
    (0x1AFF0, 0x1B170),
    (0x20000, 0x40000),
)
_VARIATION_SELECTORS = (0xFE00, 0xFE10)
_JAMO = (0x1100, 0x1200)  # parts of Korean syllables
_ALPHABETS = 0x3000  # all alphabets are below
_HARD = 0xFFFF  # stands for characters that can't be folded one by one

# Odd, and so invertible modulo 2**64. The digits of pi and e: no better than others, but nobody chose them.
_BASE = 0x243F6A8885A308D3
_RUN_BASE = 0xB7E151628AED2A6B


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a text: where each starts and ends (code points), and its hash.

    `singles` is the number of those that are one character of a script without spaces.
    """

    starts: Offsets
    ends: Offsets
    hashes: Hashes
    singles: int

    def __len__(self) -> int:
        return len(self.hashes)


def fold(text: str) -> str:
    """The text in NFKC and without case. Its length may change."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def fold_in_place(text: str) -> str:
    """The text folded character by character where that keeps its length, so that offsets stay true."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDED = _Folded()


def tokenise(folded: str) -> Tokens:
    """The tokens of a folded text.

    A token's hash is that of its code points c(0), c(1) ... as the polynomial c(0) + c(1) B + c(2) B² ...
    modulo 2**64 (Karp and Rabin 1987), mixed. All tokens are added up at once with powers that count from the
    beginning of the text; the inverse power of its start brings each back to zero.
    """
    codes = _code_points(folded)
    kinds = _kinds()[codes]
    word = kinds == _WORD
    single = kinds == _SINGLE
    begins, finishes = word.copy(), word.copy()
    begins[1:] &= ~word[:-1]
    finishes[:-1] &= ~word[1:]
    starts = np.flatnonzero(begins | single)
    ends = np.flatnonzero(finishes | single) + 1
    hashes = _hashed(np.where(kinds == _SEPARATOR, np.uint32(0), codes), starts)
    return Tokens(starts, ends, hashes, int(single.sum()))


def token_hashes(text: str) -> tuple[Hashes, int]:
    """The hashes of `tokenise(fold(text))`, and how many tokens are single characters of scripts without spaces; at
    less than half of the cost for text in an alphabet.
    """
    folded = _folded_letters(_code_points(text))
    if folded is None:
        tokens = tokenise(fold(text))
        return tokens.hashes, tokens.singles
    edges = np.concatenate(([False], folded != 0, [False]))
    return _hashed(folded, np.flatnonzero(edges[1:] > edges[:-1])), 0


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _hashed(codes: NDArray[Any], starts: Offsets) -> Hashes:
    """The hashes of the tokens that begin at `starts`. Code points between tokens are 0."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    powers, inverses = _powers(len(codes))
    return mix(np.add.reduceat(codes * powers[: len(codes)], starts) * inverses[starts])


def _folded_letters(codes: NDArray[np.uint32]) -> NDArray[np.uint16] | None:
    """The folded code points, 0 for what is no part of a word; None where characters can't be folded one by one."""
    folded = _letters().take(codes, mode="clip")
    if folded.max(initial=0) == _HARD:
        hard = folded == _HARD
        if not all(map(_is_gap, np.unique(codes[hard]).tolist())):
            return None
        folded[hard] = 0
    return folded


@cache
def _is_gap(code: int) -> bool:
    """Whether a character separates words, as emoji do."""
    return not len(tokenise(fold(chr(code))))


@cache
def _letters() -> NDArray[np.uint16]:
    """Of the characters that fold into one letter or digit, that; 0 for those that fold into none; else `_HARD`.

    A text without marks, which are hard, and without the parts of Korean syllables is folded character by character:
    nothing else becomes one with what stands before it.
    """
    between = "\N{LINE FEED}"
    pieces = fold(between.join(map(chr, range(ord(between) + 1, _ALPHABETS)))).split(between)
    table = np.zeros(_ALPHABETS, np.uint16)
    for code, piece in enumerate(pieces, ord(between) + 1):
        majors = {unicodedata.category(char)[0] for char in piece}
        if not majors.isdisjoint("LMN"):
            is_letter = len(piece) == 1 and "M" not in majors and not _is_hard(ord(piece))
            table[code] = ord(piece) if is_letter else _HARD
    table[-1] = _HARD  # stands for all characters beyond
    return table


def _is_hard(code: int) -> bool:
    return code >= _HARD or any(start <= code < end for start, end in (*_SPACELESS, _JAMO))


def shingles(hashes: Hashes) -> Hashes:
    """The sorted, unique hashes (48 bits) of all runs of five tokens; of the one shorter run when there are fewer."""
    if not len(hashes):
        return hashes
    found = runs(hashes, min(SHINGLE, len(hashes))) >> np.uint64(64 - SHINGLE_BITS)
    found.sort()
    # np.unique does the same at four times the cost.
    return found[np.concatenate(([True], found[1:] != found[:-1]))]


def runs(hashes: Hashes, length: int) -> Hashes:
    """The hash of each run of `length` tokens, in text order."""
    count = len(hashes) - length + 1
    powers, inverses = _powers(len(hashes) + 1, _RUN_BASE)
    sums = np.zeros(len(hashes) + 1, np.uint64)
    np.cumsum(hashes * powers[: len(hashes)], out=sums[1:])
    return mix((sums[length:] - sums[:count]) * inverses[:count])


def mix(values: Hashes) -> Hashes:
    """SplitMix64's finalizer (Steele, Lea, Flood 2014): each bit of the input moves each of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _powers(length: int, base: int = _BASE) -> tuple[Hashes, Hashes]:
    """At least `length` powers of the base and of its inverse."""
    return _power_table(max(1 << 14, 1 << (length - 1).bit_length()), base)


@cache
def _power_table(length: int, base: int) -> tuple[Hashes, Hashes]:
    return _geometric(base, length), _geometric(pow(base, -1, 1 << 64), length)


def _geometric(base: int, length: int) -> Hashes:
    factors = np.full(length, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


@cache
def _kinds() -> NDArray[Any]:
    """What each code point is: part of a word, a token of its own, or neither."""
    kinds = np.zeros(0x110000, np.uint8)
    # Above plane 1 there is Han only (and private use), which the ranges cover.
    categories = "".join(unicodedata.category(chr(code))[0] for code in range(0x20000))
    major = np.frombuffer(categories.encode(), np.uint8)
    kinds[:0x20000] = np.isin(major, np.frombuffer(b"LMN", np.uint8))
    for start, end in _SPACELESS:
        stretch = kinds[start:end]
        stretch[stretch == _WORD] = _SINGLE
    kinds[0x20000:0x40000] = _SINGLE
    # An emoji's variation selector is a mark to Unicode, but no word to a reader.
    kinds[slice(*_VARIATION_SELECTORS)] = _SEPARATOR
    return kinds
