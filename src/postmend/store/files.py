"""Reading a file with its version, and replacing it so that it holds the old bytes or the new, never else.

The promise of `replace`: at every instant the file holds its old bytes or the new ones. It writes a temporary
file in the same folder, syncs it, checks that nobody wrote the file in the meantime, and puts it in place in
one step.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from postmend.store.disk import CREATE, READ, opened, sync_folder, write_all, write_durably
from postmend.store.errors import (
    ChangedSinceRead,
    FileProblem,
    HardLinked,
    IsFolder,
    NoPermission,
    NotRegular,
    OutsideRoot,
    ReadOnly,
    TooLarge,
    explained,
)
from postmend.store.metadata import keep_attributes, keep_mode, keep_owner
from postmend.store.swap import put_in_place
from postmend.values import dataclass, field

DEFAULT_LIMIT = 100_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the system says about one version of a file; times in nanoseconds."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    mode: int
    links: int
    owner: int
    group: int


@dataclass(frozen=True, slots=True)
class FileState:
    """The bytes of a file and the stamp of the version that was read."""

    path: Path
    data: bytes = field(repr=False)
    stamp: Stamp

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return digest(self.data)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path, limit: int = DEFAULT_LIMIT) -> FileState:
    """The file at `path` (links are followed), of at most `limit` bytes. Never blocks on a pipe or device.

    Raises the FileProblem that says why not: Missing, IsFolder, NotRegular, NoPermission, TooLarge,
    InputOutput, or ChangedSinceRead when someone writes the file at this very moment.
    """
    with explained(path, "read"):
        _require_regular(path, path.stat())  # before opening: to open a device can already do something
        with opened(path, READ) as handle:
            before = os.fstat(handle)
            _require_regular(path, before)
            data = _read_up_to(path, handle, before.st_size, limit)
            stamp = _stamp(before)
            if _stamp(os.fstat(handle)) != stamp or len(data) != stamp.size:
                raise ChangedSinceRead(path, "changed while it was being read")
    return FileState(path, data, stamp)


def replace(state: FileState, new: bytes, *, root: Path, temporary: str | None = None) -> None:
    """Put `new` in the place of the version that was read, atomically and durably.

    Mode, owner, group and extended attributes are kept. A link stays a link and its target is replaced, which
    must lie inside `root`. `temporary` names the temporary file (default: an unpredictable name).

    Raises, with the old bytes in place and no temporary file left: OutsideRoot, HardLinked, ReadOnly,
    NoPermission, ChangedSinceRead, DiskFull, InputOutput.
    """
    target = _writable_target(state, root)
    beside = target.parent / (temporary or temporary_name())
    with explained(state.path, "write"), _removed_on_failure(beside):
        _write_like(beside, new, state, target)
        _require_unchanged(state, target)
        put_in_place(beside, target, lambda displaced: _require_unchanged(state, displaced))
    sync_folder(target.parent)


def create(path: Path, data: bytes, *, root: Path, mode: int = 0o644, temporary: str | None = None) -> None:
    """Make the file `path`, which must not exist, with all of `data` at once. Its folder must exist.

    Raises OutsideRoot, ChangedSinceRead when something is there already, Missing, NoPermission, DiskFull,
    InputOutput.
    """
    target = inside(path, root)
    beside = target.parent / (temporary or temporary_name())
    with explained(path, "write"), _removed_on_failure(beside):
        write_durably(beside, data, mode)
        _rename_to_new(beside, target)
    sync_folder(target.parent)


def inside(path: Path, root: Path) -> Path:
    """The file that `path` leads to, links resolved. Raises OutsideRoot when it isn't in `root`."""
    with explained(path, "resolve"):
        target, folder = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if not target.is_relative_to(folder):
        raise OutsideRoot(path, f"leads out of {folder}")
    return target


def temporary_name() -> str:
    """A hidden name that nobody can guess; short, as one derived from the file's own may exceed NAME_MAX."""
    import secrets

    return f".postmend-{secrets.token_hex(8)}.tmp"


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(
        device=status.st_dev,
        inode=status.st_ino,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        mode=stat.S_IMODE(status.st_mode),
        links=status.st_nlink,
        owner=status.st_uid,
        group=status.st_gid,
    )


def _require_regular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsFolder(path, "can't read: is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise NotRegular(path, "can't read: a pipe, socket or device, not a regular file")


def _read_up_to(path: Path, handle: int, size: int, limit: int) -> bytes:
    """All bytes of an open file; one byte past the limit refuses it, whatever size it claims."""
    chunks: list[bytes] = []
    room = limit + 1
    if size <= limit:
        while room > 0 and (chunk := os.read(handle, min(room, 1 << 20))):
            chunks.append(chunk)
            room -= len(chunk)
    if size > limit or room == 0:
        raise TooLarge(path, f"too large: {max(size, limit + 1):,} bytes, the limit is {limit:,}")
    return b"".join(chunks)


def _writable_target(state: FileState, root: Path) -> Path:
    """Where to write, or the reason why not."""
    target = inside(state.path, root)
    if state.stamp.links > 1:
        raise HardLinked(state.path, f"has {state.stamp.links} names (hard links); replacing it would part them")
    # The system's answer counts, as for any editor: root may write a file without write bits, others may not.
    if not os.access(target, os.W_OK) and os.path.lexists(target):
        if not state.stamp.mode & 0o222:
            raise ReadOnly(state.path, "is read-only")
        raise NoPermission(state.path, "can't write: permission denied")
    return target


def _require_unchanged(state: FileState, target: Path) -> None:
    """Raise ChangedSinceRead unless the file is the very version that was read; a deleted one has changed."""
    try:
        now = read_bytes(target, limit=len(state.data))
    except FileProblem as problem:
        raise ChangedSinceRead(state.path, f"changed since it was read ({problem})") from problem
    if now.stamp != state.stamp or now.data != state.data:
        raise ChangedSinceRead(state.path, "changed since it was read")


def _write_like(path: Path, data: bytes, model: FileState, target: Path) -> None:
    """Create the temporary file with the owner and rights of the version that it will replace."""
    with opened(path, CREATE, 0o600) as handle:
        write_all(handle, data)
        try:
            keep_owner(handle, model.stamp.owner, model.stamp.group)
        except PermissionError as error:
            message = "belongs to another user or group, which a replacement would change"
            raise NoPermission(model.path, message) from error
        keep_mode(handle, model.stamp.mode)
        keep_attributes(handle, target)
        os.fsync(handle)


def _rename_to_new(source: Path, target: Path) -> None:
    """Rename without overwriting. Raises ChangedSinceRead when `target` exists, OSError."""
    try:
        if os.name == "nt":
            source.rename(target)  # refuses an existing name
        else:
            os.link(source, target)  # the one call of POSIX that does
    except OSError as error:
        if os.path.lexists(target):
            raise ChangedSinceRead(target, "is there again") from error
        source.replace(target)  # FAT has no hard links
    else:
        source.unlink(missing_ok=True)


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    """Leave no temporary file behind, also when the user interrupts."""
    try:
        yield
    except FileExistsError:
        raise  # not ours
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
