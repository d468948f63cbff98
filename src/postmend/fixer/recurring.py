"""Words that a post has twice: in its body as they were written, in its front matter as an old encoding made them.

A word may become some other word by one of a hundred pairs of encodings. That it becomes a word of the same post is no
chance: what stands in a title stands in the text again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from postmend.fixer.accidents import candidates
from postmend.fixer.choosing import Choice
from postmend.fixer.legacy import legacy_pairs
from postmend.fixer.places import Place, places
from postmend.fixer.spans import Candidate, distinct_words, is_text

_LEAST_GAIN = 10.0  # nats: which of the two is the damaged one
_LETTERS = 5  # of such a word: shorter ones become others by chance
_FENCES = ("---", "+++")
_LONGEST = 8_000  # characters of front matter: each word of it is looked for in the whole post
_EDGES = ".,;:!?()[]{}*_\"'`<>#/\\|=+-"
_TWINS = 50  # spellings of a word that are looked at
_LEAD = 40.0  # nats over any other reading, which is no word of the document


def recurring(text: str) -> list[Place]:
    """The damaged words in the front matter of `text` that its body has as well, undamaged."""
    suspects = _suspects(text)
    if not suspects:
        return []
    words = distinct_words(text)
    used: Counter[str] = Counter()
    for word, times in words.items():
        used.update(dict.fromkeys(word, times))
    known = {core for word in words if sum(map(str.isalpha, core := word.strip(_EDGES))) >= _LETTERS}
    damaged = [word for word in words if word.strip(_EDGES) in suspects]
    return list(places(text, _choices(damaged, known, used)))


def _suspects(text: str) -> set[str]:
    """The words of the front matter that some old encoding makes of others in the text.

    Every post is asked this, so it compares bytes and takes no words apart.
    """
    head = text[3 : max(3, text.find(f"\n{text[:3]}", 3, _LONGEST))] if text.startswith(_FENCES) else ""
    if head.isascii():
        return set()
    flat = text.encode("ascii", "replace")
    cores = {word.strip(_EDGES) for word in head.split() if not word.isascii()}
    keys = {core: core.encode("ascii", "replace") for core in cores}
    return {
        core
        for core, key in keys.items()
        if len(key) > 2 * key.count(b"?") and len(key) >= _LETTERS and flat.count(key) > text.count(core)
        if any(_makes(twin, core) for twin in _twins(text, flat, key) if twin != core)
    }


def _twins(text: str, flat: bytes, key: bytes) -> set[str]:
    """What stands in a text where `flat`, which has `?` for all that is not ASCII, has the key."""
    found: set[str] = set()
    at = flat.find(key)
    while at >= 0 and len(found) < _TWINS:
        found.add(text[at : at + len(key)])
        at = flat.find(key, at + 1)
    return found


@lru_cache(maxsize=1 << 12)
def _makes(word: str, damaged: str) -> bool:
    """Whether some pair of old encodings makes the one of the other."""
    for pair in legacy_pairs():
        try:
            if pair.misread(word) == damaged:
                return True
        except UnicodeError:
            continue
    return False


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
