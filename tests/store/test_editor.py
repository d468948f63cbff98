from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Timer

import pytest
from faults import failing
from runs import names

from postmend.store import swap
from postmend.store.errors import (
    ChangedSinceRead,
    InputOutput,
    NoPermission,
)
from postmend.store.files import read_bytes, replace

Post = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do everything")


def edit(path: Path) -> None:
    path.write_bytes(b"mine!")


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def edit_secretly(path: Path) -> None:
    status = path.stat()
    path.write_bytes(b"OLD\r\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def substitute(path: Path) -> None:
    path.with_name("other").write_bytes(b"old\r\n")
    path.with_name("other").replace(path)


def lock(path: Path) -> None:
    path.chmod(0o444)


def turn_into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("change", [edit, touch, edit_secretly, substitute, lock, turn_into_folder, Path.unlink])
def test_a_file_that_changed_since_it_was_read_is_not_written(
    root: Path, post: Post, change: Callable[[Path], object]
) -> None:
    path = post()
    state = read_bytes(path)
    change(path)
    there, data = path.exists(), path.read_bytes() if path.is_file() else b""
    with pytest.raises((ChangedSinceRead, NoPermission)):
        replace(state, b"new", root=root)
    assert path.exists() == there
    assert not path.is_file() or path.read_bytes() == data
    assert names(root) == (["a.md"] if there else [])


def save_in_place(path: Path) -> None:
    path.write_bytes(b"saved just now")


def save_by_rename(path: Path) -> None:
    path.with_name("b.md").write_bytes(b"saved just now")
    path.with_name("b.md").replace(path)


def race(monkeypatch: pytest.MonkeyPatch, moments: dict[int, Callable[[], None]]) -> list[int]:
    """Let something happen right before the n-th exchange."""
    real, calls = swap.exchange, list[int]()

    def racing(first: Path, second: Path) -> bool:
        calls.append(len(calls) + 1)
        moments.get(calls[-1], lambda: None)()
        return real(first, second)

    monkeypatch.setattr(swap, "exchange", racing)
    return calls


def can_exchange(folder: Path) -> bool:
    for name in "xy":
        (folder / name).touch()
    done = swap.exchange(folder / "x", folder / "y")
    for name in "xy":
        (folder / name).unlink()
    return done


@pytest.mark.parametrize("save", [save_in_place, save_by_rename])
def test_a_save_after_the_last_check_is_not_lost(
    root: Path, post: Post, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path], None]
) -> None:
    if not can_exchange(root):
        pytest.skip("the system can't exchange files")
    state = read_bytes(post())
    race(monkeypatch, {1: lambda: save(state.path)})
    with pytest.raises(ChangedSinceRead):
        replace(state, b"new", root=root)
    assert state.path.read_bytes() == b"saved just now"
    assert names(root) == ["a.md"]


def test_the_latest_of_two_saves_wins(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_exchange(root):
        pytest.skip("the system can't exchange files")
    path = post()

    def save_again() -> None:
        (root / "c.md").write_bytes(b"and again")
        (root / "c.md").replace(path)

    state = read_bytes(path)
    calls = race(monkeypatch, {1: lambda: save_by_rename(path), 2: save_again})
    with pytest.raises(ChangedSinceRead):
        replace(state, b"new", root=root, temporary=".postmend-1.tmp")
    assert len(calls) == 3
    assert path.read_bytes() == b"and again"
    assert (root / ".postmend-1.old").read_bytes() == b"saved just now"


@pytest.mark.parametrize("works", [(), (1,)])
def test_an_exchange_that_fails_loses_nothing(
    root: Path, post: Post, monkeypatch: pytest.MonkeyPatch, works: tuple[int, ...]
) -> None:
    state = read_bytes(post())
    real, calls = swap.exchange, list[int]()

    def failing_exchange(first: Path, second: Path) -> bool:
        calls.append(len(calls) + 1)
        if calls[-1] == 1 and works:
            save_in_place(state.path)
        return calls[-1] in works and real(first, second)

    if works and not can_exchange(root):
        pytest.skip("the system can't exchange files")
    monkeypatch.setattr(swap, "exchange", failing_exchange)
    if not works:
        replace(state, b"new", root=root)
        assert state.path.read_bytes() == b"new"
        assert names(root) == ["a.md"]
        return
    with pytest.raises(ChangedSinceRead):
        replace(state, b"new", root=root, temporary=".postmend-1.tmp")
    assert (root / ".postmend-1.old").read_bytes() == b"saved just now"


def test_a_plain_rename_that_fails_leaves_the_old_file(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    state = read_bytes(post())
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    with failing(monkeypatch, 1, ("replace",)), pytest.raises(InputOutput):
        replace(state, b"new", root=root)
    assert state.path.read_bytes() == b"old\r\n"
    assert names(root) == ["a.md"]


@pytest.mark.parametrize("save", [save_in_place, save_by_rename])
def test_an_editor_that_saves_at_random_loses_nothing(root: Path, post: Post, save: Callable[[Path], None]) -> None:
    if not can_exchange(root):
        pytest.skip("the system can't exchange files")
    random, met = Random(1), set[bool]()
    for _ in range(200):
        path = post(data=b"old" * 1000)
        state = read_bytes(path)
        editor = Timer(random.random() ** 2 * 0.01, save, (path,))
        editor.start()
        try:
            replace(state, b"new" * 1000, root=root)
        except ChangedSinceRead:
            met.add(True)
        else:
            met.add(False)
        editor.join()
        assert path.read_bytes() == b"saved just now"
        assert names(root) == ["a.md"]
    assert met == {True, False}, "saves should come before and after the replacement"
