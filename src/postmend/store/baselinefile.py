"""The file of the baseline: found, read and written."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from postmend.baseline import BadBaseline, Baseline, parse, render
from postmend.store import files
from postmend.store.errors import FileProblem, Missing


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """A baseline and the file in which it stands; its paths are relative to the folder of that file."""

    path: Path  # absolute
    baseline: Baseline

    def relative(self, shown: str) -> str:
        """A path, which may be relative to the working folder, as the baseline names it."""
        full = os.path.abspath(shown)  # noqa: PTH100 - resolve() would follow links
        try:
            return Path(os.path.relpath(full, self.path.parent)).as_posix()
        except ValueError:  # on another drive
            return Path(full).as_posix()

    def full(self, path: str) -> Path:
        """The file that the baseline calls `path`."""
        return self.path.parent / path

    def gone(self) -> list[str]:
        """The posts of the baseline that are no longer there."""
        return [path for path in self.baseline.paths if not os.path.lexists(self.full(path))]


def read(path: Path) -> BaselineFile:
    """The baseline in a file. Raises FileProblem, also for a file that is none."""
    full = Path(os.path.abspath(path))  # noqa: PTH100
    try:
        text = files.read_bytes(full).data.decode("utf-8")
        return BaselineFile(full, parse(text))
    except (BadBaseline, UnicodeDecodeError) as problem:
        reason = "it is not UTF-8" if isinstance(problem, UnicodeDecodeError) else str(problem)
        hint = "Restore it, or remove it and run `postmend baseline` again."
        raise FileProblem(path, f"not a baseline: {reason}", hint) from None


def read_or_empty(path: Path) -> BaselineFile:
    """The baseline in a file, an empty one where there is no such file. Raises FileProblem."""
    try:
        return read(path)
    except Missing:
        return BaselineFile(Path(os.path.abspath(path)), Baseline(Counter()))  # noqa: PTH100


def write(file: BaselineFile) -> None:
    """Puts the baseline in its file; the old one stays until the new one is whole. Raises FileProblem."""
    data = render(file.baseline).encode()
    try:
        state = files.read_bytes(file.path)
    except Missing:
        files.create(file.path, data, root=file.path.parent)
        return
    if state.data != data:
        files.replace(state, data, root=file.path.parent)
