"""Posts that may hold what another one has lost: those that share some of its text, its slug or its date.

A damaged post shares less than the duplicates that are worth a report, so the bar is low: who asks compares the texts
line by line afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from postmend.comparator.fingerprints import Fingerprint

_LEAST_SHARED = 5  # shingles
_MOST = 4  # posts that share text, for each damaged one, and as many that share its slug or its date


def find_twins(fingerprints: Sequence[Fingerprint], damaged: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The paths of likely twins for each damaged post (paths), those that share most first. Linear in all posts."""
    hurt = sorted((f for f in fingerprints if f.path in damaged), key=lambda f: f.path)
    if not hurt:
        return {}
    wanted = np.unique(np.concatenate([f.hashes for f in hurt]))
    shares: dict[str, list[tuple[int, str]]] = {f.path: [] for f in hurt}
    for other in fingerprints:
        common = other.hashes[np.isin(other.hashes, wanted)]
        for one in hurt if len(common) >= _LEAST_SHARED else ():
            shared = int(np.isin(one.hashes, common).sum())
            if shared >= _LEAST_SHARED and one.path != other.path:
                shares[one.path].append((-shared, other.path))
    return {one.path: _chosen(one, shares[one.path], fingerprints) for one in hurt}


def _chosen(
    one: Fingerprint, shares: Sequence[tuple[int, str]], fingerprints: Sequence[Fingerprint]
) -> tuple[str, ...]:
    sharing = [path for _, path in sorted(shares)]
    namesakes = sorted(f.path for f in fingerprints if f.path != one.path and _is_namesake(one, f))
    return tuple(dict.fromkeys((*sharing[:_MOST], *namesakes[:_MOST])))


def _is_namesake(one: Fingerprint, other: Fingerprint) -> bool:
    return one.slug == other.slug or (one.date is not None and one.date == other.date)
