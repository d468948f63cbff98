"""Removing old runs from the journal, never the last one."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from postmend.store.journal import Run, list_runs
from postmend.store.lock import FolderLock
from postmend.store.manifest import Kind

_GRAVE = ".removed-"


def clean(
    directory: Path,
    *,
    now: datetime,
    keep: int | None = None,
    max_age: timedelta | None = None,
    max_bytes: int | None = None,
) -> tuple[str, ...]:
    """Remove the runs beyond the latest `keep`, older than `max_age`, or beyond `max_bytes` of posts in all.

    The last run and the last repair stay, whatever the limits; so do runs that are under way. Returns the
    names of the removed runs, sorted. Raises JournalProblem.
    """
    runs = list_runs(directory)
    safe = {run.id for run in (*runs[:1], *[run for run in runs if run.kind is Kind.FIX][:1])}
    removed: list[str] = []
    total = 0
    for number, run in enumerate(runs):
        total += run.size
        too_many = keep is not None and number >= keep
        too_old = max_age is not None and now.timestamp() - run.started.timestamp() > max_age.total_seconds()
        too_large = max_bytes is not None and total > max_bytes
        if run.id not in safe and (too_many or too_old or too_large) and _remove(run):
            removed.append(run.id)
    _sweep(directory)
    return tuple(sorted(removed))


def _remove(run: Run) -> bool:
    """Whether the run could be removed. The rename comes first: half a run must not look like a whole one."""
    try:
        FolderLock(run.folder).release()
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        pass
    try:
        run.folder.rename(run.folder.with_name(f"{_GRAVE}{run.id}"))
    except OSError:
        return False
    return True


def _sweep(directory: Path) -> None:
    """Delete what was renamed, now or by a clean that was interrupted."""
    with suppress(OSError):
        for folder in directory.glob(f"{_GRAVE}*"):
            shutil.rmtree(folder, ignore_errors=True)
