"""Rows of the index: posts and paths as SQLite holds them, and all files at a glance."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.fingerprints import Fingerprint

NOT_A_POST = -1  # body of a file that is no text; 0 is a post without words


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All files of the index, sorted by path: stamp, number, whether a draft, key of the body."""

    paths: list[str] = field(default_factory=list)
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 7), np.int64))

    @property
    def stamps(self) -> NDArray[np.int64]:
        """Size, mtime, ctime, inode of each."""
        return self.numbers[:, :4]

    @property
    def ids(self) -> NDArray[np.int64]:
        """The number of each."""
        return self.numbers[:, 4]

    @property
    def drafts(self) -> NDArray[np.bool_]:
        """Whether each is a draft."""
        return np.not_equal(self.numbers[:, 5], 0)

    @property
    def bodies(self) -> NDArray[np.int64]:
        """The key of each one's body."""
        return self.numbers[:, 6]

    @property
    def are_posts(self) -> NDArray[np.bool_]:
        """Whether each is a post."""
        return np.not_equal(self.bodies, NOT_A_POST)


def encoded(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def decoded(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def written(post: Fingerprint) -> tuple[str, bytes]:
    """A post as text and its shingles as bytes, six for each."""
    fields = [getattr(post, name) for name in _FIELDS]
    meta = json.dumps([*fields, post.links.hex(), post.digest.hex()])
    return meta, np.frombuffer(post.shingles, np.uint8).reshape(-1, 8)[:, :6].tobytes()


def restored(meta: str | None, shingles: bytes, expected: int) -> Fingerprint:
    if meta is None or checksum(meta, shingles) != expected:
        raise sqlite3.DatabaseError("a row is damaged")
    *fields, links, digest = json.loads(meta)
    named = dict(zip(_FIELDS, fields, strict=True))
    six = np.frombuffer(shingles, np.uint8).reshape(-1, 6)
    eight = np.zeros((len(six), 8), np.uint8)
    eight[:, :6] = six
    named |= {name: tuple(named[name]) for name in ("tags", "excused")}
    named |= {"digest": bytes.fromhex(digest), "links": bytes.fromhex(links)}
    return Fingerprint(**named, shingles=eight.tobytes())


_FIELDS = tuple(name for name in Fingerprint.__slots__ if name not in ("digest", "shingles", "links"))


def checksum(meta: str | None, shingles: bytes | None) -> int:
    return crc32(shingles or b"", crc32((meta or "").encode()))
