from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import NOW, back, fix, names

from postmend.store.errors import ChangedSinceRead, OutsideRoot
from postmend.store.files import read_bytes
from postmend.store.journal import Journal, find_run, list_runs

Post = Callable[..., Path]


def test_a_run_can_be_undone(journals: Path, root: Path, post: Post) -> None:
    a, b = post("a.md", b"old a\r\n"), post("sub/b.md", b"\xff\x00" * 1000)
    run_id = fix(journals, root, {a: b"new a", b: b"new b"})
    assert run_id == "20261121-211502"
    (run,) = list_runs(journals)
    assert (run.id, run.files, run.size, run.undone, run.root) == (run_id, 2, 2007, False, root)
    assert run.started == NOW
    result = back(journals)
    assert result.restored == (str(a), str(b))
    assert (result.unchanged, result.skipped) == ((), ())
    assert (a.read_bytes(), b.read_bytes()) == (b"old a\r\n", b"\xff\x00" * 1000)
    assert find_run(journals, run_id).undone
    assert names(root) == ["a.md", "sub"]


def test_the_journal_can_be_read_without_postmend(journals: Path, root: Path, post: Post) -> None:
    run_id = fix(journals, root, {post(data=b"old"): b"new"})
    assert gzip.decompress((journals / run_id / "entries" / "1.gz").read_bytes()) == b"old"
    if os.name != "nt":
        assert (journals / run_id).stat().st_mode & 0o077 == 0


def test_runs_of_one_second_have_their_own_folders(journals: Path, root: Path, post: Post) -> None:
    path = post()
    ids = [fix(journals, root, {path: b"%d" % number}) for number in range(11)]
    assert ids[:3] == ["20261121-211502", "20261121-211502-2", "20261121-211502-3"]
    assert [run.id for run in list_runs(journals)] == ids[::-1]


def test_a_run_that_wrote_nothing_leaves_no_folder(journals: Path, root: Path, post: Post) -> None:
    with Journal.begin(journals, NOW, root) as journal:
        assert journal.run_id is None
    assert not journals.exists()
    state = read_bytes(post())
    state.path.write_bytes(b"mine")
    with Journal.begin(journals, NOW, root) as journal, pytest.raises(ChangedSinceRead):
        journal.replace(state, b"new")
    assert journal.run_id is None
    assert names(journals) == []
    assert list_runs(journals) == ()


def test_a_file_that_was_not_written_is_not_undone(journals: Path, root: Path, post: Post) -> None:
    a, b = post("a.md"), post("b.md")
    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(a), b"new")
        state = read_bytes(b)
        b.write_bytes(b"mine")
        with pytest.raises(ChangedSinceRead):
            journal.replace(state, b"new")
    assert list_runs(journals)[0].files == 1
    result = back(journals, force=True)
    assert result.restored == (str(a),)
    assert b.read_bytes() == b"mine"


def test_nothing_outside_the_root_is_recorded(journals: Path, root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    with Journal.begin(journals, NOW, root) as journal, pytest.raises(OutsideRoot):
        journal.replace(read_bytes(tmp_path / "a.md"), b"new")
    assert not journals.exists()


def test_truncated_and_foreign_lines_are_passed_over(journals: Path, root: Path, post: Post) -> None:
    a, b = post("a.md"), post("b.md")
    run_id = fix(journals, root, {a: b"new", b: b"new"})
    manifest = journals / run_id / "manifest.jsonl"
    whole = manifest.read_bytes()
    for cut in range(len(whole) - 1, whole.rindex(b"\n"), -7):
        manifest.write_bytes(b'\xff\n[1]\n{"number": "x"}\n{"fate": []}\n' + b"[" * 10_000 + whole[:cut])
        a.write_bytes(b"new")
        assert back(journals, run_id).restored == (str(a),)
    assert b.read_bytes() == b"new"


def test_damaged_bytes_are_reported_and_not_restored(journals: Path, root: Path, post: Post) -> None:
    a, b, c = post("a.md", b"a" * 100), post("b.md", b"b" * 100), post("c.md", b"c" * 100)
    run_id = fix(journals, root, {a: b"new", b: b"new", c: b"new"})
    stored = journals / run_id / "entries"
    (stored / "1.gz").write_bytes(gzip.compress(b"x" * 100))
    (stored / "2.gz").write_bytes(gzip.compress(b"0" * 30_000_000))
    (stored / "3.gz").unlink()
    result = back(journals, run_id)
    assert result.restored == ()
    assert ["damaged" in failure.message for failure in result.skipped] == [True, True, True]
    assert a.read_bytes() == b"new"


def test_a_temporary_name_that_leads_elsewhere_is_not_believed(journals: Path, root: Path, post: Post) -> None:
    path, other = post("sub/a.md"), post("other.md")
    run_id = fix(journals, root, {path: b"new"})
    manifest = journals / run_id / "manifest.jsonl"
    values = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(values | {"temporary": ".postmend-/../../other.md"}))
    back(journals, run_id)
    assert other.exists()
