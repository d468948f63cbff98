"""The few calls that bring bytes to the disk, for good."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from postmend.store.metadata import keep_mode

# The flags that a system lacks are 0 there. Without O_NONBLOCK, a pipe put in the place of the file between
# stat and open would block for ever.
READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def opened(path: Path, flags: int, mode: int = 0o600) -> Iterator[int]:
    """An open file. A failing close is an error: a network file system may report a full disk only then."""
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), mode)
    try:
        yield handle
    except BaseException:
        with suppress(OSError):
            os.close(handle)
        raise
    os.close(handle)


def write_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Create `path`, which must not exist, and return once its bytes are on the disk. Raises OSError."""
    with opened(path, CREATE, mode) as handle:
        write_all(handle, data)
        keep_mode(handle, mode)  # again, because the mask of the process took bits away
        os.fsync(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte: one `os.write` may take fewer, above 2 GB or near a full disk. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync_folder(folder: Path) -> None:
    """Ask the system to make a rename durable.

    A failure is no error: the rename took place, and a crash before it is durable gives back the old bytes,
    whole. Windows can't open folders, and some network file systems can't sync them.
    """
    if os.name == "nt":
        return
    with suppress(OSError), opened(folder, os.O_RDONLY) as handle:
        os.fsync(handle)
