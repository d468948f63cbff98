"""Words that a document has twice: as they were written, and as an old encoding makes them.

One word may look like any other by one of a hundred pairs of encodings. That it becomes a word of the same document,
letter by letter, is no chance: the title of a post stands in its text again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from postmend.fixer.accidents import candidates
from postmend.fixer.choosing import Choice
from postmend.fixer.legacy import legacy_pairs
from postmend.fixer.places import Place, places
from postmend.fixer.spans import Candidate, distinct_words, is_text

_LEAST_GAIN = 10.0  # nats: which of the two is the damaged one
_LETTERS = 5  # of such a word: shorter ones become others by chance
_EDGES = ".,;:!?()[]{}*_\"'`<>#/\\|=+-"
_LEAD = 40.0  # nats over any other reading, which is no word of the document


def recurring(text: str) -> list[Place]:
    """The damaged ones of such words, where `text` has them."""
    words = distinct_words(text)
    known = {core for word in words if _letters(core := word.strip(_EDGES)) >= _LETTERS}
    suspects = _suspects(known)
    if not suspects:
        return []
    damaged = [word for word in words if word.strip(_EDGES) in suspects]
    used: Counter[str] = Counter()
    for word, times in words.items():
        used.update(dict.fromkeys(word, times))
    return list(places(text, _choices(damaged, known, used)))


def _letters(core: str) -> int:
    return sum(map(str.isalpha, core))


def _suspects(known: Iterable[str]) -> set[str]:
    """The words that differ from another in their foreign characters only."""
    alike: dict[bytes, list[str]] = defaultdict(list)
    for core in known:
        alike[core.encode("ascii", "replace")].append(core)
    return {core for key, cores in alike.items() if len(cores) > 1 and len(key) > 2 * key.count(b"?") for core in cores}


def _choices(words: Sequence[str], known: set[str], used: Mapping[str, int]) -> Iterator[Choice]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for c in candidates((pair, words) for pair in legacy_pairs()):
        if c.whole_word and c.gain >= _LEAST_GAIN and is_text(c.new) and _is_known(c, known) and _is_at_home(c, used):
            found[c.word].append(c)
    for group in found.values():
        if len({c.new for c in group}) == 1:
            yield Choice(group[0], _LEAD, 0.0, 0.0)


def _is_at_home(candidate: Candidate, used: Mapping[str, int]) -> bool:
    """Whether letters come out, and each is commoner in the document than what stands there."""
    pairs = [(a, b) for a, b in zip(candidate.old, candidate.new, strict=False) if a != b]
    same_length = len(candidate.old) == len(candidate.new)
    return same_length and all(b.isalpha() and used[b] > used[a] for a, b in pairs)


def _is_known(candidate: Candidate, known: set[str]) -> bool:
    word, span = candidate.word, candidate.span
    return (word[: span.start] + candidate.new + word[span.end :]).strip(_EDGES) in known
