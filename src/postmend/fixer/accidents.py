"""All that postmend knows to have happened to text, under one roof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from postmend.fixer import language, singlebyte
from postmend.fixer.codecs import LABELS, SingleByteCodec, misreadings
from postmend.fixer.doublebyte import DoubleByteCodec, double_byte_misreadings
from postmend.fixer.legacy import LegacyPair, legacy_pairs
from postmend.fixer.spans import Candidate, Draft, weighed

Accident: TypeAlias = SingleByteCodec | DoubleByteCodec | LegacyPair


@cache
def _all() -> dict[str, Accident]:
    known: tuple[Accident, ...] = (*misreadings(), *double_byte_misreadings(), *legacy_pairs())
    return {accident.name: accident for accident in known}


def accident(name: str) -> Accident:
    """The accident of that name. Raises KeyError for one that postmend does not reverse."""
    return _all()[name]


def is_guess(name: str) -> bool:
    """Whether nothing but the language tells of the accident: the bytes are not UTF-8."""
    return ">" in name


def is_single_byte(name: str) -> bool:
    """Whether it is UTF-8 read as a single-byte encoding."""
    return isinstance(accident(name), SingleByteCodec)


def candidates(asked: Iterable[tuple[Accident, Sequence[str]]]) -> Iterator[Candidate]:
    """All that each accident may have done to its words, weighed."""
    drafts = ((accident.name, draft) for accident, words in asked for draft in _drafts(accident, words))
    return weighed(drafts, language.load())


def _drafts(accident: Accident, words: Sequence[str]) -> Iterator[Draft]:
    return singlebyte.drafts(words, accident) if isinstance(accident, SingleByteCodec) else accident.drafts(words)


def misread(text: str, undone: tuple[str, ...]) -> str | None:
    """Repaired text pushed forward again through what was undone, last accident first; None where that can't be."""
    try:
        for name in reversed(undone):
            text = accident(name).misread(text)
    except UnicodeError:
        return None
    return text


def labels(chain: tuple[str, ...]) -> tuple[str, ...]:
    """The encodings of a chain as people know them; `one read as another` where it was not UTF-8 that was misread."""
    return tuple(" read as ".join(LABELS.get(name, name) for name in step.split(">")) for step in chain)


def describe(chain: tuple[str, ...]) -> str:
    """What happened, in words: `UTF-8 read as MacRoman, then as windows-1252`."""
    names = labels(chain)
    first = "" if is_guess(chain[0]) else "UTF-8 read as "
    if len(names) > 1 and len(set(names)) == 1:
        times = "twice" if len(names) == 2 else f"{len(names)} times"
        return f"{first}{names[0]}, {times}"
    rest = [f"then {name}" if " read as " in name else f"then as {name}" for name in names[1:]]
    return ", ".join([first + names[0], *rest])
