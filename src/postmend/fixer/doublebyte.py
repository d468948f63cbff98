"""UTF-8 that was read as an East Asian encoding, which takes its bytes two by two.

A letter of two bytes becomes one Han character or syllable. One of three bytes takes half of its neighbour along, even
where that is ASCII: the quote and the first letter of `’s` become two characters in which no `s` is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from postmend.fixer.spans import Draft, Run, parts, whole
from postmend.model import Span
from postmend.values import dataclass, field

_RARITY = {"gb18030": 3.0, "cp932": 4.0, "cp949": 4.0, "big5": 5.0}  # nats
_RUN = re.compile(r"[^\x00-\x7f]+")
# What stands for bytes that were lost in an East Asian encoding, next to a character that the bytes beside them made.
ODD_BYTES = re.compile(
    "[\u2e80-\u9fff\ue000-\uf8ff\uff00-\uffee][?\N{REPLACEMENT CHARACTER}]|[?\N{REPLACEMENT CHARACTER}][\uac00-\ud7a3]"
)


@dataclass(frozen=True, slots=True)
class DoubleByteCodec:
    """UTF-8 read as an encoding of one or two bytes a character."""

    name: str  # as Python calls it
    rarity: float  # nats
    _bytes: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def misread(self, text: str) -> str:
        """What becomes of `text` when its UTF-8 is read as this encoding. Raises UnicodeError where it can't be."""
        return text.encode("utf-8", "surrogatepass").decode(self.name)

    def could_have_made(self, text: str) -> bool:
        """Whether any character of `text` may come from such an accident."""
        return not text.isascii() and any(self.to_bytes(c) for c in text if not c.isascii())

    def to_bytes(self, char: str) -> bytes:
        """The bytes of a character that is not ASCII; empty if the encoding has it not, or in four bytes."""
        known = self._bytes.get(char)
        if known is None:
            data = char.encode(self.name, "ignore")
            known = self._bytes[char] = data if len(data) <= 2 else b""
        return known

    def characters(self) -> Iterator[tuple[str, bytes]]:
        """All characters of one or two bytes that are not ASCII, with their bytes."""
        for lead in range(0x80, 0x100):
            for data in (bytes([lead]), *(bytes([lead, trail]) for trail in range(0x30, 0x100))):
                char = data.decode(self.name, "ignore")
                if len(char) == 1 and not char.isascii() and self.to_bytes(char) == data:
                    yield char, data

    def drafts(self, words: Sequence[str]) -> Iterator[Draft]:
        """All runs of foreign characters in the words whose bytes are UTF-8."""
        for word in words:
            found = [(Span(*match.span()), self._undone(match.group())) for match in _RUN.finditer(word)]
            runs: list[Run] = [(span, new) for span, new in found if new is not None]
            if runs and len(runs) == len(found):
                yield whole(word, runs)
            elif runs:
                yield from parts(word, runs, [span for span, _ in runs if span.end - span.start > 1])

    def _undone(self, run: str) -> str | None:
        data = [self.to_bytes(char) for char in run]
        try:
            return b"".join(data).decode("utf-8") if all(data) else None
        except UnicodeDecodeError:
            return None


@cache
def double_byte_misreadings() -> tuple[DoubleByteCodec, ...]:
    """The East Asian encodings that UTF-8 may have been read as."""
    return tuple(DoubleByteCodec(name, rarity) for name, rarity in _RARITY.items())
