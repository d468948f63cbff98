"""Which posts share rare shingles: an exact join over sorted arrays, without estimates.

All shingles are sorted together with the number of the post they are from; equal ones then lie side by side.
The sort goes by ranges of the hash, so that its arrays stay small however many posts there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.tokens import SHINGLE_BITS, Hashes

MOST_POSTS = 16  # a shingle that more posts have says nothing about two of them, and would cost pairs by the square
FEWEST_SHARED = 10  # rare shingles that make two posts worth an exact comparison
_RANGE = 1 << 22  # shingles sorted at a time: 32 MB
_PIECE = 1 << 19  # of these, compared at a time: 4 MB, and some times that

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Owners:
    """The posts of some shingles: the shingle at `i` is in `sizes[i]` posts, `posts[starts[i]:starts[i]+sizes[i]]`.

    Sizes below 3 may be given as 0, without posts.
    """

    sizes: Numbers
    starts: Numbers
    posts: Numbers

    def members(self, chosen: Numbers) -> tuple[Numbers, Numbers]:
        """The posts of the chosen shingles (by index, none empty) one after another, and where each one's begin."""
        sizes = self.sizes[chosen]
        begins = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) - np.repeat(begins - self.starts[chosen], sizes)
        return self.posts[places], begins


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """The shingles that at least three posts have, sorted, and the posts of each (`posts[bounds[i]:bounds[i+1]]`)."""

    keys: Hashes
    bounds: Numbers
    posts: Numbers

    def renumbered(self, numbers: Numbers) -> Common:
        """The same, where post `i` is called `numbers[i]`."""
        return Common(self.keys, self.bounds, numbers[self.posts])

    def owners(self, hashes: Hashes) -> Owners:
        """The posts of each of the sorted hashes."""
        if not len(self.keys):
            nothing = np.zeros(len(hashes), np.int64)
            return Owners(nothing, nothing, self.posts)
        index = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        starts = self.bounds[index]
        return Owners(np.where(self.keys[index] == hashes, self.bounds[index + 1] - starts, 0), starts, self.posts)


def join(posts: Sequence[Hashes]) -> tuple[list[tuple[int, int]], Common]:
    """What posts (by number) have in common.

    The pairs with enough rare shingles, sorted, lower number first; and all shingles of at least three posts.
    """
    post_bits = max(1, (len(posts) - 1).bit_length())
    # The rest of a hash and the number of its post must fit into 64 bits.
    range_bits = max(post_bits + SHINGLE_BITS - 64, (sum(map(len, posts)) // _RANGE).bit_length())
    pairs: list[NDArray[np.uint64]] = []
    counts: list[Numbers] = []
    common: list[tuple[Hashes, Numbers, Numbers]] = []
    for prefix, packed in _pieces(_ranges(posts, range_bits, post_bits), post_bits):
        keys, numbers = packed >> np.uint64(post_bits), packed & np.uint64((1 << post_bits) - 1)
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        sizes = np.diff(starts, append=len(keys))
        found, times = _pairs(numbers, starts, sizes, post_bits)
        pairs.append(found)
        counts.append(times)
        full = keys[starts] | np.uint64(prefix << (SHINGLE_BITS - range_bits))
        common.append(_shared_by_three(full, numbers, sizes))
    return _enough(pairs, counts, post_bits), _common(common)


def _ranges(posts: Sequence[Hashes], range_bits: int, post_bits: int) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """For each range of hashes: its number, and its sorted hashes with the post in the lowest bits."""
    width = SHINGLE_BITS - range_bits
    limits = np.arange(1, 1 << range_bits, dtype=np.uint64) << np.uint64(width)
    cuts = np.zeros((len(posts), (1 << range_bits) + 1), np.int32)
    for row, hashes in zip(cuts, posts, strict=True):
        row[1:-1] = np.searchsorted(hashes, limits)
        row[-1] = len(hashes)
    for number in range(1 << range_bits):
        starts, ends = cuts[:, number].tolist(), cuts[:, number + 1].tolist()
        parts = [hashes[a:b] for hashes, a, b in zip(posts, starts, ends, strict=True)]
        packed = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
        if not len(packed):
            continue
        packed &= np.uint64((1 << width) - 1)
        packed <<= np.uint64(post_bits)
        packed |= np.repeat(np.arange(len(parts), dtype=np.uint64), cuts[:, number + 1] - cuts[:, number])
        packed.sort()
        yield number, packed


def _pieces(
    ranges: Iterator[tuple[int, NDArray[np.uint64]]], post_bits: int
) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """The ranges in pieces, none of which ends within a shingle."""
    for prefix, packed in ranges:
        keys = packed[_PIECE::_PIECE] >> np.uint64(post_bits)
        edges = np.searchsorted(packed, keys << np.uint64(post_bits)).tolist()
        for start, end in pairwise([0, *edges, len(packed)]):
            if start < end:
                yield prefix, packed[start:end]


def _pairs(
    numbers: NDArray[np.uint64], starts: Numbers, sizes: Numbers, post_bits: int
) -> tuple[NDArray[np.uint64], Numbers]:
    """All pairs within groups of 2 to `MOST_POSTS` posts, packed into one number, and the times of each."""
    found = []
    for size in range(2, MOST_POSTS + 1):
        groups = starts[sizes == size]
        if len(groups):
            left, right = np.triu_indices(size, 1)
            lefts, rights = numbers[groups[:, None] + left], numbers[groups[:, None] + right]
            found.append(((lefts << np.uint64(post_bits)) | rights).ravel())
    if not found:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.unique(np.concatenate(found), return_counts=True)


def _enough(pairs: list[NDArray[np.uint64]], counts: list[Numbers], post_bits: int) -> list[tuple[int, int]]:
    if not pairs:
        return []
    packed, inverse = np.unique(np.concatenate(pairs), return_inverse=True)
    times = np.bincount(inverse.ravel(), weights=np.concatenate(counts), minlength=len(packed))
    packed = packed[times >= FEWEST_SHARED]
    mask = np.uint64((1 << post_bits) - 1)
    return list(zip((packed >> np.uint64(post_bits)).tolist(), (packed & mask).tolist(), strict=True))


def _shared_by_three(keys: Hashes, numbers: NDArray[np.uint64], sizes: Numbers) -> tuple[Hashes, Numbers, Numbers]:
    """Keys, sizes and members of the groups of at least three posts."""
    wide = sizes >= 3
    return keys[wide], sizes[wide], numbers[np.repeat(wide, sizes)].astype(np.int64)


def _common(parts: list[tuple[Hashes, Numbers, Numbers]]) -> Common:
    if not parts:
        return Common(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int64))
    keys, sizes, posts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Common(keys, np.concatenate(([0], np.cumsum(sizes))), posts)
