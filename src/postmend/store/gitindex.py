"""Tells git that files were renamed, as `git mv` does: the index gets their new names and nothing else changes in it.

The renaming itself is not git's: it would overwrite where the journal must not, and knows no undo.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from postmend.store.gitfiles import run_git

_MOST = 200  # names in one call


def rename_in_index(moves: Sequence[tuple[Path, Path]]) -> bool:
    """Renames in the index what was renamed on the disk: pairs of old and new absolute paths of files and folders, in
    that order. Files that git does not track stay untracked.

    False when git can't be asked or refuses; then it sees files that are gone, and new ones that are the same.
    """
    by_repository: dict[Path, list[tuple[bytes, bytes]]] = defaultdict(list)
    for old, new in moves:
        top = _repository(old.parent)
        if top is not None:
            pair = os.fsencode(old.relative_to(top).as_posix()), os.fsencode(new.relative_to(top).as_posix())
            by_repository[top].append(pair)
    done = [_rename(top, pairs) for top, pairs in by_repository.items()]
    return all(done)


def _repository(folder: Path) -> Path | None:
    """The root of the repository that `folder`, which may be gone by now, belongs to."""
    return next((path for path in (folder, *folder.parents) if os.path.lexists(path / ".git")), None)


def _rename(top: Path, pairs: Sequence[tuple[bytes, bytes]]) -> bool:
    lines = b""
    tracked = _tracked(top, [old for old, _ in pairs])
    if tracked is None:
        return False
    for mode, name, path in tracked:
        new = path
        for old, target in pairs:
            if new == old or new.startswith(old + b"/"):
                new = target + new[len(old) :]
        if new != path:
            lines += b"0 %s\t%s\0%s %s\t%s\0" % (b"0" * len(name), path, mode, name, new)
    return not lines or run_git(top, "update-index", "-z", "--index-info", given=lines) is not None


def _tracked(top: Path, names: Sequence[bytes]) -> list[tuple[bytes, bytes, bytes]] | None:
    """Mode, object and path of what git tracks of these files and folders; without what is in conflict."""
    found: dict[bytes, tuple[bytes, bytes, bytes]] = {}
    for start in range(0, len(names), _MOST):
        chosen = map(os.fsdecode, names[start : start + _MOST])
        output = run_git(top, "--literal-pathspecs", "ls-files", "-z", "--stage", "--", *chosen)
        if output is None:
            return None
        for line in filter(None, output.split(b"\0")):
            about, _, path = line.partition(b"\t")
            mode, name, stage = about.split(b" ")
            if stage == b"0":
                found[path] = mode, name, path
    return list(found.values())
