"""Which encoding makes the likeliest text of some bytes, by the words in it that are not ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from postmend.fixer import language
from postmend.fixer.charsets import RARITY, decoded
from postmend.fixer.orthography import foreign_letters
from postmend.fixer.signs import odd_signs, without_signs

WORD = re.compile(rb"[^\x00-\x20]*[\x80-\xff][^\x00-\x20]*")
_ASCII = bytes(range(0x80))
_ASCII_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FAR_MORE = 50  # ASCII letters to one byte that is not ASCII
_LONGEST = 600  # bytes of a word; what is longer is no word, and a megabyte of it says no more
_MOST = 3000  # words that are judged
_FOREIGN = 6.0  # nats that a letter of another language costs
_ASIDE = 12.0  # nats that letters of another script cost in what is English or code otherwise
_WITHOUT = 25.0  # nats that it costs when there are none, in an encoding made for that script
_HYBRID = 6.0  # nats that a word costs in which letters of two scripts touch
_VIETNAMESE = "cp1258"
_TONES = re.compile("[\u1ea0-\u1ef9]")  # letters that no text in Vietnamese is without
_ALPHABET = 20  # letters that a script has at least
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_NUMBERS = "\u00b2\u00b3\u00b9\u00bc-\u00be"  # superscripts and fractions, which are neither letters nor digits
_LETTER = re.compile(rf"(?![A-Za-z{_NUMBERS}])[^\W\d_]")
_HYBRIDS = re.compile("[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
_OTHER_SCRIPT = re.compile(rf"(?![{_LATIN}{_NUMBERS}\u00aa\u00b5\u00ba])[^\W\d_]")
_TELLING = re.compile(f"[{_LATIN}\u0370-\u052f]*[{_LATIN}][{_LATIN}\u0370-\u052f]+")

# Nats a letter, of words with accented Latin letters. In languages that the model knows they cost 2.5 to 3.2 and in a
# wrong encoding more; in languages that it doesn't know 4.2 to 7.5 (measured on software translations).
_KNOWN_LANGUAGE = -3.9
_MANY = 8  # words in which even a single kind of accented letter is evidence
_RARE = 2.0  # rarity of an encoding that a single kind of accented letter is no evidence for
_NOISE, _SLACK = -9.5, 10.0  # nats a byte, and for what tells little by being short
_LOAN_WORDS = 0.1  # of the words may have a letter of another language


@dataclass(frozen=True, slots=True)
class Weighed:
    """One encoding of some words: how likely they are (nats), and whether they are in a language that is known."""

    encoding: str
    score: float
    known: bool


def words_of(data: bytes) -> list[bytes]:
    """The words that are not ASCII, each once, as many as are judged. No encoding has white space within a letter."""
    found: dict[bytes, None] = {}
    for match in WORD.finditer(data):
        found[match.group()[:_LONGEST]] = None
        if len(found) >= _MOST:
            break
    return list(found)


def is_mostly_ascii(data: bytes) -> bool:
    """Whether letters that are not ASCII are so few that another script than Latin is out of place."""
    letters = len(data) - len(data.translate(None, _ASCII_LETTERS))
    return letters > _FAR_MORE * len(data.translate(None, _ASCII))


def weighed(words: Sequence[bytes], encodings: Iterable[str] = RARITY, latin: bool = False) -> list[Weighed]:
    """The encodings in which all the words can be read, the likeliest first. `latin` says that the rest of the file is
    in that script."""
    readings = [(name, texts) for name in encodings if (texts := _read(words, name)) is not None]
    scores = iter(likelihoods([text for _, texts in readings for text in texts]))
    found = [_weighed(name, texts, [next(scores) for _ in texts], latin) for name, texts in readings]
    return sorted(found, key=lambda w: -w.score)


def likelihoods(words: Sequence[str]) -> list[float]:
    """How likely each word is by itself (nats)."""
    bare = [without_signs(word) for word in words]
    scores = language.load().scores([(" ", word, " ") for word, _ in bare])
    return [score - cost for score, (_, cost) in zip(scores, bare, strict=True)]


def _weighed(name: str, words: Sequence[str], scores: Sequence[float], latin: bool) -> Weighed:
    foreign = foreign_letters(words, name)
    rarity = RARITY.get(name, 0.0)
    known = (
        foreign <= len(words) * _LOAN_WORDS
        and (rarity < _RARE or _kinds_of_letters(words) != 1 or len(words) >= _MANY)
        and (rarity <= _RARE or any(map(_LETTER.search, words)))
        and (name != _VIETNAMESE or any(map(_TONES.search, words)))
        and _is_known([without_signs(word)[0] for word in words], scores)
    )
    other_script = any(map(_OTHER_SCRIPT.search, words))
    aside = _ASIDE * latin if other_script else _WITHOUT * _is_made_for_another(name)
    aside += _HYBRID * sum(1 for word in words if _HYBRIDS.search(word))
    return Weighed(name, sum(scores) - rarity - _FOREIGN * foreign - aside - odd_signs(words), known)


@cache
def _is_made_for_another(encoding: str) -> bool:
    """Whether a single-byte encoding was made for another script than Latin: for signs alone nobody takes it."""
    try:
        high = bytes(range(0xA1, 0x100)).decode(encoding, "ignore")
        return len(high.encode(encoding)) == len(high) and len(_OTHER_SCRIPT.findall(high)) > _ALPHABET
    except UnicodeError:
        return False


def is_text(best: Weighed, words: Sequence[bytes]) -> bool:
    """Whether the likeliest encoding of the words makes text of them at all. Random bytes cost 11 to 15 nats each in
    the best encoding, writing 2 to 8, and up to 10 in scripts that the model has not seen."""
    return best.score >= _NOISE * sum(map(len, words)) - _SLACK


def _read(words: Sequence[bytes], encoding: str) -> list[str] | None:
    texts = []
    for word in words:
        text = decoded(word, encoding)
        if text is None and len(word) == _LONGEST:  # perhaps cut within a character
            text = next((t for n in (1, 2, 3) if (t := decoded(word[:-n], encoding)) is not None), None)
        if text is None:
            return None
        texts.append(unicodedata.normalize("NFC", text) if encoding == "cp1258" else text)
    return texts


def _is_known(words: Sequence[str], scores: Sequence[float]) -> bool:
    """Whether the words with accented Latin letters are in a language that the model knows, as far as they tell."""
    told = [(s, len(w) + 1) for w, s in zip(words, scores, strict=True) if not w.isascii() and _TELLING.fullmatch(w)]
    return not told or sum(s for s, _ in told) >= _KNOWN_LANGUAGE * sum(n for _, n in told)


def _kinds_of_letters(words: Sequence[str]) -> int:
    """How many accented letters there are."""
    return len({c for word in words for c in word.lower() if "\xdf" <= c <= "\u1eff" and c.isalpha()})
