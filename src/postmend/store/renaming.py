"""Giving a file or folder another name, so that it has the old one or the new one, and nothing is lost.

Nothing is ever overwritten, no link followed, and nothing leaves its folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from postmend.store.disk import sync_folder
from postmend.store.errors import ChangedSinceRead, Missing, NotRegular, explained
from postmend.store.files import inside
from postmend.store.swap import is_there, rename_to_new


def checked(source: Path, target: Path, root: Path) -> tuple[Path, Path]:
    """Both paths with links above them resolved. Raises OutsideRoot, Missing, NotRegular for a link,
    ChangedSinceRead when `target` is there.
    """
    folder = inside(source.parent, root)
    source, target = folder / source.name, folder / target.name
    with explained(source, "rename"):
        if source.is_symlink():
            raise NotRegular(source, "can't rename: is a link", "Rename it by hand, or what it leads to.")
        if not is_there(source):
            raise Missing(source, "can't rename: no such file", "Run postmend again.")
        if is_there(target):
            hint = "Rename one of the two by hand."
            raise ChangedSinceRead(source, f"can't rename: {target.name} is there already", hint)
    return source, target


def rename(source: Path, target: Path) -> None:
    """Rename what `checked` let pass, for good. Raises ChangedSinceRead, NoPermission, InputOutput and the like;
    it then has its old name, or was renamed all the same: `was_done` knows.
    """
    with explained(source, "rename"):
        try:
            rename_to_new(source, target)
        except FileExistsError as error:
            raise ChangedSinceRead(source, f"can't rename: {target.name} is there already") from error
    sync_folder(source.parent)


def was_done(source: Path, target: Path) -> bool:
    """Whether a renaming took place although the system reported an error. One that was half done is taken back."""
    leave_one_name(source, target)
    with suppress(OSError):
        return is_there(target) and not is_there(source)
    return False


def leave_one_name(source: Path, target: Path) -> None:
    """Take the new name from a file that has both."""
    with suppress(OSError):
        if source.samefile(target) and not source.is_dir() and source.name != target.name:
            _unlink_second(source, target)


def _unlink_second(source: Path, target: Path) -> None:
    """Unlink `target` if there are two entries; a file system that takes both names for one has only one."""
    names = os.listdir(source.parent)  # noqa: PTH208 - names, not paths
    if source.name in names and target.name in names:
        target.unlink()
