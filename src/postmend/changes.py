"""`--staged` and `--since`: the part of a scope that is new, and what is to be read there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from postmend.config import UsageError
from postmend.model import Failure, Finding
from postmend.scanner.discover import Selection
from postmend.scanner.sites import is_post
from postmend.store import files, gitchanges
from postmend.store.errors import FileProblem
from postmend.store.tree import NO_STAMP

if TYPE_CHECKING:
    from postmend.scope import Request, Scope

Lines = frozenset[int] | None  # None: all

_NO_LINE = ("PM106", "PM109")  # of those about broken text, the ones that are about a file as a whole


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run is to report on: paths relative to the root, with the lines that count. `staged` is what the next
    commit will hold of the files that are to be read so.
    """

    lines: Mapping[str, Lines]
    staged: Mapping[str, bytes]

    def touch(self, finding: Finding) -> bool:
        """Whether a finding in one file is about what changed: about one of the lines, or about a file that has any."""
        lines = self.lines.get(finding.path, frozenset())
        if lines is None:
            return True
        if not finding.code.startswith("PM1") or finding.code in _NO_LINE:
            return finding.path in self.lines
        return not lines.isdisjoint(range(finding.start.line, finding.end.line + 1))


def narrowed(scope: Scope, request: Request, selection: Selection) -> Scope:
    """The scope with the files that changed; the corpus stays. Raises UsageError when git can't tell."""
    if request.staged and request.since is not None:
        raise UsageError("--staged and --since can't be combined.")
    try:
        if request.since is not None:
            return _since(scope, gitchanges.changed_since(scope.root, request.since), request.writes)
        return _staged(scope, gitchanges.staged_files(scope.root), request, selection)
    except gitchanges.GitProblem as problem:
        raise UsageError(str(problem)) from problem


def _since(scope: Scope, changed: Mapping[str, Lines], whole: bool) -> Scope:
    """The files that changed; all of their lines where they are `whole`, as a repair of one line needs the others."""
    asked = tuple(path for path in scope.asked if path in changed)
    lines = {path: changed[path] if not whole and _counts_like_git(scope.root / path) else None for path in asked}
    return replace(scope, asked=asked, changes=Changes(lines, {}))


def _counts_like_git(path: Path) -> bool:
    """Whether lines end where git thinks that they do: it does not know a CR alone."""
    try:
        data = files.read_bytes(path).data
    except FileProblem:
        return False
    return data.count(b"\r") == data.count(b"\r\n") and b"\0" not in data


def _staged(scope: Scope, staged: Mapping[str, bytes], request: Request, selection: Selection) -> Scope:
    """The files that are staged, to be read as they are staged. For a `fix`, those that are as they are staged."""
    gone = _only_staged(scope, staged.keys() - set(scope.asked), request.targets, selection)
    asked = tuple(sorted({*(path for path in scope.asked if path in staged), *gone}))
    if request.writes:
        differing = [path for path in asked if not _is_as_staged(scope.root / path, staged[path])]
        failures = (*scope.failures, *map(_unstaged, differing))
        asked = tuple(path for path in asked if path not in set(differing))
        return replace(scope, asked=asked, failures=failures, changes=Changes(dict.fromkeys(asked), {}))
    contents = {path: staged[path] for path in asked}
    stamps = {**scope.stamps, **dict.fromkeys(asked, NO_STAMP)}
    return replace(scope, asked=asked, stamps=stamps, changes=Changes(dict.fromkeys(asked), contents))


def _only_staged(scope: Scope, paths: Collection[str], targets: Iterable[Path], selection: Selection) -> Iterable[str]:
    """Of staged files, the posts below the targets that are not in their folders any more."""
    folders = [Path(os.path.relpath(target.absolute(), scope.root)).as_posix() for target in targets]
    for path in paths:
        if os.path.lexists(scope.root / path) or not (selection.selects(path) and is_post(path, scope.site)):
            continue
        if any(folder == "." or path == folder or path.startswith(f"{folder}/") for folder in folders):
            yield path


def _is_as_staged(path: Path, staged: bytes) -> bool:
    """Whether a file is what is staged of it; git may have made line feeds of its line endings."""
    try:
        data = files.read_bytes(path).data
    except FileProblem:
        return False
    return data == staged or data.replace(b"\r\n", b"\n") == staged


def _unstaged(path: str) -> Failure:
    return Failure(
        path, "not repaired: it has changes that are not staged", "Stage them with `git add`, or put them aside."
    )
