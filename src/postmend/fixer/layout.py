"""A text laid out for searches over all its characters at once.

NumPy does the searching, unless it would take longer to import than the search takes without it: a hook looks at a few
posts. Which of the two is a matter of speed only; every search gives the same words either way.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from postmend.fixer.spans import distinct_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]
    Places = NDArray[np.intp]

WORTH_NUMPY = 200_000  # characters, in all texts, whose search without NumPy takes about as long as importing it
BMP = 1 << 16  # tables by code point end here: no encoding that matters has a character above
_GAP = " \n\r\t"


class _Searched:
    """How much was searched so far."""

    characters = 0


class Layout:
    """One text, with what the searches need of it. Words are what stands between white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        _Searched.characters += len(text)
        self.by_array = _Searched.characters >= WORTH_NUMPY

    @cached_property
    def words(self) -> list[str]:
        """The distinct words that are not ASCII, for the searches that go word by word."""
        return sorted(distinct_words(self.text))

    @cached_property
    def _padded(self) -> str:
        return f"\n{self.text}\n\n\n"  # a gap before and after every word, and room to look ahead

    @cached_property
    def codes(self) -> Numbers:
        """The code points of the padded text."""
        import numpy as np

        return np.frombuffer(self._padded.encode("utf-32-le", "surrogatepass"), "<u4")

    @cached_property
    def foreign(self) -> Places:
        """Where in `codes` the characters are not ASCII."""
        return (self.codes > 0x7F).nonzero()[0]

    @cached_property
    def _ends(self) -> Places:
        return _gaps().take(self.codes, mode="clip").nonzero()[0]

    def words_at(self, at: Places) -> tuple[list[str], Places]:
        """The words in which these places of `codes` are, in order, and for each the number of its first place."""
        import numpy as np

        numbers = self._ends.searchsorted(at)
        firsts = np.append(True, numbers[1:] != numbers[:-1]).nonzero()[0]
        numbers = numbers[firsts]
        edges = zip(self._ends[numbers - 1].tolist(), self._ends[numbers].tolist(), strict=True)
        return [self._padded[start + 1 : end] for start, end in edges], firsts


@cache
def _gaps() -> NDArray[np.bool_]:
    import numpy as np

    gaps = np.zeros(BMP, np.bool_)
    gaps[[ord(char) for char in _GAP]] = True
    return gaps
