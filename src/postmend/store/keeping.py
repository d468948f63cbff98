"""How much the journal has grown, and whether that is worth a word."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

MOST_DAYS = 180
MOST_BYTES = 1_000_000_000  # on the disk

_ID_FORMAT = "%Y%m%d-%H%M%S"


def remark(directory: Path, now: datetime) -> str:
    """What to tell the user of a journal that goes back very far or takes much room; empty for others.

    Only names and sizes are looked at: after each fix this must be quick.
    """
    runs = sorted(folder for folder in _folders(directory) if _started(folder) is not None)
    oldest = _started(runs[0]) if len(runs) > 1 else None
    if oldest is None:
        return ""
    size = sum(map(_size, runs))
    if size <= MOST_BYTES and now - oldest <= timedelta(days=MOST_DAYS):
        return ""
    return (
        f"the undo journal holds {len(runs):,} runs ({size / 1e6:,.0f} MB), the first of {oldest:%Y-%m-%d}; "
        f"`postmend clean --journal` removes old ones, never the last"
    )


def _folders(directory: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in directory.iterdir() if path.is_dir()]
    return []


def _started(run: Path) -> datetime | None:
    """When a run began, by its name; None for what is no run."""
    with suppress(ValueError):
        return datetime.strptime(run.name[:15], _ID_FORMAT)
    return None


def _size(run: Path) -> int:
    """The bytes of a run on the disk."""
    total = 0
    for folder in (run, run / "entries"):
        with suppress(OSError), os.scandir(folder) as found:
            total += sum(entry.stat(follow_symlinks=False).st_size for entry in found if entry.is_file())
    return total
