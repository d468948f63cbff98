"""Where postmend keeps what it remembers between runs. Light: each commit waits for what this imports."""

from __future__ import annotations

import os
import sys


def cache_folder() -> str:
    """The folder of the caches: POSTMEND_CACHE_DIR, else `postmend` in the user's cache folder."""
    named = os.environ.get("POSTMEND_CACHE_DIR")
    if named:
        return named
    if sys.platform == "linux":  # what platformdirs says, without the 20 ms that its import takes
        base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return os.path.join(base, "postmend")
    from platformdirs import user_cache_dir

    return user_cache_dir("postmend", appauthor=False)
