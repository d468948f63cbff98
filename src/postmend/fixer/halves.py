"""Guesses that are none: UTF-8 of which half the bytes are gone looks like some other old encoding.

Cyrillic read as ISO-8859-1, its controls dropped, is a row of capital eths and signs. Read as Thai each of them is a
letter. What gives it away: no byte that may only follow a first one stands anywhere but behind a first one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from postmend.fixer.accidents import is_guess
from postmend.fixer.codecs import codec
from postmend.model import Fixability, Repair

HALF = "it may also be UTF-8 that lost bytes"
_READ_AS = frozenset({"cp1252", "latin-1"})
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}")
_STRAY = re.compile(rb"[\x80-\xbf]")
_FIRST = re.compile(rb"[\xc2-\xef]")
_LEAST = 4  # letters that are whole
_LEAST_WHOLE = 0.25  # for each first byte that stands alone: about half of what may follow one is a control
_MOST_STRAYS = 0.02  # of them


def without_halves(repairs: Sequence[Repair]) -> tuple[list[Repair], frozenset[tuple[str, ...]]]:
    """The repairs, none of a guess safe that may as well be UTF-8, and the accidents that these were then."""
    chains = {r.chain for r in repairs if len(r.chain) == 1 and is_guess(r.chain[0])}
    halves = {chain for chain in chains if _is_half(chain, repairs)}
    doubted = [
        replace(r, fixability=Fixability.DISPLAY, doubt=HALF) if r.chain in halves and not r.doubt else r
        for r in repairs
    ]
    return doubted, frozenset((chain[0].partition(">")[2],) for chain in halves)


def _is_half(chain: tuple[str, ...], repairs: Sequence[Repair]) -> bool:
    target = chain[0].partition(">")[2]
    if target not in _READ_AS:
        return False
    data = codec(target).to_bytes(" ".join(r.old for r in repairs if r.chain == chain))
    rest, letters = _LETTER.subn(b"", data)
    whole = letters >= max(_LEAST, _LEAST_WHOLE * len(_FIRST.findall(rest)))
    return whole and len(_STRAY.findall(rest)) <= _MOST_STRAYS * letters
