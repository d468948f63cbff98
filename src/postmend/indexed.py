"""The memory of an index: posts that did not change are recalled as they are, or looked up one by one."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.find import find_among
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.policy import DuplicatePolicy
from postmend.lookup import IndexedLibrary
from postmend.model import Pair
from postmend.pairs import Comparison
from postmend.remembering import Memory, Together
from postmend.scope import Scope
from postmend.store.cache import Entry, Hints
from postmend.store.database import complaint
from postmend.store.index import Index
from postmend.store.postings import Layout
from postmend.store.rows import Snapshot
from postmend.store.tree import NO_STAMP

MOST_ASKED = 32  # posts that are looked up one by one; more are compared with all posts in memory
MOST_LOOSE = 1000  # posts that are held in memory while others are looked up


class IndexMemory(Memory):
    """The memory of an index. What is read is of one moment; what is written comes later."""

    def __init__(self, index: Index, warn: Callable[[str], None]) -> None:
        self._index = index
        self._warn = warn
        self._may_write = True
        self._scope: Scope | None = None
        self._paths: Sequence[str] = ()
        self._snapshot = Snapshot()
        self._same = np.zeros(0, bool)  # rows whose file is as the index has it
        self._kept = self._same  # those of them whose file need not be read
        self._hints: dict[str, Hints] = {}
        self._layout: Layout | None = None  # of the postings; None: posts are recalled rather than looked up
        self._recalled: dict[str, Fingerprint] = {}

    def recall(self, scope: Scope, paths: Sequence[str], must: Collection[str]) -> list[str]:
        """See `Memory`."""
        self._scope, self._paths = scope, paths
        self._index.begin()
        self._snapshot = self._index.snapshot()
        rows = _unchanged(self._snapshot, paths, scope)
        self._same = np.zeros(len(self._snapshot.paths), bool)
        self._same[rows[rows >= 0]] = True
        self._hints = {path: hints for path, hints in self._index.hints().items() if self._is_among(self._same, path)}
        for path in must:
            rows[bisect_left(paths, path)] = -1
        self._kept = np.zeros(len(self._snapshot.paths), bool)
        self._kept[rows[rows >= 0]] = True
        stale = np.flatnonzero(rows < 0).tolist()
        self._recall_posts(len(stale))
        return [paths[number] for number in stale]

    def _is_among(self, rows: NDArray[np.bool_], path: str) -> bool:
        """Whether the file is in the index, and in one of these rows."""
        row = self._row(path)
        return row >= 0 and bool(rows[row])

    def _row(self, path: str) -> int:
        """The row of a file; -1 if there is none."""
        row = bisect_left(self._snapshot.paths, path)
        return row if self._snapshot.paths[row : row + 1] == [path] else -1

    def _recall_posts(self, stale: int) -> None:
        """Reads all posts, unless it is enough to look some up."""
        rows = np.flatnonzero(self._kept & self._snapshot.are_posts)
        merged = self._index.merged()
        loose = rows[self._snapshot.ids[rows] > (merged[1] if merged else 0)]
        assert self._scope is not None
        if merged and len(loose) + stale <= MOST_LOOSE and len(self._scope.asked) <= MOST_ASKED:
            self._layout = merged[0]
            rows = loose
        for row in rows.tolist():
            post = self._index.fingerprint(int(self._snapshot.ids[row]))
            self._recalled[post.path] = post
        if self._layout is None:
            self._index.end()

    def hints(self) -> Mapping[str, Hints]:
        """See `Memory`."""
        return {path: hints for path, hints in self._hints.items() if self._is_among(self._kept, path)}

    def forget(self, path: str) -> None:
        """See `Memory`."""
        self._kept[self._row(path)] = False
        self._recalled.pop(path, None)

    def keep(self, entry: Entry) -> None:
        """See `Memory`."""
        known = self._hints.get(entry.path, Hints())
        if entry.hints == known and self._is_among(self._same, entry.path):
            return
        if self._scope is not None:
            listed_at = self._scope.listed_at
            self._write(lambda: self._index.add(entry, listed_at))

    def comparison(self, read: Sequence[Fingerprint], policy: DuplicatePolicy) -> Comparison:
        """See `Memory`."""
        posts = [*self._recalled.values(), *read]
        if self._layout is None:
            return Together(posts, policy)
        wanted = self._on_disk()
        if not policy.include_drafts:
            wanted &= ~self._snapshot.drafts
            posts = [post for post in posts if not post.draft]
        rows = np.flatnonzero(wanted)
        return LookedUp(IndexedLibrary(self._index, self._snapshot, rows, posts, self._layout), policy)

    def posts(self, read: Sequence[Fingerprint]) -> Sequence[Fingerprint]:
        """See `Memory`."""
        numbers = self._snapshot.ids[self._on_disk()].tolist()
        return [*self._recalled.values(), *map(self._index.fingerprint, numbers), *read]

    def _on_disk(self) -> NDArray[np.bool_]:
        """The rows of posts that are neither read nor recalled."""
        rows = self._kept & self._snapshot.are_posts
        rows[list(map(self._row, self._recalled))] = False
        return rows

    def settle(self, read: Sequence[Fingerprint]) -> None:
        """See `Memory`."""
        self._index.end()
        posts = [*self._recalled.values(), *read]
        self._write(lambda: self._index.settle(self._gone(), posts))

    def _gone(self) -> list[str]:
        """Files of the index that are there no more; those that this run left out may be another's."""
        assert self._scope is not None
        if self._snapshot.paths == self._paths:
            return []
        missing = set(self._snapshot.paths).difference(self._paths)
        return sorted(path for path in missing if not os.path.lexists(self._scope.root / path))

    def _write(self, work: Callable[[], None]) -> None:
        """Does some writing; when that fails, says so once and leaves it."""
        if not self._may_write:
            return
        try:
            work()
        except sqlite3.OperationalError as problem:
            self._may_write = False
            self._warn(complaint(self._index.folder, problem))


class LookedUp:
    """Posts that are looked up in the index; see `Comparison`."""

    def __init__(self, library: IndexedLibrary, policy: DuplicatePolicy) -> None:
        self._library = library
        self._policy = policy

    def pairs(self, asked: frozenset[str]) -> Sequence[Pair]:
        return find_among(self._library, self._library.numbers(asked), self._policy)

    def post(self, path: str) -> Fingerprint:
        return self._library.post(self._library.numbers([path])[0])


def _unchanged(snapshot: Snapshot, paths: Sequence[str], scope: Scope) -> NDArray[np.int64]:
    """For each path its row in the snapshot, or -1 if the file is another one now."""
    if not len(snapshot.paths):
        return np.full(len(paths), -1)
    stamps = map(scope.stamps.get, paths, repeat(NO_STAMP))
    found = np.fromiter(chain.from_iterable(stamps), np.int64, 4 * len(paths)).reshape(-1, 4)
    if snapshot.paths == paths:
        rows = np.arange(len(paths))
    else:
        places = {path: row for row, path in enumerate(snapshot.paths)}
        rows = np.array([places.get(path, -1) for path in paths], np.int64)
    same = (snapshot.stamps[rows] == found).all(axis=1) & (found[:, 0] >= 0)
    return np.where(same, rows, -1)
