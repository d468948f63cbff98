from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from faults import failing
from runs import NOW, back, fix, names

from postmend.store.errors import DiskFull, FileProblem
from postmend.store.files import read_bytes
from postmend.store.journal import Journal, list_runs

Post = Callable[..., Path]


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_every_call_of_a_run_may_fail(
    journals: Path, root: Path, post: Post, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    number, calls = 0, 1
    while number <= calls:
        path = post()
        with Journal.begin(journals / str(number), NOW, root) as journal:
            state = read_bytes(path)
            with failing(monkeypatch, number, error=error) as faults:
                try:
                    journal.replace(state, b"new bytes")
                except FileProblem:
                    assert path.read_bytes() == b"old\r\n", (number, faults.trace)
                else:
                    assert path.read_bytes() == b"new bytes", (number, faults.trace)
            calls = calls if number else faults.calls
        assert names(root) == ["a.md"], (number, faults.trace)
        if path.read_bytes() == b"new bytes":
            assert back(journals / str(number)).restored == (str(path),)
        assert path.read_bytes() == b"old\r\n"
        number += 1
    assert calls > 25


def test_every_call_of_an_undo_may_fail(
    journals: Path, root: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, calls = 0, 1
    while number <= calls:
        path, here = post(data=b"old"), journals / str(number)
        run_id = fix(here, root, {path: b"new"})
        with failing(monkeypatch, number) as faults, suppress(FileProblem):
            back(here)
        calls = calls if number else faults.calls
        assert path.read_bytes() in (b"old", b"new"), (number, faults.trace)
        back(here, run_id)
        assert path.read_bytes() == b"old", (number, faults.trace)
        assert names(root) == ["a.md"], (number, faults.trace)
        number += 1
    assert calls > 40


def test_a_full_disk_leaves_posts_and_journal_alone(
    journals: Path, root: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = post()
    for number in range(1, 12):
        state = read_bytes(path)
        with (
            Journal.begin(journals / str(number), NOW, root) as journal,
            failing(monkeypatch, number, ("write", "mkdir"), errno.ENOSPC, sticky=True),
        ):
            try:
                journal.replace(state, b"new")
            except DiskFull:
                assert path.read_bytes() == b"old\r\n"
        if path.read_bytes() == b"old\r\n":
            assert list_runs(journals / str(number)) == ()
        else:
            back(journals / str(number))
    assert names(root) == ["a.md"]
