"""What all files of a run say: those that changed are read, the rest is known from the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from postmend.comparator.fingerprints import Fingerprint
from postmend.config import Policy
from postmend.elsewhere import Elsewhere
from postmend.model import Failure, Finding
from postmend.reading import Folder, Outcome, Progress, Task, mapped, read_chunk
from postmend.remembering import Forgetful, Memory
from postmend.scope import Scope
from postmend.store.cache import Entry, Hints
from postmend.store.tree import NO_STAMP
from postmend.values import dataclass, field

if TYPE_CHECKING:
    from postmend.store.results import Known
    from postmend.suppressions import Unproved

_NOTHING = Forgetful()


@dataclass(slots=True)
class Seen:
    """What was learnt of the files that were read, by path relative to the root, and of all files together."""

    findings: list[Finding] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    unproved: list[tuple[str, Unproved]] = field(default_factory=list)


def look(
    scope: Scope,
    policy: Policy,
    jobs: int,
    progress: Progress | None,
    memory: Memory,
    results: Forgetful = _NOTHING,
) -> Seen:
    """Reads the files of the scope that the memory does not know, or whose `results` are not.

    Files that are unsure of what happened for certain in others are read once more, with that as evidence. What the
    second look makes certain is no evidence for further files: the result depends on no order.
    """
    seen = Seen()
    reader = _Reader(scope, policy, memory, results, seen)
    work = partial(read_chunk, folder_of(scope), scope.site, policy, reader.compare)
    first = [(path, frozenset[str]()) for path in reader.to_read()]
    for path, outcome in mapped(work, first, jobs, progress):
        reader.take(path, outcome)
    second = list(reader.again())
    for path, outcome in mapped(work, second, jobs, progress, len(first)):
        reader.take_again(path, outcome)
    reader.finish(dict(second))
    return seen


def folder_of(scope: Scope) -> Folder:
    """Where the files of the scope are read."""
    return Folder(scope.root, scope.changes.staged if scope.changes else {})


class _Reader:
    """Sorts what comes back from reading."""

    def __init__(self, scope: Scope, policy: Policy, memory: Memory, results: Forgetful, seen: Seen) -> None:
        self.scope = scope
        self.memory = memory
        self.results = results
        self.seen = seen
        self.asked = frozenset(scope.asked)
        others = self.asked.difference(scope.corpus)
        self.paths = sorted({*scope.corpus, *others}) if others else list(scope.corpus)
        self.compare = policy.selects_any("PM2") and len(self.paths) > 1
        self.texts = policy.judges_texts()
        self.unsure: dict[str, Outcome] = {}
        self.remembered: Mapping[str, Hints] = {}
        self.known: dict[str, Known] = {}
        self.hints: dict[str, Hints] = {}

    def to_read(self) -> list[str]:
        """The files that must be read: new or changed ones, and those whose text is to be judged."""
        self.known = dict(self.results.files())
        must = self.asked - self.known.keys() if self.texts else frozenset[str]()
        stale = self.memory.recall(self.scope, self.paths, must)
        if not self.compare:  # nobody asks what the post is like
            stale = [path for path in stale if path not in self.known]
        for path in stale:
            self.known.pop(path, None)
        self.remembered = {**self.memory.hints(), **{path: known.hints for path, known in self.known.items()}}
        for path, hints in self.remembered.items():
            self.seen.elsewhere.add(path, hints.certain)
        return stale

    def take(self, path: str, outcome: Outcome) -> None:
        """A file after the first look."""
        if not isinstance(outcome, Failure):
            certain, unsure = outcome[0].certain, outcome[0].unsure
            self.seen.elsewhere.add(path, certain)
            if certain or unsure:
                self.hints[path] = Hints(tuple(sorted(certain)), tuple(sorted(unsure)))
            if unsure:
                self.unsure[path] = outcome
                return
        self._sort_in(path, outcome)

    def again(self) -> Iterator[Task]:
        """The files to examine again, each with what happened in others."""
        for path, outcome in self.unsure.items():
            others = self.seen.elsewhere.than(path)
            if not isinstance(outcome, Failure) and others & outcome[0].unsure:
                yield path, others
        for path, hints in self.remembered.items():
            others = self.seen.elsewhere.than(path)
            needed = others if others.intersection(hints.unsure) else frozenset[str]()
            if tuple(sorted(needed)) != hints.elsewhere:
                self.memory.forget(path)
                self.known.pop(path, None)
                self.hints[path] = Hints(hints.certain, hints.unsure)
                yield path, needed

    def take_again(self, path: str, outcome: Outcome) -> None:
        """A file after the second look."""
        self.unsure[path] = outcome

    def finish(self, told: Mapping[str, frozenset[str]]) -> None:
        """The rest of the files; `told` are the accidents of others that each was told of."""
        for path, outcome in self.unsure.items():
            self._sort_in(path, outcome, tuple(sorted(told.get(path, ()))))
        for known in self.known.values():
            self.seen.findings += known.findings

    def _sort_in(self, path: str, outcome: Outcome, told: tuple[str, ...] = ()) -> None:
        if isinstance(outcome, Failure):
            if path in self.asked:
                self.seen.failures.append(outcome)
            return
        examined, fingerprint = outcome
        hints = self.hints.get(path, Hints())
        hints = Hints(hints.certain, hints.unsure, told)
        if path in self.asked:
            self.seen.findings += examined.findings
            self.seen.unproved += ((path, doubt) for doubt in examined.unproved)
            if not examined.unproved:  # which other files decide upon
                self.results.keep(path, examined.findings, hints)
        if fingerprint is not None:
            self.seen.fingerprints.append(fingerprint)
        if self.compare:
            self.memory.keep(Entry(path, self.scope.stamps.get(path, NO_STAMP), hints, fingerprint))
