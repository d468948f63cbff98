"""Shorthands for runs and what they leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from postmend.store.files import read_bytes
from postmend.store.journal import Journal
from postmend.store.undo import UndoResult, undo

NOW = datetime(2026, 11, 21, 21, 15, 2, tzinfo=UTC)


def fix(journals: Path, root: Path, changes: dict[Path, bytes], now: datetime = NOW) -> str:
    with Journal.begin(journals, now, root) as journal:
        for path, new in changes.items():
            journal.replace(read_bytes(path), new)
    assert journal.run_id is not None
    return journal.run_id


def back(journals: Path, run_id: str | None = None, **options: object) -> UndoResult:
    return undo(journals, run_id, now=NOW + timedelta(hours=1), **options)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
