"""Files that are UTF-8 in part: lines or words of another encoding in between, from an edit or a merge.

A word that is valid UTF-8 stays. The others are judged together, since one accident usually made all of them, and next
to the words of the file that are sound: what they have in common with these counts. What no encoding makes sense of
is left for a second one, and in the end for nobody.

All functions take the *escaped* text of a file, in which each byte that is not UTF-8 is a lone surrogate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmend.fixer.broken import mended
from postmend.fixer.charsets import RARITY, decoded, is_proved
from postmend.fixer.judging import likelihoods
from postmend.fixer.vocabulary import Vocabulary
from postmend.model import Edit, Span

FOREIGN = re.compile("[\udc80-\udcff]+")
_HALVES = re.compile("\udced[\udca0-\udcaf][\udc80-\udcbf]\udced[\udcb0-\udcbf][\udc80-\udcbf]")
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile("[^\x00-\x20]*[\x80-\U0010ffff][^\x00-\x20]*")
_MOST_ENCODINGS = 3  # in one file, besides UTF-8
_SAMPLE, _LIKELY = 1000, 4  # words that all encodings are tried on, and encodings that then are tried on all words
_CLEAR = 8.0  # nats by which an encoding must be ahead of every other that gives another text
_SEEN = 5.0  # nats that a word gains which stands among the sound ones
_NOISE, _SLACK = -9.5, 6.0  # nats a byte, and for what tells little by being short; random bytes cost 11 to 15
_UNREADABLE = -15.0  # nats a byte
_OTHER = 12.0  # nats by which something else must be likelier than the encoding of the other foreign words
_LONG = 20  # bytes of words that may be in another encoding than the other foreign words
_ACCIDENT = 4.0  # nats by which letters that are valid UTF-8 must be likelier in the encoding of those next to them
_PATCHED = 15.0  # nats that it costs to say that both are in one word
_LOST = 10.0  # nats that it costs to say that a byte was lost
_CONTROLS = re.compile("[\x80-\x9f]")
# The first byte of a letter that was cut looks like a capital, in a word that is not written in capitals.
_CUT = re.compile("[a-z\xdf-\xff][\xc2\xc3\u0102](?![A-Z])")


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a word with foreign bytes says in an encoding; why that is not certain (empty when it is), and the next best
    reading, if it is nearly as good, with its encoding."""

    encoding: str
    new: str
    doubt: str = ""
    rival: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A reading and the change that it asks for: the edit of a word, without the letters at its ends that stay."""

    edit: Edit
    reading: WordReading


@dataclass(frozen=True, slots=True)
class Mixed:
    """What the foreign words of a file say, which bytes say nothing, and how likely all of it is (nats)."""

    runs: tuple[Run, ...]
    unread: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """Words in one encoding: what each says and what that is worth, and what all of it is worth (nats)."""

    encoding: str
    readings: Mapping[str, tuple[float, str]]
    score: float


def read_mixed(text: str) -> Mixed:
    """The foreign bytes of a file that is UTF-8 otherwise."""
    lines = [m.group() for m in _LINE.finditer(text)]
    sound = Vocabulary("\n".join(line for line in lines if not FOREIGN.search(line)))
    places = [
        m for line in _LINE.finditer(text) if FOREIGN.search(line.group()) for m in _WORD.finditer(text, *line.span())
    ]
    words = list(dict.fromkeys(m.group() for m in places))
    said, score = _told(words, sound)
    runs = tuple(
        Run(_edit(m.group(), m.start(), said[m.group()].new), said[m.group()]) for m in places if m.group() in said
    )
    return Mixed(runs, tuple(_unread(places, said)), score)


def read_halves(text: str) -> Mixed | None:
    """CESU-8: UTF-8 but for characters beyond U+FFFF, such as emoji, each written as two halves of three bytes."""
    runs = [
        Run(Edit(Span(*pair.span()), pair.group(), _joined(pair.group())), WordReading("cesu-8", _joined(pair.group())))
        for pair in _HALVES.finditer(text)
    ]
    return Mixed(tuple(runs), (), 0.0) if runs and not FOREIGN.search(_HALVES.sub("", text)) else None


def _joined(pair: str) -> str:
    halves = _bytes(pair).decode("utf-8", "surrogatepass")
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _told(words: Sequence[str], sound: Vocabulary) -> tuple[dict[str, WordReading], float]:
    """What each word says that says anything, and how likely all of them are."""
    left = [word for word in words if FOREIGN.search(word)]
    lost = _lost_bytes(left, sound)
    said: dict[str, WordReading] = {}
    score = 0.0
    for turn in range(_MOST_ENCODINGS):
        likely = [c.encoding for c in _choices(left[:_SAMPLE], sound)[:_LIKELY]] if len(left) > _SAMPLE else RARITY
        choices = _choices(left, sound, likely)
        accepted = _accepted(choices, lost) if choices else []
        if not accepted:
            break
        score += choices[0].score - sum(
            choices[0].readings[w][0] for w in left if w in choices[0].readings and w not in accepted
        )
        rest = [word for word in words if word not in said and word not in left]
        said |= {word: _reading(word, choices, _weakness(choices[0], accepted, turn)) for word in accepted}
        if not turn:
            said |= _accidents(rest, choices[0].encoding, sound)
        left = [word for word in left if word not in said]
    sensible = {word: reading for word, reading in said.items() if not (reading.doubt and _CUT.search(reading.new))}
    return sensible, score + sum(max(_UNREADABLE * len(_bytes(w)), lost.get(w, -math.inf)) for w in left)


def _accidents(words: Sequence[str], encoding: str, sound: Vocabulary) -> dict[str, WordReading]:
    """Words next to foreign ones that are UTF-8 by accident only."""
    drafts = [(word, text) for word in words if (text := decoded(_bytes(word), encoding)) is not None]
    now, then = _worth([word for word, _ in drafts], sound), _worth([text for _, text in drafts], sound)
    pairs = zip(drafts, now, then, strict=True)
    return {word: WordReading(encoding, text) for (word, text), a, b in pairs if b > a + _ACCIDENT}


def _lost_bytes(words: Sequence[str], sound: Vocabulary) -> dict[str, float]:
    """What it is worth to say that a word is UTF-8 and lost a byte, for words that may have."""
    guesses = [(word, guess) for word in words for guess in mended(word)]
    worth: dict[str, float] = {}
    for (word, _), value in zip(guesses, _worth([g for _, g in guesses], sound), strict=True):
        worth[word] = max(worth.get(word, value - _LOST), value - _LOST)
    return worth


def _choices(words: Sequence[str], sound: Vocabulary, encodings: Iterable[str] = RARITY) -> list[_Choice]:
    """The encodings for these words, the best first."""
    names = list(encodings)
    drafts = [(name, word, *draft) for name in names for word in words for draft in _drafts(word, name)]
    best: dict[str, dict[str, tuple[float, str]]] = {name: {} for name in names}
    for (name, word, text, bonus), worth in zip(drafts, _worth([draft[2] for draft in drafts], sound), strict=True):
        worth += bonus
        if word not in best[name] or worth > best[name][word][0]:
            best[name][word] = worth, text
    return sorted((_choice(name, words, found, sound) for name, found in best.items()), key=lambda c: -c.score)


def _choice(name: str, words: Sequence[str], found: Mapping[str, tuple[float, str]], sound: Vocabulary) -> _Choice:
    worth = sum(found[w][0] if w in found else _UNREADABLE * len(_bytes(w)) for w in words)
    return _Choice(name, found, worth - RARITY[name])


def _accepted(choices: Sequence[_Choice], lost: Mapping[str, float]) -> list[str]:
    """The words that the best encoding makes sense of. Where it does so of some, the others follow it unless something
    else is much likelier for them."""
    best = choices[0].readings
    good = {w for w, (worth, _) in best.items() if worth >= max(_NOISE * len(_bytes(w)) - _SLACK, lost.get(w, worth))}
    if not good:
        return []
    others = {
        w: max([lost.get(w, worth), *(c.readings[w][0] for c in choices if w in c.readings)])
        for w, (worth, _) in best.items()
    }
    return [w for w, (worth, _) in best.items() if w in good or others[w] <= worth + _OTHER]


def _drafts(word: str, encoding: str) -> Iterator[tuple[str, float]]:
    """A word in an encoding: all of its bytes, or only those that are not UTF-8; and what that is worth beforehand."""
    whole = decoded(_bytes(word), encoding)
    if whole is not None:
        yield whole, 0.0
    runs = [decoded(_bytes(run.group()), encoding) for run in FOREIGN.finditer(word)]
    if None not in runs:
        rest = iter(runs)
        by_runs = FOREIGN.sub(lambda _: next(rest) or "", word)
        if by_runs != whole:
            yield by_runs, -_PATCHED


def _worth(texts: Sequence[str], sound: Vocabulary) -> list[float]:
    """How likely each text is in this file."""
    return [
        value + _SEEN * sound.knows(text) - sound.strangeness(text)
        for value, text in zip(likelihoods(texts), texts, strict=True)
    ]


def _weakness(choice: _Choice, accepted: Sequence[str], turn: int) -> str:
    """What speaks against all readings of an encoding."""
    if turn and sum(len(_bytes(word)) for word in accepted) < _LONG:
        return "most of the file is in another encoding"
    letters = any(c.isalpha() and not c.isascii() for word in accepted for c in choice.readings[word][1])
    return "" if letters or not RARITY[choice.encoding] else "signs alone don't tell the encoding"


def _reading(word: str, choices: Sequence[_Choice], weakness: str) -> WordReading:
    """The reading of the best encoding, and the doubts about it."""
    encoding, text = choices[0].encoding, choices[0].readings[word][1]
    for rival in choices[1:]:
        if rival.score <= choices[0].score - _CLEAR:
            break
        other = rival.readings.get(word, (0.0, text))[1]
        if other != text:
            return WordReading(encoding, text, "another encoding fits nearly as well", (rival.encoding, other))
    return WordReading(encoding, text, weakness or _doubt(word, text, encoding))


def _doubt(word: str, text: str, encoding: str) -> str:
    if _CONTROLS.search(text):
        return "what comes out holds control characters"
    # What was UTF-8 in the word and stays is not in the encoding.
    if not is_proved(text, _bytes(word), encoding) and FOREIGN.sub("", word).isascii():
        return "writing it in that encoding again does not give the same bytes"
    return ""


def _edit(word: str, start: int, new: str) -> Edit:
    head = _alike(word, new)
    tail = _alike(word[head:][::-1], new[head:][::-1])
    end = len(word) - tail
    return Edit(Span(start + head, start + end), word[head:end], new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _unread(places: Iterable[re.Match[str]], said: Mapping[str, WordReading]) -> Iterator[Span]:
    for place in places:
        if place.group() not in said:
            for run in FOREIGN.finditer(place.group()):
                yield Span(place.start() + run.start(), place.start() + run.end())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
