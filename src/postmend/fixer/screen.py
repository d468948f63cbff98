"""Looks for candidates where they can be: most codecs are ruled out by a sample of a damaged document's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from postmend.fixer import language
from postmend.fixer.codecs import SingleByteCodec, misreadings
from postmend.fixer.spans import Candidate, candidates

SAMPLE = 60  # words; a hundred have shown no other result
MOST_LIKELY = 6  # codecs that are tried on all words; siblings such as windows-1252 and -1254 come in such groups

Found = dict[str, list[Candidate]]


def find_candidates(words: Sequence[str]) -> Found:
    """The candidates of each word, by all codecs that may matter; every word has an entry.

    What the likely codecs leave unexplained is tried with all others, so that a second accident is not overlooked.
    """
    found: Found = {word: [] for word in words}
    characters = set("".join(words))
    suspects = [c for c in misreadings() if c.may_have_damaged(characters)]
    sample = words[:: max(1, len(words) // SAMPLE)]
    _add(found, sample, suspects)
    if len(sample) < len(words):
        likely = _likely(found, suspects)
        rest = sorted(set(words).difference(sample))
        _add(found, rest, likely)
        puzzling = [w for w in rest if not any(c.whole_word and c.gain > 0 for c in found[w])]
        _add(found, puzzling, [c for c in suspects if c not in likely])
    return found


def _add(found: Found, words: Sequence[str], codecs: Iterable[SingleByteCodec]) -> None:
    for codec in codecs:
        for candidate in candidates(words, codec, language.load()):
            found[candidate.word].append(candidate)


def _likely(found: Found, suspects: Sequence[SingleByteCodec]) -> list[SingleByteCodec]:
    """The codecs that explain most of the words looked at, most likely first; none of no evidence at all."""
    weights: Counter[str] = Counter()
    for candidate in (c for group in found.values() for c in group):
        if candidate.whole_word and candidate.gain > 0:
            weights[candidate.codec] += candidate.gain  # type: ignore[assignment]
    ranked = sorted(suspects, key=lambda c: (-weights[c.name], c.rarity, c.name))
    return [c for c in ranked[:MOST_LIKELY] if weights[c.name] > 0]
