"""What earlier runs found: recalled for files that did not change, and as a whole where no file did.

Only what reports needs this. `fix` reads each file anew: what is to be written is never taken from a cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from postmend.comparator.policy import DuplicatePolicy
from postmend.config import Policy
from postmend.elsewhere import Elsewhere
from postmend.model import Finding
from postmend.pairs import Duplicates
from postmend.remembering import Forgetful, Run
from postmend.rules import BY_CODE
from postmend.scope import Request, Scope
from postmend.store import packing, results
from postmend.store.cache import Hints
from postmend.store.program import program
from postmend.store.results import Known, Results
from postmend.store.ticks import TICK
from postmend.store.tree import NO_STAMP, Stamp


class Recall(Forgetful):
    """The results on disk."""

    def __init__(self, stored: Results, scope: Scope, key: bytes) -> None:
        self._stored = stored
        self._scope = scope
        self._key = key
        self._found: dict[str, tuple[Stamp, Known]] = {}

    def run(self) -> Run | None:
        """See `Forgetful`."""
        found = self._stored.run(self._key) if self._key else None
        return _unpacked_run(found) if found is not None else None

    def files(self) -> Mapping[str, Known]:
        """See `Forgetful`."""
        stamps = self._scope.stamps
        return self._stored.files({path: stamps.get(path, NO_STAMP) for path in self._scope.asked})

    def keep(self, path: str, findings: Sequence[Finding], hints: Hints) -> None:
        """See `Forgetful`."""
        stamp = self._scope.stamps.get(path, NO_STAMP)
        if self._is_settled(stamp):
            self._found[path] = stamp, Known(tuple(findings), hints)

    def settle(self, run: Run | None) -> None:
        """See `Forgetful`."""
        whole = None
        if run is not None and self._key and all(map(self._is_settled, self._scope.stamps.values())):
            whole = _packed_run(run)
        if self._found or whole is not None:
            self._stored.write(self._found, self._key, whole)

    def _is_settled(self, stamp: Stamp) -> bool:
        """Whether a file can't change any more without getting another stamp."""
        return stamp != NO_STAMP and max(stamp[1:3]) <= self._scope.listed_at - TICK


def recalling(request: Request, scope: Scope, policy: Policy) -> Forgetful:
    """What is known of the files of a request."""
    selected = [code for code in BY_CODE if policy.selects(code)]
    if request.cache is None or all(code.startswith("PM2") for code in selected):
        return Forgetful()
    # All of a policy counts, but for what decides on pairs and repairs, and for other words for the same rules.
    same = replace(policy, select=(), extend_select=(), ignore=(), duplicates=DuplicatePolicy())
    options = (*selected, repr(replace(same, unsafe_fixes=False, rename=False)))
    name = results.name_of(str(scope.root), repr(scope.site), *options, program())
    return Recall(Results(request.cache, name), scope, _key(request, scope, policy))


def _key(request: Request, scope: Scope, policy: Policy) -> bytes:
    """What stands for all that a run depends on; empty if that can't be told, as of files that can't be listed, of
    links, which have no stamps, and of changes, which git knows.
    """
    if scope.changes or scope.failures or NO_STAMP in scope.stamps.values():
        return b""
    key = blake2b(digest_size=16)
    for part in (repr(policy), str(Path.cwd()), str(request.history), *_listed(scope.asked), *_listed(scope.corpus)):
        key.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for path, stamp in sorted(scope.stamps.items()):
        key.update(f"{path}\0{stamp}\0".encode("utf-8", "surrogateescape"))
    return key.digest()


def _listed(paths: Sequence[str]) -> Iterable[str]:
    yield str(len(paths))
    yield from paths


def _packed_run(run: Run) -> Any:
    findings, elsewhere, duplicates = run
    return [
        [[f.path, packing.pack_finding(f)] for f in findings],
        elsewhere.files,
        [packing.pack_pair(pair) for pair in duplicates.pairs],
        [packing.pack_cluster(cluster) for cluster in duplicates.clusters],
        [[f.path, packing.pack_finding(f)] for f in duplicates.findings],
    ]


def _unpacked_run(packed: Any) -> Run:
    findings, files, pairs, clusters, about_pairs = packed
    duplicates = Duplicates(
        tuple(map(packing.unpack_pair, pairs)),
        tuple(map(packing.unpack_cluster, clusters)),
        tuple(packing.unpack_finding(path, finding) for path, finding in about_pairs),
    )
    return [packing.unpack_finding(path, finding) for path, finding in findings], Elsewhere(files), duplicates
