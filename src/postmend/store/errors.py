"""What can go wrong with a file, as types with a message and a hint for the user.

Messages don't repeat the path: a report puts it in front.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postmend.model import Failure


class FileProblem(Exception):
    """A file that can't be worked on. `path` is the file, `message` says what is wrong, `hint` what to do."""

    hint = ""

    def __init__(self, path: Path | str, message: str, hint: str | None = None) -> None:
        super().__init__(str(path), message, hint)  # all arguments, or the exception can't cross a process pool
        self.path = str(path)
        self.message = message
        self.hint = type(self).hint if hint is None else hint

    def __str__(self) -> str:
        return self.message

    def failure(self) -> Failure:
        """The same as a value for the report."""
        return Failure(self.path, self.message, self.hint)


class Missing(FileProblem):
    """There is no such file, or it vanished."""

    hint = "Check the path; a link may point to a file that is gone."


class IsFolder(FileProblem):
    """A folder stands where a file was expected."""


class NotRegular(FileProblem):
    """A pipe, socket or device: reading it could block for ever."""

    hint = "Only regular files are read; exclude this path."


class NoPermission(FileProblem):
    """The system does not allow it."""

    hint = "Check the rights and the owner of the file and of its folder."


class ReadOnly(FileProblem):
    """The file is marked read-only: someone meant it to stay as it is."""

    hint = "Make it writable (chmod u+w) or exclude it."


class TooLarge(FileProblem):
    """More bytes than the limit."""

    hint = "Posts are rarely this large; exclude the file or raise the limit."


class HardLinked(FileProblem):
    """The file has other names, which an atomic replacement would cut off."""

    hint = "Break the link (cp FILE FILE.tmp && mv FILE.tmp FILE) or exclude the file."


class OutsideRoot(FileProblem):
    """The file, or what its link points to, lies outside the folder that may be written."""

    hint = "Run postmend on the folder that holds the file itself."


class ChangedSinceRead(FileProblem):
    """Someone else wrote the file after it was read; their version stays."""

    hint = "Close other programs that write it, then run again."


class DiskFull(FileProblem):
    """No room for the new file; the old one is untouched."""

    hint = "Free some space, then run again."


class InputOutput(FileProblem):
    """Any other refusal of the system."""


class JournalProblem(FileProblem):
    """The journal has no such run, or its data is damaged or in use."""


_KNOWN: dict[int, tuple[type[FileProblem], str]] = {
    errno.ENOENT: (Missing, "no such file"),
    errno.ENOTDIR: (Missing, "no such file (a part of its path is not a folder)"),
    errno.ELOOP: (Missing, "a link that leads back to itself"),
    errno.EISDIR: (IsFolder, "is a folder"),
    errno.ENXIO: (NotRegular, "not a regular file"),
    errno.EACCES: (NoPermission, "permission denied"),
    errno.EPERM: (NoPermission, "permission denied"),
    errno.EROFS: (ReadOnly, "the file system is read-only"),
    errno.ENOSPC: (DiskFull, "no space left on the disk"),
    errno.EDQUOT: (DiskFull, "disk quota exceeded"),
    errno.EFBIG: (DiskFull, "the file system does not take a file of this size"),
}


@contextmanager
def explained(path: Path | str, action: str, hint: str | None = None) -> Iterator[None]:
    """Turn an OSError inside the block into the FileProblem that says the same in plain words, with its own hint or
    the one given.
    """
    try:
        yield
    except OSError as error:
        kind, message = _KNOWN.get(error.errno or 0, (InputOutput, error.strerror or str(error)))
        raise kind(path, f"can't {action}: {message}", hint) from error
    except ValueError as error:  # a list of files may hold a NUL, or a name that the system can't spell
        raise Missing(path, f"can't {action}: no file can have this name") from error
