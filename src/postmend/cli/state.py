"""Where postmend keeps what it needs between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from postmend.report.escape import visible
from postmend.store.cache import Cache
from postmend.store.folders import cache_folder


def cache_in(folder: Path | None) -> Cache:
    """The cache in a folder, or in the usual one. What can't be done with it is told on stderr."""
    return Cache(folder or Path(cache_folder()), _warn)


def _warn(message: str) -> None:
    sys.stderr.write(f"postmend: warning: {visible(message)}\n")


def journal_folder() -> Path:
    """The folder of the undo journal: below POSTMEND_STATE_DIR, else in the user's state folder."""
    named = os.environ.get("POSTMEND_STATE_DIR")
    if named:
        return Path(named) / "journal"
    from platformdirs import user_state_path

    return user_state_path("postmend", appauthor=False) / "journal"
