"""The journal of a run: every byte that is about to be replaced is stored first.

with Journal.begin(directory, now, root) as journal:
    journal.replace(read_bytes(path), new)
journal.run_id  # "20261121-211502", or None when nothing was written
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from types import TracebackType

from postmend.store import files, manifest, renaming
from postmend.store.disk import sync_folder
from postmend.store.errors import ChangedSinceRead, FileProblem, IsFolder, JournalProblem, TooLarge, explained
from postmend.store.files import FileState, digest, inside, read_bytes, temporary_name
from postmend.store.lock import FolderLock, was_left_locked
from postmend.store.manifest import Entry, Fate, Head, Kind, Move, Step
from postmend.store.swap import displaced_name
from postmend.values import dataclass

_ID_FORMAT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that can be undone, or was. `files` counts what it replaced or renamed, `size` the bytes before."""

    id: str
    started: datetime
    root: Path
    kind: Kind
    files: int
    size: int
    undone: bool
    folder: Path


class Journal:
    """One run that writes. Its folder appears with the first entry, so that a run that writes nothing leaves
    none.

    For one process at a time; runs of other processes have their own folders.
    """

    def __init__(self, directory: Path, now: datetime, root: Path, kind: Kind) -> None:
        self._directory = directory
        self._head = Head(now, Path(os.path.realpath(root)), kind)
        self._folder: Path | None = None
        self._lock: FolderLock | None = None
        self._number = 0
        self._kept = 0

    @classmethod
    def begin(cls, directory: Path, now: datetime, root: Path, kind: Kind = Kind.FIX) -> Journal:
        """A journal in `directory` (made when needed) for a run at `now` that may write inside `root`."""
        return cls(directory, now, root, kind)

    @property
    def run_id(self) -> str | None:
        """The name of the run, for `undo`; None as long as nothing was written."""
        return self._folder.name if self._folder and self._kept else None

    def replace(self, state: FileState, new: bytes) -> None:
        """Store the bytes that were read, then put `new` in their place.

        Raises what `files.replace` raises, and NoPermission, DiskFull or InputOutput when the journal can't
        be written; the file is then untouched.
        """
        entry = self.record(state.path, state.data, new, mode=state.stamp.mode)
        try:
            files.replace(state, new, root=self._head.root, temporary=entry.temporary)
        except ChangedSinceRead:
            self._cancel(entry)
            raise
        except FileProblem:
            # A rename over the network may be carried out and still be answered with an error.
            if not _holds(entry.path, entry.after):
                self._cancel(entry)
            raise

    def rename(self, source: Path, target: Path) -> None:
        """Note that `source`, a file or folder, is about to be called `target`, in the same folder; then rename it.

        Nothing is overwritten, and no link is followed. Raises OutsideRoot, ChangedSinceRead when `target` is there,
        and what a journal that can't be written raises; `source` then has its old name.
        """
        source, target = renaming.checked(source, target, self._head.root)
        contents = _digest_of(source)
        with self._written():
            folder = self._folder or self._make_folder()
            self._number += 1
            move = Move(self._number, str(source), str(target), contents)
            manifest.append_move(folder, move)
        self._kept += 1
        try:
            renaming.rename(source, target)
        except ChangedSinceRead:
            self._cancel(move)
            raise
        except FileProblem:
            if not renaming.was_done(source, target):
                self._cancel(move)
                raise

    def record(self, path: Path, before: bytes, after: bytes, mode: int = 0o644) -> Entry:
        """Store the bytes of a file that is about to be replaced; they are on the disk on return.

        Raises OutsideRoot, NoPermission, DiskFull, InputOutput.
        """
        target = inside(path, self._head.root)
        with self._written():
            folder = self._folder or self._make_folder()
            self._number += 1
            entry = Entry(
                number=self._number,
                path=str(target),
                before=digest(before),
                after=digest(after),
                size=len(before),
                mode=mode,
                temporary=temporary_name(),
            )
            manifest.append_entry(folder, entry, before)
        self._kept += 1
        return entry

    def close(self) -> None:
        """End the run. When no file was replaced, its folder goes."""
        if self._folder and not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _written(self) -> AbstractContextManager[None]:
        """Around what writes the journal: errors say where it is."""
        hint = f"It is kept in {self._directory}; POSTMEND_STATE_DIR names another place, --no-backup does without."
        return explained(self._directory, "write the journal", hint)

    def _cancel(self, step: Step) -> None:
        """Note that the file of `step` was not replaced or renamed."""
        self._kept -= 1
        with suppress(OSError):
            if self._folder:
                manifest.append_fate(self._folder, step.number, Fate.CANCELLED)

    def _make_folder(self) -> Path:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        recover(self._directory)
        folder = _new_folder(self._directory, self._head.started.strftime(_ID_FORMAT))
        try:
            with suppress(OSError):  # a file system without locks: runs still have folders of their own
                self._lock = FolderLock(folder)
            manifest.write_head(folder, self._head)
        except BaseException:
            self.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._folder = folder
        return folder


def list_runs(directory: Path) -> tuple[Run, ...]:
    """The runs in `directory`, latest first; other folders are passed over. Raises FileProblem."""
    with explained(directory, "read the journal"):
        if not directory.is_dir():
            return ()
        folders = [path for path in directory.iterdir() if not path.name.startswith(".")]
    runs = [run for folder in folders if (run := _run(folder))]
    return tuple(sorted(runs, key=_age, reverse=True))


def find_run(directory: Path, run_id: str | None, near: Path | None = None) -> Run:
    """That run, or the latest repair that isn't undone; with `near`, of a site in, at or around that folder.

    Raises JournalProblem if there is none.
    """
    runs = list_runs(directory)
    if run_id is None:
        left = (run for run in runs if run.kind is Kind.FIX and not run.undone)
        found = next((run for run in left if near is None or _is_near(run.root, near)), None)
        missing = "there is no run left to undo" + (" in this folder" if near else "")
    else:
        found = next((run for run in runs if run.id == run_id), None)
        missing = f"there is no run {run_id}"
    if found is None:
        raise JournalProblem(directory, missing, "`postmend undo --list` shows the runs.")
    return found


def _is_near(root: Path, folder: Path) -> bool:
    one, other = Path(os.path.realpath(root)), Path(os.path.realpath(folder))
    return one.is_relative_to(other) or other.is_relative_to(one)


def recover(directory: Path) -> None:
    """Remove the temporary files that killed runs left beside the posts; the journal needs no repair."""
    for folder in directory.iterdir():
        with suppress(OSError, JournalProblem):
            if was_left_locked(folder) and manifest.read_head(folder):
                with FolderLock(folder):
                    for entry in manifest.read_manifest(folder)[0]:
                        remove_leftover(entry)


def remove_leftover(entry: Step) -> None:
    """Remove the temporary files of an entry whose run is over; a version that isn't in the journal stays.

    A file that was left with two names in the middle of a renaming keeps the old one.
    """
    if isinstance(entry, Move):
        renaming.leave_one_name(Path(entry.source), Path(entry.target))
        return
    temporary = Path(entry.path).with_name(entry.temporary)
    with suppress(OSError):
        temporary.unlink()
    displaced = displaced_name(temporary)
    with suppress(OSError, FileProblem):
        if read_bytes(displaced).digest in (entry.before, entry.after):
            displaced.unlink()


def _holds(path: str, wanted: str) -> bool:
    """Whether the file at `path` has the digest `wanted`."""
    with suppress(FileProblem):
        return read_bytes(Path(path)).digest == wanted
    return False


def _digest_of(path: Path) -> str:
    """The digest of a file; empty for a folder, and for a film that would take too long to read."""
    with suppress(TooLarge, IsFolder):
        return read_bytes(path).digest
    return ""


def _new_folder(directory: Path, name: str) -> Path:
    """Make a folder that no other run has: `name`, `name-2`, `name-3` ... Raises OSError."""
    for number in count(1):
        folder = directory / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            sync_folder(directory)
            return folder
    raise AssertionError("count() ends")


def _run(folder: Path) -> Run | None:
    head = manifest.read_head(folder)
    if head is None:
        return None
    try:
        steps, fates = manifest.read_manifest(folder)
    except JournalProblem:
        steps, fates = (), {}
    steps = tuple(step for step in steps if fates.get(step.number) is not Fate.CANCELLED)
    return Run(
        id=folder.name,
        started=head.started,
        root=head.root,
        kind=head.kind,
        files=len(_changed(steps)),
        size=sum(step.size for step in steps if isinstance(step, Entry)),
        undone=all(fates.get(step.number) is Fate.RESTORED for step in steps),
        folder=folder,
    )


def _changed(steps: Iterable[Step]) -> set[str]:
    """What the steps replaced or renamed, each file once whatever its name was."""
    paths: set[str] = set()
    for step in steps:
        if isinstance(step, Entry):
            paths.add(step.path)
        else:
            inside = {path for path in paths if Path(path).is_relative_to(step.source)}
            paths = paths - inside | {step.target + path.removeprefix(step.source) for path in inside} | {step.target}
    return paths


def _age(run: Run) -> tuple[float, int]:
    """Sorts runs by time; runs of one second by the number that mkdir gave them."""
    suffix = run.id.removeprefix(run.started.strftime(_ID_FORMAT)).lstrip("-")
    return run.started.timestamp(), int(suffix) if suffix.isdecimal() else 1
