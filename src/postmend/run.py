"""The loops over files: check, fix, dupes. The only place where the three parts, the disk and the processes meet."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from postmend.comparator.fingerprints import Fingerprint
from postmend.config import Policy
from postmend.elsewhere import EVERY_FILE, Elsewhere
from postmend.examine import Examined, examine
from postmend.losses import LOST
from postmend.model import Failure, Finding, Post, Report
from postmend.names import Names, find_names
from postmend.pairs import Duplicates, find_pairs
from postmend.paths import displayed, shown_path
from postmend.scanner.discover import Selection, generated_folders
from postmend.scanner.places import Site
from postmend.scanner.sites import is_post
from postmend.store import files, tree
from postmend.store.errors import FileProblem

Progress = Callable[[int, int], None]  # files done, files in all
Task: TypeAlias = tuple[str, frozenset[str]]  # a file, and the accidents that happened for certain in others
Outcome: TypeAlias = tuple[Examined, Fingerprint | None] | Failure
Work: TypeAlias = Callable[[Sequence[Task]], list[tuple[str, Outcome]]]

_CHUNK = 32  # files that a process takes at a time
_WORTH_PROCESSES = 200  # files from which starting processes pays


@dataclass(frozen=True, slots=True)
class Request:
    """What to look at: the files and folders that the user named, and how to choose among what they hold."""

    targets: tuple[Path, ...]
    generator: str = "auto"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    respect_gitignore: bool = True
    corpus: tuple[Path, ...] = ()  # compared with; default: the whole site
    jobs: int = 0  # processes; 0: one for each processor
    history: bool = True  # whether git is asked for what a file has lost


@dataclass(frozen=True, slots=True)
class Scope:
    """The site, its files that were asked about and those that they are compared with."""

    root: Path
    site: Site
    asked: tuple[str, ...]
    corpus: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class Seen:
    """What was learnt of each file, by its path relative to the root, and of all of them together."""

    findings: list[Finding] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at all files brought, before it becomes a report."""

    scope: Scope
    seen: Seen
    duplicates: Duplicates
    names: Names

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
        return displayed(report, self.scope.root)


def check(request: Request, policy: Policy, progress: Progress | None = None) -> Report:
    """Findings of all kinds for the files asked about. Nothing is written; nothing is raised for bad files."""
    return survey(request, policy, progress).report()


def dupes(request: Request, policy: Policy, progress: Progress | None = None) -> Report:
    """Duplicates only."""
    only = replace(policy, ignore=(*policy.ignore, "PM0", "PM1", "PM3"))
    return check(request, only, progress)


def survey(request: Request, policy: Policy, progress: Progress | None = None) -> Survey:
    """Reads and compares the files of a request."""
    scope = find_scope(request, compare=policy.selects_any("PM2"))
    seen = look(scope, policy, request.jobs, progress)
    _add_offers(scope, seen, policy, request.history)
    read = partial(_read_post, scope, policy, seen.elsewhere)
    duplicates = find_pairs(
        seen.fingerprints, frozenset(scope.asked), policy, read=read, show=partial(shown_path, scope.root)
    )
    names = Names()
    if policy.selects("PM106"):
        names = find_names(
            scope.root,
            scope.site,
            scope.asked,
            scope.corpus,
            read,
            seen.elsewhere.than(EVERY_FILE),
            with_assets=any(map(os.path.isdir, request.targets)),
        )
        seen.findings += names.findings
    return Survey(scope, seen, duplicates, names)


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


def find_scope(request: Request, *, compare: bool) -> Scope:
    """Where the site is, and which of its files to read; `compare` also lists what to compare them with."""
    first = request.targets[0] if request.targets else Path()
    root = _common_root(tree.find_root(first), request.targets)
    site = tree.site_at(root, request.generator)
    selection = Selection(
        request.include,
        request.exclude,
        request.hidden,
        generated=generated_folders(site.generator, site.base),
    )
    list_files = partial(tree.list_files, root, selection=selection, respect_gitignore=request.respect_gitignore)
    named = {_relative(root, t) for t in request.targets if os.path.isfile(t)}  # noqa: PTH113
    asked = list_files([t.absolute() for t in request.targets])
    chosen = tuple(p for p in asked.files if p in named or request.include or is_post(p, site))
    corpus: tuple[str, ...] = ()
    failures = asked.failures
    if compare and (request.corpus or _is_site(root, site)):
        wider = list_files([c.absolute() for c in request.corpus] or [root])
        corpus = tuple(p for p in wider.files if is_post(p, site))
        if request.corpus:
            failures = tuple(dict.fromkeys((*failures, *wider.failures)))
    return Scope(root, site, chosen, corpus, failures)


def look(scope: Scope, policy: Policy, jobs: int = 0, progress: Progress | None = None) -> Seen:
    """Reads all files of the scope, in several processes when there are many.

    Files that are unsure of what happened for certain in others are read once more, with that as evidence. What the
    second look makes certain is no evidence for further files: the result depends on no order.
    """
    asked = frozenset(scope.asked)
    paths = sorted(asked | set(scope.corpus))
    compare = policy.selects_any("PM2") and len(paths) > 1
    work = partial(_read_chunk, scope.root, scope.site, policy, compare)
    seen = Seen()
    unsure: dict[str, Outcome] = {}
    for path, outcome in _mapped(work, [(path, frozenset()) for path in paths], jobs, progress):
        if not isinstance(outcome, Failure):
            seen.elsewhere.add(path, outcome[0].certain)
            if outcome[0].unsure:
                unsure[path] = outcome
                continue
        _sort_in(seen, outcome, path in asked)
    unsure.update(_mapped(work, list(_again(unsure, seen.elsewhere)), jobs, progress, len(paths)))
    for path, outcome in unsure.items():
        _sort_in(seen, outcome, path in asked)
    return seen


def _again(unsure: Mapping[str, Outcome], elsewhere: Elsewhere) -> Iterator[Task]:
    """The files to examine again, each with what happened in others."""
    for path, outcome in unsure.items():
        others = elsewhere.than(path)
        if not isinstance(outcome, Failure) and others & outcome[0].unsure:
            yield path, others


def _read_post(scope: Scope, policy: Policy, elsewhere: Elsewhere, path: str) -> Post | None:
    try:
        return read_one(scope.root, path, scope.site, policy, elsewhere.than(path)).post
    except FileProblem:
        return None  # it went away since it was read


def read_one(root: Path, path: str, site: Site, policy: Policy, elsewhere: frozenset[str] = frozenset()) -> Examined:
    """Reads and examines the file at `path`, relative to the root. Raises FileProblem."""
    return examine(path, files.read_bytes(root / path).data, site, policy, elsewhere)


def _read_chunk(
    root: Path, site: Site, policy: Policy, compare: bool, tasks: Sequence[Task]
) -> list[tuple[str, Outcome]]:
    """Runs in a process of its own. Texts stay there: what comes back is small."""
    return [(path, _outcome(root, site, policy, compare, path, others)) for path, others in tasks]


def _outcome(root: Path, site: Site, policy: Policy, compare: bool, path: str, elsewhere: frozenset[str]) -> Outcome:
    try:
        examined = read_one(root, path, site, policy, elsewhere)
    except FileProblem as problem:
        return replace(problem.failure(), path=path)
    fingerprint = None
    if compare and examined.post is not None:
        from postmend.comparator.fingerprints import fingerprint as make

        fingerprint = make(examined.post)
    return replace(examined, post=None), fingerprint


def _sort_in(seen: Seen, outcome: Outcome, is_asked: bool) -> None:
    if isinstance(outcome, Failure):
        if is_asked:
            seen.failures.append(outcome)
        return
    examined, fingerprint = outcome
    if is_asked:
        seen.findings += examined.findings
    if fingerprint is not None:
        seen.fingerprints.append(fingerprint)


def _mapped(
    work: Work, tasks: Sequence[Task], jobs: int, progress: Progress | None, before: int = 0
) -> Iterator[tuple[str, Outcome]]:
    """The outcomes in the order of the tasks. `before` is the number of those that `progress` knows to be done."""
    done = before
    for chunk in _worked(work, list(_chunks(tasks)), jobs, len(tasks)):
        yield from chunk
        done += len(chunk)
        if progress:
            progress(done, before + len(tasks))


def _worked(work: Work, chunks: list[list[Task]], jobs: int, count: int) -> Iterator[list[tuple[str, Outcome]]]:
    """The chunks' results in order, from as many processes as are worth it."""
    workers = min(jobs or os.cpu_count() or 1, len(chunks))
    if workers <= 1 or count < _WORTH_PROCESSES:
        yield from map(work, chunks)
        return
    from concurrent.futures import ProcessPoolExecutor  # 10 ms that one post need not wait for

    with ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_parent) as pool:
        try:
            yield from pool.map(work, chunks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts_to_parent() -> None:
    """Ctrl-C reaches every process of the terminal; one of them is to say so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _common_root(root: Path, targets: Iterable[Path]) -> Path:
    """The root, or the folder above it that holds all targets."""
    # Not Path.is_dir, here and above: it raises for names that are too long and folders that may not be entered.
    folders = [str(t.absolute() if os.path.isdir(t) else t.absolute().parent) for t in targets]  # noqa: PTH112
    try:
        return Path(os.path.commonpath([str(root), *folders]))
    except ValueError:  # on different drives
        return root


def _relative(root: Path, target: Path) -> str:
    return Path(os.path.relpath(target.absolute(), root)).as_posix()


def _is_site(root: Path, site: Site) -> bool:
    """Whether the root was recognised as one site. Else it may be a home folder, and is not searched for posts."""
    return site.generator != "plain" or os.path.exists(root / ".git")  # noqa: PTH110 - never raises
