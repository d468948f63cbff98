"""What a file that is not UTF-8 was written in, when all of it is in one encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postmend.fixer.charsets import RARITY, decoded, is_proved, named
from postmend.fixer.judging import Weighed, is_mostly_ascii, is_text, weighed, words_of
from postmend.fixer.placed import read_signs

_SAMPLE = 20_000  # bytes that charset-normalizer sees
_CLEAR = 10.0  # nats by which an encoding must be ahead of every other that gives another text
_FAR, _FAR_SHARE = 100.0, 0.2  # nats, and share of its own cost, by which one wins that is in an unknown language
_FEWEST = 5  # letters that East Asian writing has at least; fewer are as good in another encoding
_CONTRADICTED = 20.0  # nats by which another one must be ahead of the encoding that a file or a user names
_LETTER = re.compile("[^\x00-\x7f\\W\\d_]")
_WITHIN_WORDS = re.compile(r"[^\W\d_](?<![a-zA-Z])[^\W\d_]|[a-zA-Z][^\W\d_](?<![a-zA-Z])")  # letters beside letters
_ACCENTED = re.compile("[\xc0-\u024f\u1e00-\u1eff]")  # Latin letters: such a word may be `à`
_EAST_ASIAN = re.compile("[\u3040-\u9fff\uac00-\ud7a3]")
_CONTROLS = re.compile("[\x80-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SHIFTED = {"iso2022_jp": b"\x1b$", "iso2022_kr": b"\x1b$)C"}  # ASCII bytes that switch to other letters and back
_SIGNS_ALONE = "signs alone don't tell the encoding"
_WRITTEN_IN_ASCII = frozenset({"utf-7", "hz"})  # without escape sequences: only where the file says so


@dataclass(frozen=True, slots=True)
class Reading:
    """The bytes of a file read as one encoding."""

    encoding: str  # as Python calls it
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best reading of a file, the next best with another text if that is nearly as good, and why the first is
    not certain (empty when it is)."""

    reading: Reading
    rival: Reading | None = None
    doubt: str = ""


def read_whole(data: bytes, hints: Sequence[tuple[str, str]] = ()) -> Verdict | None:
    """The encoding of bytes that are not UTF-8. None when they are no text in any encoding that is known.

    `hints` are encodings that the file or the user names, each with the words for who does; the first that can be
    right counts, unless another one is much likelier.
    """
    words = words_of(data)
    latin = is_mostly_ascii(data)
    ranking = [w for w in weighed(words, latin=latin) if decoded(data, w.encoding) is not None]
    for encoding, source in hints:
        text = decoded(data, encoding)
        if text is not None:
            return _hinted(data, words, Reading(encoding, text), source, ranking)
    if not ranking or not ranking[0].known or not is_text(ranking[0], words):
        further = [w for w in weighed(words, _further(data), latin) if decoded(data, w.encoding) is not None]
        ranking = sorted([*ranking, *further], key=lambda w: -w.score)
    if not ranking or not is_text(ranking[0], words):
        return None
    return _with_signs(data, _judged(data, ranking))


def _with_signs(data: bytes, verdict: Verdict) -> Verdict:
    """The verdict on a file that may hold nothing but signs besides ASCII: what these stand between tells more than
    how likely they are."""
    signs = read_signs(data)
    best = verdict.reading
    only_signs = not any(c.isalpha() for c in set(best.text) if not c.isascii())
    if signs is None:
        return Verdict(best, doubt=verdict.doubt or _SIGNS_ALONE) if only_signs else verdict
    letters = dict(signs.letters)
    if letters.get(best.encoding, 0.0) > _CLEAR:
        return verdict
    names = [*signs.placed, *letters]
    readings = [Reading(name, text) for name in names if (text := decoded(data, name)) is not None]
    if len(readings) == 1:
        return Verdict(readings[0], doubt=_unproved(data, readings[0]))
    if readings and not only_signs and best.encoding not in letters:
        best = readings[0]
    rival = next((reading for reading in readings if reading.text != best.text), None)
    return Verdict(best, rival, _nearly(rival)) if rival else verdict


def _further(data: bytes) -> list[str]:
    """Encodings beyond the fixed list that charset-normalizer thinks of, asked only where the list has no clear answer:
    by itself it is right for two files in three.
    """
    from charset_normalizer import from_bytes

    names = [match.encoding for match in from_bytes(data[:_SAMPLE])]
    return [name for name in names if name not in RARITY and not name.startswith("utf")]


def read_ascii(data: bytes, declared: Iterable[str]) -> Verdict | None:
    """What ASCII bytes say that are more than ASCII: ISO-2022, by its escape sequences, or what the file declares."""
    for encoding, mark in _SHIFTED.items():
        text = decoded(data, encoding) if mark in data else None
        if text and not text.isascii() and "\x1b" not in text and is_proved(text, data, encoding):
            return Verdict(Reading(encoding, text))
    for encoding in _WRITTEN_IN_ASCII.intersection(declared):
        text = decoded(data, encoding)
        if text and not text.isascii():
            return Verdict(Reading(encoding, text), doubt=_unproved(data, Reading(encoding, text)))
    return None


def _hinted(data: bytes, words: Sequence[bytes], reading: Reading, source: str, ranking: Sequence[Weighed]) -> Verdict:
    """The verdict on an encoding that somebody named."""
    own = next(iter(weighed(words, [reading.encoding], is_mostly_ascii(data))), None)
    best = ranking[0] if ranking and is_text(ranking[0], words) else None
    if best and (own is None or best.score > own.score + _CONTRADICTED) and reading.encoding in RARITY:
        rival = Reading(best.encoding, data.decode(best.encoding))
        if rival.text != reading.text:
            return Verdict(reading, rival, f"{source} names it, but it reads better as {named(rival.encoding)}")
    return Verdict(reading, doubt=_unproved(data, reading))


def _judged(data: bytes, ranking: Sequence[Weighed]) -> Verdict:
    """The verdict of the model alone. Where several encodings give the text, the commonest stands first."""
    best = Reading(ranking[0].encoding, data.decode(ranking[0].encoding))
    rival = next(_others(data, best, ranking), None)
    if rival:
        return Verdict(best, rival, _nearly(rival))
    if best.encoding not in RARITY or not (ranking[0].known or _is_far_ahead(data, best, ranking)):
        return Verdict(best, doubt="it is in no language that is known well enough, or damaged as well")
    if _EAST_ASIAN.search(best.text) and len(_LETTER.findall(best.text)) < _FEWEST:
        return Verdict(best, doubt="too few letters to be sure")
    if not _WITHIN_WORDS.search(best.text) and not _ACCENTED.search(best.text):
        return Verdict(best, doubt="its letters stand alone, and may be others")  # `Á É Í Ó Ú` reads as `а и м с з`
    return Verdict(best, doubt=_unproved(data, best))


def _others(data: bytes, best: Reading, ranking: Sequence[Weighed], near: float = _CLEAR) -> Iterator[Reading]:
    """Readings with another text that are nearly as good."""
    for weighed_ in ranking[1:]:
        if weighed_.score <= ranking[0].score - near:
            return
        text = data.decode(weighed_.encoding)
        if text != best.text:
            yield Reading(weighed_.encoding, text)


def _is_far_ahead(data: bytes, best: Reading, ranking: Sequence[Weighed]) -> bool:
    """Whether no other text is anywhere near: so the language does not matter."""
    near = max(_FAR, -_FAR_SHARE * ranking[0].score)
    return next(_others(data, best, ranking, near), None) is None


def _nearly(rival: Reading) -> str:
    return f"it reads nearly as well as {named(rival.encoding)}"


def _unproved(data: bytes, reading: Reading) -> str:
    if _CONTROLS.search(reading.text):
        return "what comes out holds control characters"
    if not is_proved(reading.text, data, reading.encoding):
        return "writing it in that encoding again does not give the same bytes"
    return ""
