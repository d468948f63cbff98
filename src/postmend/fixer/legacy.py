"""Text in one old encoding that was read as another.

Nothing in the bytes tells that it happened: any letter stands for some other letter. What tells is that whole words,
and in the end whole documents, turn into words of a language.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from postmend.fixer.alphabet import DASHES, QUOTES
from postmend.fixer.codecs import codec_table
from postmend.fixer.spans import Draft, whole
from postmend.model import Span
from postmend.values import dataclass, field, replace

_CYRILLIC = "cp1251 koi8-r cp866 mac_cyrillic"
_LATIN = "cp1250 iso8859-2 cp1253 cp1254 mac_roman cp437 cp850"
_EAST_ASIAN = "gb18030 cp932 cp949 big5 euc_jp"
_WEST = "cp1252 latin-1"
# Written as, read as, and how rare that is next to the commonest accident (nats).
_KNOWN = (
    ("cp1252", "latin-1", 2.0),
    ("cp1251", _WEST, 6.0),
    (_EAST_ASIAN, _WEST, 14.0),
    ("koi8-r cp866 mac_cyrillic", _WEST, 8.0),
    ("cp1250 iso8859-2 cp1253 cp1254 mac_roman cp437 cp850", _WEST, 7.0),
    ("iso8859-13 cp1257 cp1255 cp1256 iso8859-7 cp852 cp874", _WEST, 8.0),
    ("cp1252", "mac_roman cp437 cp850 cp1251 cp1250", 7.0),
    (_CYRILLIC, _CYRILLIC, 9.0),
    (_CYRILLIC, "mac_roman", 9.0),
    ("cp1256", "cp1254", 9.0),
    (_LATIN, _LATIN, 11.0),
    ("cp1252", "iso8859-2 cp1253 cp1254 koi8-r cp866", 12.0),
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_REPEATED = re.compile(r"([^\x00-\x7f])\1\1")  # lines that are drawn, and indentation
# An English word in quotation marks, which are the same on both sides in Finnish, whatever letters other encodings have
# in their place.
_LOW = "\N{SINGLE LOW-9 QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"  # which close nothing
_QUOTED = re.compile(rf"[(\[]*[{QUOTES}][\x21-\x7e]+(?![{_LOW}])[{QUOTES}][.,;:!?)\]]*")
_ORDINALS = "\N{FEMININE ORDINAL INDICATOR}\N{MASCULINE ORDINAL INDICATOR}"
_A_LETTER = 22.0  # nats
_SHOUTED = 11.0  # words in small letters that would become capitals: the other way round is what happens
_CYRILLIC_WORD = re.compile("[\u0430-\u045f]{2}")
_IN_ORDER = 2  # letters that follow one another
_GREEK = re.compile("[\u0391-\u03a9]+")
_LONGEST_ACRONYM = 5
_SIGNS = re.compile(r"[^\x00-\x7f]+")
_ORDINARY = frozenset("\N{RIGHT SINGLE QUOTATION MARK}'-" + DASHES)


@dataclass(frozen=True, slots=True)
class LegacyPair:
    """Text written in one encoding and read as another, both older than Unicode."""

    name: str
    source: str
    target: str
    rarity: float  # nats
    high: frozenset[str] = field(repr=False, compare=False)  # all characters but ASCII of the encoding it was read as
    changed: Mapping[str, int] = field(repr=False, compare=False)  # what it may have made, with the byte of each
    _forward: Mapping[str, str] = field(repr=False, compare=False)

    def misread(self, text: str) -> str:
        """What becomes of `text` when it is written in one and read as the other. Raises UnicodeError where it can't
        be written."""
        if self._forward:
            return "".join([c if c.isascii() else self._forward.get(c, c) for c in text])
        return codecs.charmap_decode(text.encode(self.source), "strict", codec_table(self.target))[0]

    def could_have_made(self, text: str) -> bool:
        """Whether any character of `text` may come from such an accident."""
        return not self.changed.keys().isdisjoint(text) and not _QUOTED.fullmatch(text)

    def is_beyond(self, word: str) -> bool:
        """Whether the word has letters that the encoding it would have been read as has not: it is not damaged so."""
        return not self.high.issuperset(_foreign_letters(word))

    def drafts(self, words: Sequence[str]) -> Iterator[Draft]:
        """Each word that the accident can have made, as a whole."""
        for word in words:
            at = [i for i, c in enumerate(word) if c in self.changed]
            if (
                at
                and not _QUOTED.fullmatch(word)
                and not self.is_beyond(word)
                and (new := self._undone(word[at[0] :])) is not None
            ):
                yield _trimmed(word, at[0], new, not self._forward)

    def _undone(self, tail: str) -> str | None:
        if self._forward:
            table = codec_table(self.source)
            return "".join([table[self.changed[c]] if c in self.changed else c for c in tail])
        data = bytearray()
        for char in tail:
            byte = ord(char) if char.isascii() else self.changed.get(char)
            if byte is None:
                return None
            data.append(byte)
        try:
            return data.decode(self.source)
        except UnicodeDecodeError:
            return None


@lru_cache(maxsize=1 << 12)
def _foreign_letters(word: str) -> frozenset[str]:
    return frozenset(c for c in word if not c.isascii() and c.isalpha())


def _trimmed(word: str, start: int, new: str, double: bool) -> Draft:
    """The draft without what is the same at the end of the word before and after."""
    same = 0
    while same < len(new) - 1 and word[-1 - same] == new[-1 - same] and word[-1 - same].isascii():
        same += 1
    span = Span(start, len(word) - same)
    draft = whole(word, [(span, new[: len(new) - same])])
    head = word[max(0, start - 2) : start]
    masked = word if double else _masked(word, span, draft.new)
    shouted = new.isupper() and word.islower() and not double
    weak = (
        shouted or _is_weak(masked, span, double) or (span.of(word).isprintable() and not _is_word(head + new, double))
    )
    return replace(draft, span=span, lonely=weak, most=_most_gain(word, span, draft.new), doubtful=True)


def _masked(word: str, span: Span, new: str) -> str:
    """The word with the letters that stay the same as ASCII: what counts is what would change."""
    kept = ["a" if old == now and old.isalpha() else old for old, now in zip(span.of(word), new, strict=True)]
    return word[: span.start] + "".join(kept) + word[span.end :]


def _most_gain(word: str, span: Span, new: str) -> float:
    """What a word can gain. A letter that the model does not know, such as the T with cedilla of older Romanian, looks
    wrong in each word and each time; an accident changes others as well. Controls are wrong for certain."""
    old = span.of(word)
    if not old.isprintable():
        return math.inf
    if new.isupper() and word.islower() and _CYRILLIC_WORD.search(old):
        return _SHOUTED
    return _A_LETTER * len({c for c in old if not c.isascii()})


@lru_cache(maxsize=1 << 12)
def _is_weak(word: str, span: Span, double: bool) -> bool:
    """Whether all that would be repaired are signs where an author puts signs: next to a word, or quotes in it.

    A sign next to a word may be read as one more letter of it by any of the pairs.
    """
    steps = [(ord(b) - ord(a), a.lower() == b.lower()) for a, b in pairwise(span.of(word)) if a != b]
    if sum(same for _, same in steps) > 1 or sum(step == 1 for step, _ in steps) > _IN_ORDER:
        return True  # an alphabet, as pages about fonts show it
    letters = [c for c in word if c.isalpha()]
    if len(letters) <= _LONGEST_ACRONYM and all(map(str.isupper, letters)) and not double:
        return True
    if len(set(span.of(word))) < 2 if double else _REPEATED.search(word, span.start, span.end):
        return True
    for match in _SIGNS.finditer(word, span.start, span.end):
        signs = match.group()
        if _GREEK.fullmatch(signs):
            continue  # angles and sums: in "R sin(theta)" without spaces, too
        lettered = any(c.isalpha() and c not in _ORDINALS for c in signs)
        if lettered or not signs.isprintable() or (double and len(signs.strip(QUOTES)) > 2):
            return False
        inside = word[match.start() - 1 : match.start()].isalpha() and word[match.end() : match.end() + 1].isalpha()
        if inside and not _ORDINARY.issuperset(signs) and word[match.start() - 1 : match.end() + 1].lower() != "l·l":
            return False
    return True


def _is_word(repaired: str, double: bool) -> bool:
    """Whether what comes out holds a word in earnest, of foreign letters in part."""
    if double:
        foreign = {c for c in repaired if not c.isascii() and c.isalpha()}
        return len(foreign) > 1 or (bool(foreign) and _WORD.search(repaired) is not None)
    signs = sum(not c.isascii() and not c.isalpha() for c in repaired)
    words = [word for word in _WORD.findall(repaired) if not word.isascii()]
    return sum(map(len, words)) > signs


@cache
def is_cyrillic(name: str) -> bool:
    """Whether a pair makes Cyrillic letters of others."""
    return ">" in name and set(name.split(">")) <= set(_CYRILLIC.split())


@cache
def is_latin(name: str) -> bool:
    """Whether a pair makes Latin letters of others."""
    return ">" in name and set(name.split(">")) <= {*_LATIN.split(), *_WEST.split(), "iso8859-13", "cp1257", "cp852"}


@cache
def pairs_by_target() -> tuple[tuple[LegacyPair, ...], ...]:
    """The same, those that were read as the same encoding together."""
    targets: dict[str, list[LegacyPair]] = {}
    for pair in legacy_pairs():
        targets.setdefault(pair.target, []).append(pair)
    return tuple(map(tuple, targets.values()))


@cache
def legacy_pairs() -> tuple[LegacyPair, ...]:
    """All pairs of encodings that postmend reverses, the commonest first."""
    rarities: dict[tuple[str, str], float] = {}
    for sources, targets, rarity in _KNOWN:
        for pair in ((s, t) for s in sources.split() for t in targets.split() if s != t):
            rarities.setdefault(pair, rarity)
    return tuple(_pair(source, target, rarity) for (source, target), rarity in rarities.items())


def _pair(source: str, target: str, rarity: float) -> LegacyPair:
    table = codec_table(target)
    name, high = f"{source}>{target}", frozenset(table[0x80:])
    if source in _EAST_ASIAN.split():
        return LegacyPair(name, source, target, rarity, high, {table[b]: b for b in range(0x80, 0x100)}, {})
    written = codec_table(source)
    changed = {table[b]: b for b in range(0x80, 0x100) if table[b] != written[b]}
    return LegacyPair(name, source, target, rarity, high, changed, {written[b]: table[b] for b in range(0x80, 0x100)})
