"""A library whose posts are in the index on disk, but for a few: enough to compare one post with all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.join import FEWEST_SHARED, MOST_POSTS, Owners
from postmend.comparator.library import Linkers, body_key, keys, link_keys
from postmend.store.index import Index
from postmend.store.postings import Layout
from postmend.store.rows import Snapshot

_REMEMBERED = 512  # posts and their owners


class IndexedLibrary:
    """The posts in some `rows` of the snapshot, by their number in the index, and `loose` ones, which are in memory, by
    numbers above. The rows must be among the postings.
    """

    def __init__(
        self, index: Index, snapshot: Snapshot, rows: NDArray[np.int64], loose: Sequence[Fingerprint], layout: Layout
    ) -> None:
        self._index = index
        self._layout = layout
        self._names = snapshot.paths
        self._ids = snapshot.ids
        self._base = int(snapshot.ids.max(initial=0)) + 1
        self._loose = {self._base + n: post for n, post in enumerate(sorted(loose, key=lambda post: post.path))}
        self._loose_numbers = list(self._loose)
        self._linkers = Linkers(list(self._loose.values()))
        self._row_of = np.full(self._base, -1)  # -1: no post of this run
        self._row_of[snapshot.ids[rows]] = rows
        self._by_key: dict[int, list[int]] = {}
        for number, post in self._loose.items():
            for key in keys(post):
                self._by_key.setdefault(key, []).append(number)
        self._is_first = self._firsts(snapshot, rows)
        self._hashes, self._holders = self._loose_shingles()
        self.post = lru_cache(maxsize=_REMEMBERED)(self._post)
        self.having = lru_cache(maxsize=1 << 14)(self._having)
        self.owners = lru_cache(maxsize=_REMEMBERED)(self._owners)

    def numbers(self, paths: Iterable[str]) -> list[int]:
        """The numbers of the posts with these paths, where there are any."""
        wanted = set(paths)
        rows = [(bisect_left(self._names, path), path) for path in wanted]
        there = [int(self._ids[row]) for row, path in rows if self._names[row : row + 1] == [path]]
        inside = [number for number in there if self._row_of[number] >= 0]
        return [*inside, *(number for number, post in self._loose.items() if post.path in wanted)]

    def partners(self, first: int) -> Sequence[int]:
        """The firsts that share enough rare shingles with this one."""
        owners = self.owners(first)
        rare = np.flatnonzero((owners.sizes >= 2) & (owners.sizes <= MOST_POSTS))
        found, times = np.unique(owners.members(rare)[0], return_counts=True)
        return [number for number in found[times >= FEWEST_SHARED].tolist() if number != first]

    def linking(self, number: int) -> int:
        """See `Library`."""
        found: set[int] = set()
        for key in link_keys(self.post(number)):
            found.update(n for n in self._index.having(key) if n < self._base and self._row_of[n] >= 0)
            found.update(self._loose_numbers[place] for place in self._linkers.of(key))
        return len(found - {number})

    def _path(self, number: int) -> str:
        return self._loose[number].path if number >= self._base else self._names[int(self._row_of[number])]

    def _post(self, number: int) -> Fingerprint:
        return self._loose[number] if number >= self._base else self._index.fingerprint(number)

    def _having(self, key: int | None) -> Sequence[int]:
        if key is None:
            return ()
        stored = (n for n in self._index.having(key) if n < self._base and self._row_of[n] >= 0)
        found = [*stored, *self._by_key.get(key, ())]
        return sorted(found, key=self._path) if len(found) > 1 else ()

    def _owners(self, first: int) -> Owners:
        hashes = self.post(first).hashes
        everywhere = np.arange(len(hashes))
        starts = np.searchsorted(self._hashes, hashes)
        loose = Owners(np.searchsorted(self._hashes, hashes, "right") - starts, starts, self._holders)
        stored = self._index.owners(hashes, self._layout)
        places = np.concatenate([np.repeat(everywhere, owners.sizes) for owners in (stored, loose)])
        posts = np.concatenate([owners.members(everywhere)[0] for owners in (stored, loose)])
        # Numbers from the base on are either loose, or of posts that came into the index later.
        posts[: stored.sizes.sum()][posts[: stored.sizes.sum()] >= self._base] = -1
        kept = (posts >= 0) & self._is_first[posts]
        posts, places = posts[kept], places[kept]
        sizes = np.bincount(places, minlength=len(hashes))
        return Owners(sizes, np.cumsum(sizes) - sizes, posts[np.argsort(places, kind="stable")])

    def _firsts(self, snapshot: Snapshot, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which numbers are of the lowest path among posts with equal bodies."""
        is_first = np.zeros(self._base + len(self._loose), bool)
        bodies, lowest = np.unique(snapshot.bodies[rows], return_index=True)
        numbers = snapshot.ids[rows]
        is_first[numbers[lowest]] = True
        is_first[numbers[snapshot.bodies[rows] == 0]] = True  # posts without words are equal to none
        met: set[int] = set()
        for number, post in self._loose.items():
            key = body_key(post) or 0
            at = int(np.searchsorted(bodies, key)) if key else len(bodies)
            rival = int(numbers[lowest[at]]) if at < len(bodies) and bodies[at] == key else None
            is_first[number] = key not in met and (rival is None or post.path < self._path(rival))
            if is_first[number] and rival is not None:
                is_first[rival] = False
            met |= {key} - {0}
        return is_first

    def _loose_shingles(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """All shingles of loose firsts, sorted, and the post of each."""
        firsts = [(number, post.hashes) for number, post in self._loose.items() if self._is_first[number]]
        hashes = np.concatenate([np.zeros(0, np.uint64), *(own for _, own in firsts)])
        holders = np.repeat(np.array([n for n, _ in firsts], np.int64), [len(own) for _, own in firsts])
        order = np.argsort(hashes, kind="stable")
        return hashes[order], holders[order]
