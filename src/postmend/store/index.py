"""What is known of the posts of a site, on disk: one SQLite file in the cache folder for each site and configuration.

A row is trusted as long as the file's stamp is that of the row, and was older than the listing that found it: a file
that is written twice within a tick of the clock would else look unchanged. Whatever is wrong with the index, a run does
without it: it says so once and reads the files.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from zlib import crc32

import numpy as np

from postmend.comparator import fingerprints, library
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.join import Owners
from postmend.comparator.tokens import Hashes
from postmend.store import postings
from postmend.store.cache import Cache, Entry, Hints
from postmend.store.database import open_in
from postmend.store.postings import Layout
from postmend.store.rows import NOT_A_POST, Snapshot, checksum, decoded, encoded, restored, written
from postmend.store.ticks import TICK
from postmend.store.tree import NO_STAMP

_SCHEMA = 2
_TABLES = (
    """CREATE TABLE IF NOT EXISTS files (
        id INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB UNIQUE, size INT, mtime INT, ctime INT, inode INT,
        draft INT, body INT, hints TEXT, meta TEXT, shingles BLOB, checksum INT)""",
    "CREATE INDEX IF NOT EXISTS hinted ON files (id) WHERE hints != ''",
    "CREATE TABLE IF NOT EXISTS keys (key INTEGER, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, data BLOB)",
    postings.TABLE,
)
_BATCH = 2000  # rows written at a time; what an interrupted run leaves behind is whole batches
_WAIT = 5.0  # seconds for another process to finish writing
FEW = 16  # files that are read again rather than written
MOST_LOOSE = 500  # posts that may be missing among the postings


class Index:
    """An open index. Every method may raise sqlite3.Error; `opened` makes these a warning."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._pending: list[Entry] = []
        self._has_changed = False
        if not self._has_tables():
            with self._writing():
                pass

    def _has_tables(self) -> bool:
        return self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'postings'").fetchone() is not None

    def close(self) -> None:
        """Drops what was not written."""
        self._connection.close()

    def begin(self) -> None:
        """All that is read until `end` is of one moment."""
        self._connection.execute("BEGIN")

    def end(self) -> None:
        """Lets other processes write."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for table in _TABLES:
                self._connection.execute(table)
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    # ------------------------------------------------------------ reading

    def snapshot(self) -> Snapshot:
        """The files as the index knows them."""
        paths, numbers = self._state("paths"), self._state("numbers")
        if paths is None or numbers is None:
            return self._assembled()
        table = np.frombuffer(numbers, "<i8").reshape(-1, 7)
        names = decoded(paths).split("\0") if paths else []
        return Snapshot(names, table)

    def hints(self) -> dict[str, Hints]:
        """The files that say anything of accidents, or were told of any."""
        rows = self._connection.execute("SELECT path, hints FROM files INDEXED BY hinted WHERE hints != ''")
        return {decoded(path): Hints(*map(tuple, json.loads(told))) for path, told in rows}

    def fingerprint(self, number: int) -> Fingerprint:
        """The post of a number. Raises sqlite3.DatabaseError when it is damaged or missing."""
        row = self._connection.execute("SELECT meta, shingles, checksum FROM files WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"row {number} is missing")
        return restored(*row)

    def having(self, key: int) -> list[int]:
        """The numbers of posts with a key, old ones among them."""
        return [row[0] for row in self._connection.execute("SELECT id FROM keys WHERE key = ?", (key,))]

    def owners(self, hashes: Hashes, layout: Layout) -> Owners:
        """The numbers of the merged posts with each of these shingles, old ones among them."""
        return postings.find_postings(self._connection, hashes, layout)

    def merged(self) -> tuple[Layout, int] | None:
        """How postings are laid out, and the highest number of a post among them. None if there are none."""
        data = self._state("merged")
        if data is None:
            return None
        bucket_bits, part_bits, highest = json.loads(data)
        return Layout(bucket_bits, part_bits), highest

    # ------------------------------------------------------------ writing

    def add(self, entry: Entry, listed_at: int) -> None:
        """Takes in what was learnt of a file whose stamp was taken after `listed_at` (nanoseconds)."""
        if entry.stamp == NO_STAMP or max(entry.stamp[1:3]) > listed_at - TICK:
            return
        self._pending.append(entry)
        if len(self._pending) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what was taken in."""
        batch, self._pending = self._pending, []
        self._has_changed = True
        with self._writing():
            self._forget(entry.path for entry in batch)
            for entry in batch:
                self._insert(entry)

    def settle(self, gone: Iterable[str], posts: Sequence[Fingerprint]) -> None:
        """Writes the rest, the snapshot, and the postings anew if many posts are missing there; forgets what is `gone`.

        Little is not worth writing: it will be read again. `posts` are those that the run has in memory.
        """
        if not self._has_changed and len(self._pending) <= FEW:
            return
        self.flush()
        with self._writing():
            self._forget(gone)
            snapshot = self._assembled()
            self._set_state("paths", encoded("\0".join(snapshot.paths)))
            self._set_state("numbers", snapshot.numbers.astype("<i8").tobytes())
            merged = self.merged()
            loose = np.sum(snapshot.are_posts & (snapshot.ids > (merged[1] if merged else 0)))
            if loose > max(MOST_LOOSE, len(snapshot.paths) // 100):
                self._merge(snapshot, posts)

    def _merge(self, snapshot: Snapshot, posts: Sequence[Fingerprint]) -> None:
        """Writes the postings of all posts."""
        known = {post.path: post for post in posts}
        numbers: list[int] = []
        shingles: list[Hashes] = []
        for path, row in zip(snapshot.paths, snapshot.numbers.tolist(), strict=True):
            if row[6] != NOT_A_POST:
                post = known.get(path)
                same = post is not None and (library.body_key(post) or 0) == row[6]
                numbers.append(row[4])
                shingles.append(post.hashes if post is not None and same else self.fingerprint(row[4]).hashes)
        highest = int(snapshot.ids.max(initial=0))
        layout = Layout.of(sum(map(len, shingles)), highest)
        postings.write_postings(self._connection, numbers, shingles, layout)
        self._set_state("merged", json.dumps((layout.bucket_bits, layout.part_bits, highest)).encode())

    def _forget(self, paths: Iterable[str]) -> None:
        self._connection.execute("DELETE FROM state WHERE name IN ('paths', 'numbers')")
        for path in paths:
            blob = encoded(path)
            found = self._connection.execute("SELECT id, meta FROM files WHERE path = ?", (blob,)).fetchone()
            if found is None:
                continue
            if found[1] is not None:
                old = _keys(self.fingerprint(found[0]))
                self._connection.executemany("DELETE FROM keys WHERE key = ? AND id = ?", [(k, found[0]) for k in old])
            self._connection.execute("DELETE FROM files WHERE id = ?", (found[0],))

    def _insert(self, entry: Entry) -> None:
        post = entry.fingerprint
        meta, shingles = written(post) if post else (None, None)
        body = NOT_A_POST if post is None else library.body_key(post) or 0
        hints = [entry.hints.certain, entry.hints.unsure, entry.hints.elsewhere]
        row = (
            encoded(entry.path),
            *entry.stamp,
            int(post is not None and post.draft),
            body,
            json.dumps(hints) if any(hints) else "",
            meta,
            shingles,
            checksum(meta, shingles) if post else 0,
        )
        columns = "path, size, mtime, ctime, inode, draft, body, hints, meta, shingles, checksum"
        done = self._connection.execute(f"INSERT INTO files ({columns}) VALUES ({'?, ' * 10}?)", row)
        if post:
            keys = [(key, done.lastrowid) for key in _keys(post)]
            self._connection.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", keys)

    def _assembled(self) -> Snapshot:
        """The snapshot, made of the rows themselves."""
        rows = self._connection.execute("SELECT path, size, mtime, ctime, inode, id, draft, body FROM files").fetchall()
        named = sorted((decoded(row[0]), row[1:]) for row in rows)
        table = np.array([numbers for _, numbers in named], np.int64).reshape(-1, 7)
        return Snapshot([path for path, _ in named], table)

    def _state(self, name: str) -> bytes | None:
        row = self._connection.execute("SELECT data FROM state WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        data: bytes = row[0]
        if crc32(data[4:]).to_bytes(4, "little") != data[:4]:
            raise sqlite3.DatabaseError(f"{name} is damaged")
        return data[4:]

    def _set_state(self, name: str, data: bytes) -> None:
        checked = crc32(data).to_bytes(4, "little") + data
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, checked))


def _keys(post: Fingerprint) -> Iterable[int]:
    """What a post is looked up by, and what it links to."""
    return chain(library.keys(post), np.frombuffer(post.links, "<u8").tolist())


def name_of(*parts: str) -> str:
    """The name of an index for what these say: the folder, and all that its rows depend on."""
    facts = "\0".join((str(_SCHEMA), str(library.VERSION), str(fingerprints.VERSION), *parts))
    return blake2b(facts.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest() + ".sqlite"


def open_index(cache: Cache, name: str) -> Index | None:
    """The index of that name; one that is damaged is made anew. None, with a warning, if that can't be done."""
    return open_in(cache, name, Index)
