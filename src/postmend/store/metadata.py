"""What belongs to a file besides its bytes and survives a replacement: owner, mode, extended attributes.

Not kept, because Python's standard library can't: extended attributes on macOS, alternate streams and
explicit access lists on Windows.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def keep_owner(handle: int, owner: int, group: int) -> None:
    """Give an open file its owner and group. Raises PermissionError when the system doesn't allow it."""
    status = os.fstat(handle)
    if (status.st_uid, status.st_gid) == (owner, group) or sys.platform == "win32":
        return
    # -1 leaves a part alone: a member of the group may set the group, but never "set" even the same owner
    # everywhere.
    os.fchown(handle, -1 if status.st_uid == owner else owner, -1 if status.st_gid == group else group)


def keep_mode(handle: int, mode: int) -> None:
    """Set the permission bits of an open file; after the owner, whose change clears set-id bits."""
    if hasattr(os, "fchmod"):
        os.fchmod(handle, mode)


if sys.platform == "linux":

    def keep_attributes(handle: int, source: Path) -> None:
        """Copy the extended attributes (access lists, tags) of `source` to an open file.

        What only the system may set, such as `security.selinux`, it has set already.
        """
        with suppress(OSError):
            for name in os.listxattr(source):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(source, name))

else:

    def keep_attributes(handle: int, source: Path) -> None:
        """Does nothing here."""
