"""Putting a new file in the place of an old one, and looking at what it displaced.

Between the last check of a file and a plain rename over it lie some microseconds in which an editor may save:
its version would be gone. Linux and macOS can exchange two names in one step. What was displaced is then
still there, can be checked at leisure, and goes back if it isn't what we had read. Elsewhere the plain rename
has to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_HERE = -100  # AT_FDCWD of Linux


def put_in_place(new: Path, target: Path, check: Callable[[Path], None]) -> None:
    """Put the file `new` under the name `target`; `check` raises when it displaced something unexpected.

    Raises OSError, or what `check` raises; `target` is then what it was.
    """
    # From here on the file may hold a version that isn't ours, which its name must tell: after a kill, a
    # ".tmp" can be deleted unseen, but not this one.
    displaced = displaced_name(new)
    mine = new.stat().st_ino
    new.rename(displaced)
    if not exchange(displaced, target):
        _rename_over(displaced, target)
        return
    try:
        check(displaced)
        displaced.unlink()
    except BaseException:
        _give_back(displaced, target, mine)
        raise


def displaced_name(temporary: Path) -> Path:
    """Where the displaced file lies until it has been checked."""
    return temporary.with_suffix(".old")


def exchange(first: Path, second: Path) -> bool:
    """Exchange the files behind two names in one step; False when the system or the file system can't."""
    call = _system_call()
    return call is not None and call(os.fsencode(first), os.fsencode(second)) == 0


def _rename_over(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except BaseException:
        with suppress(OSError):
            source.unlink()
        raise


def _give_back(displaced: Path, target: Path, mine: int) -> None:
    """Undo the exchange, and remove our file, which has the inode `mine`; never anything else."""
    # Twice: when someone saved once more since the first exchange, what we put back is older than what that
    # displaces. Their older version then stays under the hidden name.
    for _ in range(2):
        if exchange(displaced, target) and displaced.stat().st_ino == mine:
            displaced.unlink()
            return


@cache
def _system_call() -> Callable[[bytes, bytes], int] | None:
    """The exchange of this system, which Python has no name for."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        renamex = getattr(library, "renamex_np", None)
        return renamex and (lambda a, b: int(renamex(a, b, _SWAP)))
    rename = getattr(library, "renameat2", None)  # absent from old C libraries
    return rename and (lambda a, b: int(rename(_HERE, a, _HERE, b, _SWAP)))
