"""Which shingles belong to a template: those found in three or more distinct articles.

Copies of one article must not make its text a template, so posts that are evidently one article count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from postmend.comparator.join import Common
from postmend.comparator.similarity import intersection
from postmend.comparator.tokens import Hashes

DISTINCT = 3  # articles that have a shingle before it is a template's
# Jaccard of versions edited apart, and of versions hardly edited. With .20 the parallel guides of the Astro
# documentation (migration from Gatsby, from Next.js) would count as one article.
_EDITED, _UNEDITED = 0.33, 0.60
_PRIVATE = 0.10  # of what two posts share: not in any third
_COPIES = 5  # posts that may be copies of one another; what more of them share is a template


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """The template shingles of a corpus, as sorted keys (hashes without their lowest `shift` bits)."""

    shift: int
    keys: Hashes

    def own(self, hashes: Hashes) -> Hashes:
        """The hashes that are no template's."""
        if not len(self.keys):
            return hashes
        wanted = hashes >> np.uint64(self.shift)
        index = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        own: Hashes = hashes[self.keys[index] != wanted]
        return own


def find_templates(common: Common, articles: Sequence[int]) -> Templates:
    """The templates among the common shingles, given the article that each post is a version of."""
    sizes = np.diff(common.bounds)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    labels = np.asarray(articles, np.int64)[common.posts]
    count = len(articles) or 1
    distinct = np.unique(groups * count + labels) // count
    return Templates(common.shift, common.keys[np.bincount(distinct, minlength=len(sizes)) >= DISTINCT])


def are_one_article(left: Hashes, right: Hashes, jaccard: float, common: Common) -> bool:
    """Whether two posts with different titles are evidently versions of one article.

    What two posts of a template share, a third has too. Versions of an article that were edited apart share
    something that no third has; and where hardly anything was edited, they share nearly all.
    """
    if jaccard < _EDITED:
        return False
    found, index = common.look_up(intersection(left, right))
    if 1 - np.mean(found) >= _PRIVATE:
        return True
    posts = np.diff(common.bounds)[index[found]]
    return jaccard >= _UNEDITED and bool(np.median(posts) <= _COPIES)


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
