"""What was found in the files of a site, on disk: one SQLite file for each site, configuration and program.

It holds what each file says by itself, as long as its stamp is the one that it had; and what whole runs brought, as
long as no file changed at all. See `index.py` for when a stamp is trusted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

from postmend.model import Finding
from postmend.store import packing
from postmend.store.cache import Cache, Hints
from postmend.store.database import complaint, discard, is_damage, open_in
from postmend.store.tree import NO_STAMP, Stamp

_TABLES = (
    """CREATE TABLE IF NOT EXISTS files (
        path BLOB PRIMARY KEY, size INT, mtime INT, ctime INT, inode INT, said BLOB, checksum INT) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS runs (key BLOB PRIMARY KEY, seen INT, said BLOB, checksum INT)",
)
_WAIT = 5.0  # seconds for another process to finish writing
_RUNS = 8  # that are kept: of several folders, options and working folders
_BROKEN = (sqlite3.DatabaseError, ValueError, TypeError, KeyError, AttributeError)  # whatever a row may be


@dataclass(frozen=True, slots=True)
class Known:
    """What was found in a file, and what it says of accidents."""

    findings: tuple[Finding, ...]
    hints: Hints


class Results:
    """The results in one file. Raises nothing: what can't be read is not known, what can't be written is told once."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache = cache
        self._path = cache.folder / name
        self._usable = True

    def files(self, stamps: Mapping[str, Stamp]) -> dict[str, Known]:
        """What is known of the files that have these stamps still."""
        try:
            rows = self._read("SELECT path, size, mtime, ctime, inode, said, checksum FROM files")
            found: dict[str, Known] = {}
            for blob, *numbers, said, checksum in rows:
                path = blob.decode("utf-8", "surrogateescape")
                if stamps.get(path, NO_STAMP) == tuple(numbers):
                    found[path] = _known(path, _checked(said, checksum, blob))
            return found
        except _BROKEN as problem:
            self._give_up(problem)
            return {}

    def run(self, key: bytes) -> Any:
        """What a run brought, as it was handed over; None if that is not known."""
        try:
            for said, checksum in self._read("SELECT said, checksum FROM runs WHERE key = ?", key):
                return _checked(said, checksum, key)
            return None
        except _BROKEN as problem:
            self._give_up(problem)
            return None

    def _read(self, query: str, *values: bytes) -> list[Any]:
        connection = self._connection()
        if connection is None:
            return []
        with closing(connection):
            return connection.execute(query, values).fetchall()

    def write(self, files: Mapping[str, tuple[Stamp, Known]], key: bytes = b"", run: Any = None) -> None:
        """Takes in what was found in files, and what the run of that key brought unless it is None."""
        connection = self._connection()
        if connection is None:
            return
        try:
            with closing(connection):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (_row(path, stamp, known) for path, (stamp, known) in files.items()),
                )
                if run is not None:
                    self._write_run(connection, key, _written(run))
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as problem:
            self._give_up(problem)

    def _write_run(self, connection: sqlite3.Connection, key: bytes, said: bytes) -> None:
        newest = "SELECT coalesce(max(seen), 0) + 1 FROM runs"
        checksum = _checksum(said, key)
        connection.execute(f"INSERT OR REPLACE INTO runs VALUES (?, ({newest}), ?, ?)", (key, said, checksum))
        connection.execute("DELETE FROM runs WHERE seen <= (SELECT max(seen) FROM runs) - ?", (_RUNS,))

    def _connection(self) -> sqlite3.Connection | None:
        """The database; None when it can't be used."""
        opened = open_in(self._cache, self._path.name, _connect) if self._usable else None
        self._usable = opened is not None
        return opened

    def _give_up(self, problem: Exception) -> None:
        self._usable = False
        self._cache.warn(complaint(self._cache.folder, problem))
        if is_damage(problem) or not isinstance(problem, sqlite3.Error):
            discard(self._path)


def name_of(*facts: str) -> str:
    """The name of the results for what these say: the site, and all that findings in one file depend on."""
    text = "\0".join((str(packing.VERSION), *facts))
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest() + ".results"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone() is None:
            for table in _TABLES:
                connection.execute(table)
    except BaseException:
        with suppress(sqlite3.Error):
            connection.close()
        raise
    return connection


def _row(path: str, stamp: Stamp, known: Known) -> tuple[bytes, int, int, int, int, bytes, int]:
    hints = known.hints
    parts = [[packing.pack_finding(f) for f in known.findings], [hints.certain, hints.unsure, hints.elsewhere]]
    said = _written(parts) if known != _NOTHING else b""
    return (_blob(path), *stamp, said, _checksum(said, _blob(path)))


def _known(path: str, parts: Any) -> Known:
    if parts is None:
        return _NOTHING
    findings, hints = parts
    return Known(tuple(packing.unpack_finding(path, f) for f in findings), Hints(*map(tuple, hints)))


_NOTHING = Known((), Hints())


def _checked(said: bytes, checksum: int, key: bytes) -> Any:
    """The value that was written. Raises sqlite3.DatabaseError when it was altered."""
    if _checksum(said, key) != checksum:
        raise sqlite3.DatabaseError("a row is damaged")
    return json.loads(said) if said else None


def _written(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _checksum(said: bytes, key: bytes) -> int:
    return crc32(said, crc32(key))


def _blob(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
