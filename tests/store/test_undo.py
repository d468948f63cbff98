from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from runs import NOW, back, fix

from postmend.store import lock
from postmend.store.clean import clean
from postmend.store.errors import JournalProblem
from postmend.store.files import read_bytes
from postmend.store.journal import Journal, find_run, list_runs
from postmend.store.lock import FolderLock

Post = Callable[..., Path]


def test_a_file_that_was_edited_since_stays(journals: Path, root: Path, post: Post) -> None:
    a, b = post("a.md"), post("b.md")
    fix(journals, root, {a: b"new", b: b"new"})
    a.write_bytes(b"new and mine")
    result = back(journals)
    assert result.restored == (str(b),)
    assert [(failure.path, failure.message) for failure in result.skipped] == [(str(a), "edited since the run")]
    assert "--force" in result.skipped[0].hint
    assert a.read_bytes() == b"new and mine"
    assert not list_runs(journals)[-1].undone


def test_force_keeps_what_it_overwrites(journals: Path, root: Path, post: Post) -> None:
    path = post()
    fix(journals, root, {path: b"new"})
    path.write_bytes(b"mine")
    result = back(journals, force=True)
    assert path.read_bytes() == b"old\r\n"
    assert result.undo_id is not None
    back(journals, result.undo_id)
    assert path.read_bytes() == b"mine"


def test_later_runs_come_first(journals: Path, root: Path, post: Post) -> None:
    path = post()
    first = fix(journals, root, {path: b"one"})
    fix(journals, root, {path: b"two"}, NOW + timedelta(minutes=1))
    assert back(journals, first).skipped
    assert path.read_bytes() == b"two"
    assert back(journals).restored == (str(path),)
    assert path.read_bytes() == b"one"
    assert back(journals).run_id == first
    assert path.read_bytes() == b"old\r\n"
    with pytest.raises(JournalProblem, match="no run left"):
        back(journals)


def test_a_file_that_was_written_twice_in_a_run(journals: Path, root: Path, post: Post) -> None:
    path = post()
    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(path), b"one")
        journal.replace(read_bytes(path), b"two")
    assert back(journals).restored == (str(path),)
    assert path.read_bytes() == b"old\r\n"


def test_undo_can_be_repeated(journals: Path, root: Path, post: Post) -> None:
    path = post()
    run_id = fix(journals, root, {path: b"new"})
    back(journals)
    path.write_bytes(b"written after the undo")
    result = back(journals, run_id)
    assert (result.restored, result.unchanged, result.skipped, result.undo_id) == ((), (), (), None)
    assert path.read_bytes() == b"written after the undo"


def test_a_file_with_its_old_bytes_is_done(journals: Path, root: Path, post: Post) -> None:
    path = post()
    fix(journals, root, {path: b"new"})
    path.write_bytes(b"old\r\n")
    assert back(journals).unchanged == (str(path),)
    assert list_runs(journals)[0].undone


def test_only_some_files(journals: Path, root: Path, post: Post) -> None:
    a, b, c = post("a.md"), post("b/b.md"), post("bb.md")
    run_id = fix(journals, root, {a: b"new", b: b"new", c: b"new"})
    assert back(journals, only=[root / "b"]).restored == (str(b),)
    assert not find_run(journals, run_id).undone
    assert back(journals, only=[a, c]).restored == (str(a), str(c))
    assert find_run(journals, run_id).undone


def test_a_deleted_file_comes_back(journals: Path, root: Path, post: Post) -> None:
    path = post("sub/a.md")
    path.chmod(0o640)
    fix(journals, root, {path: b"new"})
    path.unlink()
    path.parent.rmdir()
    assert back(journals).skipped[0].message == "its folder is gone"
    assert back(journals, force=True).restored == (str(path),)
    assert path.read_bytes() == b"old\r\n"
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_undo_does_not_follow_a_new_link_out_of_the_root(
    journals: Path, root: Path, tmp_path: Path, post: Post
) -> None:
    path = post("sub/a.md")
    fix(journals, root, {path: b"new"})
    path.parent.rename(tmp_path / "elsewhere")
    (root / "sub").symlink_to(tmp_path / "elsewhere")
    assert "leads out" in back(journals, force=True).skipped[0].message
    assert (tmp_path / "elsewhere" / "a.md").read_bytes() == b"new"


def test_an_unknown_run(journals: Path) -> None:
    with pytest.raises(JournalProblem, match="no run 2020") as caught:
        back(journals, "2020")
    assert "--list" in caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want UTF-8 names")
def test_odd_names_come_back(journals: Path, root: Path, post: Post) -> None:
    paths = [post(os.fsdecode(name)) for name in (b"caf\xe9.md", b"a\nb\t\"'\\.md", "é\u202e.md".encode())]
    fix(journals, root, dict.fromkeys(paths, b"new"))
    assert len(back(journals).restored) == 3
    assert all(path.read_bytes() == b"old\r\n" for path in paths)


def test_an_undo_whose_notes_were_lost_can_be_repeated(journals: Path, root: Path, post: Post) -> None:
    path = post()
    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(path), b"one")
        journal.replace(read_bytes(path), b"two")
    manifest = journals / str(journal.run_id) / "manifest.jsonl"
    before = manifest.read_bytes()
    back(journals)
    manifest.write_bytes(before)
    result = back(journals)
    assert (result.restored, result.unchanged, result.skipped) == ((), (str(path),), ())


@pytest.mark.skipif(os.name == "nt", reason="Windows locks by other means")
def test_a_file_system_without_locks(journals: Path, root: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(_: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock, "_take", unsupported)
    path = post()
    first = fix(journals, root, {path: b"one"})
    fix(journals, root, {path: b"two"})
    back(journals)
    assert path.read_bytes() == b"one"
    assert first in clean(journals, now=NOW, keep=0)


def test_two_undos_at_once(journals: Path, root: Path, post: Post) -> None:
    run_id = fix(journals, root, {post(): b"new"})
    with FolderLock(journals / run_id), pytest.raises(JournalProblem, match="in use"):
        back(journals)
