"""Where postmend keeps what it needs between runs."""

from __future__ import annotations

import os
from pathlib import Path


def journal_folder() -> Path:
    """The folder of the undo journal: below POSTMEND_STATE_DIR, else in the user's state folder."""
    named = os.environ.get("POSTMEND_STATE_DIR")
    if named:
        return Path(named) / "journal"
    from platformdirs import user_state_path

    return user_state_path("postmend", appauthor=False) / "journal"
