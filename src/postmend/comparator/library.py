"""All posts of a corpus, as the comparison asks for them; here held in memory, elsewhere read from an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import Protocol

import numpy as np

from postmend.comparator import slugs, titles
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.join import Owners, join
from postmend.linking import key_of, names_of

# To be raised with any change of the keys below, of titles.py or of slugs.py, so that stored ones are dropped.
VERSION = 2


def keys(post: Fingerprint) -> list[int]:
    """What a post is looked up by: two posts that share a key may be worth a comparison. A key is a 63-bit hash."""
    named = (key(post, post.locale) for key in (title_key, description_key, slug_key))
    return [key for key in (*named, body_key(post), url_key(post)) if key is not None]


def title_key(post: Fingerprint, locale: str | None) -> int | None:
    """By its title, folded, among the posts of a locale. None if it has none, here and below."""
    return _key("title", locale, titles.key(post.title))


def description_key(post: Fingerprint, locale: str | None) -> int | None:
    """By its description, folded, among the posts of a locale."""
    return _key("description", locale, titles.key(post.description))


def slug_key(post: Fingerprint, locale: str | None) -> int | None:
    """By its slug without what copies add, among the posts of a locale."""
    return _key("slug", locale, slugs.block(post.slug))


def body_key(post: Fingerprint) -> int | None:
    """By all words of its body."""
    return _key("body", None, post.digest.hex())


def link_keys(post: Fingerprint) -> list[int]:
    """By what links may call it: see `Fingerprint.links`."""
    return [key_of(name) for name in names_of(post.path, post.url)]


def url_key(post: Fingerprint) -> int | None:
    """By its address."""
    return _key("url", None, post.url or "")


def _key(kind: str, locale: str | None, value: str) -> int | None:
    if not value:
        return None
    written = f"{kind}\0{locale or ''}\0{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "big") >> 1


class Library(Protocol):
    """Posts by number.

    Of posts with equal bodies the one with the lowest path, the first, stands for all where text is compared: else
    the shingles of all would be common.
    """

    def post(self, number: int) -> Fingerprint:
        """The post of a number."""
        ...

    def having(self, key: int | None) -> Sequence[int]:
        """The posts that have this key, by path, if there are several."""
        ...

    def partners(self, first: int) -> Sequence[int]:
        """The firsts that share enough rare shingles with this one."""
        ...

    def owners(self, first: int) -> Owners:
        """Of each shingle of a first, the firsts that have it."""
        ...

    def linking(self, number: int) -> int:
        """How many posts link to the one of a number."""
        ...


class Linkers:
    """Which of some posts, by their place among them, link to what."""

    def __init__(self, posts: Sequence[Fingerprint]) -> None:
        keys = np.frombuffer(b"".join(post.links for post in posts), "<u8")
        holders = np.repeat(np.arange(len(posts)), [len(post.links) // 8 for post in posts])
        order = np.argsort(keys, kind="stable")
        self._keys, self._holders = keys[order], holders[order]

    def of(self, key: int) -> list[int]:
        """The posts that link to what has this key."""
        start, end = (int(np.searchsorted(self._keys, np.uint64(key), side)) for side in ("left", "right"))
        return [int(holder) for holder in self._holders[start:end]]


class Shelf:
    """A library in memory. Numbers are in the order of paths."""

    def __init__(self, posts: Iterable[Fingerprint]) -> None:
        self.posts = sorted(posts, key=lambda post: post.path)
        self._groups = self._grouped()
        firsts = self._firsts()
        pairs, common = join([self.posts[number].hashes for number in firsts.tolist()])
        self._common = common.renumbered(firsts)
        self._partners: dict[int, list[int]] = defaultdict(list)
        for one, other in pairs:
            left, right = int(firsts[one]), int(firsts[other])
            self._partners[left].append(right)
            self._partners[right].append(left)

    def post(self, number: int) -> Fingerprint:
        return self.posts[number]

    def having(self, key: int | None) -> Sequence[int]:
        return self._groups.get(key, ()) if key is not None else ()

    def partners(self, first: int) -> Sequence[int]:
        return self._partners.get(first, ())

    def linking(self, number: int) -> int:
        return len({linker for key in link_keys(self.posts[number]) for linker in self._linkers.of(key)} - {number})

    @cached_property
    def _linkers(self) -> Linkers:
        return Linkers(self.posts)

    def owners(self, first: int) -> Owners:
        return self._common.owners(self.posts[first].hashes)

    def _grouped(self) -> dict[int, list[int]]:
        """The posts of each key that several have; those of one post alone would fill a dictionary by the million."""
        found = list(map(keys, self.posts))
        known = np.fromiter(chain.from_iterable(found), np.int64)
        numbers = np.repeat(np.arange(len(found)), np.fromiter(map(len, found), np.int64))
        order = np.argsort(known, kind="stable")
        known, numbers = known[order], numbers[order]
        starts = np.flatnonzero(np.diff(known, prepend=-1))
        sizes = np.diff(starts, append=len(known))
        several = sizes > 1
        pieces = zip(starts[several].tolist(), sizes[several].tolist(), strict=True)
        return {int(known[at]): numbers[at : at + size].tolist() for at, size in pieces}

    def _firsts(self) -> np.typing.NDArray[np.int64]:
        is_first = np.ones(len(self.posts), bool)
        for number, post in enumerate(self.posts):
            group = self.having(body_key(post))
            is_first[number] = not group or group[0] == number
        return np.flatnonzero(is_first)
