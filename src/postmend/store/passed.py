"""The files in which the hook found nothing, so that the next commit need not look at them.

Light on purpose: where all files are known, nothing else of postmend is imported. A file has passed as long as its
stamp is the one that it had, and the *surroundings* are the same: whatever may change what is said of it, but the
posts. These are the program, and in each folder from the files upwards the names of what is no post, with the stamps of
what may be configuration. Only runs that found nothing at all are remembered, so no file is evidence against another.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import blake2b

from postmend.store.program import program
from postmend.store.ticks import TICK

NAME = "passed.sqlite"
_KEPT = 60 * 86_400  # seconds that a file is remembered
_WAIT = 1.0  # seconds for another process to finish writing; it is not worth more
_TABLE = """CREATE TABLE IF NOT EXISTS passed (
    path BLOB, surroundings BLOB, stamp TEXT, seen INT, PRIMARY KEY (path, surroundings)) WITHOUT ROWID"""
_POSTS = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", ".mdx", ".mdoc", ".html", ".htm")
_CONFIGURATION = (".toml", ".yaml", ".yml", ".json", ".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
# Folders in which there is configuration, besides those on the way up from a file.
_CONFIG_FOLDERS = ("", "config/_default", ".vitepress", "docs/.vitepress")


class Passed:
    """What is known of some files. Raises nothing: a cache that can't be used knows nothing."""

    def __init__(self, folder: str, files: Sequence[str], *options: str, settings: str = "") -> None:
        """`files` are relative to the working folder; `options` are those on which the outcome depends. `settings` is
        a file that was named.
        """
        self._database = os.path.join(folder, NAME)
        self._now = time.time_ns()
        self._stamps = {os.path.abspath(file): _stamp(file) for file in files}
        folders = list(dict.fromkeys(map(os.path.dirname, self._stamps)))
        here = os.getcwd()  # from which a baseline is looked for
        facts = (program(), *options, str(_stamp(settings)), here, *folders[:1], *_around([*folders, here]))
        self._surroundings = blake2b("\0".join(facts).encode("utf-8", "surrogateescape"), digest_size=16).digest()

    def all_did(self) -> bool:
        """Whether all files have passed as they are."""
        if not os.path.exists(self._database):
            return False
        try:
            with closing(self._opened()) as connection:
                return all(self._did(connection, path) for path in self._stamps)
        except sqlite3.Error:
            return False

    def _did(self, connection: sqlite3.Connection, path: str) -> bool:
        query = "SELECT stamp FROM passed WHERE path = ? AND surroundings = ?"
        found = connection.execute(query, (os.fsencode(path), self._surroundings)).fetchone()
        return found is not None and found[0] == repr(self._stamps[path])

    def remember(self) -> None:
        """Takes note that all files have passed, but for those that were written this very moment, and may be written
        again before the clock ticks, and those with names that others in their folder have a say in (PM106).
        """
        seen = self._now // 10**9
        rows = [
            (os.fsencode(path), self._surroundings, repr(stamp), seen)
            for path, stamp in self._stamps.items()
            if stamp and max(stamp[1:3]) < self._now - TICK and path.isascii() and not {"%", "#"}.intersection(path)
        ]
        if not rows:
            return
        try:
            os.makedirs(os.path.dirname(self._database), exist_ok=True)
            self._write(rows, seen - _KEPT)
        except sqlite3.DatabaseError as problem:
            if not isinstance(problem, sqlite3.OperationalError):  # a full disk, another process that writes
                with suppress(OSError):
                    os.remove(self._database)  # it is damaged
        except OSError:
            return

    def _write(self, rows: list[tuple[bytes, bytes, str, int]], oldest: int) -> None:
        with closing(self._opened()) as connection, connection:
            connection.execute(_TABLE)
            connection.execute("DELETE FROM passed WHERE seen < ?", (oldest,))
            connection.executemany("INSERT OR REPLACE INTO passed VALUES (?, ?, ?, ?)", rows)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._database, timeout=_WAIT)
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is looked at again
        return connection


def _stamp(path: str) -> tuple[int, ...]:
    """Size, times and number of a file's version; nothing for what is no regular file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return ()
    if not stat.S_ISREG(status.st_mode):
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _around(folders: Sequence[str]) -> Iterator[str]:
    """What is in the folders and in those above them, posts excepted; above the repository only configuration."""
    above = {parent for folder in folders for parent in _upwards(folder)}
    top = _repository(folders)
    for folder in sorted(above):
        inside = folder == top or folder.startswith(os.path.join(top, ""))
        for place in _CONFIG_FOLDERS:
            yield from _beside(os.path.join(folder, place), inside)


def _repository(folders: Sequence[str]) -> str:
    """The repository that holds all folders; empty if there is none."""
    try:
        common = os.path.commonpath(folders)
    except ValueError:  # on different drives
        return ""
    return next((folder for folder in _upwards(common) if os.path.lexists(os.path.join(folder, ".git"))), "")


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield parent
        folder = parent


def _beside(folder: str, all_names: bool) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = entry.name.lower()
        if name.endswith(_CONFIGURATION):
            yield f"{entry.path} {_stamp(entry.path)}"
        elif all_names and not name.endswith(_POSTS):
            yield entry.path
