"""Which words of a text hold a run of foreign characters whose bytes, in some East Asian encoding, are UTF-8.

Each character of such an encoding begins and ends at some place within a sequence of UTF-8: the state is the number of
bytes still to come. A run is UTF-8 if the first begins and the last ends between sequences, and each begins where the
one before has ended. Four encodings of four states each fit into one number, and so does what begins beside what ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from postmend.fixer.doublebyte import double_byte_misreadings

_LEADS = {1: range(0xC2, 0xE0), 2: range(0xE0, 0xF0), 3: range(0xF0, 0xF5)}  # and the bytes that follow each
_RUN = re.compile(r"[^\x00-\x7f]+")
_BETWEEN = 0x1111  # state 0 of each encoding
_FAR_EAST = "\u2e80"  # every run begins with a lead byte of UTF-8, and so with a character from here on
_ABOVE = "\U00010000"  # no encoding that matters has a character from here on
_ENDS = 16  # bits by which the states of the end are shifted


def double_marks(words: Iterable[str]) -> dict[str, int]:
    """Those of the words that hold such a run, and by which encodings: bit n is number n of
    `double_byte_misreadings()`.

    A few words too many may be among them: a byte that may follow a lead byte can be the second or the last.
    """
    return {word: mark for word in words if (mark := _mark(word))}


def _mark(word: str) -> int:
    """The encodings by which a run of the word fits."""
    mark = 0
    if max(word) >= _FAR_EAST:
        for run in _RUN.findall(word):
            fitting, ended = _followed(run)
            mark |= fitting & ended
    return _bits(mark & _BETWEEN)


def may_begin(text: str) -> bool:
    """Whether such a run may begin with the characters of `text` that are not ASCII, after one that is."""
    run = _RUN.match(text)
    return run is not None and text[0] >= _FAR_EAST and _followed(run.group())[0] & _BETWEEN != 0


def _followed(run: str) -> tuple[int, int]:
    """The encodings by which a run fits as far as it goes, and the states in which its last character may end."""
    fitting = ended = _BETWEEN
    for states in map(_states, run):
        both = ended & states
        fitting &= both | both >> 1 | both >> 2 | both >> 3
        ended = states >> _ENDS
        if not fitting:
            break
    return fitting, ended


def _bits(mark: int) -> int:
    return sum((mark >> 4 * number & 1) << number for number in range(4))


@cache
def _states(char: str) -> int:
    """The states in which the character may begin, and those in which it may end, of all encodings."""
    states = 0
    if char < _ABOVE:
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
