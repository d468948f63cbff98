"""Which words of a text hold a run of foreign characters whose bytes, in some East Asian encoding, are UTF-8.

Each character of such an encoding begins and ends at some place within a sequence of UTF-8: the state is the number of
bytes still to come. A run is UTF-8 if the first begins and the last ends between sequences, and each begins where the
one before has ended. Four encodings of four states each fit into one number, and so does what begins beside what ends.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.fixer.layout import BMP, Layout

if TYPE_CHECKING:
    from postmend.fixer.layout import Numbers

_LEADS = {1: range(0xC2, 0xE0), 2: range(0xE0, 0xF0), 3: range(0xF0, 0xF5)}  # and the bytes that follow each
_RUN = re.compile(r"[^\x00-\x7f]+")
_BETWEEN = 0x1111  # state 0 of each encoding
_FAR_EAST = 0x2E80  # every run begins with a lead byte of UTF-8, and so with a character from here on
_ENDS = 16  # bits by which the states of the end are shifted


def double_marks(layout: Layout) -> dict[str, int]:
    """The distinct words with such a run, and by which encodings: bit n is number n of `double_byte_misreadings()`.

    A few words too many may be among them: a byte that may follow a lead byte can be the second or the last.
    """
    if layout.by_array:
        far = layout.foreign.size and bool((layout.codes[layout.foreign] >= _FAR_EAST).any())
        return _by_array(layout) if far else {}
    return {word: mark for word in layout.words if (mark := _mark(word))}


def _by_array(layout: Layout) -> dict[str, int]:
    import numpy as np

    at = layout.foreign
    states = _table().take(layout.codes[at], mode="clip")
    begins = np.append(True, at[1:] - at[:-1] != 1)
    firsts = begins.nonzero()[0]
    before = np.append(_BETWEEN << _ENDS, states[:-1]).astype(np.uint32)
    before[firsts] = _BETWEEN << _ENDS
    fitting = _encodings((before >> _ENDS & states).astype(np.uint32))
    whole = np.bitwise_and.reduceat(fitting, firsts) & (states[np.append(firsts[1:], len(at)) - 1] >> _ENDS)
    hits = whole.nonzero()[0]
    found: dict[str, int] = {}
    if hits.size:
        words, starts = layout.words_at(at[firsts[hits]])
        for word, mark in zip(words, np.bitwise_or.reduceat(whole[hits], starts).tolist(), strict=True):
            found[word] = found.get(word, 0) | _bits(mark)
    return found


def _encodings(states: Numbers) -> Numbers:
    """The lowest of the four bits of each encoding: whether it has any state."""
    pairs = states | states >> 1
    return (pairs | pairs >> 2) & _BETWEEN  # type: ignore[return-value]


def _bits(mark: int) -> int:
    return sum((mark >> 4 * number & 1) << number for number in range(4))


def _mark(word: str) -> int:
    """The encodings by which a run of the word fits; the same as for arrays, run by run."""
    mark = 0
    for run in _RUN.findall(word):
        fitting = ended = _BETWEEN
        for states in map(_states, run):
            both = ended & states
            fitting &= both | both >> 1 | both >> 2 | both >> 3
            ended = states >> _ENDS
        mark |= fitting & ended
    return _bits(mark & _BETWEEN)


@cache
def _states(char: str) -> int:
    """The states in which the character may begin, and those in which it may end, of all encodings."""
    states = 0
    if ord(char) < BMP:
        for number, codec in enumerate(double_byte_misreadings()):
            for begin, end in _transitions(codec.to_bytes(char)):
                states |= (1 << begin | 1 << _ENDS + end) << 4 * number
    return states


def _transitions(data: bytes) -> list[tuple[int, int]]:
    """Before and after the bytes of a character: how many bytes are still to come of a sequence of UTF-8."""
    ways = [(state, state) for state in range(4)] if data else []
    for byte in data:
        ways = [(begin, after) for begin, state in ways if (after := _after(state, byte)) is not None]
    return ways


def _after(state: int, byte: int) -> int | None:
    if 0x80 <= byte < 0xC0:
        return state - 1 if state else None
    if state:
        return None
    return 0 if byte < 0x80 else next((more for more, leads in _LEADS.items() if byte in leads), None)


@cache
def _table() -> Numbers:
    """The states of each character, by code point."""
    import numpy as np

    table = np.zeros(BMP, np.uint32)
    for number, codec in enumerate(double_byte_misreadings()):
        for char, data in codec.characters():
            for begin, end in _transitions(data):
                table[ord(char)] |= (1 << begin | 1 << _ENDS + end) << 4 * number
    return table
