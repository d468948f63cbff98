from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import failing
from runs import names

from postmend.store.errors import (
    ChangedSinceRead,
    HardLinked,
    NoPermission,
    OutsideRoot,
    ReadOnly,
)
from postmend.store.files import create, read_bytes, replace

Post = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
not_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may do everything")


def test_the_new_bytes_are_written_as_they_are(root: Path, post: Post) -> None:
    path = post()
    replace(read_bytes(path), b"a\r\nb\rc\n\x00\xff", root=root)
    assert path.read_bytes() == b"a\r\nb\rc\n\x00\xff"
    assert names(root) == ["a.md"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o666, 0o4755])
def test_the_mode_is_kept(root: Path, post: Post, mode: int) -> None:
    path = post()
    path.chmod(mode)
    replace(read_bytes(path), b"new", root=root)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes are Linux's")
def test_extended_attributes_are_kept(root: Path, post: Post) -> None:
    path = post()
    try:
        os.setxattr(path, "user.tag", b"draft")
    except OSError:
        pytest.skip("the file system has none")
    replace(read_bytes(path), b"new", root=root)
    assert os.getxattr(path, "user.tag") == b"draft"


@posix
def test_a_link_stays_a_link(root: Path, post: Post) -> None:
    target = post("real/a.md")
    link = root / "link.md"
    link.symlink_to("real/a.md")
    replace(read_bytes(link), b"new", root=root)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert not target.is_symlink()
    assert names(target.parent) == ["a.md"]


@posix
def test_nothing_outside_the_root_is_written(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "site-2"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"old")
    (root / "link.md").symlink_to(outside / "a.md")
    (root / "folder").symlink_to(outside)
    for path in (root / "link.md", root / "folder" / "a.md", root / ".." / "site-2" / "a.md"):
        with pytest.raises(OutsideRoot):
            replace(read_bytes(path), b"new", root=root)
    with pytest.raises(OutsideRoot):
        create(root / "folder" / "b.md", b"new", root=root)
    assert (outside / "a.md").read_bytes() == b"old"
    assert names(outside) == ["a.md"]


@posix
def test_hard_links_are_refused(root: Path, post: Post) -> None:
    path = post()
    os.link(path, root / "b.md")
    with pytest.raises(HardLinked, match="2 names"):
        replace(read_bytes(path), b"new", root=root)
    assert (root / "b.md").read_bytes() == b"old\r\n"


@not_root
def test_read_only_files_are_refused(root: Path, post: Post) -> None:
    path = post()
    path.chmod(0o444)
    with pytest.raises(ReadOnly):
        replace(read_bytes(path), b"new", root=root)
    assert path.read_bytes() == b"old\r\n"
    path.chmod(0o644)


@not_root
def test_a_folder_without_write_right_is_refused(root: Path, post: Post) -> None:
    path = post("sub/a.md")
    path.parent.chmod(0o555)
    try:
        with pytest.raises(NoPermission):
            replace(read_bytes(path), b"new", root=root)
    finally:
        path.parent.chmod(0o755)
    assert names(path.parent) == ["a.md"]


@posix
def test_a_file_of_another_owner_is_refused(root: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr("postmend.store.files.keep_owner", refuse)
    with pytest.raises(NoPermission, match="another user"):
        replace(read_bytes(post()), b"new", root=root)
    assert names(root) == ["a.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_is_kept(root: Path, post: Post) -> None:
    path = post()
    os.chown(path, 12345, 54321)
    replace(read_bytes(path), b"new", root=root)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


def test_names_as_long_as_the_system_allows(root: Path, post: Post) -> None:
    path = post("n" * 252 + ".md")
    replace(read_bytes(path), b"new", root=root)
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want UTF-8 names")
def test_names_that_are_not_utf8(root: Path, post: Post) -> None:
    path = post(os.fsdecode(b"caf\xe9\n.md"))
    replace(read_bytes(path), b"new", root=root)
    assert path.read_bytes() == b"new"


def test_an_empty_file_can_be_written_and_replaced(root: Path, post: Post) -> None:
    path = post(data=b"")
    replace(read_bytes(path), b"new", root=root)
    replace(read_bytes(path), b"", root=root)
    assert path.read_bytes() == b""


def test_create_makes_a_file_and_never_overwrites(root: Path) -> None:
    create(root / "new.md", b"data", root=root, mode=0o640)
    assert (root / "new.md").read_bytes() == b"data"
    if os.name != "nt":
        assert stat.S_IMODE((root / "new.md").stat().st_mode) == 0o640
    with pytest.raises(ChangedSinceRead):
        create(root / "new.md", b"other", root=root)
    assert (root / "new.md").read_bytes() == b"data"
    assert names(root) == ["new.md"]


@posix
def test_create_without_hard_links(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with failing(monkeypatch, 1, ("link",), errno.EPERM):
        create(root / "new.md", b"data", root=root)
    assert (root / "new.md").read_bytes() == b"data"
    with failing(monkeypatch, 1, ("link",), errno.EPERM), pytest.raises(ChangedSinceRead):
        create(root / "new.md", b"other", root=root)
    assert (root / "new.md").read_bytes() == b"data"
    assert names(root) == ["new.md"]
