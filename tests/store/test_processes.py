from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from runs import NOW, back, fix, names

from postmend.store.clean import clean
from postmend.store.errors import JournalProblem
from postmend.store.files import read_bytes
from postmend.store.journal import Journal, Kind, list_runs
from postmend.store.lock import FolderLock

Post = Callable[..., Path]


def test_a_run_in_use_is_left_alone(journals: Path, root: Path, post: Post) -> None:
    path = post()
    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(path), b"new")
        with pytest.raises(JournalProblem, match="in use"):
            back(journals)
        fix(journals, root, {post("b.md"): b"new"}, NOW + timedelta(days=9))
        assert clean(journals, now=NOW + timedelta(days=9), keep=0) == ()
    assert path.read_bytes() == b"new"
    assert back(journals, journal.run_id).restored == (str(path),)


def test_a_lock_is_exclusive_and_leaves_no_file(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as lock:
        with pytest.raises(OSError, match=r".*"):
            FolderLock(tmp_path)
        lock.release()
        with FolderLock(tmp_path):
            lock.release()
            with pytest.raises(OSError, match=r".*"):
                FolderLock(tmp_path)
    assert names(tmp_path) == []


def test_a_lock_whose_file_was_removed_is_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    real = os.open

    def open_and_lose(*args: object) -> int:
        opened.append(real(*args))  # type: ignore[arg-type]
        if len(opened) == 1:
            (tmp_path / "lock").unlink()
        return opened[-1]

    monkeypatch.setattr(os, "open", open_and_lose)
    with FolderLock(tmp_path):
        assert len(opened) == 2
        assert names(tmp_path) == ["lock"]


FIX = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from postmend.store.errors import ChangedSinceRead
from postmend.store.files import read_bytes
from postmend.store.journal import Journal
root, journals = map(Path, sys.argv[1:])
print("ready", flush=True)
with Journal.begin(journals, datetime.now(UTC), root) as journal:
    for path in sorted(root.glob("*.md")):
        state = read_bytes(path)
        if state.data.startswith(b"old"):
            try:
                journal.replace(state, state.data.replace(b"old", b"new"))
            except ChangedSinceRead:
                pass
"""


def start(root: Path, journals: Path, program: str = FIX) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", program, root, journals], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process


def killed(process: subprocess.Popen[bytes], after: float) -> None:
    """Kill a process after so many seconds, and wait until it is gone."""
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


def whole_run(root: Path, journals: Path) -> float:
    """How many seconds a run takes that isn't killed; its work is undone."""
    process, began = start(root, journals), monotonic()
    process.communicate()
    back(journals)
    return monotonic() - began


def test_killed_runs_lose_nothing(journals: Path, root: Path, post: Post) -> None:
    old = {f"{n:03}.md": b"old %d " % n * 3000 for n in range(40)}
    new = {name: data.replace(b"old", b"new") for name, data in old.items()}
    paths = [post(name, data) for name, data in old.items()]
    seen = set()
    seconds = whole_run(root, journals)
    for number in range(20):
        killed(start(root, journals), seconds * number / 20)
        for path in paths:
            assert path.read_bytes() in (old[path.name], new[path.name])
        written = sum(path.read_bytes() == new[path.name] for path in paths)
        seen.add(written)
        if written:
            result = back(journals)
            assert result.skipped == ()
            assert len(result.restored) == written
        assert all(path.read_bytes() == old[path.name] for path in paths)
    assert len(seen) > 2, "the kills should meet different moments"
    # What is left by a run that was killed before its first replacement goes with the next run.
    start(root, journals).communicate()
    assert names(root) == sorted(old)
    assert all(path.read_bytes() == new[path.name] for path in paths)


UNDO = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from postmend.store.undo import undo
print("ready", flush=True)
undo(Path(sys.argv[2]), now=datetime.now(UTC))
"""


def test_a_killed_undo_is_completed_by_the_next(journals: Path, root: Path, post: Post) -> None:
    paths = [post(f"{n:03}.md", b"old %d " % n * 3000) for n in range(40)]
    old = [path.read_bytes() for path in paths]
    seconds = whole_run(root, journals)
    for number in range(10):
        start(root, journals).communicate()
        assert all(path.read_bytes().startswith(b"new") for path in paths)
        killed(start(root, journals, UNDO), seconds * number / 10)
        for path, data in zip(paths, old, strict=True):
            assert path.read_bytes() in (data, data.replace(b"old", b"new"))
        run = next(run for run in list_runs(journals) if run.kind is Kind.FIX)
        assert back(journals, run.id).skipped == ()
        assert [path.read_bytes() for path in paths] == old
    start(root, journals).communicate()
    assert names(root) == [path.name for path in paths]


def test_two_runs_at_once_write_every_file_once(journals: Path, root: Path, post: Post) -> None:
    paths = [post(f"{n:03}.md", b"old %d" % n) for n in range(60)]
    both = [start(root, journals) for _ in range(2)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert all(path.read_bytes().startswith(b"new") for path in paths)
    assert sum(run.files for run in list_runs(journals)) == 60
    for _ in [run for run in list_runs(journals) if not run.undone]:
        assert back(journals).skipped == ()
    assert all(path.read_bytes().startswith(b"old") for path in paths)
    assert names(root) == [path.name for path in paths]
