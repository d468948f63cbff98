"""Which candidates of a document to believe, word by word."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from postmend.fixer.accidents import accident, is_guess
from postmend.fixer.evidence import BROKEN_WORD, FOREIGN, KNOWN, Evidence
from postmend.fixer.spans import Candidate
from postmend.model import Span
from postmend.values import dataclass

REPORTED = 6.0  # nats short of what is required at which a span is still worth showing
REPORTED_GUESS = 10.0
_MOST_RIVALS = 100  # readings of one place that are compared: a word of a megabyte must not take the square of that

_Ranked = tuple[float, Candidate]  # with its merit


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate that won its place, how far behind the best other reading is, and what the document asks of it."""

    candidate: Candidate
    lead: float  # nats over the best reading by another codec that gives another text; infinite without one
    required: float
    required_if_vouched: float

    @property
    def convincing(self) -> bool:
        """Whether the document makes this span damage, at least where the words around it vouch for that."""
        return self.candidate.gain >= self.required_if_vouched

    @property
    def depends_on_line(self) -> bool:
        """Whether it takes words around it that vouch for the accident."""
        return self.candidate.gain < self.required

    @property
    def worth_showing(self) -> bool:
        """Whether it is convincing or nearly so."""
        short = REPORTED_GUESS if is_guess(self.candidate.codec) else REPORTED
        return self.candidate.gain >= self.required - short


def choose(
    words: Mapping[str, int], found: Mapping[str, Sequence[Candidate]], elsewhere: Collection[str] = ()
) -> list[Choice]:
    """What to undo in one round: the convincing spans of one codec, in order of word and position.

    `words` says how often each word occurs, `found` holds the candidates of each, `elsewhere` names the accidents that
    happened in other files. Where no span is convincing, those that are worth reporting come back, of any codec.
    """
    evidence = Evidence(words, found, elsewhere)
    winners = [choice for word in sorted(found) if found[word] for choice in _choices(found[word], evidence)]
    weights: Counter[str] = Counter()
    for winner in winners:
        if winner.convincing:
            weights[winner.candidate.codec] += max(0.0, winner.candidate.gain)  # type: ignore[assignment]
    if not weights:
        return [winner for winner in winners if winner.worth_showing]
    leader = max(weights, key=lambda name: (weights[name], -accident(name).rarity, name))
    return [winner for winner in winners if winner.convincing and winner.candidate.codec == leader]


def _choices(rivals: Sequence[Candidate], evidence: Evidence) -> Iterator[Choice]:
    """Of a word's candidates the best, then the best of what it leaves free."""
    ranked = sorted(((_merit(c, evidence), c) for c in _readings(rivals, evidence)), key=_rank)
    whole = [(merit, c) for merit, c in ranked if c.whole_word]
    if ranked[0][1].whole_word:
        yield _choice(ranked[0], [*whole, *ranked[:_MOST_RIVALS]], evidence)
        return
    for group in _overlapping(sorted((mc for mc in ranked if not mc[1].whole_word), key=lambda mc: mc[1].span)):
        group = sorted(group, key=_rank)[:_MOST_RIVALS]
        taken: list[Candidate] = []
        for merit, candidate in group:
            if not any(candidate.span.overlaps(t.span) for t in taken):
                taken.append(candidate)
                yield _choice((merit, candidate), [*whole, *group], evidence)


def _readings(rivals: Iterable[Candidate], evidence: Evidence) -> Iterable[Candidate]:
    """Of the candidates that give one reading, the likeliest: windows-1252 and its siblings explain most text alike."""
    best: dict[tuple[int, int, str], Candidate] = {}
    for rival in rivals:
        key = rival.span.start, rival.span.end, rival.new
        other = best.get(key)
        if other is None or _preference(rival, evidence) < _preference(other, evidence):
            best[key] = rival
    return best.values()


def _preference(candidate: Candidate, evidence: Evidence) -> tuple[float, float, str]:
    return evidence.unlikely[candidate.codec], accident(candidate.codec).rarity, candidate.codec


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


def _merit(candidate: Candidate, evidence: Evidence) -> float:
    """How likely the reading is in this document (nats)."""
    merit = candidate.gain - evidence.unlikely[candidate.codec] - evidence.surroundings.unfamiliar(candidate.new)
    if not candidate.whole_word:
        merit -= BROKEN_WORD
    if is_guess(candidate.codec) and evidence.is_foreign(candidate):
        merit -= FOREIGN
    return merit + KNOWN * evidence.surroundings.knows(candidate)


def _rank(ranked: _Ranked) -> tuple[float, float, str, Span]:
    merit, candidate = ranked
    return -merit, accident(candidate.codec).rarity, candidate.codec, candidate.span


def _agree(rival: Candidate, best: Candidate) -> bool:
    """Whether the rival gives the same text, or a part of it: ISO-8859-1 reads half of what windows-1252 does alike."""
    inside = best.span.start <= rival.span.start and rival.span.end <= best.span.end
    return inside and rival.new in best.new
