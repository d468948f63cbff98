"""Putting a new file in the place of an old one, and looking at what it displaced.

Between the last check of a file and a plain rename over it lie some microseconds in which an editor may save:
its version would be gone. Linux and macOS can exchange two names in one step. What was displaced is then
still there, can be checked at leisure, and goes back if it isn't what we had read. Elsewhere the plain rename
has to do.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_NEW = 4 if sys.platform == "darwin" else 1  # RENAME_EXCL of macOS and RENAME_NOREPLACE of Linux
_HERE = -100  # AT_FDCWD of Linux
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)  # the system or the file system can't


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
    return _renamed(first, second, _SWAP) == 0


def rename_to_new(source: Path, target: Path) -> None:
    """Rename a file or folder, never over anything that has the name `target`. Raises OSError.

    Without the system's help, a file has both names for an instant; both are its own.
    """
    error = _renamed(source, target, _NEW)
    if error == 0:
        return
    if error not in _UNABLE:
        raise OSError(error, os.strerror(error), os.fspath(source))
    if is_there(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(target))
    if os.name == "nt" or source.is_dir():
        source.rename(target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # FAT has no hard links
        source.rename(target)
    else:
        # After an interrupt the file has two names, and an undo takes the new one. To take it here could be wrong:
        # nobody knows whether the old one is gone already.
        source.unlink()


def is_there(path: Path) -> bool:
    """Whether anything has this name. Raises OSError where the system can't tell, unlike `os.path.lexists`."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _renamed(source: Path, target: Path, how: int) -> int:
    """The error number of the system's call; 0 for success."""
    call = _system_call()
    return errno.ENOSYS if call is None else call(os.fsencode(source), os.fsencode(target), how)


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
def _system_call() -> Callable[[bytes, bytes, int], int] | None:
    """The rename of this system that takes flags, which Python has no name for. It returns an error number."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    # renameat2 is absent from old C libraries.
    rename = getattr(library, "renamex_np" if sys.platform == "darwin" else "renameat2", None)
    if rename is None:
        return None

    def call(source: bytes, target: bytes, how: int) -> int:
        paths = (source, target) if sys.platform == "darwin" else (_HERE, source, _HERE, target)
        return 0 if rename(*paths, how) == 0 else ctypes.get_errno() or errno.EIO

    return call
