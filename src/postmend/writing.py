"""Puts repaired files and new names in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from postmend.model import Failure
from postmend.scanner.document import encode_escaped
from postmend.store import files
from postmend.store.files import FileState
from postmend.store.journal import Journal

if TYPE_CHECKING:
    from postmend.mend import Mended
    from postmend.renames import Rename


class Writer:
    """Puts repaired files in place, through a journal when there is a folder for it."""

    def __init__(self, journal_folder: Path | None, now: datetime) -> None:
        self._folder = journal_folder
        self._now = now
        self._journal: Journal | None = None

    @property
    def run_id(self) -> str | None:
        """The name by which `undo` knows the run; None when nothing was written or without a journal."""
        return self._journal.run_id if self._journal else None

    def __call__(self, mended: Mended) -> None:
        """Writes one file. Raises FileProblem; the file then is as it was."""
        new = encode_escaped(mended.after)
        journal = self._begun(mended.root)
        if journal is None:
            files.replace(mended.state, new, root=mended.root)
        else:
            journal.replace(mended.state, new)

    def rename(self, root: Path, rename: Rename) -> None:
        """Gives one file or folder its new name. Raises FileProblem; it then has the old one."""
        from postmend.store import renaming

        source, target = root / rename.path, root / rename.target
        journal = self._begun(root)
        if journal is None:
            renaming.rename(*renaming.checked(source, target, root))
        else:
            journal.rename(source, target)

    def renamed(self, root: Path, renames: Sequence[Rename]) -> Iterable[Failure]:
        """Tells git of the new names."""
        from postmend.store.gitindex import rename_in_index

        if not rename_in_index([(root / rename.path, root / rename.target) for rename in renames]):
            yield Failure(".", "git was not told of the new names", "Run `git add -A` in the folders that changed.")

    def read(self, root: Path, path: str) -> FileState:
        """The file as it is. Raises FileProblem."""
        return files.read_bytes(root / path)

    def _begun(self, root: Path) -> Journal | None:
        """The journal, from the first change on; None if none is to be written."""
        if self._journal is None and self._folder is not None:
            from postmend.store.journal import Journal

            self._journal = Journal.begin(self._folder, self._now, root)
        return self._journal

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._journal:
            self._journal.close()
