"""A lock on a folder that one process holds at a time, and that the system frees when the process dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_NAME = "lock"

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(error.errno, "locked by another process") from error
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Held from construction until `release`.

    Its file goes with it: one that is there while nobody holds the lock tells of a process that died.

    Raises BlockingIOError when another process holds it, other OSErrors when the folder isn't writable or its
    file system can't lock.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._handle = self._acquire()

    def _acquire(self) -> int:
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _take(handle)
                # The holder before may have removed the file between our opening and locking: then we hold
                # the lock of a file without a name, and the next process would get one of its own.
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(handle), self._path.stat()):
                        return handle
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)

    def release(self) -> None:
        """Free the lock; a second call does nothing."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        with suppress(OSError):
            if os.name != "nt":
                self._path.unlink()
        with suppress(OSError):
            os.close(handle)  # frees the lock on every system
            if os.name == "nt":  # can't remove an open file
                self._path.unlink()

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def was_left_locked(folder: Path) -> bool:
    """Whether a process holds the lock of `folder`, or died while it did."""
    return (folder / _NAME).exists()
