"""What a fix would change, as a diff."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from postmend.edits import renaming_header, unified_diff
from postmend.mend import Mended
from postmend.model import Failure
from postmend.paths import shown_path
from postmend.renames import Rename, moved
from postmend.scanner.document import encode_escaped
from postmend.store import files
from postmend.store.files import FileState
from postmend.store.renaming import checked


class DiffCollector:
    """Shows repaired and renamed files as a diff that `git apply` takes. Nothing is written."""

    def __init__(self) -> None:
        self._root = Path()
        self._texts: dict[str, tuple[str, str]] = {}  # by old path: before all repairs, and after
        self._old: dict[str, str] = {}  # old path by new path

    def __call__(self, mended: Mended) -> None:
        """Adds the difference of one file."""
        self._root = mended.root
        path = self._old.get(mended.path, mended.path)
        before = self._texts[path][0] if path in self._texts else mended.before
        self._texts[path] = before, mended.after

    def rename(self, root: Path, rename: Rename) -> None:
        """Sees whether the new name could be given. Raises FileProblem."""
        checked(root / rename.path, root / rename.target, root)

    def renamed(self, root: Path, renames: Sequence[Rename]) -> Iterable[Failure]:
        """Notes which files would have another path. Nothing can go wrong with that."""
        self._root = root
        names = {rename.path: rename.name for rename in renames}
        for rename in renames:
            for path in _files_below(root, rename):
                self._old[moved(path, names)] = path
        return ()

    def read(self, root: Path, path: str) -> FileState:
        """The file as it would be. Raises FileProblem."""
        path = self._old.get(path, path)
        state = files.read_bytes(root / path)
        return replace(state, data=encode_escaped(self._texts[path][1])) if path in self._texts else state

    @property
    def text(self) -> str:
        """All differences so far, by path."""
        new = {old: path for path, old in self._old.items()}
        return "".join(self._difference(path, new.get(path, path)) for path in sorted({*self._texts, *new}))

    def _difference(self, old: str, new: str) -> str:
        names = [shown_path(self._root, path).lstrip("/") for path in (old, new)]
        header = renaming_header(*names) if self._old else ""  # git wants it for all files or for none
        return header + unified_diff(names[0], *self._texts.get(old, ("", "")), new_path=names[1])


def _files_below(root: Path, rename: Rename) -> Iterable[str]:
    """The file itself, or all files in the folder; git knows no folders."""
    if not rename.is_folder:
        yield rename.path
        return
    for folder, folders, names in os.walk(root / rename.path):
        folders.sort()
        yield from (Path(folder, name).relative_to(root).as_posix() for name in sorted(names))
