"""Marks a pair of posts as no duplicates, in the file of settings."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from postmend.config import UsageError
from postmend.model import Pair
from postmend.paths import shown_path
from postmend.scope import root_of
from postmend.settings.reading import read_settings
from postmend.store import configs
from postmend.store.errors import FileProblem


@dataclass(frozen=True, slots=True)
class Marker:
    """Where to note which pairs are no duplicates: the file that counts for the run, or a new one of the site."""

    path: Path
    folder: Path  # paths in the file are relative to it

    @classmethod
    def of(cls, targets: Sequence[Path], file: str | None, *, was_named: bool) -> Marker:
        """The file of settings as it was chosen for these targets; None makes a new one."""
        root = root_of(targets)
        if file is None:
            return cls(root / configs.NAMES[0], root)
        path = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
        return cls(path, root if was_named else path.parent)

    @property
    def shown(self) -> str:
        """The file as messages have it."""
        return shown_path(Path(), str(self.path))

    def mark(self, pair: Pair) -> None:
        """Adds the pair to the file. Raises UsageError, which says what to write by hand, when that can't be done."""
        is_pyproject = self.path.name == configs.PYPROJECT
        entry = self._entry(pair, "tool.postmend.not-duplicates" if is_pyproject else "not-duplicates")
        try:
            old = configs.read_text(self.path) if os.path.lexists(self.path) else ""
            new = f"{old.rstrip()}\n\n{entry}" if old.strip() else entry
            settings = read_settings(new, is_pyproject=is_pyproject)
            if settings is None or settings.problems:
                raise UsageError(f"{self.shown} can't take this at its end; write it there by hand:\n{entry}")
            configs.write(self.path, new, replace=bool(old) or os.path.lexists(self.path))
        except FileProblem as problem:
            raise UsageError(f"{self.shown}: {problem.message}. Write this there by hand:\n{entry}") from None

    def _entry(self, pair: Pair, table: str) -> str:
        lines = (f"{key} = {self._quoted(path)}" for key, path in (("a", pair.left), ("b", pair.right)))
        return "\n".join((f"[[{table}]]", *lines, ""))

    def _quoted(self, shown: str) -> str:
        """A path as a TOML string, relative to the folder that the file speaks of."""
        path = Path(os.path.relpath(os.path.abspath(shown), self.folder)).as_posix()  # noqa: PTH100
        if not path.isprintable():
            raise UsageError(f"the name {shown!r} can't be written into {self.shown}")
        return json.dumps(path, ensure_ascii=False)
