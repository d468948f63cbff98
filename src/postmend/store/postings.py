"""Shingles on disk: which posts have one, in buckets of an SQLite table by the first bits of the shingle.

A bucket is a checksum and sorted 64-bit entries: the bits of the shingle that its part does not imply above, the
number of the post below. Parts are ranges of shingles that are sorted at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from postmend.comparator.join import Owners
from postmend.comparator.tokens import SHINGLE_BITS, Hashes

TABLE = "CREATE TABLE IF NOT EXISTS postings (bucket INTEGER PRIMARY KEY, data BLOB)"

_BUCKET = 128  # entries, about
_PART = 1 << 22  # entries, about: 32 MB, and some times that while they are written
_CHECKSUM = 4  # bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """How many of a shingle's first bits name its bucket, and how many of these its part."""

    bucket_bits: int
    part_bits: int

    @staticmethod
    def of(entries: int, highest: int) -> Layout:
        """The layout for so many entries of posts with numbers up to `highest`."""
        part_bits = max((entries // _PART).bit_length(), highest.bit_length() + SHINGLE_BITS - 64)
        return Layout(max(part_bits, (entries // _BUCKET).bit_length()), part_bits)

    @property
    def rest_bits(self) -> int:
        """The bits of a shingle that an entry holds."""
        return SHINGLE_BITS - self.part_bits

    @property
    def post_bits(self) -> int:
        """The bits of an entry for the number of the post."""
        return 64 - self.rest_bits


def write_postings(
    connection: sqlite3.Connection, numbers: Sequence[int], shingles: Sequence[Hashes], layout: Layout
) -> None:
    """Fills the table anew with the sorted shingles of posts. Raises sqlite3.Error."""
    connection.execute("DELETE FROM postings")
    in_part = layout.bucket_bits - layout.part_bits
    for part, entries in _parts(numbers, shingles, layout):
        buckets = (entries >> np.uint64(64 - in_part)) if in_part else np.zeros(len(entries), np.uint64)
        starts = np.flatnonzero(np.concatenate(([True], buckets[1:] != buckets[:-1])))
        names = ((part << in_part) + buckets[starts].astype(np.int64)).tolist()
        pieces = (entries[a:b].tobytes() for a, b in zip(starts, [*starts[1:], len(entries)], strict=True))
        rows = (
            (name, crc32(data).to_bytes(_CHECKSUM, "little") + data) for name, data in zip(names, pieces, strict=True)
        )
        connection.executemany("INSERT INTO postings VALUES (?, ?)", rows)


def _parts(numbers: Sequence[int], shingles: Sequence[Hashes], layout: Layout) -> Iterator[tuple[int, Hashes]]:
    """Each part with anything in it: its number and its sorted entries."""
    owners = np.asarray(numbers, np.uint64)
    mask = np.uint64((1 << layout.rest_bits) - 1)
    limits = np.arange(1, 1 << layout.part_bits, dtype=np.uint64) << np.uint64(layout.rest_bits)
    cuts = np.zeros((len(shingles), len(limits) + 2), np.int32)
    for row, hashes in zip(cuts, shingles, strict=True):
        row[1:-1] = np.searchsorted(hashes, limits)
        row[-1] = len(hashes)
    for part in range(1 << layout.part_bits):
        starts, ends = cuts[:, part].tolist(), cuts[:, part + 1].tolist()
        entries = np.concatenate([h[a:b] for h, a, b in zip(shingles, starts, ends, strict=True)])
        if len(entries):
            entries &= mask
            entries <<= np.uint64(layout.post_bits)
            entries |= np.repeat(owners, cuts[:, part + 1] - cuts[:, part])
            entries.sort()
            yield part, entries.astype("<u8", copy=False)


def find_postings(connection: sqlite3.Connection, hashes: Hashes, layout: Layout) -> Owners:
    """The posts of each of the sorted hashes. Raises sqlite3.Error, also for a bucket that was damaged."""
    names = np.unique(hashes >> np.uint64(SHINGLE_BITS - layout.bucket_bits)).tolist()
    found = [(name, _bucket(connection, name)) for name in names]
    lengths = [len(entries) for _, entries in found]
    entries = np.concatenate([np.zeros(0, np.uint64), *(entries for _, entries in found)])
    parts = np.array([name for name, _ in found], np.uint64) >> np.uint64(layout.bucket_bits - layout.part_bits)
    keys = (entries >> np.uint64(layout.post_bits)) | np.repeat(parts << np.uint64(layout.rest_bits), lengths)
    starts = np.searchsorted(keys, hashes)
    sizes = np.searchsorted(keys, hashes, "right") - starts
    return Owners(sizes, starts, (entries & np.uint64((1 << layout.post_bits) - 1)).astype(np.int64))


def _bucket(connection: sqlite3.Connection, name: int) -> Hashes:
    row = connection.execute("SELECT data FROM postings WHERE bucket = ?", (name,)).fetchone()
    if row is None:
        return np.zeros(0, np.uint64)
    data = row[0]
    if crc32(data[_CHECKSUM:]).to_bytes(_CHECKSUM, "little") != data[:_CHECKSUM]:
        raise sqlite3.DatabaseError(f"bucket {name} is damaged")
    return np.frombuffer(data, "<u8", offset=_CHECKSUM).astype(np.uint64, copy=False)
