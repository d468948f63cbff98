"""How likely a piece of text is, in any of the languages that the model has seen.

A pooled character trigram model with Witten-Bell back-off over the symbols of `alphabet`. It is not there to name a
language; it tells writing from noise. The counts are in `language.model`, made by `tools/train_language_model.py`.

File format: zlib over a JSON head, a NUL byte, and one byte a value, in eighths of a nat, sign dropped: unigram
probabilities, unigram back-off weights, bigram probabilities, bigram back-off weights, trigram probabilities.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from postmend.fixer import alphabet

_EIGHTH = 0.125
_UNSEEN = -16.0  # a symbol that training never met in any position (nats)


class _Symbols(dict[str, str]):
    """Character to symbol; characters without an entry are classified when first met."""

    def __missing__(self, char: str) -> str:
        symbol = alphabet.plain_symbol(char) or alphabet.class_of(char)
        self[char] = symbol
        return symbol


class LanguageModel:
    """Log probabilities of text. Immutable after loading; `load()` gives the one shared instance."""

    def __init__(self, packed: bytes) -> None:
        head, _, values = zlib.decompress(packed).partition(b"\0")
        table = json.loads(head)
        self._symbols = _Symbols(
            {c: c for c in table["own"]}
            | dict.fromkeys(table["han_common"], alphabet.HAN_COMMON)
            | dict.fromkeys(table["han_usual"], alphabet.HAN_USUAL)
            | dict.fromkeys(table["hangul_common"], alphabet.HANGUL_COMMON)
        )
        # Frequent characters of the sources, white space and digits included, share symbols that training chose.
        self._symbols |= {c: alphabet.plain_symbol(c) or s for c, s in self._symbols.items()}
        unigrams, bigrams, trigrams = (table[k].split("\n") for k in ("unigrams", "bigrams", "trigrams"))
        nats = [-v * _EIGHTH for v in range(256)]
        numbers: Iterator[float] = iter(map(nats.__getitem__, values))
        self._unigram: dict[str, float] = dict(zip(unigrams, numbers, strict=False))
        self._unigram_backoff: dict[str, float] = dict(zip(unigrams, numbers, strict=False))
        self._bigram: dict[str, float] = dict(zip(bigrams, numbers, strict=False))
        self._bigram_backoff: dict[str, float] = dict(zip(bigrams, numbers, strict=False))
        self._trigram: dict[str, float] = dict(zip(trigrams, numbers, strict=False))
        self.score = lru_cache(maxsize=1 << 16)(self._score)

    def _step(self, context: str, symbol: str) -> float:
        """log P(symbol | context), context being one or two symbols."""
        if len(context) == 2:
            found = self._trigram.get(context + symbol)
            if found is not None:
                return found
            return self._bigram_backoff.get(context, 0.0) + self._step(context[1], symbol)
        found = self._bigram.get(context + symbol)
        if found is not None:
            return found
        return self._unigram_backoff.get(context, 0.0) + self._unigram.get(symbol, _UNSEEN)

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

    def knows(self, char: str) -> bool:
        """Whether the character is one of those that the model has seen in running text."""
        return self._symbols[char] not in alphabet.CLASS_SIZES or self._symbols[char] in _USUAL_CLASSES


_USUAL_CLASSES = {
    alphabet.HAN_COMMON,
    alphabet.HAN_USUAL,
    alphabet.HANGUL_COMMON,
    alphabet.EMOJI,
    alphabet.DINGBAT,
}


@cache
def load() -> LanguageModel:
    """The model that comes with the package, read once."""
    return LanguageModel(files("postmend.fixer").joinpath("language.model").read_bytes())
