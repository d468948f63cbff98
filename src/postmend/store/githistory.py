"""Asks git for earlier versions of a file. Nothing is written, fetched or run on behalf of the repository."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from postmend.store.gitfiles import git_environment

MOST_VERSIONS = 50
_TIMEOUT = 20  # seconds for one command; `--follow` reads the whole history of a repository
_SHORT = 9  # digits of a commit's id, enough to name it in most repositories
_MOST_BYTES = 10_000_000  # of a version
_BLOB = re.compile(rb":\d{6} \d{6} [0-9a-f]+ ([0-9a-f]{40,64}) [AMRCT]\d*")
_GONE = re.compile(rb"0+")

# What a repository may configure to be run or contacted, switched off: file system monitors, pagers, signature checks.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager", "--literal-pathspecs")
_LOG = (
    "log",
    "--follow",
    "--raw",
    "-z",
    "--no-abbrev",
    f"--max-count={MOST_VERSIONS}",
    "--format=%x01%H %cs%x02",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-decorate",
    "--no-notes",
    "--no-mailmap",
    "--",
)
# A partial clone would fetch what it lacks.
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was after a commit: the commit's short id, its date (ISO), and the bytes."""

    commit: str
    date: str
    data: bytes


class History:
    """The git history of files. Once git has taken too long for one of them, it is not asked about others."""

    def __init__(self) -> None:
        self._is_slow = False

    def versions(self, path: Path) -> Iterator[Version]:
        """The committed versions of the file at `path`, newest first, through renames; each is read when it is asked
        for.

        None of them when git can't tell: it is not installed, the file is in no repository or in one of another user.
        """
        listed = self._run(path.parent, (*_LOG, path.name))
        for entry in (listed or b"").split(b"\x01")[1:]:
            label, _, rest = entry.partition(b"\x02")
            blob = _BLOB.search(rest)
            if blob is None or _GONE.fullmatch(blob[1]):
                continue
            data = self._read(path.parent, blob[1].decode())
            if data is not None:
                commit, _, date = label.decode("ascii", "replace").partition(" ")
                yield Version(commit[:_SHORT], date, data)

    def _read(self, folder: Path, blob: str) -> bytes | None:
        """The bytes as git stores them: no filter that the repository configures is run over them."""
        size = self._run(folder, ("cat-file", "-s", blob))
        return self._run(folder, ("cat-file", "blob", blob)) if size and int(size) <= _MOST_BYTES else None

    def _run(self, folder: Path, arguments: Sequence[str]) -> bytes | None:
        """What a git command prints; None when it fails."""
        if self._is_slow:
            return None
        try:
            done = subprocess.run(
                (*_GIT, *arguments),
                cwd=folder,
                env=git_environment() | _OFFLINE,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            self._is_slow = True
            return None
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout if done.returncode == 0 else None
