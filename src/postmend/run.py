"""check, fix, dupes: the only place where the three parts, the disk and the processes meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from postmend.config import Policy
from postmend.elsewhere import EVERY_FILE, Elsewhere
from postmend.looking import Seen, look
from postmend.losses import LOST
from postmend.model import Finding, Post, Report
from postmend.pairs import Duplicates, find_pairs
from postmend.paths import displayed, shown_path
from postmend.reading import Progress, read_one
from postmend.remembering import Memory, Unusable, remembering
from postmend.rules import BY_CODE
from postmend.scope import Request, Scope, find_scope
from postmend.store.errors import FileProblem
from postmend.suppressions import asks_to_leave_out, still_unused

if TYPE_CHECKING:
    from postmend.names import Names

FEW = 16  # files that are read as fast as an index is opened

__all__ = ["Progress", "Request", "Survey", "check", "dupes", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at all files brought, before it becomes a report."""

    request: Request
    policy: Policy
    scope: Scope
    seen: Seen
    duplicates: Duplicates
    names: Names | None = None

    def report(self, fixed: Sequence[Finding] = (), run_id: str | None = None) -> Report:
        """The report, with the findings that were `fixed` told apart from those that are left."""
        done = set(map(id, fixed))
        report = Report(
            root=".",
            files=len(self.scope.asked),
            findings=tuple(f for f in self.seen.findings if id(f) not in done) + self.duplicates.findings,
            pairs=self.duplicates.pairs,
            clusters=self.duplicates.clusters,
            failures=tuple(self.seen.failures) + self.scope.failures,
            fixed=tuple(fixed),
            run_id=run_id,
        )
        shown = displayed(report, self.scope.root)
        if self.request.baseline is None:
            return shown
        from postmend.knowing import without_known

        return without_known(shown, self.request.baseline, self.scope, self.policy)


def check(request: Request, policy: Policy, progress: Progress | None = None) -> Report:
    """Findings of all kinds for the files asked about. Nothing is written; nothing is raised for bad files."""
    return survey(request, policy, progress).report()


def dupes(request: Request, policy: Policy, progress: Progress | None = None) -> Report:
    """Duplicates only, whatever else the policy selects."""
    others = tuple(code for code in BY_CODE if not code.startswith("PM2"))
    return check(request, replace(policy, ignore=(*policy.ignore, *others)), progress)


def survey(request: Request, policy: Policy, progress: Progress | None = None) -> Survey:
    """Reads and compares the files of a request."""
    compare = policy.selects_any("PM2")
    scope = find_scope(request, compare=compare)
    if request.cache is not None and compare and len({*scope.asked, *scope.corpus}) > FEW:
        try:
            with remembering(request.cache, scope, policy) as memory:
                return _survey(request, scope, policy, progress, memory)
        except Unusable:
            pass  # was told; all is read
    return _survey(request, scope, policy, progress, Memory())


def _survey(request: Request, scope: Scope, policy: Policy, progress: Progress | None, memory: Memory) -> Survey:
    seen = look(scope, policy, request.jobs, progress, memory)
    _add_offers(scope, seen, policy, request.history)
    read = partial(_read_post, scope, policy, seen.elsewhere)
    duplicates = find_pairs(
        memory.comparison(seen.fingerprints, policy.duplicates),
        frozenset(scope.asked),
        policy,
        read=read,
        show=partial(shown_path, scope.root),
    )
    memory.settle(seen.fingerprints)
    names = _names(request, scope, seen, read) if policy.selects("PM106") else None
    left_out = set(duplicates.left_out)
    if names and names.findings:
        names = names.without({f.path for f in names.findings if not policy.at(f.path).selects(f.code)})
        asking = {f.path for f in names.findings if asks_to_leave_out(read(f.path), f.code)}
        left_out |= {(path, "PM106") for path in asking}
        names = names.without(asking)
        seen.findings += names.findings
    seen.findings += still_unused(seen.unproved, left_out)
    return Survey(request, policy, scope, seen, duplicates, names)


def _names(request: Request, scope: Scope, seen: Seen, read: Callable[[str], Post | None]) -> Names | None:
    """What is wrong with the names of the files; None where all are plain ASCII."""
    with_assets = any(map(os.path.isdir, request.targets))
    if not with_assets and all(path.isascii() and not set("%#").intersection(path) for path in scope.asked):
        return None
    from postmend.names import find_names

    known = seen.elsewhere.than(EVERY_FILE)
    return find_names(scope.root, scope.site, scope.asked, scope.corpus, read, known, with_assets=with_assets)


def _add_offers(scope: Scope, seen: Seen, policy: Policy, history: bool) -> None:
    """Adds to the findings of lost text what other posts and the git history still have of it."""
    damaged = {finding.path for finding in seen.findings if finding.code == LOST}
    if not damaged:
        return
    from postmend.comparator import find_twins
    from postmend.offers import with_offers
    from postmend.sources import Sources
    from postmend.store.githistory import History

    twins = find_twins(seen.fingerprints, damaged) if seen.fingerprints else {}
    sources = Sources(scope.root, scope.site, policy, seen.elsewhere, twins, History() if history else None)
    seen.findings = with_offers(seen.findings, sources.damaged, sources.donors)


def _read_post(scope: Scope, policy: Policy, elsewhere: Elsewhere, path: str) -> Post | None:
    try:
        return read_one(scope.root, path, scope.site, policy, elsewhere.than(path)).post
    except FileProblem:
        return None  # it went away since it was read
