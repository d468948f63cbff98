"""SQLite files in the cache folder: what to do when one is damaged, can't be used, or has lain there for long."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from postmend.store.cache import Cache

_KEPT = 60 * 86_400  # seconds after which a file that nobody used is removed
_BESIDE = ("", "-journal", "-wal", "-shm")
# What is removed must be ours: the folder may be any that the user has named.
_OURS = re.compile(r"(?:[0-9a-f]{32}\.(?:sqlite|results)|passed\.sqlite)(?:-journal|-wal|-shm)?")

_Opened = TypeVar("_Opened")


def open_in(cache: Cache, name: str, connect: Callable[[Path], _Opened]) -> _Opened | None:
    """What `connect` makes of the file of that name; a damaged file is made anew. None, with a warning, if that can't
    be done.
    """
    path = cache.folder / name
    try:
        cache.folder.mkdir(parents=True, exist_ok=True)
        try:
            opened = connect(path)
        except sqlite3.Error as problem:
            if not is_damage(problem):
                raise
            discard(path)
            opened = connect(path)
        _sweep(path)
        return opened
    except (OSError, sqlite3.Error) as problem:
        cache.warn(complaint(cache.folder, problem))
        return None


def _sweep(used: Path) -> None:
    """Removes the files that nobody has used for long: of other versions, or of sites that are gone."""
    with suppress(OSError):
        os.utime(used)
        oldest = used.stat().st_mtime - _KEPT
        for path in _ours(used.parent):
            if path.stat().st_mtime < oldest:
                path.unlink()


def remove_all(folder: Path) -> tuple[int, int]:
    """Removes all that is remembered in a folder: how many files, and their bytes. Raises OSError."""
    found = [(path, path.stat().st_size) for path in _ours(folder)]
    for path, _ in found:
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()  # if nothing else is in it
    return len(found), sum(size for _, size in found)


def _ours(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def complaint(folder: Path, problem: Exception) -> str:
    """What to tell the user."""
    return f"the cache in {folder} can't be used ({problem}), so more files are read. `--no-cache` does without it."


def is_damage(problem: Exception) -> bool:
    """Whether the file itself is at fault, rather than the disk or another process."""
    return isinstance(problem, sqlite3.DatabaseError) and not isinstance(problem, sqlite3.OperationalError)


def discard(path: Path) -> None:
    """Removes a database and what SQLite keeps beside it."""
    for suffix in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()
