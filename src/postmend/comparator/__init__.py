"""The comparator: which posts are the same article, why, and which one to keep.

    prints = [fingerprint(post) for post in posts]     # in any process
    pairs = find_duplicates(prints, DuplicatePolicy())
    groups = find_clusters(pairs, prints)

`compare` compares two posts, `longest_shared` and `align` show where two texts agree. Nothing heavy is
imported until one of the names is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from postmend.comparator.policy import DuplicatePolicy

if TYPE_CHECKING:
    from postmend.comparator.alignment import Row, Segment, align
    from postmend.comparator.clusters import find_clusters
    from postmend.comparator.fields import changed_fields
    from postmend.comparator.find import compare, compare_fingerprints, find_duplicates
    from postmend.comparator.fingerprints import Fingerprint, fingerprint
    from postmend.comparator.keeping import as_repaired
    from postmend.comparator.parallel import judged
    from postmend.comparator.passage import longest_shared, shared_words
    from postmend.comparator.twins import find_twins

_HOMES = {
    "Fingerprint": "fingerprints",
    "Row": "alignment",
    "Segment": "alignment",
    "align": "alignment",
    "as_repaired": "keeping",
    "changed_fields": "fields",
    "compare": "find",
    "compare_fingerprints": "find",
    "find_clusters": "clusters",
    "find_duplicates": "find",
    "find_twins": "twins",
    "fingerprint": "fingerprints",
    "judged": "parallel",
    "longest_shared": "passage",
    "shared_words": "passage",
}

__all__ = [
    "DuplicatePolicy",
    "Fingerprint",
    "Row",
    "Segment",
    "align",
    "as_repaired",
    "changed_fields",
    "compare",
    "compare_fingerprints",
    "find_clusters",
    "find_duplicates",
    "find_twins",
    "fingerprint",
    "judged",
    "longest_shared",
    "shared_words",
]


def __getattr__(name: str) -> Any:
    """Imports the module of a public name when the name is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
