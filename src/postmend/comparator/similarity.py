"""Exact similarity of two bodies from their shingles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from postmend.comparator.tokens import Hashes


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two bodies share. Scores are from 0 to 1 and exact.

    `jaccard` is |A∩B| / |A∪B|, `containment` |A∩B| / min(|A|, |B|). The residual ones leave out template
    shingles, those that three or more distinct articles have: a shared header is no copy. `residual` is the
    residual containment, `mutual` the same by the longer body: both are high only if the texts as a whole are
    alike.
    """

    shared: int
    jaccard: float
    containment: float
    residual_shared: int
    residual: float
    mutual: float


NOTHING = Overlap(0, 0.0, 0.0, 0, 0.0, 0.0)


class Filter(Protocol):
    """Tells template shingles from a post's own ones."""

    def own(self, hashes: Hashes) -> Hashes:
        """The hashes that are no template's."""
        ...


def overlap(
    left: Hashes, right: Hashes, templates: Filter | None = None, own: tuple[int, int] | None = None
) -> Overlap:
    """The overlap of two sorted shingle sets; `own` is how many shingles of each are no template's."""
    common = intersection(left, right)
    if not len(common):
        return NOTHING
    shared, residual = len(common), len(common)
    sizes = len(left), len(right)
    if templates is not None and own is not None:
        residual = len(templates.own(common))
    else:
        own = sizes
    return Overlap(
        shared=shared,
        jaccard=shared / (sum(sizes) - shared),
        containment=shared / min(sizes),
        residual_shared=residual,
        residual=residual / min(own) if residual else 0.0,
        mutual=residual / max(own) if residual else 0.0,
    )


def intersection(left: Hashes, right: Hashes) -> Hashes:
    """What two sorted arrays without repetitions have in common."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if not len(small):
        return small
    index = np.minimum(np.searchsorted(large, small), len(large) - 1)
    common: Hashes = small[large[index] == small]
    return common
