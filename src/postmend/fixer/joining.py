"""Joins bytes to UTF-8, through one accident or several: the characters that come out of the later one are bytes of the
one before it.

Between two bytes nothing counts but what waits for the rest of a character, so there are few such joints, and what each
byte makes of each is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

Lost = tuple[int, ...]  # the bytes of which one was there
Pending = tuple[bytes, ...]  # of each accident, the later one first: the bytes of a character that is not complete


class Joint:
    """A place between two bytes. `joint()` gives the first; those at which the same bytes wait are the same."""

    __slots__ = ("_inner", "_known", "_pending", "_ways", "group", "is_clean")

    def __init__(self, pending: Pending, inner: Sequence[dict[str, int]], known: dict[Pending, Joint]) -> None:
        self._pending = pending
        self._inner = inner
        self._known = known
        self._ways: dict[Lost, list[tuple[Joint, str]]] = {}
        self.is_clean = not any(pending)  # between two characters
        self.group = tuple(map(len, pending))  # how many bytes wait, of each accident

    def after(self, choice: Lost) -> list[tuple[Joint, str]]:
        """Where each of the bytes that is UTF-8 here leads, with the character that it completes if any."""
        ways = self._ways.get(choice)
        if ways is None:
            ways = self._ways[choice] = [way for byte in choice for way in self._after(byte)]
        return ways

    def _after(self, byte: int) -> Iterator[tuple[Joint, str]]:
        pending = list(self._pending)
        for depth, data in enumerate(self._pending):
            char = decoded(data + bytes((byte,)))
            if char is None:
                return
            pending[depth] = b"" if char else data + bytes((byte,))
            if not char:
                yield self._at(tuple(pending)), ""
                return
            inner = self._inner[depth].get(char) if depth < len(self._inner) else None
            if inner is None:
                if not any(pending):
                    yield self._at(tuple(pending)), char
                return
            byte = inner

    def _at(self, pending: Pending) -> Joint:
        found = self._known.get(pending)
        if found is None:
            found = self._known[pending] = Joint(pending, self._inner, self._known)
        return found


@lru_cache(maxsize=32)
def joint(inner: tuple[str, ...]) -> Joint:
    """The joint before the first byte. `inner` are the encodings of earlier accidents, the later one first, each as its
    characters byte by byte."""
    known: dict[Pending, Joint] = {}
    start = (b"",) * (len(inner) + 1)
    known[start] = Joint(start, [{char: byte for byte, char in enumerate(table)} for table in inner], known)
    return known[start]


@lru_cache(maxsize=1 << 16)
def decoded(data: bytes) -> str | None:
    """The character of a UTF-8 sequence; empty if it is only the beginning of one, None if it is neither."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return "" if problem.reason == "unexpected end of data" else None
