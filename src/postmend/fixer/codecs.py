"""The encodings that UTF-8 gets misread as, as tables of one character a byte.

Nothing is registered with Python's codec machinery: the tables are read from its codecs and used on their own.
"""

from __future__ import annotations

import codecs
from collections.abc import Set
from functools import cache
from typing import Any

from postmend.values import dataclass, field


@dataclass(frozen=True, slots=True)
class SingleByteCodec:
    """An 8-bit encoding in which every byte is a character.

    Bytes that the encoding leaves undefined become the C1 control of the same number, as browsers do it.
    """

    name: str  # as Python calls it
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

    def could_have_made(self, text: str) -> bool:
        """Whether any character of `text` may come from such an accident."""
        return not self.high.isdisjoint(text)

    def may_have_damaged(self, characters: Set[str]) -> bool:
        """Whether a text of these characters can hold UTF-8 read as this encoding: a lead and a continuation byte."""
        return not characters.isdisjoint(self.table[0xC2:0xF5]) and not characters.isdisjoint(self.table[0x80:0xC0])


@cache
def codec_table(name: str) -> str:
    """The characters of all bytes; surrogateescape marks the undefined ones, which become C1 controls."""
    escaped = bytes(range(256)).decode(name, "surrogateescape")
    return escaped.translate({0xDC00 + byte: byte for byte in range(0x80, 0x100)})


# The encodings that UTF-8 gets misread as, with how rare each accident is next to the commonest (nats). Only the order
# of magnitude matters: it decides between siblings such as MacRoman and MacIcelandic, which read most text alike.
_RARITY = {
    "cp1252": 0.0,
    "mac_roman": 0.0,
    "cp1251": 1.0,
    "latin-1": 1.0,
    "cp1250": 2.0,
    "cp437": 2.0,
    "cp866": 2.0,
    "koi8-r": 2.0,
    "cp850": 3.0,
    "cp1253": 4.0,
    "cp1254": 4.0,
    "cp1255": 4.0,
    "cp1256": 4.0,
    "cp874": 4.0,
    "cp852": 5.0,
    "cp1257": 6.0,
    "cp1258": 6.0,
    "iso8859-2": 6.0,
    "iso8859-5": 6.0,
    "iso8859-7": 6.0,
    "mac_cyrillic": 5.0,
    "mac_greek": 10.0,
    "mac_latin2": 6.0,
    "koi8-u": 6.0,
    "iso8859-9": 7.0,
    "iso8859-15": 12.0,
    "mac_turkish": 10.0,
    "mac_iceland": 12.0,
}
LABELS = {
    **{f"cp{page}": f"windows-{page}" for page in (874, *range(1250, 1259))},
    **{f"cp{page}": f"DOS code page {page}" for page in (437, 850, 852, 866)},
    **{f"iso8859-{part}": f"ISO-8859-{part}" for part in (2, 5, 7, 9, 13, 15)},
    "latin-1": "ISO-8859-1",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "mac_roman": "MacRoman",
    "mac_cyrillic": "MacCyrillic",
    "mac_greek": "MacGreek",
    "mac_latin2": "Mac Central European",
    "mac_turkish": "MacTurkish",
    "mac_iceland": "MacIcelandic",
    "gb18030": "GBK",
    "big5": "Big5",
    "cp932": "Shift JIS",
    "cp949": "EUC-KR",
    "euc_jp": "EUC-JP",
}


@cache
def codec(name: str) -> SingleByteCodec:
    """The codec of that name. Raises KeyError for one that postmend does not reverse."""
    table = codec_table(name)
    high = frozenset(table[128:])
    return SingleByteCodec(name, _RARITY[name], table, high, codecs.charmap_build(table))


@cache
def misreadings() -> tuple[SingleByteCodec, ...]:
    """All encodings that UTF-8 may have been misread as; where two explain a span alike, the earlier one is named."""
    return tuple(map(codec, _RARITY))
