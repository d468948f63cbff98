"""Where postmend keeps what it needs between runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postmend.config import UsageError
from postmend.report.escape import visible
from postmend.store.cache import Cache
from postmend.store.errors import FileProblem
from postmend.store.folders import cache_folder

if TYPE_CHECKING:
    from postmend.store.baselinefile import BaselineFile

BASELINE = ".postmend-baseline.json"


def cache_in(folder: Path | None) -> Cache:
    """The cache in a folder, or in the usual one. What can't be done with it is told on stderr."""
    return Cache(folder or Path(cache_folder()), _warn)


def known_problems(file: Path | None = None) -> BaselineFile | None:
    """The baseline in a file, or the nearest one; None where there is none. Raises UsageError for a broken one."""
    path = file or nearest_baseline(Path.cwd())
    if path is None:
        return None
    from postmend.store import baselinefile

    with told_as_usage(path):
        return baselinefile.read(path)


@contextmanager
def told_as_usage(path: Path) -> Iterator[None]:
    """What is wrong with a file that the user named stops the run. Raises UsageError for FileProblem."""
    try:
        yield
    except FileProblem as problem:
        raise UsageError(f"{path}: {problem}. {problem.hint}") from None


def nearest_baseline(folder: Path) -> Path | None:
    """The baseline of a folder: its own, or that of the nearest folder above it, up to the top of the repository."""
    for place in (folder, *folder.parents):
        if os.path.isfile(place / BASELINE):  # noqa: PTH113 - never raises
            return place / BASELINE
        if os.path.lexists(place / ".git"):
            return None
    return None


def _warn(message: str) -> None:
    sys.stderr.write(f"postmend: warning: {visible(message)}\n")


def warn_of_journal(folder: Path) -> None:
    """Tells on stderr when the journal has grown a lot."""
    from postmend.store.keeping import remark

    said = remark(folder, datetime.now())
    if said:
        _warn(said)


def journal_folder(folder: Path | None = None) -> Path:
    """The folder of the undo journal: the one named, else below POSTMEND_STATE_DIR, else in the user's state folder."""
    if folder:
        return folder
    named = os.environ.get("POSTMEND_STATE_DIR")
    if named:
        return Path(named) / "journal"
    from platformdirs import user_state_path

    return user_state_path("postmend", appauthor=False) / "journal"
