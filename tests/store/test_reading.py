from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import failing

from postmend.store import files
from postmend.store.errors import (
    ChangedSinceRead,
    FileProblem,
    InputOutput,
    IsFolder,
    Missing,
    NoPermission,
    NotRegular,
    TooLarge,
)
from postmend.store.files import read_bytes

Post = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do everything")


def test_a_file_is_read_with_its_version(post: Post) -> None:
    path = post(data=b"\xff\x00\r\n")
    state = read_bytes(path)
    assert state.data == b"\xff\x00\r\n"
    assert state.stamp.size == 4
    assert state.digest == files.digest(b"\xff\x00\r\n")
    assert pickle.loads(pickle.dumps(state)) == state


def test_what_cannot_be_read_says_why(root: Path, post: Post) -> None:
    with pytest.raises(Missing, match="no such file"):
        read_bytes(root / "none.md")
    with pytest.raises(Missing, match="not a folder"):
        read_bytes(post() / "below.md")
    with pytest.raises(Missing, match="this name"):
        read_bytes(root / "nul\0.md")
    with pytest.raises(IsFolder):
        read_bytes(root)
    with pytest.raises(InputOutput):
        read_bytes(root / ("x" * 300))


@pytest.mark.parametrize(("size", "fits"), [(10, True), (11, False)])
def test_large_files_are_refused(post: Post, size: int, fits: bool) -> None:
    path = post(data=b"x" * size)
    if fits:
        assert read_bytes(path, limit=10).stamp.size == size
    else:
        with pytest.raises(TooLarge, match="11 bytes, the limit is 10"):
            read_bytes(path, limit=10)


def test_huge_sparse_files_are_refused_without_being_read(post: Post) -> None:
    path = post()
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    with pytest.raises(TooLarge):
        read_bytes(path)


@posix
def test_pipes_sockets_and_devices_never_block(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe.md")
    monkeypatch.chdir(root)  # the path of a socket is limited to some 100 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        for name in ("pipe.md", "socket.md", "/dev/null"):
            with pytest.raises(NotRegular):
                read_bytes(Path(name))


@posix
def test_a_pipe_that_takes_the_place_of_the_file_never_blocks(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    path = post()
    status = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda self: status)
    with pytest.raises(NotRegular):
        read_bytes(path)


@not_root
def test_an_unreadable_file_says_so(post: Post) -> None:
    path = post()
    path.chmod(0)
    with pytest.raises(NoPermission, match="permission denied"):
        read_bytes(path)


@posix
def test_links_that_lead_nowhere(root: Path) -> None:
    (root / "loop.md").symlink_to("loop.md")
    (root / "gone.md").symlink_to("nothing")
    for name in ("loop.md", "gone.md"):
        with pytest.raises(Missing):
            read_bytes(root / name)


def test_a_file_that_grows_while_it_is_read(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    path = post()
    read = os.read

    def growing(handle: int, count: int) -> bytes:
        data = read(handle, count)
        if data == b"old\r\n":
            path.write_bytes(b"old\r\nand more")
        return data

    monkeypatch.setattr(os, "read", growing)
    with pytest.raises(ChangedSinceRead):
        read_bytes(path)


@pytest.mark.parametrize("number", range(1, 12))
def test_failures_of_reading_are_file_problems(post: Post, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    path = post()
    with failing(monkeypatch, number) as faults:
        try:
            read_bytes(path)
        except FileProblem as problem:
            assert "Input/output error" in problem.message
        else:
            assert faults.calls < number


def test_problems_cross_a_process_pool_and_become_failures() -> None:
    problem = pickle.loads(pickle.dumps(Missing(Path("a.md"), "no such file")))
    assert isinstance(problem, Missing)
    assert (problem.failure().path, problem.failure().message) == ("a.md", "no such file")
    assert "link" in problem.failure().hint
