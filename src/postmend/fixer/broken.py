"""UTF-8 that lost one byte: what it may have been."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmend.fixer.charsets import decoded

_FOREIGN = re.compile("[\udc80-\udcff]+")
_CONTINUATIONS = [bytes([byte]) for byte in range(0x80, 0xC0)]
_LEADS = [bytes([byte]) for byte in range(0xC2, 0xF0)]
_LONGEST = 3  # bytes that are left of a character


def mended(word: str) -> Iterator[str]:
    """All words that become `word` (escaped text) when a byte of one of their letters goes. Empty for words with more
    than one letter that is not UTF-8."""
    runs = list(_FOREIGN.finditer(word))
    if len(runs) != 1 or len(runs[0].group()) > _LONGEST:
        return
    left = runs[0].group().encode("utf-8", "surrogateescape")
    for data in (*(left + byte for byte in _CONTINUATIONS), *(byte + left for byte in _LEADS)):
        letter = decoded(data, "utf-8")
        if letter is not None and len(letter) == 1:
            yield word[: runs[0].start()] + letter + word[runs[0].end() :]
