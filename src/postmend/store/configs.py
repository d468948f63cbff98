"""Finds and reads the files of settings: postmend.toml, .postmend.toml, pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from postmend.store import files
from postmend.store.errors import FileProblem, explained
from postmend.store.files import read_bytes

NAMES = ("postmend.toml", ".postmend.toml", "pyproject.toml")
PYPROJECT = NAMES[-1]
_MOST = 1_000_000  # bytes


class NotText(FileProblem):
    """Settings that are not UTF-8."""

    hint = "Save it as UTF-8."


def candidates(targets: Sequence[Path]) -> Iterator[Path]:
    """The files that may hold the settings for these files and folders, the nearest first.

    The search begins in the folder that holds them all and goes up. One file counts for all of a run, so that the
    same posts are never compared by two measures.
    """
    start = _common_folder(targets)
    for folder in (start, *start.parents):
        yield from candidates_in(folder)


def candidates_in(folder: Path) -> Iterator[Path]:
    """Those in one folder, in the order in which they count."""
    for name in NAMES:
        path = os.path.join(folder, name)  # noqa: PTH118 - a hook asks this for each folder on the way up
        if os.path.isfile(path) and (name != PYPROJECT or _speaks_of_postmend(Path(path))):  # noqa: PTH113
            yield Path(path)


def _common_folder(targets: Sequence[Path]) -> Path:
    # Not Path.resolve: what a link leads to may be outside of the site.
    named = [(Path(os.path.abspath(t)), os.path.isdir(t)) for t in targets]  # noqa: PTH100, PTH112
    try:
        return Path(os.path.commonpath([path if is_folder else path.parent for path, is_folder in named]))
    except ValueError:  # on different drives, or nothing at all
        return Path.cwd()


def _speaks_of_postmend(path: Path) -> bool:
    """Whether a pyproject.toml holds the name at all: cheaper than to parse each one that lies on the way up.

    One that can't be read says nothing: it may belong to somebody else's project.
    """
    try:
        return b"postmend" in read_bytes(path, _MOST).data
    except FileProblem:
        return False


def read_text(path: Path) -> str:
    """The text of a file of settings, without the byte order mark that some editors put. Raises FileProblem."""
    data = read_bytes(path, _MOST).data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise NotText(path, f"is not UTF-8 (line {line})") from None


def write(path: Path, text: str, *, replace: bool) -> None:
    """Writes a file of settings; one that is there only to `replace` it. Raises FileProblem."""
    data = text.encode()
    if replace and path.exists():
        files.replace(files.read_bytes(path, _MOST), data, root=path.parent)
        return
    with explained(path, "write"), path.open("xb") as file:
        file.write(data)
