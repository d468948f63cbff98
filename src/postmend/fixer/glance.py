"""Which words of a text are worth a look.

NumPy does the searching, unless it would take longer to import than the search takes without it: a hook looks at a few
posts. Which of the two is a matter of speed only: whatever damage there is is in the words that come out.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmend.fixer.spans import distinct_words, pieces

WORTH_NUMPY = 200_000  # characters, in all texts, whose search without NumPy takes about as long as importing it


class _Searched:
    """How much was searched so far."""

    characters = 0


def worth_a_look(text: str) -> Iterator[list[str]]:
    """The words that may be damaged, sorted, of one piece of the text after the other."""
    _Searched.characters += len(text)
    if _Searched.characters < WORTH_NUMPY:
        yield sorted(distinct_words(text))
        return
    for words, _ in glances(text):
        yield sorted(words)


def glances(text: str) -> Iterator[tuple[set[str], bool]]:
    """The same, and whether the piece is worth a look for another reason: letters that were taken apart, bytes that
    were lost. Without NumPy a single one that says yes."""
    if _Searched.characters + len(text) < WORTH_NUMPY:
        yield set(), True
        return
    from postmend.fixer.neighbours import neighbours

    for piece in pieces(text):
        yield neighbours().look(piece)
