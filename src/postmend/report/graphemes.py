"""Text in the units that a reader sees, so that a cut never parts a letter from its accents."""

from __future__ import annotations

import unicodedata

_ZWJ = "\N{ZERO WIDTH JOINER}"


def graphemes(text: str) -> list[str]:
    r"""The text in pieces: a character with its combining marks, a joined emoji, a flag.

    >>> [ascii(piece) for piece in graphemes("ae\N{COMBINING ACUTE ACCENT}b")]
    ["'a'", "'e\\u0301'", "'b'"]
    """
    if text.isascii():
        return list(text)
    pieces: list[str] = []
    for char in text:
        if pieces and _continues(pieces[-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _continues(piece: str, char: str) -> bool:
    if char.isascii():
        return False
    if char == _ZWJ or "\U0001f3fb" <= char <= "\U0001f3ff" or unicodedata.category(char)[0] == "M":
        return ord(piece[-1]) >= 0x20
    if piece[-1] == _ZWJ:
        return unicodedata.category(char) == "So"
    return len(piece) == 1 and _is_flag_half(piece) and _is_flag_half(char)


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
