"""How likely a piece of text is, in any of the languages that the model has seen.

A pooled character trigram model with Witten-Bell back-off over the symbols of `alphabet`. It is not there to name a
language; it tells writing from noise. The counts are in `language.model`, made by `tools/train_language_model.py`.

File format: zlib over a JSON head, a NUL byte, and one byte a value, in eighths of a nat, sign dropped. The head lists
the symbols and, row by row, each context (one or two symbols) with all the symbols seen after it. The values follow in
the order of unigrams, back-off weights of bigram rows, bigrams, back-off weights of trigram rows, trigrams.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from pkgutil import get_data  # importlib.resources takes 10 ms to import
from typing import TYPE_CHECKING

from postmend.fixer import alphabet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

Item = tuple[str, str, str]  # what stands before a text, the text, what stands after

WORTH_ARRAYS = 5000  # texts, in all, that take longer to score one by one than NumPy to import and the arrays to build
SMALL = 20  # texts of one batch that are quicker to score one by one
_CHUNK = 1 << 14  # texts in the arrays at a time: more of them don't fit the processor's cache
_EIGHTH = -0.125  # nats a unit
_UNSEEN = -16.0  # a symbol that training never met in any position (nats)
_NOTHING = "\0"  # no symbol: stands before a context of one
_ABSENT = 255  # where the arrays hold no trigram

# A character's share of its class, in whole eighths like all else here: so sums are exact in any order.
_EMISSION = {symbol: round(share / _EIGHTH) * _EIGHTH for symbol, share in alphabet.EMISSION.items()}


class _Symbols(dict[str, str]):
    """Character to symbol; characters without an entry are classified when first met."""

    def __missing__(self, char: str) -> str:
        symbol = alphabet.plain_symbol(char) or alphabet.class_of(char)
        self[char] = symbol
        return symbol


class _Table:
    """log P(symbol | context) and the back-off weight of each context, for contexts of one length.

    Kept as a few long strings: a dictionary of 150,000 n-grams would take longer to build than most posts to repair.
    """

    __slots__ = ("_numbers", "_offsets", "backoff", "probability", "rows", "width")

    def __init__(self, rows: list[str], width: int, backoff: bytes, probability: bytes) -> None:
        self.rows = rows
        self.width = width
        self.backoff = backoff
        self.probability = probability
        self._numbers = {row[:width]: number for number, row in enumerate(rows)}
        self._offsets = list(accumulate((len(row) - width for row in rows), initial=-width))

    def find(self, context: str, symbol: str) -> tuple[float | None, float]:
        """The log probability, None if the two were never seen together, and the weight of the context's back-off."""
        number = self._numbers.get(context)
        if number is None:
            return None, 0.0
        at = self.rows[number].find(symbol, self.width)
        if at < 0:
            return None, self.backoff[number] * _EIGHTH
        return self.probability[self._offsets[number] + at] * _EIGHTH, 0.0


class LanguageModel:
    """Log probabilities of text. Immutable after loading; `load()` gives the one shared instance."""

    def __init__(self, packed: bytes) -> None:
        head, _, values = zlib.decompress(packed).partition(b"\0")
        table = json.loads(head)
        self._symbols = _Symbols(
            {c: alphabet.plain_symbol(c) or c for c in table["own"] if c not in alphabet.CLASS_SIZES}
            | dict.fromkeys(table["han_common"], alphabet.HAN_COMMON)
            | dict.fromkeys(table["han_usual"], alphabet.HAN_USUAL)
            | dict.fromkeys(table["hangul_common"], alphabet.HANGUL_COMMON)
        )
        unigrams: str = table["unigrams"]
        bigrams, trigrams = table["bigrams"].split("\n"), table["trigrams"].split("\n")
        sizes = [len(unigrams), len(bigrams), sum(map(len, bigrams)) - len(bigrams), len(trigrams)]
        one, two_backoff, two, three_backoff, three = _cut(values, sizes)
        self._unigrams = {c: value * _EIGHTH for c, value in zip(unigrams, one, strict=True)}
        self._bigrams = _Table(bigrams, 1, two_backoff, two)
        self._later = (trigrams, 2, three_backoff, three)
        self.score = lru_cache(maxsize=1 << 16)(self._score)
        self._step = lru_cache(maxsize=1 << 16)(self._looked_up)
        self._asked = 0

    def scores(self, items: Sequence[Item]) -> list[float]:
        """What `score` gives for each item; much faster where there are many."""
        self._asked += len(items)
        if len(items) < SMALL or self._asked < WORTH_ARRAYS:
            return [self.score(*item) for item in items]
        return [s for at in range(0, len(items), _CHUNK) for s in self._arrays.scores(items[at : at + _CHUNK])]

    def chance(self, before: str, char: str) -> float:
        """log P of one character after one or two others: what `score` gives, quicker where hardly any come again."""
        symbols = self._symbols
        first = symbols[before[-2]] if len(before) > 1 else _NOTHING
        return self._step(first, symbols[before[-1]], symbols[char])

    def pair_cost(self, first: str, second: str) -> float:
        """What the second of two characters costs after the first (nats), whatever stands before them."""
        before, symbol = self._symbols[first], self._symbols[second]
        found, backoff = self._bigrams.find(before, symbol)
        chance = found if found is not None else backoff + self._unigrams.get(symbol, _UNSEEN)
        return -chance - _EMISSION.get(symbol, 0.0)

    def symbol(self, char: str) -> str:
        """What the model counts a character as: any two of one symbol cost the same anywhere."""
        return self._symbols[char]

    def pair_costs(self, firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> Numbers:
        """The same for many pairs of code points, in eighths of a nat."""
        return self._arrays.pair_costs(firsts, seconds)

    @cached_property
    def _trigrams(self) -> _Table:
        """Most of the model. Pairs of characters, which every post is asked about, do without."""
        return _Table(*self._later)

    @cached_property
    def _arrays(self) -> _Arrays:
        return _Arrays(self._symbols, self._unigrams, self._bigrams, self._trigrams)

    def _score(self, before: str, text: str, after: str) -> float:
        """log P(text, after | before) in nats; `before` and `after` are up to two characters of context: at the start
        of a word one space, since what stands before that is no part of the question.

        What follows belongs to the price: a letter that makes the next one impossible is a bad reading.
        """
        symbols = self._symbols
        before = before[-2:] or " "
        line = "".join([symbols[c] for c in before + text + after[:2]])
        if len(before) == 1:
            line = _NOTHING + line
        return sum(map(self._step, line, line[1:], line[2:]), 0.0)

    def _looked_up(self, first: str, second: str, symbol: str) -> float:
        """log P of a symbol after the two before it, and of each character within the symbol's class."""
        total = _EMISSION.get(symbol, 0.0)
        found, backoff = self._trigrams.find(first + second, symbol)
        if found is not None:
            return total + found
        total += backoff
        found, backoff = self._bigrams.find(second, symbol)
        return total + (found if found is not None else backoff + self._unigrams.get(symbol, _UNSEEN))


class _Arrays:
    """The same probabilities for many texts at once, in NumPy arrays over numbered symbols: eighths of a nat, sign
    dropped. Number 0 is no symbol; it stands before a context of one."""

    def __init__(self, symbols: _Symbols, unigrams: Mapping[str, float], bigrams: _Table, trigrams: _Table) -> None:
        import numpy as np

        self._symbols = symbols
        known = sorted({*symbols.values(), *unigrams, *alphabet.CLASS_SIZES, *"".join(bigrams.rows)})
        self._numbers = {symbol: number for number, symbol in enumerate(known, 1)}
        self._of_code = np.zeros(0x110000, np.int32)  # 0 for characters that were not met yet
        self._of_code[[ord(char) for char in symbols]] = [self._numbers[symbol] for symbol in symbols.values()]
        self._size = len(known) + 1
        self._emission = np.array([0, *(round(_EMISSION.get(s, 0.0) / _EIGHTH) for s in known)], np.int32)
        self._set_bigrams(bigrams, np.array([0, *(round(unigrams.get(s, _UNSEEN) / _EIGHTH) for s in known)]))
        self._set_trigrams(trigrams)

    def _grams(self, table: _Table) -> tuple[Numbers, Numbers, Numbers]:
        """The contexts of a table, a number each, and the row and the symbol of each of its n-grams."""
        import numpy as np

        # A class symbol in a text is a private-use character, and so of another number than the symbol itself.
        flat = np.array([self._numbers[symbol] for symbol in "".join(table.rows)], np.int32)
        lengths = np.array([len(row) for row in table.rows])
        starts = lengths.cumsum() - lengths
        is_symbol = np.ones(len(flat), np.bool_)
        contexts = np.zeros(len(starts), np.int32)
        for place in range(table.width):
            is_symbol[starts + place] = False
            contexts = contexts * self._size + flat[starts + place]
        rows = np.arange(len(starts), dtype=np.int32).repeat(lengths - table.width)
        return contexts, rows, flat[is_symbol]

    def _set_bigrams(self, table: _Table, alone: Numbers) -> None:
        """One value for each pair of symbols, by back-off where it was never seen."""
        import numpy as np

        contexts, rows, symbols = self._grams(table)
        backoff = np.zeros((self._size, 1), np.int32)
        backoff[contexts, 0] = np.frombuffer(table.backoff, np.uint8)
        pairs = backoff + alone.astype(np.int32)
        pairs[contexts[rows], symbols] = np.frombuffer(table.probability, np.uint8)
        self._pairs = pairs.ravel()

    def _set_trigrams(self, table: _Table) -> None:
        """Rows from the first to the last symbol seen after a context. The numbers follow the alphabets, so a row is
        short: in full they would take six times the room. Row 0 is that of all pairs that are no context, and empty."""
        import numpy as np

        contexts, rows, symbols = self._grams(table)
        begins = np.searchsorted(rows, np.arange(len(contexts)))
        lowest, highest = np.minimum.reduceat(symbols, begins), np.maximum.reduceat(symbols, begins)
        self._ends = np.concatenate(([0], (highest - lowest + 1).cumsum(dtype=np.int32))).astype(np.int32)
        self._shifts = np.concatenate(([0], self._ends[:-1] - lowest)).astype(np.int32)
        self._backoff = np.frombuffer(b"\0" + table.backoff, np.uint8)
        self._triples = np.full(self._ends[-1] + 1, _ABSENT, np.uint8)
        self._triples[self._shifts[1:][rows] + symbols] = np.frombuffer(table.probability, np.uint8)
        self._rows = np.zeros(self._size**2, np.int32)
        self._rows[contexts] = np.arange(1, len(contexts) + 1)

    def scores(self, items: Sequence[Item]) -> list[float]:
        """The score of each item. All are laid out in one line, each after a place of no symbol."""
        import numpy as np

        parts = [part for before, text, after in items for part in (" ", before[-2:] or " ", text, after[:2])]
        sizes = np.fromiter(map(len, parts), np.intp, len(parts)).reshape(-1, 4)
        lengths = sizes.sum(axis=1)
        starts = lengths.cumsum() - lengths
        line = self._numbered(np.frombuffer("".join(parts).encode("utf-32-le", "surrogatepass"), "<u4"))
        line[starts] = 0
        costs = np.zeros(len(line), np.int32)
        costs[2:] = self._costs(line)
        for place, given in enumerate((starts, starts, starts[sizes[:, 1] == 2])):
            costs[given + place] = 0
        return [cost * _EIGHTH for cost in np.add.reduceat(costs, starts).tolist()]

    def pair_costs(self, firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> Numbers:
        """What each code point costs after another."""
        last = self._numbered(seconds)
        return self._pairs.take(self._numbered(firsts) * self._size + last) + self._emission.take(last)

    def _numbered(self, codes: NDArray[np.uint32]) -> Numbers:
        """The number of the symbol of each code point."""
        import numpy as np

        line = self._of_code.take(codes)
        if not line.all():
            for code in np.unique(codes[line == 0]).tolist():
                self._of_code[code] = self._numbers[self._symbols[chr(code)]]
            line = self._of_code.take(codes)
        return line

    def _costs(self, line: Numbers) -> Numbers:
        """What each symbol from the third on costs after the two before it."""
        import numpy as np

        second, last = line[1:-1], line[2:]
        rows = self._rows.take(line[:-2] * self._size + second)
        at = self._shifts.take(rows) + last
        inside = (at < self._ends.take(rows)) & (at >= self._ends.take(rows - 1, mode="clip"))
        triples = np.where(inside, self._triples.take(at, mode="clip"), _ABSENT)
        pairs = self._backoff.take(rows) + self._pairs.take(second * self._size + last)
        return np.where(triples == _ABSENT, pairs, triples) + self._emission.take(last)


def _cut(values: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    """The values in pieces of these sizes, and what is left."""
    for size in sizes:
        yield values[:size]
        values = values[size:]
    yield values


@cache
def load() -> LanguageModel:
    """The model that comes with the package, read once."""
    return LanguageModel(get_data("postmend.fixer", "language.model") or b"")
