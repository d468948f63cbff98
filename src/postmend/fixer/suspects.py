"""Which words of a text could be damaged at all: those that hold UTF-8 as some single-byte codec would misread it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from postmend.fixer.codecs import misreadings
from postmend.fixer.singlebyte import runs

_PAIR = re.compile(r"[^\x00-\x7f]{2}")
# Unicode 16, table 3-7: which second bytes a lead byte allows is a matter of three zones.
_ZONES = (range(0x80, 0x90), range(0x90, 0xA0), range(0xA0, 0xC0))
_FORBIDDEN = {0xE0: (0, 1), 0xED: (2,), 0xF0: (0,), 0xF4: (1, 2)}  # overlong, surrogates, above U+10FFFF


class Parts(NamedTuple):
    """What a character could be in a sequence: one bit a codec in each of the numbers."""

    lead_0: int = 0  # a lead byte that allows second bytes of zone 0
    lead_1: int = 0
    lead_2: int = 0
    second_0: int = 0  # a byte of zone 0
    second_1: int = 0
    second_2: int = 0
    of_two: int = 0  # the lead byte of two bytes
    of_three: int = 0  # the lead byte of three
    trail: int = 0  # any byte but the first


def marks(words: Sequence[str]) -> dict[str, int]:
    """Those of the words that hold a well-formed UTF-8 sequence as at least one codec misreads it, and which: bit n
    stands for number n of `misreadings()`. One codec after the other is asked of all words at once."""
    found: dict[str, int] = {}
    words = [word for word in words if _PAIR.search(word)]
    if not words:
        return found  # and no table of any encoding was read
    characters = set("".join(words))
    for bit, codec in enumerate(misreadings()):
        if codec.may_have_damaged(characters):
            for number, _ in runs(words, codec):
                found[words[number]] = found.get(words[number], 0) | 1 << bit
    return found


def may_begin(text: str) -> bool:
    """Whether such a sequence begins `text`, of which up to four characters count; where there are only two, whether
    one can."""
    a, b, *more = map(parts_of, text[:4])
    begun = a.lead_0 & b.second_0 | a.lead_1 & b.second_1 | a.lead_2 & b.second_2
    if not begun or not more:
        return begun != 0
    third, fourth = more[0].trail, more[1].trail if len(more) > 1 else 0
    return begun & (a.of_two | third & (a.of_three | fourth)) != 0


def parts_of(char: str) -> Parts:
    """The parts of a character, in all codecs."""
    return _parts().get(char, _NO_PARTS)


_NO_PARTS = Parts()


@cache
def _parts() -> dict[str, Parts]:
    """The parts of every character that has any."""
    parts: dict[str, list[int]] = {}
    for bit, codec in enumerate(misreadings()):
        for byte in range(0x80, 0xF5):
            numbers = parts.setdefault(codec.table[byte], [0] * len(Parts._fields))
            for part in _parts_of(byte):
                numbers[part] |= 1 << bit
    return {char: Parts(*numbers) for char, numbers in parts.items()}


def _parts_of(byte: int) -> list[int]:
    """Which fields of `Parts` a byte counts for."""
    fields = Parts._fields
    if byte < 0xC0:
        zone = next(number for number, zone in enumerate(_ZONES) if byte in zone)
        return [fields.index(f"second_{zone}"), fields.index("trail")]
    if byte < 0xC2:
        return []
    allowed = [fields.index(f"lead_{zone}") for zone in range(3) if zone not in _FORBIDDEN.get(byte, ())]
    if byte < 0xE0:
        return [*allowed, fields.index("of_two")]
    return [*allowed, fields.index("of_three")] if byte < 0xF0 else allowed
