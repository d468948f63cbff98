"""The .gitignore files that apply to a folder, where git itself can't be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postmend.scanner.discover import verdict
from postmend.store.errors import FileProblem
from postmend.store.files import read_bytes


@dataclass(frozen=True, slots=True)
class Ignores:
    """The .gitignore files from the root down to some folder, the innermost first."""

    files: tuple[tuple[Path, Callable[[str], bool | None]], ...] = ()

    @staticmethod
    def above(folder: Path, root: Path) -> Ignores:
        """Those of the folders from `root` down to the parent of `folder`."""
        ignores = Ignores()
        if folder != root and folder.is_relative_to(root):
            for parent in reversed(folder.parents):
                if parent.is_relative_to(root):
                    ignores = ignores.with_folder(parent)
        return ignores

    def with_folder(self, folder: Path) -> Ignores:
        """These and the one in `folder`, if it has one."""
        try:
            text = read_bytes(folder / ".gitignore").data.decode("utf-8", "replace")
        except FileProblem:
            return self
        return Ignores(((folder, verdict(text.split("\n"))), *self.files))

    def ignore(self, path: Path, is_folder: bool) -> bool:
        """Whether the innermost file that says anything about `path` ignores it."""
        for folder, decide in self.files:
            decision = decide(path.relative_to(folder).as_posix() + ("/" if is_folder else ""))
            if decision is not None:
                return decision
        return False
