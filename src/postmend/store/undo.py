"""Putting back what a run replaced and renamed.

An undo is a run of its own, so the bytes that it overwrites can be put back as well. It can be repeated: an
interrupted one is completed by the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from postmend.model import Failure
from postmend.store import manifest
from postmend.store.errors import FileProblem, JournalProblem, Missing, explained
from postmend.store.files import DEFAULT_LIMIT, FileState, create, inside, read_bytes
from postmend.store.gitindex import rename_in_index
from postmend.store.journal import Journal, Run, find_run, list_runs, remove_leftover
from postmend.store.lock import FolderLock
from postmend.store.manifest import Entry, Fate, Kind, Move, Step
from postmend.store.swap import is_there


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo did, by absolute paths, sorted.

    `restored` files got their old bytes back, `unchanged` ones had them already, `skipped` says what was left
    and why. `undo_id` names the run that can put back what this undo overwrote.
    """

    run_id: str
    restored: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[Failure, ...]
    undo_id: str | None


def undo(
    directory: Path,
    run_id: str | None = None,
    *,
    now: datetime,
    only: Iterable[Path] | None = None,
    force: bool = False,
    near: Path | None = None,
) -> UndoResult:
    """Put back the bytes that run `run_id` replaced; None means the latest repair that isn't undone, with `near` of a
    site in, at or around that folder.

    `only` limits it to these files, and files in these folders. A file that was edited since is skipped; with
    `force` it is restored, too, and so is the folder of a file when that is gone. Raises JournalProblem when
    there is no such run, when it is still going on, or when the journal can't be read.
    """
    run = find_run(directory, run_id, near)
    with _claimed(run), Journal.begin(directory, now, run.root, Kind.UNDO) as journal:
        steps, fates = manifest.read_manifest(run.folder)
        originals = {step.path: step.before for step in reversed(steps) if isinstance(step, Entry)}
        work = _Undo(run, journal, force, originals, _moved_since(directory, run))
        chosen = None if only is None else [Path(os.path.realpath(path)) for path in only]
        # Backwards: a run may have written a file twice.
        for step in reversed(steps):
            if chosen is None or any(Path(_place(step)).is_relative_to(path) for path in chosen):
                work.restore(step, fates.get(step.number))
        rename_in_index(work.moves)
    return work.result()


@dataclass(slots=True)
class _Undo:
    """An undo under way."""

    run: Run
    journal: Journal
    force: bool
    originals: dict[str, str]  # digests of the files before the run
    moved: frozenset[Path]  # what later runs gave another name
    restored: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    skipped: dict[str, Failure] = field(default_factory=dict)
    renamed: list[Path] = field(default_factory=list)  # what could not get its old name back
    moves: list[tuple[Path, Path]] = field(default_factory=list)  # what could, in order

    def restore(self, step: Step, fate: Fate | None) -> None:
        """Put one file or name back, or note why not."""
        # Once restored, later edits are the user's own and none of our business.
        done = fate is Fate.CANCELLED or (fate is Fate.RESTORED and not self.force)
        if not (done and isinstance(step, Move)):
            remove_leftover(step)
        if done:
            return
        try:
            if _place(step) in self.skipped:
                self._keep_name(step)
                return
            if any(Path(_place(step)).is_relative_to(source) for source in self.renamed):
                raise FileProblem(_place(step), "has another name since the run", "First give it its old name.")
            if isinstance(step, Move):
                self._rename(step)
            else:
                self._restore(step)
        except FileProblem as problem:
            self.skipped[_place(step)] = problem.failure()
            self._keep_name(step)
            return
        with suppress(OSError):
            manifest.append_fate(self.run.folder, step.number, Fate.RESTORED)

    def _keep_name(self, step: Step) -> None:
        """Note that a file keeps its new name, so that nobody looks for it under the old one."""
        if isinstance(step, Move):
            self.renamed.append(Path(step.source))

    def _rename(self, move: Move) -> None:
        """Give a file or folder its old name back. One that was deleted comes back later if its bytes are known."""
        source, target = Path(move.source), Path(move.target)
        if any(Path(path).is_relative_to(target) for path in self.skipped):
            # Steps are taken back one after the other, so that what is left can be taken back later.
            raise FileProblem(move.target, "a file in it was left alone", "Put that right first, then undo again.")
        with explained(target, "look for it"):
            found, is_back = is_there(target), is_there(source)
        if not found:
            if not is_back and move.source not in self.originals:
                raise Missing(move.target, "moved or deleted since the run", "Its old name can't be put back.")
            self.unchanged.add(move.source)
            return
        if move.digest and not self.force and read_bytes(target).digest != move.digest:
            raise FileProblem(move.target, "edited since the run", "`--force` gives it its old name all the same.")
        self.journal.rename(target, source)
        self.moves.append((target, source))
        for paths in (self.restored, self.unchanged):
            for path in [path for path in paths if Path(path).is_relative_to(target)]:
                paths.remove(path)
                paths.add(str(source / Path(path).relative_to(target)))
        self.restored.add(move.source)

    def _restore(self, entry: Entry) -> None:
        """Put the bytes of a file back."""
        path = Path(entry.path)
        present = _present(path, max(DEFAULT_LIMIT, 4 * entry.size))
        found = None if present is None else present.digest
        # The original counts, too: a file that was written twice has it after an undo whose notes were lost.
        if found in (entry.before, self.originals[entry.path]):
            self.unchanged.add(entry.path)
        elif present is None:
            self._create(path, entry)
            self.restored.add(entry.path)
        elif found == entry.after or self.force:
            self.journal.replace(present, manifest.read_original(self.run.folder, entry))
            self.restored.add(entry.path)
        else:
            hint = "`--force` restores it all the same; its present bytes then go to the journal."
            raise FileProblem(entry.path, "edited since the run", hint)

    def _create(self, path: Path, entry: Entry) -> None:
        """Bring back a deleted file."""
        if any(path.is_relative_to(source) for source in self.moved):
            raise FileProblem(entry.path, "renamed by a later run", "Undo that run first: `postmend undo --list`.")
        data = manifest.read_original(self.run.folder, entry)
        target = inside(path, self.run.root)
        if not target.parent.is_dir():
            if not self.force:
                raise Missing(entry.path, "its folder is gone", "`--force` makes the folder again.")
            with explained(path, "make the folder"):
                target.parent.mkdir(parents=True)
        create(path, data, root=self.run.root, mode=entry.mode)

    def result(self) -> UndoResult:
        """The outcome so far."""
        return UndoResult(
            run_id=self.run.id,
            restored=tuple(sorted(self.restored)),
            unchanged=tuple(sorted(self.unchanged - self.restored)),
            skipped=tuple(self.skipped[path] for path in sorted(self.skipped)),
            undo_id=self.journal.run_id,
        )


def _moved_since(directory: Path, run: Run) -> frozenset[Path]:
    """The old names of what later runs renamed and nobody put back."""
    moved: set[Path] = set()
    for later in takewhile(lambda other: other.id != run.id, list_runs(directory)):
        try:
            steps, fates = manifest.read_manifest(later.folder)
        except FileProblem:
            continue
        settled = (Fate.CANCELLED, Fate.RESTORED)
        moved.update(Path(s.source) for s in steps if isinstance(s, Move) and fates.get(s.number) not in settled)
    return frozenset(path for path in moved if not os.path.lexists(path))


def _place(step: Step) -> str:
    """Where the file of a step was when the step was done."""
    return step.target if isinstance(step, Move) else step.path


def _present(path: Path, limit: int) -> FileState | None:
    """The file as it is now; None when it is gone."""
    try:
        return read_bytes(path, limit)
    except Missing:
        return None


def _claimed(run: Run) -> AbstractContextManager[object]:
    """Hold the lock of a run. Raises JournalProblem when another process does."""
    try:
        return FolderLock(run.folder)
    except BlockingIOError as error:
        hint = "Wait until it is done, then try again."
        raise JournalProblem(run.folder, f"run {run.id} is in use by another process", hint) from error
    except OSError:  # a file system without locks
        return nullcontext()
