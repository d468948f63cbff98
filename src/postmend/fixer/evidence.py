"""What the spans of a document say together about each accident, and what each span has to show in return.

A false repair costs more than a miss, so the first span must be very convincing. Each one makes the same accident
likelier for the rest of the document, and so lowers what the weaker spans have to show.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from postmend.fixer.accidents import accident, is_guess
from postmend.fixer.alphabet import DASHES, QUOTES
from postmend.fixer.legacy import LegacyPair, is_cyrillic, is_latin
from postmend.fixer.spans import Candidate
from postmend.fixer.surroundings import Surroundings

# Nats by which a span must be likelier repaired than as written. A dash between spaces gains 22.1 by windows-1252, the
# best false candidate in 7,900 clean pages of three public sites 11, some in tables of characters and fixtures 20.
FIRST = 22.0
SUPPORTED = 2.0  # with full support from the rest of the document
WHOLE_LINE = -6.0  # likewise, where nothing in the line speaks against the accident
LONELY = 30.0  # more, for signs side by side: in "from –π to π" and "the Ø± 0.05 bore" they are what they seem
BROKEN_WORD = 22.0  # more, where a word has other characters of the codec that did not come from UTF-8
FOREIGN = 15.0  # more, for a script in which nothing else of the document is written
KNOWN = 12.0  # less, for a word that stands elsewhere in the document
ELSEWHERE = 6.0  # less, where the accident happened in another file of the folder
_FULL_SUPPORT = 60.0  # evidence (nats) at which the document is taken as damaged
_CAP = 40.0  # what one distinct span can add: a long one must not vouch for a document alone
_LONELY_CAP = 2.0  # the same for signs side by side: a page of formulas has dozens
_SECOND_ACCIDENT = 20.0  # nats against a codec when another explains the document better: one accident is likelier
_CONTRADICTION = 10.0  # nats against a codec for each distinct word of which it explains only a part
_TWIN = 6.0  # nats less for what elsewhere in the document was convincing: half a line repaired looks like a fault

# Where one old encoding was read as another, any word is some other word, by one of a hundred pairs.
WHOLE_DOCUMENT_GUESS = -12.0  # where nothing in the document speaks against the pair
GUESS = -6.0  # on FIRST; the rarity of the pairs is higher
SUPPORTED_GUESS = 24.0  # with full support; less only where the words next to it say the same
SUPPORTED_LONELY = 20.0  # the same for signs
OVERWHELMING = 150.0  # evidence beyond doubt, and what a word must gain then
OVERWHELMED = 13.0
_SECOND_GUESS = 40.0  # as for a second accident
_WINNERS_CURSE = 10.0  # nats of each word that do not count: the best of a hundred pairs always gains something
# What each kind of letter can add. Where a language has a letter that the model does not know, every word with it gains
# by some pair, hundreds of words in all; an accident changes other letters, too, or gives words that the document has.
_A_LETTER = 20.0
# Kinds of letters that say nothing where letters become others of the same script: Kurdish and Gaelic have so many.
_FREE_LETTERS = 3
_LEAST_SUPPORT = 0.3  # below which such a pair is believed nowhere, unless the document has the word undamaged
_PUNCTUATION = frozenset(
    QUOTES + DASHES + "\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}\N{HORIZONTAL ELLIPSIS}"
)
_NO_KIND = frozenset(QUOTES + DASHES + "\N{HORIZONTAL ELLIPSIS}")
# What the words that come out cost a letter where they are of some language (nats): less in 95% of damaged documents,
# 3.75 to 4.7 in dictionaries of languages that the model has not seen. The mean of a few words may be off.
_FLUENT = 3.6
_FLUENCY_ERROR = 1.0  # of one word
_SIGN_WITHIN = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f\w\s](?=[^\W\d_])")
_BETWEEN_WORDS = frozenset(
    "\N{MULTIPLICATION SIGN}\N{DIVISION SIGN}\N{MIDDLE DOT}\N{HORIZONTAL ELLIPSIS}\N{PLUS-MINUS SIGN}\N{DEGREE SIGN}"
    "\N{BULLET}\N{SOFT HYPHEN}\N{BROKEN BAR}" + QUOTES + DASHES
)
_LEAST_GUESSED = 20.0  # evidence from which a pair can explain a whole document
_LEAST_WORDS = 3  # distinct ones
_LEAST_SHARE = 0.3  # of the document's words that the pair has to explain for that
_MOST_OTHERS = 0.03  # words that speak against it, for each that does not
_NO_DOUBT = 0.0  # what a word that is beyond doubt may gain by any accident
AT_HOME = 10.0  # less, where the reading is in the letters of the document, and what stands there is not
_DOUBTFUL = 15.0  # nats up to which a word counts as undamaged in spite of a pair


class Evidence:
    """What the candidates of a document say together about each accident."""

    def __init__(
        self, words: Mapping[str, int], found: Mapping[str, Sequence[Candidate]], elsewhere: Collection[str] = ()
    ) -> None:
        self._elsewhere = elsewhere
        clean = [w for w in words if not any(map(_is_damage, found.get(w, ())))]
        beyond_doubt = [w for w in clean if all(c.gain <= _NO_DOUBT for c in found.get(w, ()))]
        self.surroundings = Surroundings(words, clean, beyond_doubt)
        self._gains: dict[str, dict[str, float]] = defaultdict(dict)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._against: Counter[str] = Counter()
        for word in words:
            self._count(word, words[word], found.get(word, ()))
        self._totals = {name: self._total(name, gains) for name, gains in self._gains.items()}
        self._cap_guesses(found)
        self._standing = {name: self._stands(name, gains) for name, gains in self._gains.items()}
        best = max(self._standing.values(), default=0.0)
        self.unlikely = {name: _unlikely(name, best - standing) for name, standing in self._standing.items()}
        self._everything = {name for name in self._totals if self._explains_all(name, words, found)}

    def _count(self, word: str, times: int, candidates: Sequence[Candidate]) -> None:
        for name in {c.codec for c in candidates if c.gain > 0 and not c.whole_word}:
            self._against[name] += 1
        for c in candidates:
            gains = self._gains[c.codec]
            if c.gain > 0 and c.whole_word:
                gain = max(0.0, c.gain - _WINNERS_CURSE) if is_guess(c.codec) else c.gain
                gains[_key(c)] = max(gains.get(_key(c), 0.0), min(gain, _LONELY_CAP) if c.lonely else gain)
                self._counts[c.codec, _key(c)] += times

    def _total(self, name: str, gains: Mapping[str, float]) -> float:
        return sum(min(_CAP, g) for g in gains.values()) - _CONTRADICTION * self._against[name] - accident(name).rarity

    def _stands(self, name: str, gains: Mapping[str, float]) -> float:
        """Half of what a codec explains counts, as spans of one document are not independent of one another."""
        return 0.5 * (sum(gains.values()) - _CONTRADICTION * self._against[name]) - accident(name).rarity

    def _cap_guesses(self, found: Mapping[str, Sequence[Candidate]]) -> None:
        letters: dict[str, set[str]] = defaultdict(set)
        known: Counter[str] = Counter()
        self._fluent = _fluent(found)
        for c in (c for group in found.values() for c in group if is_guess(c.codec)):
            if c.gain > _WINNERS_CURSE and not c.lonely:
                letters[c.codec].update(char for char in c.old if not char.isascii() and char not in _NO_KIND)
                letters[c.codec].update(_signs_within(c))
                known[c.codec] += len(c.word) > 3 and self.surroundings.knows(c)
        for name in filter(is_guess, self._totals):
            kinds = max(0, len(letters[name]) - 1 - _FREE_LETTERS * self._is_suspect(name)) + known[name]
            self._totals[name] = min(self._totals[name], _A_LETTER * kinds)

    def _explains_all(self, name: str, words: Collection[str], found: Mapping[str, Sequence[Candidate]]) -> bool:
        """Whether nothing in the document that the accident could have made is anything else."""
        damage = accident(name)
        if self._totals[name] < (_LEAST_GUESSED if is_guess(name) else FIRST):
            return False
        ours = [word for word in words if damage.could_have_made(word)]
        others = sum(not any(c.codec == name and c.whole_word for c in found.get(word, ())) for word in ours)
        if not isinstance(damage, LegacyPair):
            return not others
        others += sum(map(damage.is_beyond, words))
        if sum(gain > _LONELY_CAP for gain in self._gains[name].values()) < _LEAST_WORDS:
            return False
        return len(ours) >= _LEAST_SHARE * len(words) and others <= _MOST_OTHERS * len(ours)

    def _is_suspect(self, name: str) -> bool:
        """Whether a pair only makes letters into others of the same script, and what comes out is no language."""
        return name not in self._fluent and (is_latin(name) or is_cyrillic(name))

    def is_foreign(self, candidate: Candidate) -> bool:
        """Whether a guess gives a script in which nothing else of a document is written that is damaged in part."""
        return candidate.codec not in self._everything and self.surroundings.is_foreign(candidate.new)

    def required(self, candidate: Candidate) -> tuple[float, float]:
        """The gain that a candidate needs, given what the other spans of the document say.

        The second number is for lines in which the words around it vouch for the accident.
        """
        own = min(_CAP, self._gains[candidate.codec].get(_key(candidate), 0.0))
        full = FIRST if candidate.codec in self._everything else _FULL_SUPPORT
        if is_cyrillic(candidate.codec) and self._is_suspect(candidate.codec):
            full = max(full, OVERWHELMING)
        support = min(1.0, max(0.0, (self._totals[candidate.codec] - own) / full))
        first = FIRST + accident(candidate.codec).rarity - ELSEWHERE * (candidate.codec in self._elsewhere)
        known = self.surroundings.knows(candidate)
        if is_guess(candidate.codec):
            return self._required_of_guess(candidate, first - KNOWN * known, support, known)
        first = self._first_of_utf8(candidate, first, known)
        if not candidate.whole_word:
            first += BROKEN_WORD
            return (needed := first + support * (SUPPORTED + BROKEN_WORD - first)), needed
        return first + support * (SUPPORTED - first), first + support * (WHOLE_LINE - first)

    def _first_of_utf8(self, candidate: Candidate, first: float, known: bool) -> float:
        seen = self._gains[candidate.codec].get(_key(candidate), 0.0) >= first
        if candidate.lonely and not seen and not (known and not self.surroundings.uses_signs_of(candidate)):
            return first + LONELY
        # One stray NBSP pair says little, a tenth of its kind much; yet it stays one kind of evidence.
        repeats = max(1, self._counts[candidate.codec, _key(candidate)])
        first -= min(8.0, 2.0 * math.log2(repeats))
        if self.is_foreign(candidate) and len(candidate.new) == 1:
            first += FOREIGN  # an ellipsis and a quotation mark after Brontë look like a syllable of Korean
        if known:
            return first - KNOWN
        return first - _TWIN * seen

    def _required_of_guess(
        self, candidate: Candidate, first: float, support: float, known: bool
    ) -> tuple[float, float]:
        foreign = self.is_foreign(candidate)
        punctuation = candidate.lonely and not _PUNCTUATION.isdisjoint(candidate.old)
        less = AT_HOME * ((known or not punctuation) and self.surroundings.is_at_home(candidate))
        first += GUESS + LONELY * candidate.lonely + FOREIGN * foreign - less
        vouched = first + support * (WHOLE_LINE - first)
        if candidate.codec in self._everything:
            return WHOLE_DOCUMENT_GUESS, WHOLE_DOCUMENT_GUESS
        if self._totals[candidate.codec] >= OVERWHELMING:
            return (SUPPORTED_LONELY if punctuation else OVERWHELMED) - less, vouched
        alone = first + support * (SUPPORTED_GUESS - less - first)
        if candidate.lonely or foreign:
            alone = SUPPORTED_LONELY - less if support == 1.0 else math.inf
        doubtful = self._is_suspect(candidate.codec) and support < _LEAST_SUPPORT and not (less and known)
        if doubtful and candidate.old.isprintable():  # controls are none of an author's
            alone = math.inf  # in languages that the model does not know, single words gain as much
        return alone, vouched if support >= 0.6 else alone


def _fluent(found: Mapping[str, Sequence[Candidate]]) -> set[str]:
    """The pairs that turn the words of the document into words of a language that the model knows."""
    costs: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for c in (c for group in found.values() for c in group if is_guess(c.codec)):
        if c.whole_word and not c.lonely and c.gain > _WINNERS_CURSE:
            costs[c.codec].append(c.fluency)
    return {name for name, each in costs.items() if _mean(each) + _FLUENCY_ERROR / math.sqrt(len(each)) < _FLUENT}


def _mean(costs: Sequence[tuple[float, int]]) -> float:
    """Nats a letter."""
    return sum(cost for cost, _ in costs) / sum(length for _, length in costs)


def _signs_within(candidate: Candidate) -> list[str]:
    """The word, if it has signs between letters that would become letters: that is no spelling of any language."""
    word, start, end = candidate.word, candidate.span.start, candidate.span.end
    parts = _SIGN_WITHIN.findall(word[max(0, start - 1) : end + 1])
    return [word] if any(sign not in _BETWEEN_WORDS for sign in parts) and candidate.new.isalpha() else []


def _is_damage(candidate: Candidate) -> bool:
    return candidate.gain > (_DOUBTFUL if is_guess(candidate.codec) else 0.0)


def _key(candidate: Candidate) -> str:
    """What counts as one piece of evidence: a sequence of UTF-8, however often, or a whole word."""
    return candidate.word if is_guess(candidate.codec) else candidate.old


def _unlikely(name: str, behind: float) -> float:
    """How much less likely damage by this accident is than by the one that explains the document best (nats)."""
    return min(_SECOND_GUESS if is_guess(name) else _SECOND_ACCIDENT, behind) + 0.5 * accident(name).rarity
