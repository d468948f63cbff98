"""Which shingles of two posts belong to a template: those found in three or more distinct articles.

Copies of one article must not make its text a template, so posts that are evidently versions of one of the two
count with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postmend.comparator.join import Owners
from postmend.comparator.tokens import Hashes

DISTINCT = 3  # articles that have a shingle before it is a template's
# Jaccard of versions edited apart, and of versions hardly edited. With .20 the parallel guides of the Astro
# documentation (migration from Gatsby, from Next.js) would count as one article.
_EDITED, _UNEDITED = 0.33, 0.60
_PRIVATE = 0.10  # of what two posts share: not in any third
_COPIES = 5  # posts that may be copies of one another; what more of them share is a template


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One post of two: its shingles, and the posts that have each."""

    hashes: Hashes
    owners: Owners


def own_shingles(left: Side, right: Side, family: Collection[int], *, linked: bool) -> tuple[int, int, int]:
    """How many shingles are no template's: of those that both posts have, of the left one's, of the right one's.

    `family` holds both posts and all evident versions of either; `linked` says that they are versions of each other.
    """
    relatives = np.fromiter(sorted(family), np.int64, len(family))
    ours, theirs = _shared(left.hashes, right.hashes), _shared(right.hashes, left.hashes)
    one, other = _own(left, ours, relatives, linked), _own(right, theirs, relatives, linked)
    return int((one & ours).sum()), int(one.sum()), int(other.sum())


def _shared(hashes: Hashes, others: Hashes) -> NDArray[np.bool_]:
    index = np.minimum(np.searchsorted(others, hashes), len(others) - 1)
    found: NDArray[np.bool_] = others[index] == hashes
    return found


def _own(side: Side, shared: NDArray[np.bool_], relatives: NDArray[np.int64], linked: bool) -> NDArray[np.bool_]:
    """Which shingles of a post too few strangers have. The two posts themselves count as one article or as two."""
    allowed = np.where(shared & (not linked), DISTINCT - 2, DISTINCT - 1)
    sizes = side.owners.sizes
    own: NDArray[np.bool_] = sizes < DISTINCT
    doubtful = np.flatnonzero(~own & (sizes - len(relatives) < allowed))
    if len(doubtful):
        posts, begins = side.owners.members(doubtful)
        strangers = np.add.reduceat(~np.isin(posts, relatives), begins)
        own[doubtful] = strangers < allowed[doubtful]
    return own


def are_one_article(left: Side, right: Hashes, jaccard: float) -> bool:
    """Whether two posts with different titles are evidently versions of one article.

    What two posts of a template share, a third has too. Versions of an article that were edited apart share
    something that no third has; and where hardly anything was edited, they share nearly all.
    """
    if jaccard < _EDITED:
        return False
    posts = left.owners.sizes[_shared(left.hashes, right)]
    common = posts >= DISTINCT
    if 1 - np.mean(common) >= _PRIVATE:
        return True
    return jaccard >= _UNEDITED and bool(np.median(posts[common]) <= _COPIES)


def components(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """For each of `count` items, the lowest item that it is linked to, directly or not (union-find)."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in links:
        a, b = sorted((root(left), root(right)))
        parent[b] = a
    return [root(item) for item in range(count)]
