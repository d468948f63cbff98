"""check, fix, dupes: the only place where the three parts, the disk and the processes meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from postmend.config import Policy
from postmend.elsewhere import EVERY_FILE, Elsewhere
from postmend.looking import Seen, folder_of, look
from postmend.losses import LOST
from postmend.model import Finding, Post, Report
from postmend.pairs import Duplicates, find_pairs
from postmend.paths import displayed, shown_path
from postmend.reading import Progress, read_one
from postmend.remembering import Forgetful, Memory, Unusable, remembering
from postmend.rules import BY_CODE
from postmend.scope import Request, Scope, find_scope
from postmend.store.errors import FileProblem
from postmend.suppressions import asks_to_leave_out, still_unused
from postmend.values import dataclass, replace

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
    return survey(request, policy, progress, recall=True).report()


def dupes(request: Request, policy: Policy, progress: Progress | None = None) -> Report:
    """Duplicates only, whatever else the policy selects."""
    others = tuple(code for code in BY_CODE if not code.startswith("PM2"))
    return check(request, replace(policy, ignore=(*policy.ignore, *others)), progress)


def survey(request: Request, policy: Policy, progress: Progress | None = None, *, recall: bool = False) -> Survey:
    """Reads and compares the files of a request; with `recall`, those of which earlier runs have left no results."""
    compare = policy.selects_any("PM2")
    scope = find_scope(request, compare=compare)
    results = _results(request, scope, policy) if recall and len(scope.asked) > FEW else Forgetful()
    found = results.run()
    if found is not None:
        return _named(request, scope, policy, Seen(found[0], elsewhere=found[1]), found[2])
    if request.cache is not None and compare and max(len(scope.asked), len(scope.corpus)) > FEW:
        try:
            with remembering(request.cache, scope, policy) as memory:
                return _survey(request, scope, policy, progress, memory, results)
        except Unusable:
            pass  # was told; all is read
    return _survey(request, scope, policy, progress, Memory(), results)


def _results(request: Request, scope: Scope, policy: Policy) -> Forgetful:
    from postmend.recalling import recalling

    return recalling(request, scope, policy)


def _survey(
    request: Request, scope: Scope, policy: Policy, progress: Progress | None, memory: Memory, results: Forgetful
) -> Survey:
    seen = look(scope, policy, request.jobs, progress, memory, results)
    if scope.changes:
        seen.findings = list(filter(scope.changes.touch, seen.findings))
    asks_git = _add_offers(scope, seen, policy, memory, request.history)
    duplicates = find_pairs(
        memory.comparison(seen.fingerprints, policy.duplicates),
        frozenset(scope.asked),
        policy,
        read=partial(_read_post, scope, policy, seen.elsewhere),
        show=partial(shown_path, scope.root),
    )
    memory.settle(seen.fingerprints)
    depends_on_more = seen.failures or seen.unproved or asks_git
    results.settle(None if depends_on_more else (seen.findings, seen.elsewhere, duplicates))
    return _named(request, scope, policy, seen, duplicates)


def _named(request: Request, scope: Scope, policy: Policy, seen: Seen, duplicates: Duplicates) -> Survey:
    """The survey, with what is wrong with names: these are looked at in each run, as other files have a say in them."""
    read = partial(_read_post, scope, policy, seen.elsewhere)
    names = _names(request, scope, seen, read) if policy.selects("PM106") else None
    left_out = set(duplicates.left_out)
    if names and names.findings:
        names = names.without({f.path for f in names.findings if not policy.at(f.path).selects(f.code)})
        asking = {f.path for f in names.findings if asks_to_leave_out(read(f.path), f.code)}
        left_out |= {(path, "PM106") for path in asking}
        untouched = {f.path for f in names.findings if scope.changes and not scope.changes.touch(f)}
        names = names.without(asking | untouched)
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


def _add_offers(scope: Scope, seen: Seen, policy: Policy, memory: Memory, history: bool) -> bool:
    """Adds to the findings of lost text what other posts and the git history have of it; says whether git was asked."""
    damaged = {finding.path for finding in seen.findings if finding.code == LOST}
    if not damaged:
        return False
    from postmend.comparator import find_twins
    from postmend.offers import with_offers
    from postmend.sources import Sources
    from postmend.store.githistory import History

    posts = memory.posts(seen.fingerprints)
    twins = find_twins(posts, damaged) if posts else {}
    sources = Sources(folder_of(scope), scope.site, policy, seen.elsewhere, twins, History() if history else None)
    seen.findings = with_offers(seen.findings, sources.damaged, sources.donors)
    return history


def _read_post(scope: Scope, policy: Policy, elsewhere: Elsewhere, path: str) -> Post | None:
    try:
        return read_one(folder_of(scope), path, scope.site, policy, elsewhere.than(path)).post
    except FileProblem:
        return None  # it went away since it was read
