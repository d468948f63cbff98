"""postmend finds and repairs broken text and duplicate articles in folders of posts.

    from postmend import repair
    repair("CafÃ© Ã  la carte")        # 'Café à la carte'

`repair` and `find_repairs` work on text, `check` and `dupes` on folders, `compare` on two posts. Nothing heavy is
imported until one of the names is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from postmend.version import __version__

if TYPE_CHECKING:
    from postmend.comparator import compare
    from postmend.config import Policy
    from postmend.fixer.mojibake import find_repairs, repair
    from postmend.run import Request, check, dupes

_HOMES = {
    "Policy": "postmend.config",
    "Request": "postmend.run",
    "check": "postmend.run",
    "compare": "postmend.comparator",
    "dupes": "postmend.run",
    "find_repairs": "postmend.fixer.mojibake",
    "repair": "postmend.fixer.mojibake",
}

__all__ = ["Policy", "Request", "__version__", "check", "compare", "dupes", "find_repairs", "repair"]


def __getattr__(name: str) -> Any:
    """Imports the module of a public name when the name is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
