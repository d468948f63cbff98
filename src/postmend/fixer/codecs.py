"""The encodings that UTF-8 gets misread as, as tables of one character a byte.

Nothing is registered with Python's codec machinery: the tables are read from its codecs and used on their own.
"""

from __future__ import annotations

import codecs
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class SingleByteCodec:
    """An 8-bit encoding in which every byte is a character.

    Bytes that the encoding leaves undefined become the C1 control of the same number, as browsers do it.
    """

    name: str  # as Python calls it
    label: str  # as people know it
    rarity: float  # nats
    table: str  # 256 characters, byte by byte
    high: frozenset[str]  # the characters of bytes 80 to FF
    _encoding_map: Any = field(repr=False, compare=False)

    def to_bytes(self, text: str) -> bytes:
        """One byte for each code point, so that offsets agree; `?` for characters outside the encoding."""
        return codecs.charmap_encode(text, "replace", self._encoding_map)[0]

    def misread(self, text: str) -> str:
        """What becomes of `text` when its UTF-8 bytes are read as this encoding."""
        return codecs.charmap_decode(text.encode("utf-8", "surrogatepass"), "strict", self.table)[0]

    def may_have_damaged(self, characters: Set[str]) -> bool:
        """Whether a text of these characters can hold UTF-8 read as this encoding: a lead and a continuation byte."""
        return not characters.isdisjoint(self.table[0xC2:0xF5]) and not characters.isdisjoint(self.table[0x80:0xC0])


def _table(name: str) -> str:
    """The characters of all bytes; surrogateescape marks the undefined ones, which become C1 controls."""
    escaped = bytes(range(256)).decode(name, "surrogateescape")
    return escaped.translate({0xDC00 + byte: byte for byte in range(0x80, 0x100)})


# Label for people, and how rare this accident is next to the commonest (nats). Only the order of magnitude matters: it
# decides between siblings such as MacRoman and MacIcelandic, which read most text alike.
_KNOWN = {
    "cp1252": ("windows-1252", 0.0),
    "mac_roman": ("MacRoman", 0.0),
    "cp1251": ("windows-1251", 1.0),
    "latin-1": ("ISO-8859-1", 1.0),
    "cp1250": ("windows-1250", 2.0),
    "cp437": ("DOS code page 437", 2.0),
    "cp866": ("DOS code page 866", 2.0),
    "koi8-r": ("KOI8-R", 2.0),
    "cp850": ("DOS code page 850", 3.0),
    "cp1253": ("windows-1253", 4.0),
    "cp1254": ("windows-1254", 4.0),
    "cp1255": ("windows-1255", 4.0),
    "cp1256": ("windows-1256", 4.0),
    "cp874": ("windows-874", 4.0),
    "cp852": ("DOS code page 852", 5.0),
    "cp1257": ("windows-1257", 6.0),
    "cp1258": ("windows-1258", 6.0),
    "iso8859-2": ("ISO-8859-2", 6.0),
    "iso8859-5": ("ISO-8859-5", 6.0),
    "iso8859-7": ("ISO-8859-7", 6.0),
    "mac_cyrillic": ("MacCyrillic", 5.0),
    "mac_greek": ("MacGreek", 10.0),
    "mac_latin2": ("Mac Central European", 6.0),
    "koi8-u": ("KOI8-U", 6.0),
    "iso8859-9": ("ISO-8859-9", 7.0),
    "iso8859-15": ("ISO-8859-15", 12.0),
    "mac_turkish": ("MacTurkish", 10.0),
    "mac_iceland": ("MacIcelandic", 12.0),
}


@cache
def codec(name: str) -> SingleByteCodec:
    """The codec of that name. Raises LookupError for one that postmend does not reverse."""
    table = _table(name)
    label, rarity = _KNOWN[name]
    return SingleByteCodec(name, label, rarity, table, frozenset(table[128:]), codecs.charmap_build(table))


@cache
def misreadings() -> tuple[SingleByteCodec, ...]:
    """All encodings that UTF-8 may have been misread as; where two explain a span alike, the earlier one is named."""
    return tuple(map(codec, _KNOWN))


def labels(chain: tuple[str, ...]) -> tuple[str, ...]:
    """The codecs of a chain as people know them."""
    return tuple(_KNOWN[name][0] if name in _KNOWN else name for name in chain)


def describe(chain: tuple[str, ...]) -> str:
    """What happened, in words: `UTF-8 read as MacRoman, then as windows-1252`."""
    names = labels(chain)
    if len(names) > 1 and len(set(names)) == 1:
        times = "twice" if len(names) == 2 else f"{len(names)} times"
        return f"UTF-8 read as {names[0]}, {times}"
    return f"UTF-8 read as {', then as '.join(names)}"
