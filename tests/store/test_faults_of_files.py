from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from faults import failing
from runs import names

from postmend.store.errors import (
    DiskFull,
    FileProblem,
)
from postmend.store.files import create, read_bytes, replace

Post = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do everything")


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_every_call_may_fail(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    with failing(monkeypatch, 0) as faults:
        replace(read_bytes(post()), b"new bytes", root=root)
    assert {"write", "fsync", "close", "open"} <= set(faults.trace)
    for number in range(1, faults.calls + 1):
        path = post()
        state = read_bytes(path)
        with failing(monkeypatch, number, error=error):
            try:
                replace(state, b"new bytes", root=root)
            except FileProblem:
                assert path.read_bytes() == b"old\r\n", number
            else:
                assert path.read_bytes() == b"new bytes", number
        assert names(root) == ["a.md"], number


@pytest.mark.parametrize("number", range(1, 6))
def test_a_full_disk_stays_full(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    state = read_bytes(post())
    with failing(monkeypatch, number, ("write", "fsync"), errno.ENOSPC, sticky=True) as faults:
        try:
            replace(state, b"new", root=root)
        except DiskFull as problem:
            assert "no space" in problem.message
        else:
            assert faults.calls < number or "fsync" in faults.trace[number - 1 :]
    assert state.path.read_bytes() in (b"old\r\n", b"new")
    assert names(root) == ["a.md"]


def test_an_interrupt_leaves_no_temporary_file(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    state = read_bytes(post())
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace(state, b"new", root=root)
    assert state.path.read_bytes() == b"old\r\n"
    assert names(root) == ["a.md"]


def test_a_foreign_file_with_the_temporary_name_is_left_alone(root: Path, post: Post) -> None:
    state = read_bytes(post())
    (root / ".postmend-1.tmp").write_bytes(b"foreign")
    with pytest.raises(FileProblem):
        replace(state, b"new", root=root, temporary=".postmend-1.tmp")
    assert (root / ".postmend-1.tmp").read_bytes() == b"foreign"


def test_every_call_of_create_may_fail(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "a.md"
    for number in range(1, 40):
        with failing(monkeypatch, number) as faults, suppress(FileProblem):
            create(path, b"data", root=root)
        if path.exists():
            assert path.read_bytes() == b"data"
            path.unlink()
        if faults.trace[-1:] != ["unlink"]:
            assert names(root) == [], (number, faults.trace)
        for left in root.iterdir():
            left.unlink()
