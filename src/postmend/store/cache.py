"""What goes into the index and where it is, as plain values: light enough for runs that need no index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from postmend.comparator.fingerprints import Fingerprint
from postmend.store.tree import Stamp
from postmend.values import dataclass


@dataclass(frozen=True, slots=True)
class Cache:
    """The folder for indexes, and whom to tell when it can't be used."""

    folder: Path
    warn: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Hints:
    """Accidents that happened for certain in a file, those that it is unsure of, and those of other files that were
    taken into account when it was read.
    """

    certain: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a run learnt of a file. The fingerprint is None when it is no post."""

    path: str
    stamp: Stamp
    hints: Hints
    fingerprint: Fingerprint | None
