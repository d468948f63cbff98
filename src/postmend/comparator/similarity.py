"""Exact similarity of two bodies from their shingles."""

from __future__ import annotations

from dataclasses import dataclass, replace

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


def overlap(left: Hashes, right: Hashes) -> Overlap:
    """The overlap of two sorted shingle sets, as if nothing in them were a template's."""
    shared = len(intersection(left, right))
    if not shared:
        return NOTHING
    sizes = len(left), len(right)
    containment = shared / min(sizes)
    return Overlap(shared, shared / (sum(sizes) - shared), containment, shared, containment, shared / max(sizes))


def without_templates(whole: Overlap, shared: int, own: tuple[int, int]) -> Overlap:
    """The overlap, with the residual figures for `shared` shingles of `own` on either side that are no template's."""
    if not shared:
        return replace(whole, residual_shared=0, residual=0.0, mutual=0.0)
    return replace(whole, residual_shared=shared, residual=shared / min(own), mutual=shared / max(own))


def intersection(left: Hashes, right: Hashes) -> Hashes:
    """What two sorted arrays without repetitions have in common."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    if not len(small):
        return small
    index = np.minimum(np.searchsorted(large, small), len(large) - 1)
    common: Hashes = small[large[index] == small]
    return common
