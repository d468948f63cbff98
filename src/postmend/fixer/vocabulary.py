"""What the sound words of a file say about the others: its letters, and words that come again."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_FEW = 12  # characters that say nothing about which others there could be
_OTHER_LETTER, _OTHER_SCRIPT = 3.0, 8.0  # nats
_LATIN = 0
_MANY = 0x2E80  # from here on the scripts of East Asia
_SIGNS = 0x2000
_ALPHABETS = 0x600  # up to here are the scripts of a few dozen letters, where each one counts


class Vocabulary:
    """The words of a text that are not ASCII."""

    def __init__(self, text: str) -> None:
        self._words = frozenset(w for w in _WORD.findall(text.casefold()) if not w.isascii())
        characters = [c for c in text.casefold() if not c.isascii()]
        self._characters = frozenset(characters) if len(characters) >= _FEW else None
        self._scripts = frozenset(_script(c) for c in characters if c.isalpha()) or {_LATIN}

    def knows(self, text: str) -> bool:
        """Whether a word of the text, one that is not ASCII, stands here, too."""
        return any(word in self._words for word in _WORD.findall(text.casefold()))

    def strangeness(self, text: str) -> float:
        """What letters and signs cost that the text has and that do not stand here (nats), each kind once."""
        return sum((self._cost(c) for c in set(text.casefold()) if not c.isascii()), 0.0)

    def _cost(self, char: str) -> float:
        if char.isalpha() and _script(char) not in self._scripts:
            return _OTHER_SCRIPT
        known = self._characters is None or char in self._characters or _ALPHABETS <= ord(char) < _SIGNS
        return 0.0 if known or ord(char) >= _MANY else _OTHER_LETTER


def _script(letter: str) -> int:
    """A number for the script, roughly: blocks of 256, Latin as one, and as one those with thousands of letters."""
    block = ord(letter) >> 8
    if block in (0x00, 0x01, 0x1E):
        return _LATIN
    return block if ord(letter) < _MANY else _MANY
