"""What an undo would change, without changing it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from postmend.store import manifest
from postmend.store.errors import FileProblem
from postmend.store.files import DEFAULT_LIMIT, read_bytes
from postmend.store.journal import Run, find_run
from postmend.store.manifest import Entry, Fate, Move


@dataclass(frozen=True, slots=True)
class Change:
    """One file: where it is now and where it was, its bytes now (empty when it is gone) and before."""

    path: str
    old_path: str
    now: bytes
    before: bytes


def preview(
    directory: Path, run_id: str | None = None, *, only: Iterable[Path] | None = None, near: Path | None = None
) -> tuple[Run, list[Change]]:
    """The run that `undo` would take back with the same arguments, and what would become of its files, by path.

    Raises FileProblem when there is no such run, or when its journal can't be read.
    """
    run = find_run(directory, run_id, near)
    chosen = None if only is None else [Path(os.path.realpath(path)) for path in only]
    found = (change for change in _changes(run) if change.now != change.before or change.path != change.old_path)
    wanted = (c for c in found if chosen is None or any(Path(c.path).is_relative_to(path) for path in chosen))
    return run, sorted(wanted, key=lambda change: change.path)


def _changes(run: Run) -> Iterator[Change]:
    """Every file of a run, once: the bytes and the name that it had first."""
    steps, fates = manifest.read_manifest(run.folder)
    open_steps = [s for s in steps if fates.get(s.number) not in (Fate.CANCELLED, Fate.RESTORED)]
    originals: dict[str, tuple[str, Entry | None]] = {}  # by present path: the old one, and the first bytes
    for step in open_steps:
        if isinstance(step, Move):
            originals = {_moved(path, step): known for path, known in originals.items()}
            originals.setdefault(step.target, (step.source, None))
        else:
            old, first = originals.get(step.path, (step.path, None))
            originals[step.path] = old, first or step
    for path, (old, entry) in originals.items():
        now = _present(Path(path))
        yield Change(path, old, now, manifest.read_original(run.folder, entry) if entry else now)


def _moved(path: str, move: Move) -> str:
    """The path after a renaming."""
    inside = Path(path).is_relative_to(move.source)
    return move.target + path.removeprefix(move.source) if inside else path


def _present(path: Path) -> bytes:
    try:
        return read_bytes(path, DEFAULT_LIMIT).data
    except FileProblem:  # a folder, or it is gone
        return b""
