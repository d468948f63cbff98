"""Looks for candidates where they can be.

Three searches over the words of a text say which are worth a look, and by which accidents: those that hold misread
UTF-8, in single bytes or by twos, and those that are unlike any language. Most documents have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from postmend.fixer.accidents import Accident, candidates
from postmend.fixer.codecs import misreadings
from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.fixer.doublemarks import double_marks
from postmend.fixer.glance import glances, worth_a_look
from postmend.fixer.legacy import legacy_pairs, pairs_by_target
from postmend.fixer.spans import Candidate, distinct_words, is_text
from postmend.fixer.strange import strange_words
from postmend.fixer.suspects import marks

SAMPLE = 60  # words; a hundred have shown no other result
MOST_LIKELY = 6  # pairs that are tried on all words; siblings such as windows-1252 and ISO-8859-1 come in such groups
EXPLAINED = 18.0  # nats from which an accident explains a word so well that pairs need not be tried
LEAST_WORTH = 6.0  # nats below which no candidate of a document can be worth a report
WORTH_MORE = 10.0  # nats that some strange word has to gain for the others to be looked at
MANY = 1  # odd words for each that UTF-8 explains, from which on they are looked at now
HOPELESS = 60.0  # nats behind the best reading of a word; no evidence makes up for that
LEAST_GAIN = -12.0  # nats below which no pair is believed, whatever the rest of the document says
_REMEMBERED = 20_000  # words; then all are forgotten

Found = dict[str, list[Candidate]]
Asked = tuple[Accident, Sequence[str]]  # by which accident, and about which words


class _Memory:
    """The candidates of words that were looked at before: rounds, passes and posts have many words in common."""

    def __init__(self, most: int) -> None:
        """`most`: words that are remembered; then all are forgotten."""
        self._most = most
        self._words: Found = {}

    def about(self, words: Iterable[str], asked: Callable[[list[str]], Iterable[Asked]]) -> Found:
        """The candidates of all words; `asked` tells by which accidents those are that were not seen yet."""
        if len(self._words) > self._most:
            self._words.clear()
        wanted = list(words)
        new = [word for word in wanted if word not in self._words]
        if new:
            self._words.update(_grouped(new, asked(new)))
        return {word: self._words[word] for word in wanted}


_by_utf8 = _Memory(20_000)
_by_pairs = _Memory(1_000)  # each has a hundred candidates
_seen: dict[str, tuple[int, bool]] = {}  # what the searches found in each word
_harmless: set[str] = set()


def is_clear(text: str) -> bool:
    """Whether a glance at a text shows that there is nothing to repair: `find_candidates` finds none, and nothing was
    lost or taken apart either. A glance does not tell of every text that it is clear.
    """
    if len(_harmless) > _REMEMBERED:
        _harmless.clear()
    return all(not more and (_harmless.issuperset(words) or _are_harmless(words)) for words, more in glances(text))


def _are_harmless(words: Set[str]) -> bool:
    """Whether no accident explains any of the words so well that a document of such words is looked at any further."""
    new = sorted(words - _harmless)
    marked, strange = _searched(new)
    by_utf8 = _by_utf8.about(marked, lambda asked: _asked(asked, marked))
    if len(strange) > SAMPLE or any(map(_is_worth_it, by_utf8.values())):
        return False
    by_pairs = _by_pairs.about(sorted(strange), _all_pairs)
    harmful = {word for word, group in by_pairs.items() if _is_worth_more(group)}
    _harmless.update(word for word in new if word not in harmful)
    return not harmful


def find_candidates(text: str) -> tuple[Counter[str], Found]:
    """The words of the text with how often each occurs, and the candidates of those that have any.

    Both are empty where nothing in the text gains by any accident.
    """
    if text.isascii():
        return Counter(), {}
    marked, strange = _searched_all(text)
    if not marked and not strange:
        return Counter(), {}
    found = _by_utf8.about(marked, lambda new: _asked(new, marked))
    explained = {word for word, group in found.items() if _is_explained(group, EXPLAINED)}
    odd = sorted(strange - explained)
    if len(odd) < MANY * len(explained):
        odd = []  # their turn comes in the next round
    if not odd and not any(map(_is_worth_it, found.values())):
        return Counter(), {}
    words = distinct_words(text)
    if odd:
        found = _with_pairs(found, words, odd)
    if not any(map(_is_worth_it, found.values())):
        return Counter(), {}
    return words, found


def _searched_all(text: str) -> tuple[dict[str, int], set[str]]:
    marked: dict[str, int] = {}
    strange: set[str] = set()
    for words in worth_a_look(text):
        found = _searched(words)
        marked |= found[0]
        strange |= found[1]
    return marked, strange


def _searched(words: Sequence[str]) -> tuple[dict[str, int], set[str]]:
    """The words that may be misread UTF-8, with a bit for each accident, and those that are unlike any language."""
    if len(_seen) > _REMEMBERED:
        _seen.clear()
    new = [word for word in words if word not in _seen]
    if new:
        found, strange = marks(new), strange_words(new)
        for word, mark in double_marks(new).items():
            found[word] = found.get(word, 0) | mark << len(misreadings())
        _seen.update((word, (found.get(word, 0), word in strange)) for word in new)
    marked = {word: mark for word in words if (mark := _seen[word][0])}
    return marked, {word for word in words if _seen[word][1]}


def _asked(words: Sequence[str], marked: Mapping[str, int]) -> Iterator[Asked]:
    accidents: tuple[Accident, ...] = (*misreadings(), *double_byte_misreadings())
    for bit, accident in enumerate(accidents):
        chosen = [word for word in words if marked[word] >> bit & 1]
        if chosen:
            yield accident, chosen


def _all_pairs(words: Sequence[str]) -> Iterator[Asked]:
    for pairs in pairs_by_target():
        possible = [word for word in words if not pairs[0].is_beyond(word)]
        if possible:
            yield from ((pair, possible) for pair in pairs)


def _with_pairs(found: Found, words: Iterable[str], odd: Sequence[str]) -> Found:
    """The candidates, with those by pairs of old encodings: all pairs are tried on some words that are none, and those
    that explain these best on all words."""
    sample = odd[:: max(1, len(odd) // SAMPLE)][:SAMPLE]
    tried = _by_pairs.about(sample, _all_pairs)
    likely = _likely(tried)
    if not likely:
        return found
    rest = sorted(set(words).difference(sample))
    tried |= _grouped(rest, [(pair, rest) for pair in likely])
    both = dict(found)
    for word, group in tried.items():
        kept = [c for c in group if c.gain > LEAST_GAIN]
        if kept:
            both[word] = [*found.get(word, ()), *kept]
    return both


def _grouped(words: Iterable[str], asked: Iterable[Asked]) -> Found:
    """The candidates of each word."""
    found: Found = {word: [] for word in words}
    for candidate in candidates(asked):
        if is_text(candidate.new):
            found[candidate.word].append(candidate)
    return {word: _telling(group) for word, group in found.items()}


def _telling(group: list[Candidate]) -> list[Candidate]:
    """Without parts of a word that some accident explains as a whole, and without readings that can't win."""
    best = max((c.gain for c in group if c.whole_word), default=0.0)
    if best <= EXPLAINED:
        return group
    return [c for c in group if c.whole_word and c.gain > best - HOPELESS]


def _is_explained(group: Iterable[Candidate], by: float = 0.0) -> bool:
    return any(c.whole_word and c.gain > by for c in group)


def _is_worth_it(group: Iterable[Candidate]) -> bool:
    return any(c.gain > LEAST_WORTH for c in group)


def _is_worth_more(group: Iterable[Candidate]) -> bool:
    return any(c.gain >= WORTH_MORE and not c.lonely for c in group)


def _likely(found: Found) -> list[Accident]:
    """The pairs that explain most of the words looked at, most likely first; none where all gain little."""
    weights: Counter[str] = Counter()
    group = [c for group in found.values() for c in group if c.gain > 0]
    if not _is_worth_more(group):
        return []
    for candidate in group:
        weights[candidate.codec] += candidate.gain  # type: ignore[assignment]
    ranked = sorted(legacy_pairs(), key=lambda pair: (-weights[pair.name], pair.rarity, pair.name))
    return [pair for pair in ranked[:MOST_LIKELY] if weights[pair.name] > 0]
