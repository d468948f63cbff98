"""Asks git what is staged, and what changed since a commit. Nothing is written, fetched or run on behalf of the
repository: no hooks, filters, monitors, pagers or external diffs.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from postmend.store.gitfiles import git_environment

_TIMEOUT = 120  # seconds for one command
# `git diff` may refresh the index, and then run a hook.
_QUIET = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=true")
_GIT = ("git", *_QUIET, "--no-pager", "--literal-pathspecs")
_DIFF = (
    *("--raw", "-z", "--no-abbrev", "--relative", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color"),
    *("--ignore-submodules=all", "--unified=0", "--inter-hunk-context=0"),
)
# A partial clone would fetch what it lacks.
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_ENTRY = re.compile(rb":\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) (?:([RC])\d*\0[^\0]+|([A-Z])\d*)\0([^\0]+)\0")
_FILE = b"\ndiff --git "
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_REGULAR = (b"100644", b"100755")


class GitProblem(Exception):
    """Git can't answer; the message says why and what to do."""


def staged_files(folder: Path) -> dict[str, bytes]:
    """What the next commit changes in `folder`: paths relative to it (POSIX), with the bytes that are staged. Files
    that it removes are not among them, nor are links and submodules. Raises GitProblem.
    """
    _require_repository(folder)
    blobs: dict[str, str] = {}
    for entry in _entries(_run(folder, "diff", "--cached", *_DIFF, "--", ".")):
        if entry.status == "U":
            raise GitProblem(f"{entry.path} has conflicts that are not resolved. Resolve them, and `git add` it.")
        if entry.mode in _REGULAR:
            blobs[entry.path] = entry.blob
    return dict(zip(blobs, _contents(folder, list(blobs.values())), strict=True))


def changed_since(folder: Path, revision: str) -> dict[str, frozenset[int] | None]:
    """What changed in `folder` since it parted from `revision`, with what is not committed yet and new files: paths
    relative to it (POSIX), with the numbers of lines that are new or other, or None where that is all. Lines end
    at LF here. Raises GitProblem.
    """
    _require_repository(folder)
    base = _common_commit(folder, revision)
    answer = _run(folder, "diff", "--patch", *_DIFF, base, "--", ".", environment=_without_filters(folder))
    changed = _with_lines(answer)
    new = _run(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    return changed | {os.fsdecode(name): None for name in new.split(b"\0") if name}


def _with_lines(answer: bytes) -> dict[str, frozenset[int] | None]:
    """Of raw entries, with the patches behind them in the same order: so nobody needs to read the names in these."""
    entries = list(_entries(answer))
    end = entries[-1].end if entries else 0
    patches = (b"\n" + answer[end:].lstrip(b"\0")).split(_FILE)[1:]
    is_told = len(patches) == len(entries)  # not where a file became a link, which is two patches
    told = [_new_lines(patch) for patch in patches] if is_told else [None] * len(entries)
    return {entry.path: lines for entry, lines in zip(entries, told, strict=True) if entry.mode in _REGULAR}


def _new_lines(patch: bytes) -> frozenset[int] | None:
    """The lines that a patch brings; None for a file that is new or binary."""
    head = patch.partition(b"\n@@ ")[0]
    if b"\nnew file mode " in head or b"\nBinary files " in head:
        return None
    lines: set[int] = set()
    for start, count in _HUNK.findall(patch):
        lines.update(range(int(start), int(start) + int(count or b"1")))
    return frozenset(lines)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file in the raw part of a diff, as it is after the change; `end` is where the entry ends."""

    mode: bytes
    blob: str
    status: str
    path: str
    end: int


def _entries(answer: bytes) -> Iterator[_Entry]:
    at = 0
    while found := _ENTRY.match(answer, at):
        at = found.end()
        yield _Entry(found[1], found[2].decode(), (found[3] or found[4]).decode(), os.fsdecode(found[5]), at)


def _contents(folder: Path, blobs: Sequence[str]) -> list[bytes]:
    """The bytes of blobs, as git stores them."""
    answer = _run(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    contents, at = [], 0
    for blob in blobs:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        if len(head) != 3:
            raise GitProblem(f"git lacks the object {blob}. Is this a partial clone? `git fetch` may help.")
        at = end + 1 + int(head[2])
        contents.append(answer[end + 1 : at])
        at += 1
    return contents


def _common_commit(folder: Path, revision: str) -> str:
    """The commit at which the present one and `revision` parted."""
    found = None if revision.startswith("-") else _ask(folder, "rev-parse", "--verify", "-q", f"{revision}^{{commit}}")
    is_shallow = _ask(folder, "rev-parse", "--is-shallow-repository") == "true"
    deeper = " This clone is shallow: fetch its history (`git fetch --unshallow`, or `fetch-depth: 0` in a job)."
    if not found:
        raise GitProblem(
            f"git knows no commit {revision}.{deeper if is_shallow else ' Is it spelled right, and fetched?'}"
        )
    base = _ask(folder, "merge-base", found, "HEAD")
    if not base:
        raise GitProblem(f"{revision} and the present commit have no history in common.{deeper if is_shallow else ''}")
    return base.split()[0]


def _require_repository(folder: Path) -> None:
    try:
        done = _called(folder, ("rev-parse", "--is-inside-work-tree"))
    except FileNotFoundError:
        raise GitProblem("git is not installed, or not on the PATH.") from None
    if done.returncode == 0 and done.stdout.strip() == b"true":
        return
    if b"dubious ownership" in done.stderr:
        raise GitProblem(f"git does not trust the repository of {folder}: it belongs to another user.")
    raise GitProblem(f"{folder} is not in a git repository.")


def _ask(folder: Path, *arguments: str) -> str | None:
    done = _called(folder, arguments)
    return done.stdout.decode("utf-8", "surrogateescape").strip() if done.returncode == 0 else None


def _run(folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """What a command prints."""
    done = _called(folder, arguments, given, environment)
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise GitProblem(f"git {arguments[0]} failed: {reason}")
    return done.stdout


def _without_filters(folder: Path) -> dict[str, str]:
    """The environment in which the filters that the configuration names run nothing. Raises GitProblem when this git is
    too old for that. (Not `-c`: a name with `=` in it would get through.)
    """
    names = _filters(folder, {})
    settings = [(f"{name}.{key}", value) for name in names for key, value in _SILENT]
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    environment = {"GIT_CONFIG_COUNT": str(first + len(settings))} if settings else {}
    for number, (key, value) in enumerate(settings, first):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    if names and _filters(folder, environment):
        raise GitProblem("this git is too old to be kept from running filters; --since needs git 2.31 or newer.")
    return environment


_SILENT = (("clean", ""), ("process", ""), ("smudge", ""), ("required", "false"))


def _filters(folder: Path, environment: Mapping[str, str]) -> list[str]:
    """The filters that would run something."""
    asked = ("config", "-z", "--get-regexp", r"^filter\..*\.(clean|process|smudge)$")
    last = dict(entry.partition(b"\n")[::2] for entry in _called(folder, asked, b"", environment).stdout.split(b"\0"))
    return sorted({os.fsdecode(key.rpartition(b".")[0]) for key, value in last.items() if value})


def _called(
    folder: Path, arguments: Sequence[str], given: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            (*_GIT, *arguments),
            cwd=folder,
            env=git_environment() | _OFFLINE | dict(environment or {}),
            input=given,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise GitProblem(f"git {arguments[0]} took more than {_TIMEOUT} seconds.") from None
