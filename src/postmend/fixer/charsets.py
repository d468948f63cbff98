"""The encodings that files are in when they are not UTF-8: how rare each is, and the names that people give them."""

from __future__ import annotations

import codecs
from functools import cache

from postmend.fixer.codecs import LABELS

# How rare files in an encoding are next to windows-1252 (nats). Only the order of magnitude matters: it decides where
# two encodings give texts that read alike, and which one is named where both give the same text. ISO-8859-10, -14 and
# -16 are left out: hardly a file has them, and ISO-8859-16 reads Romanian in windows-1250 as well as that does.
RARITY = {
    "cp1252": 0.0,
    "cp1251": 0.5,
    "gb18030": 1.0,
    "cp932": 1.0,
    "cp949": 1.0,
    "cp1250": 1.0,
    "cp1253": 1.0,
    "cp1255": 1.0,
    "cp1256": 1.0,
    "cp874": 1.0,
    "big5hkscs": 1.5,
    "euc_jp": 1.5,
    "cp1254": 1.5,
    "big5": 2.5,
    "iso8859-2": 1.5,
    "iso8859-7": 1.5,
    "koi8-r": 2.0,
    "mac_roman": 2.0,
    "cp1257": 2.0,
    "cp1258": 2.0,
    "cp866": 2.5,
    "iso8859-9": 2.5,
    "koi8-u": 3.0,
    "iso8859-5": 3.0,
    "iso8859-6": 3.0,
    "iso8859-8": 3.0,
    "iso8859-15": 3.0,
    "latin-1": 3.0,
    "cp850": 3.0,
    "cp437": 3.5,
    "cp852": 3.5,
    "mac_cyrillic": 4.0,
    "iso8859-13": 5.0,
    "iso8859-4": 5.0,
    "cp857": 5.0,
    "cp862": 5.0,
    "cp737": 5.0,
    "cp775": 5.0,
    "mac_greek": 7.0,
    "mac_turkish": 8.0,
    "mac_latin2": 6.0,
    "mac_iceland": 12.0,
    "iso8859-3": 6.0,
    "cp858": 6.0,
    "cp855": 6.0,
    "cp861": 6.0,
    "cp865": 6.0,
    "cp1125": 6.0,
}

_NAMES = {
    **LABELS,
    **{f"cp{page}": f"DOS code page {page}" for page in (437, 737, 775, 850, 852, 855, 857, 858, 861, 862, 865, 866)},
    **{f"iso8859-{part}": f"ISO-8859-{part}" for part in range(2, 17)},
    "big5hkscs": "Big5",
    "cp1125": "DOS code page 1125",
    "cesu-8": "CESU-8",
    "utf-7": "UTF-7",
    "iso2022_jp": "ISO-2022-JP",
    "iso2022_kr": "ISO-2022-KR",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 with the high byte first",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32 with the high byte first",
}

# What a name stands for when files that bear it are read with care: browsers do the same (WHATWG Encoding, "Names and
# labels"). Files that call themselves ISO-8859-1 hold windows-1252, and GB2312 is GBK.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "utf-8-sig": "utf-8",
}
_ALIASES = {"x-sjis": "cp932", "x-mac-cyrillic": "mac_cyrillic", "x-mac-roman": "mac_roman"}
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape"}  # codecs that write text as other text


def named(encoding: str) -> str:
    """An encoding as people know it."""
    return _NAMES.get(encoding, encoding.replace("_", "-").upper())


@cache
def lookup(name: str) -> str | None:
    """The encoding that a declaration or a user means by a name; None for one that is unknown or no encoding of text.

    >>> lookup("windows-1251"), lookup("ISO-8859-1"), lookup("rot13")
    ('cp1251', 'cp1252', None)
    """
    name = name.strip().lower()
    try:
        known = codecs.lookup(_ALIASES.get(name, name)).name
        "a".encode(known)
    except (LookupError, ValueError):  # unknown; or a name with a NUL, and codecs between bytes such as rot13
        return None
    return None if known in _NO_CHARSETS else _MEANT.get(known) or _own_names().get(known, known)


@cache
def _own_names() -> dict[str, str]:
    """The name in the table of each encoding as Python names it: `mac-roman` is `mac_roman` there."""
    return {codecs.lookup(name).name: name for name in RARITY}


def decoded(data: bytes, encoding: str) -> str | None:
    """The text of the bytes; None where they are not in the encoding, down to the last byte."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def is_proved(text: str, data: bytes, encoding: str) -> bool:
    """Whether the text in the encoding gives exactly the bytes again."""
    try:
        return text.encode(encoding) == data
    except UnicodeError:
        return False
