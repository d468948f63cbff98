"""Asks git: which files a folder holds, above all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_TIMEOUT = 60
# A repository may configure a command to be run as file system monitor: not by us.
_COMMAND = ("git", "-c", "core.fsmonitor=false")
_LIST = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")


def git_files(folder: Path) -> list[str] | None:
    """The files below `folder` that git tracks or would add, as POSIX paths relative to it.

    None when git can't tell: it is not installed, `folder` is in no repository, or belongs to another user
    (git then refuses with "dubious ownership"). A repository within comes as one path, a tracked one without
    slash at the end.
    """
    done = _run(folder, _LIST, b"")
    # Git passes over folders that it may not read, with a warning; whoever walks can name them.
    if done is None or done.returncode != 0 or b"could not open directory" in done.stderr:
        return None
    # In a submodule that is not checked out, git lists the folder itself.
    return sorted({os.fsdecode(name) for name in done.stdout.split(b"\0") if name not in (b"", b"./")})


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git prints, run in `folder` with `given` as its input; None when it can't be run or fails."""
    done = _run(folder, arguments, given)
    return done.stdout if done and done.returncode == 0 else None


def git_environment() -> dict[str, str]:
    """The environment for git commands: without what would send them elsewhere, and so that nothing is written.

    Variables such as GIT_DIR, set within hooks, would send git to another repository.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _MISLEADING}
    return environment | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _run(folder: Path, arguments: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes] | None:
    command = (*_COMMAND, *arguments)
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=git_environment(),
            input=given,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None


_MISLEADING = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"})
