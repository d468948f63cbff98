"""Text in UTF-16 and UTF-32, told by its byte order mark or by where its NULs are."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192  # bytes
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_PRINTED = frozenset(b"\t\n\r" + bytes(range(0x20, 0x7F)))
_STRAY = 0.01  # of the characters of a text may be none of it
_EIGHT_BIT = (
    0.6  # of the pairs are ASCII in ordinary text with a stray NUL; in UTF-16, which reads them as one, few are
)


def wide_encoding(data: bytes) -> tuple[str, bool] | None:
    """UTF-16 or UTF-32 as Python calls it, and whether a byte order mark says so; None for anything else."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return (name, True) if _is_text(data[len(mark) : _SAMPLE], name) else None
    sample = data[:_SAMPLE]
    names = (name for _, name in _MARKS if b"\x00" in sample and _fits(sample, name) and _is_text(sample, name))
    return next(((name, False) for name in names), None)


def decode_wide(data: bytes, encoding: str) -> str | None:
    """The text without its byte order mark; None when the bytes end within a character or are not the encoding."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _fits(sample: bytes, name: str) -> bool:
    """Whether the NULs are where the encoding has them."""
    unit = 4 if "32" in name else 2
    whole = len(sample) // unit * unit
    lanes = [sample[k:whole:unit] for k in range(unit)]
    if name.endswith("be"):
        lanes.reverse()
    if unit == 4:
        return whole > 0 and not any(lanes[3]) and max(lanes[2]) <= 0x10
    return _is_utf16(*lanes) and not _is_utf8(sample)


def _is_utf16(low: bytes, high: bytes) -> bool:
    """Whether ASCII has its NULs in the high bytes, and most pairs are one character and not two."""
    units = list(zip(low, high, strict=True))
    plain = sum(b == 0 and a in _PRINTED for a, b in units)
    both = sum(b in _PRINTED and a in _PRINTED for a, b in units)
    # In 8-bit text every second blank would be a high byte. Those of UTF-16 are dashes and quotation marks.
    return max(2, high.count(0x20)) <= plain and low.count(0) <= plain // 10 and both < _EIGHT_BIT * len(units)


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8 and more than ASCII, which UTF-16 can be by accident: Cyrillic is 04 and ASCII."""
    try:
        return not codecs.getincrementaldecoder("utf-8")().decode(sample).isascii()
    except UnicodeDecodeError:
        return False


def _is_text(sample: bytes, name: str) -> bool:
    """Whether the beginning decodes, and to characters that a text has, but for a stray one here and there."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return False
    return len(_NO_TEXT.findall(text)) <= len(text) * _STRAY
