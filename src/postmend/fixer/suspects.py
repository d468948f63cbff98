"""Which words of a text could be damaged at all: those that hold UTF-8 as some single-byte codec would misread it.

All codecs are tried at once: for each character, numbers of one bit a codec say what part of a sequence it could be.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from postmend.fixer.codecs import misreadings
from postmend.fixer.layout import BMP, Layout
from postmend.fixer.singlebyte import runs

if TYPE_CHECKING:
    from postmend.fixer.layout import Numbers, Places

# Unicode 16, table 3-7: which second bytes a lead byte allows is a matter of three zones.
_ZONES = (range(0x80, 0x90), range(0x90, 0xA0), range(0xA0, 0xC0))
_FORBIDDEN = {0xE0: (0, 1), 0xED: (2,), 0xF0: (0,), 0xF4: (1, 2)}  # overlong, surrogates, above U+10FFFF


class _Parts(NamedTuple):
    """What a character could be in a sequence: one bit a codec in each of the numbers."""

    lead_0: int = 0  # a lead byte that allows second bytes of zone 0
    lead_1: int = 0
    lead_2: int = 0
    second_0: int = 0  # a byte of zone 0
    second_1: int = 0
    second_2: int = 0
    of_two: int = 0  # the lead byte of two bytes
    of_three: int = 0  # the lead byte of three
    lead: int = 0  # any of these lead bytes
    trail: int = 0  # any byte but the first


class _Tables(NamedTuple):
    """The same by code point. One that is too large is clipped to the last, which has no part."""

    parts: Numbers
    leads: Numbers
    trails: Numbers


def marks(layout: Layout) -> dict[str, int]:
    """The distinct words of a text that hold a well-formed UTF-8 sequence as at least one codec misreads it, and which:
    bit n stands for number n of `misreadings()`."""
    return _by_array(layout) if layout.by_array else _by_codec(layout.words)


def _by_codec(words: Sequence[str]) -> dict[str, int]:
    """One codec after the other, over all words at once."""
    found: dict[str, int] = {}
    characters = set("".join(words))
    for bit, codec in enumerate(misreadings()):
        if codec.may_have_damaged(characters):
            for number, _ in runs(words, codec):
                found[words[number]] = found.get(words[number], 0) | 1 << bit
    return found


def _by_array(layout: Layout) -> dict[str, int]:
    """Each step looks only at what the one before has left, mostly nothing: in German hardly a non-ASCII character
    stands beside another, and in Japanese none is of a codec."""
    import numpy as np

    at = layout.foreign[:-1][layout.foreign[1:] - layout.foreign[:-1] == 1]
    begun: Numbers = layout.codes
    for search in (_paired, _begun):
        if at.size:
            begun = search(_tables(), layout.codes, at)
            hits = begun.nonzero()[0]
            at, begun = at[hits], begun[hits]
    if not at.size:
        return {}
    words, firsts = layout.words_at(at)
    found: dict[str, int] = {}
    for word, mark in zip(words, np.bitwise_or.reduceat(begun, firsts).tolist(), strict=True):
        found[word] = found.get(word, 0) | mark
    return found


def _paired(tables: _Tables, codes: Numbers, at: Places) -> Numbers:
    """The codecs by which each of the places holds a lead byte, and the next a byte that may follow."""
    first = tables.leads.take(codes[at], mode="clip")
    return first & tables.trails.take(codes[at + 1], mode="clip")


def _begun(tables: _Tables, codes: Numbers, at: Places) -> Numbers:
    """The codecs by which a sequence begins at each of the places."""
    a, b = (_Parts(*tables.parts.take(codes[at + n], axis=0, mode="clip").T) for n in (0, 1))
    c, d = (tables.trails.take(codes[at + n], mode="clip") for n in (2, 3))
    begun = a.lead_0 & b.second_0 | a.lead_1 & b.second_1 | a.lead_2 & b.second_2
    return begun & (a.of_two | c & (a.of_three | d))  # type: ignore[return-value]


@cache
def _parts() -> dict[str, _Parts]:
    """The parts of every character that has any, in all codecs."""
    parts: dict[str, list[int]] = {}
    for bit, codec in enumerate(misreadings()):
        for byte in range(0x80, 0xF5):
            numbers = parts.setdefault(codec.table[byte], [0] * len(_Parts._fields))
            for part in _parts_of(byte):
                numbers[part] |= 1 << bit
    return {char: _Parts(*numbers) for char, numbers in parts.items()}


def _parts_of(byte: int) -> list[int]:
    """Which fields of `_Parts` a byte counts for."""
    fields = _Parts._fields
    if byte < 0xC0:
        zone = next(number for number, zone in enumerate(_ZONES) if byte in zone)
        return [fields.index(f"second_{zone}"), fields.index("trail")]
    if byte < 0xC2:
        return []
    allowed = [fields.index(f"lead_{zone}") for zone in range(3) if zone not in _FORBIDDEN.get(byte, ())]
    allowed.append(fields.index("lead"))
    if byte < 0xE0:
        return [*allowed, fields.index("of_two")]
    return [*allowed, fields.index("of_three")] if byte < 0xF0 else allowed


@cache
def _tables() -> _Tables:
    import numpy as np

    parts = np.zeros((BMP, len(_Parts._fields)), np.uint32)
    for char, numbers in _parts().items():
        parts[ord(char)] = numbers
    leads, trails = (parts[:, _Parts._fields.index(field)].copy() for field in ("lead", "trail"))
    return _Tables(parts, leads, trails)
