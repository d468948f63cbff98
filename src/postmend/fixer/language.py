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
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

from postmend.fixer import alphabet

_EIGHTH = -0.125  # nats a unit
_UNSEEN = -16.0  # a symbol that training never met in any position (nats)


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

    __slots__ = ("_backoff", "_numbers", "_offsets", "_probability", "_rows", "_width")

    def __init__(self, rows: list[str], width: int, backoff: bytes, probability: bytes) -> None:
        self._rows = rows
        self._width = width
        self._numbers = {row[:width]: number for number, row in enumerate(rows)}
        self._offsets = list(accumulate((len(row) - width for row in rows), initial=-width))
        self._backoff = backoff
        self._probability = probability

    def find(self, context: str, symbol: str) -> tuple[float | None, float]:
        """The log probability, None if the two were never seen together, and the weight of the context's back-off."""
        number = self._numbers.get(context)
        if number is None:
            return None, 0.0
        at = self._rows[number].find(symbol, self._width)
        if at < 0:
            return None, self._backoff[number] * _EIGHTH
        return self._probability[self._offsets[number] + at] * _EIGHTH, 0.0


class LanguageModel:
    """Log probabilities of text. Immutable after loading; `load()` gives the one shared instance."""

    def __init__(self, packed: bytes) -> None:
        head, _, values = zlib.decompress(packed).partition(b"\0")
        table = json.loads(head)
        self._symbols = _Symbols(
            {c: alphabet.plain_symbol(c) or c for c in table["own"]}
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
        self._trigrams = _Table(trigrams, 2, three_backoff, three)
        self.score = lru_cache(maxsize=1 << 16)(self._score)

    def _step(self, context: str, symbol: str) -> float:
        """log P(symbol | context), context being one or two symbols."""
        if len(context) == 2:
            found, backoff = self._trigrams.find(context, symbol)
            return found if found is not None else backoff + self._step(context[1], symbol)
        found, backoff = self._bigrams.find(context, symbol)
        return found if found is not None else backoff + self._unigrams.get(symbol, _UNSEEN)

    def _score(self, before: str, text: str, after: str) -> float:
        """log P(text, after | before) in nats; `before` and `after` are up to two characters of context: at the start
        of a word one space, since what stands before that is no part of the question.

        What follows belongs to the price: a letter that makes the next one impossible is a bad reading.
        """
        symbols = self._symbols
        context = "".join([symbols[c] for c in before[-2:]]) or " "
        total = 0.0
        for symbol in [symbols[c] for c in text + after[:2]]:
            total += self._step(context, symbol) + alphabet.EMISSION.get(symbol, 0.0)
            context = context[-1] + symbol
        return total


def _cut(values: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    """The values in pieces of these sizes, and what is left."""
    for size in sizes:
        yield values[:size]
        values = values[size:]
    yield values


@cache
def load() -> LanguageModel:
    """The model that comes with the package, read once."""
    return LanguageModel(files("postmend.fixer").joinpath("language.model").read_bytes())
