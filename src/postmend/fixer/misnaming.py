"""All that may have happened to a name on its way, read backwards.

Archives and file transfers know more accidents than text does: a DOS program writes names in a DOS code page, and
whatever unpacks them reads another. Here a reading counts only if the post itself says the same words, so any pair of
encodings may be tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from postmend.fixer import language
from postmend.fixer.accidents import describe, labels
from postmend.fixer.codecs import codec, codec_table, misreadings

_UTF8 = "utf-8"
_EAST_ASIAN = ("gb18030", "cp932", "cp949", "big5")
_WRITTEN = (
    *("cp1252", "cp437", "cp850", "cp1251", "cp866", "cp1250", "cp852", "koi8-r", "mac_roman", "mac_cyrillic"),
    *("cp1253", "cp737", "cp1254", "cp857", "cp1255", "cp1256", "cp874"),
    *_EAST_ASIAN,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CHUNK = re.compile(r"[^\s_.-]+")
_LEAST_LETTERS = 3  # of a word that the text has to know; `à` is in any French one
_LEAST_UNSPACED = 2  # the same where words are written without spaces between
_UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]")
_MOST_LAYERS = 3
_GAIN = 20.0  # nats by which a name with its accents back must be the likelier one


@dataclass(frozen=True, slots=True)
class Misnaming:
    """What a name was. `story` says in words what happened to it, `chain` names the accidents as repairs do."""

    name: str
    story: str
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name may have been: written in one encoding and read as another."""

    name: str
    written: str
    read: str

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes prove it, more or less: they are UTF-8."""
        return self.written == _UTF8

    @property
    def step(self) -> str:
        """The accident, named as in the chains of repairs."""
        return self.read if self.is_utf8 else f"{self.written}>{self.read}"


def readings(name: str, written: Iterable[str] = (_UTF8, *_WRITTEN)) -> Iterator[Reading]:
    """All that the name may have been if it was `written` in one of these encodings, the likelier accidents first.

    Pushed forward again, each gives the name.
    """
    for read in (*(c.name for c in misreadings()), *_EAST_ASIAN):
        data = _bytes(name, read)
        if data is None:
            continue
        for encoding in written:
            new = _decoded(data, encoding) if encoding != read else None
            if new is not None and new != name:
                yield Reading(new, encoding, read)


def utf8_readings(name: str) -> Iterator[Reading]:
    """Those of which the bytes are proof, more or less: they are UTF-8."""
    return readings(name, (_UTF8,))


def histories(name: str) -> Iterator[Misnaming]:
    """All that the name may have been before one or several accidents; only UTF-8 is read backwards more than once."""
    layers: list[tuple[str, tuple[str, ...]]] = [(name, ())]
    for was, chain in layers:
        for reading in readings(was):
            steps = (reading.step, *chain)
            yield Misnaming(reading.name, describe(steps), steps)
            if reading.is_utf8 and len(steps) < _MOST_LAYERS:
                layers.append((reading.name, steps))


def vouched_reading(name: str, text: str) -> Misnaming | None:
    """The only history of which `text` says the same words; None if there is none, or more than one."""
    return _only(was for was in histories(name) if is_vouched_for(was.name, text)) if text else None


def same_way(name: str, ways: Collection[tuple[str, ...]]) -> Misnaming | None:
    """What the name was if it went one of the `ways` by which others came, and UTF-8 proves it."""
    return _only(was for was in histories(name) if was.chain in ways and not any(">" in step for step in was.chain))


def _only(found: Iterable[Misnaming]) -> Misnaming | None:
    """The first of these, if all give the same name."""
    first: dict[str, Misnaming] = {}
    for was in found:
        first.setdefault(_composed(was.name), was)
    return next(iter(first.values())) if len(first) == 1 else None


def recomposed(name: str) -> Misnaming | None:
    """A name whose accents stood apart from their letters, as macOS writes them into archives, and were then misread.

    That they all find a letter again is more than chance, where the result is by far the likelier name.
    """
    model = language.load()
    for reading in utf8_readings(name):
        new = _composed(reading.name)
        joined = len(new) < len(reading.name) and not any(map(unicodedata.combining, new))
        if joined and model.score("", new, "") - model.score("", name, "") - _rarity(reading.read) >= _GAIN:
            return Misnaming(reading.name, describe((reading.step,)), (reading.step,))
    return None


def is_vouched_for(name: str, text: str) -> bool:
    """Whether `text` holds the words of the name, as far as these are not English letters alone."""
    parts = [part for part in _LETTERS.findall(_folded(name)) if not part.isascii()]
    if not parts or not text or any(unicodedata.category(c)[0] in "CS" for c in name if not c.isascii()):
        return False
    unspaced = any(map(_UNSPACED.search, parts))
    if max(map(len, parts)) < (_LEAST_UNSPACED if unspaced else _LEAST_LETTERS):
        return False
    words, whole = _vocabulary(text)
    return all(part in words or (unspaced and part in whole) for part in parts)


def is_shown_in(text: str, name: str) -> bool:
    """Whether `text` has all that is foreign in the name as it is: then it is meant so."""
    chunks = [chunk for chunk in _CHUNK.findall(_folded(name)) if not chunk.isascii()]
    return bool(text and chunks) and all(chunk in _vocabulary(text)[1] for chunk in chunks)


def from_bytes(names: Iterable[str], texts: Mapping[str, str]) -> dict[str, Misnaming]:
    """What names are that are no UTF-8: those of which their own posts say the words, and others in the encoding of
    most of these, as they came here together.
    """
    found: dict[str, Misnaming] = {}
    votes: Counter[str] = Counter()
    rest: dict[str, bytes] = {}
    for name in names:
        data = name.encode("utf-8", "surrogateescape")
        possible = {code: new for code in _WRITTEN if (new := _decoded(data, code)) is not None}
        vouched = {code: new for code, new in possible.items() if is_vouched_for(new, texts.get(name, ""))}
        votes.update(list(vouched))
        if len(set(vouched.values())) == 1:
            found[name] = _from(*next(iter(vouched.items())))
        else:
            rest[name] = data
    likely = [code for code in _WRITTEN if votes and votes[code] == max(votes.values())]
    for name, data in rest.items():
        possible = {new: code for code in reversed(likely) if (new := _decoded(data, code)) is not None}
        if len(possible) == 1:  # else the encodings agree on the names that are vouched for, and not on this one
            new, code = possible.popitem()
            found[name] = _from(code, new)
    return found


def _from(written: str, name: str) -> Misnaming:
    return Misnaming(name, f"its bytes are {labels((written,))[0]}, not UTF-8", (written,))


def _rarity(name: str) -> float:
    """How rare it is to read UTF-8 as this encoding (nats)."""
    return 4.0 if name in _EAST_ASIAN else codec(name).rarity


@cache
def _table(name: str) -> dict[str, int]:
    return {char: byte for byte, char in enumerate(codec_table(name))}


def _bytes(name: str, read: str) -> bytes | None:
    """The bytes that were read as this encoding; None if it doesn't have these characters."""
    try:
        if read in _EAST_ASIAN:
            return name.encode(read)
        table = _table(read)
        return bytes([table[char] for char in name])
    except (UnicodeEncodeError, KeyError):
        return None


def _decoded(data: bytes, written: str) -> str | None:
    """The text of bytes, if they come back from it exactly."""
    try:
        text = data.decode(written)
        return text if text.encode(written) == data else None
    except UnicodeError:
        return None


def _folded(text: str) -> str:
    return _composed(text).casefold()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=8)
def _vocabulary(text: str) -> tuple[frozenset[str], str]:
    folded = _folded(text)
    return frozenset(_LETTERS.findall(folded)), folded
