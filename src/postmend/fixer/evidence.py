"""Which spans of a document are damaged, judged together.

A false repair costs more than a miss, so the first span must be very convincing. Each one makes the same accident
likelier for the rest of the document, and so lowers what the weaker spans have to show.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmend.fixer.codecs import codec
from postmend.fixer.spans import Candidate
from postmend.model import Span

# Nats by which a span must be likelier repaired than as written. In 7,900 clean pages of three public sites the best
# false candidate reaches 11; in tables of characters and test cases of repair tools some reach 22.
FIRST = 24.0
SUPPORTED = 2.0  # with full support from the rest of the document
WHOLE_LINE = -6.0  # likewise, where nothing in the line speaks against the accident
LONELY = 30.0  # more, for signs side by side: in "from –π to π" and "the Ø± 0.05 bore" they are what they seem
BROKEN_WORD = 15.0  # more, where a word has other characters of the codec that did not come from UTF-8
REPORTED = 5.0  # nats short of what is required at which a span is still worth showing
_FULL_SUPPORT = 60.0  # evidence (nats) at which the document is taken as damaged
_CAP = 40.0  # what one distinct span can add: a long one must not vouch for a document alone
_SECOND_ACCIDENT = 20.0  # nats against a codec when another explains the document better: one accident is likelier
_CONTRADICTION = 10.0  # nats against a codec for each distinct word of which it explains only a part
_LONELY_CAP = 2.0  # the same for such signs: a page of formulas has dozens
_TWIN = 6.0  # nats less for what elsewhere in the document was convincing: half a line repaired looks like a fault
_UNFAMILIAR = 2.0  # for each repaired character that stands nowhere else in the document


_MOST_RIVALS = 100  # readings of one place that are compared: a word of a megabyte must not take the square of that

_Ranked = tuple[float, Candidate]  # with its merit


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate that won its place, how far behind the best other reading is, and what the document asks of it."""

    candidate: Candidate
    lead: float  # nats over the best reading by another codec that gives another text; infinite without one
    required: float
    required_in_explained_line: float

    @property
    def convincing(self) -> bool:
        """Whether the document makes this span damage, at least in a line that does not speak against it."""
        return self.candidate.gain >= self.required_in_explained_line

    @property
    def depends_on_line(self) -> bool:
        """Whether it takes a line in which nothing else speaks against the accident."""
        return self.candidate.gain < self.required


class Evidence:
    """What the candidates of a document say together about each codec."""

    def __init__(self, words: Mapping[str, int], found: Mapping[str, Sequence[Candidate]]) -> None:
        self._gains: dict[str, dict[str, float]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        broken: dict[str, set[str]] = defaultdict(set)
        for c in (c for word in words for c in found.get(word, ())):
            gains = self._gains.setdefault(c.codec, {})
            if c.gain > 0 and not c.whole_word:
                broken[c.codec].add(c.word)
            elif c.gain > 0:
                gains[c.old] = max(gains.get(c.old, 0.0), min(c.gain, _LONELY_CAP) if c.lonely else c.gain)
                self._counts[c.codec, c.old] += words[c.word]
        against = {name: _CONTRADICTION * len(broken[name]) + codec(name).rarity for name in self._gains}
        self._totals = {
            name: sum(min(_CAP, g) for g in gains.values()) - against[name] for name, gains in self._gains.items()
        }
        # Half of what a codec explains counts, as spans of one document are not independent of one another.
        self._standing = {
            name: 0.5 * (sum(gains.values()) - _CONTRADICTION * len(broken[name])) - codec(name).rarity
            for name, gains in self._gains.items()
        }
        self._best = max(self._standing.values(), default=0.0)
        self._everything = {
            name for name, total in self._totals.items() if total >= FIRST and _explains_all(name, words, found)
        }

    def unlikely(self, name: str) -> float:
        """How much less likely damage by this codec is than by the one that explains the document best (nats)."""
        return min(_SECOND_ACCIDENT, self._best - self._standing[name]) + 0.5 * codec(name).rarity

    def required(self, candidate: Candidate) -> tuple[float, float]:
        """The gain that a candidate needs, given what the other spans of the document say.

        The second number is for lines in which every character that the codec could have made is explained.
        """
        own = min(_CAP, self._gains[candidate.codec].get(candidate.old, 0.0))
        full = FIRST if candidate.codec in self._everything else _FULL_SUPPORT
        support = min(1.0, max(0.0, (self._totals[candidate.codec] - own) / full))
        # One stray NBSP pair says little, a tenth of its kind much; yet it stays one kind of evidence.
        repeats = max(1, self._counts[candidate.codec, candidate.old])
        first = FIRST + codec(candidate.codec).rarity - min(8.0, 2.0 * math.log2(repeats))
        if candidate.lonely:
            first = FIRST + codec(candidate.codec).rarity + LONELY
        elif self._gains[candidate.codec].get(candidate.old, 0.0) >= first:
            first -= _TWIN
        if not candidate.whole_word:
            first += BROKEN_WORD
            return (needed := first + support * (SUPPORTED + BROKEN_WORD - first)), needed
        return first + support * (SUPPORTED - first), first + support * (WHOLE_LINE - first)


def _explains_all(name: str, words: Iterable[str], found: Mapping[str, Sequence[Candidate]]) -> bool:
    """Whether nothing in the document that the codec could have made is anything but well-formed UTF-8."""
    high = codec(name).high
    return all(
        high.isdisjoint(word) or any(c.codec == name and c.whole_word for c in found.get(word, ())) for word in words
    )


def choose(words: Mapping[str, int], found: Mapping[str, Sequence[Candidate]]) -> list[Choice]:
    """What to undo in one round: the convincing spans of one codec, in order of word and position.

    `words` says how often each word occurs, `found` holds the candidates of each. Where no span is convincing, those
    that are worth reporting come back, of any codec.
    """
    evidence = Evidence(words, found)
    familiar = frozenset("".join(words))
    winners = [
        choice for word in sorted(words) if found.get(word) for choice in _choices(found[word], evidence, familiar)
    ]
    weights: Counter[str] = Counter()
    for winner in winners:
        if winner.convincing:
            weights[winner.candidate.codec] += max(0.0, winner.candidate.gain)  # type: ignore[assignment]
    if not weights:
        return [w for w in winners if w.candidate.gain >= w.required - REPORTED]
    leader = max(weights, key=lambda name: (weights[name], -codec(name).rarity, name))
    return [w for w in winners if w.convincing and w.candidate.codec == leader]


def _choices(rivals: Sequence[Candidate], evidence: Evidence, familiar: frozenset[str]) -> Iterator[Choice]:
    """Of a word's candidates the best, then the best of what it leaves free."""
    ranked = sorted(((_merit(c, evidence, familiar), c) for c in rivals), key=lambda mc: _rank(*mc))
    whole = [(merit, c) for merit, c in ranked if c.whole_word]
    if ranked[0][1].whole_word:
        yield _choice(ranked[0], [*whole, *ranked[:_MOST_RIVALS]], evidence)
        return
    for group in _overlapping(sorted((mc for mc in ranked if not mc[1].whole_word), key=lambda mc: mc[1].span)):
        group = sorted(group, key=lambda mc: _rank(*mc))[:_MOST_RIVALS]
        taken: list[Candidate] = []
        for merit, candidate in group:
            if not any(candidate.span.overlaps(t.span) for t in taken):
                taken.append(candidate)
                yield _choice((merit, candidate), [*whole, *group], evidence)


def _choice(best: _Ranked, rivals: Iterable[_Ranked], evidence: Evidence) -> Choice:
    merit, candidate = best
    others = [m for m, r in rivals if r.span.overlaps(candidate.span) and not _agree(r, candidate)]
    return Choice(candidate, merit - max(others, default=-math.inf), *evidence.required(candidate))


def _overlapping(ordered: Iterable[_Ranked]) -> Iterator[list[_Ranked]]:
    """Candidates, sorted by place, in groups such that no two of different groups overlap."""
    group: list[_Ranked] = []
    end = 0
    for merit, candidate in ordered:
        if group and candidate.span.start >= end:
            yield group
            group = []
        group.append((merit, candidate))
        end = max(end, candidate.span.end)
    if group:
        yield group


def _merit(candidate: Candidate, evidence: Evidence, familiar: frozenset[str]) -> float:
    """How likely the reading is in this document (nats)."""
    unfamiliar = {c for c in candidate.new if not c.isascii() and c not in familiar}
    broken = 0.0 if candidate.whole_word else BROKEN_WORD
    return candidate.gain - evidence.unlikely(candidate.codec) - min(6.0, _UNFAMILIAR * len(unfamiliar)) - broken


def _rank(merit: float, candidate: Candidate) -> tuple[float, float, str, Span]:
    return -merit, codec(candidate.codec).rarity, candidate.codec, candidate.span


def _agree(rival: Candidate, best: Candidate) -> bool:
    """Whether the rival gives the same text, or a part of it: ISO-8859-1 reads half of what windows-1252 does alike."""
    inside = best.span.start <= rival.span.start and rival.span.end <= best.span.end
    return inside and rival.new in best.new
