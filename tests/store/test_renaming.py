"""Renames in the journal: at every instant a file has its old name or its new one, and undo gives the old one back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from faults import failing
from runs import NOW, back, names

from postmend.store import swap
from postmend.store.errors import ChangedSinceRead, FileProblem, Missing, NotRegular, OutsideRoot
from postmend.store.files import read_bytes
from postmend.store.journal import Journal, list_runs

Post = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


@pytest.fixture(params=["one step", "link and unlink"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rename of the system that never overwrites, and what is done where there is none."""
    if request.param != "one step":
        monkeypatch.setattr(swap, "_system_call", lambda: None)


def site(root: Path) -> tuple[Path, Path, Path]:
    """A folder, a post in it and one beside it."""
    folder = root / "old"
    folder.mkdir()
    (folder / "a.md").write_bytes(b"a")
    (root / "b.md").write_bytes(b"b")
    return folder, folder / "a.md", root / "b.md"


def steps(root: Path) -> Iterator[Callable[[Journal], None]]:
    """A run as `fix --rename` does it: a repair, renames from the inside out, an update of links."""
    folder, inner = root / "old", root / "old/a.md"
    yield lambda journal: journal.replace(read_bytes(inner), b"repaired")
    yield lambda journal: journal.rename(inner, folder / "new.md")
    yield lambda journal: journal.rename(folder, root / "new")
    yield lambda journal: journal.replace(read_bytes(root / "new/new.md"), b"linked")
    yield lambda journal: journal.rename(root / "b.md", root / "c.md")


def run(journals: Path, root: Path) -> None:
    with Journal.begin(journals, NOW, root) as journal:
        for step in steps(root):
            step(journal)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


BEFORE = {"old/a.md": b"a", "b.md": b"b"}
AFTER = {"new/new.md": b"linked", "c.md": b"b"}


@pytest.mark.usefixtures("system")
def test_renames_and_repairs_are_undone_and_that_too(journals: Path, root: Path) -> None:
    site(root)
    run(journals, root)
    assert tree(root) == AFTER
    assert list_runs(journals)[0].files == 3
    result = back(journals)
    assert tree(root) == BEFORE
    assert not result.skipped
    assert result.restored == tuple(str(root / name) for name in ("b.md", "old", "old/a.md"))
    assert list_runs(journals)[-1].undone
    back(journals, result.undo_id)
    assert tree(root) == AFTER


@posix
@pytest.mark.usefixtures("system")
def test_every_call_of_a_run_may_fail(journals: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, calls = 0, 1
    while number <= calls:
        site(root)
        with Journal.begin(journals / str(number), NOW, root) as journal:
            with failing(monkeypatch, number) as faults, suppress(FileProblem):
                for step in steps(root):
                    step(journal)
            calls = calls if number else faults.calls
        found = sorted(tree(root).values())
        assert len(found) == 2, (number, faults.trace, tree(root))
        assert found[0] in (b"a", b"b")
        assert {path.rpartition("/")[0] for path in tree(root)} <= {"", "old", "new"}
        if list_runs(journals / str(number)):
            assert not back(journals / str(number)).skipped
        assert tree(root) == BEFORE, (number, faults.trace)
        clear(root)
        number += 3  # every third call: each run waits for the disk some thirty times
    assert calls > 60


@posix
@pytest.mark.usefixtures("system")
def test_every_call_of_an_undo_may_fail(journals: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, calls = 0, 1
    while number <= calls:
        site(root)
        here = journals / str(number)
        run(here, root)
        run_id = list_runs(here)[0].id
        with failing(monkeypatch, number) as faults, suppress(FileProblem):
            back(here)
        calls = calls if number else faults.calls
        assert len(tree(root)) == 2, (number, faults.trace)
        back(here, run_id)
        assert tree(root) == BEFORE, (number, faults.trace)
        clear(root)
        number += 3  # every third call: each run waits for the disk some thirty times
    assert calls > 60


def clear(root: Path) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


class Killed(BaseException):
    """Nothing handles it, as nothing handles a power cut."""


@posix
@pytest.mark.parametrize("call", ["link", "unlink", "fsync"])
@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_dies_in_the_middle_of_a_rename(
    journals: Path, root: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: bool
) -> None:
    site(root)
    monkeypatch.setattr(swap, "_system_call", lambda: None)
    real = getattr(os, call)

    def die(*arguments: object, **options: object) -> None:
        if after:
            real(*arguments, **options)
        raise Killed

    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(root / "b.md"), b"new")
        monkeypatch.setattr(os, call, die)
        with suppress(Killed):
            journal.rename(root / "b.md", root / "c.md")
        monkeypatch.setattr(os, call, real)
    assert {(root / name).read_bytes() for name in names(root) if name != "old"} == {b"new"}
    assert not back(journals).skipped
    assert tree(root) == BEFORE


@pytest.mark.usefixtures("system")
def test_nothing_is_overwritten(journals: Path, root: Path) -> None:
    folder, inner, other = site(root)
    (root / "empty").mkdir()
    with Journal.begin(journals, NOW, root) as journal:
        for source, target in ((other, folder), (folder, root / "empty"), (folder, other), (inner, folder / "a.md")):
            with pytest.raises(ChangedSinceRead, match="is there already"):
                journal.rename(source, target)
        with pytest.raises(Missing):
            journal.rename(root / "none.md", root / "some.md")
        for source, target in ((other, folder), (folder, root / "empty")):
            with pytest.raises(FileExistsError):
                swap.rename_to_new(source, target)
    assert tree(root) == BEFORE
    assert list_runs(journals) == ()


@posix
def test_links_are_not_renamed_and_not_followed(journals: Path, root: Path, tmp_path: Path) -> None:
    _, _, other = site(root)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_bytes(b"x")
    (root / "link.md").symlink_to(other)
    (root / "way").symlink_to(outside)
    with Journal.begin(journals, NOW, root) as journal:
        with pytest.raises(NotRegular):
            journal.rename(root / "link.md", root / "new.md")
        with pytest.raises(OutsideRoot):
            journal.rename(root / "way/x.md", root / "way/y.md")
    assert names(outside) == ["x.md"]


def test_undo_leaves_what_was_edited_or_moved_since(journals: Path, root: Path) -> None:
    site(root)
    run(journals, root)
    (root / "c.md").write_bytes(b"mine")
    (root / "new/new.md").rename(root / "new/mine.md")
    result = back(journals)
    assert [failure.message for failure in result.skipped] == ["edited since the run"]
    assert tree(root) == {"c.md": b"mine", "old/a.md": b"a", "old/mine.md": b"linked"}
    back(journals, result.run_id, force=True)
    assert tree(root)["b.md"] == b"mine"


def test_undo_does_not_take_a_name_that_is_in_use(journals: Path, root: Path) -> None:
    site(root)
    run(journals, root)
    (root / "old").mkdir()
    (root / "old/a.md").write_bytes(b"mine")
    (root / "b.md").write_bytes(b"mine, too")
    for force in (False, True):
        result = back(journals, list_runs(journals)[-1].id, force=force)
        assert any("is there already" in failure.message for failure in result.skipped)
        assert tree(root)["old/a.md"] == b"mine"
        assert tree(root)["b.md"] == b"mine, too"
        assert len(tree(root)) == 4


def test_a_journal_of_before_there_were_renames_can_be_read(journals: Path, root: Path, post: Post) -> None:
    path = post()
    with Journal.begin(journals, NOW, root) as journal:
        journal.replace(read_bytes(path), b"new")
    head = next(journals.glob("*/run.json"))
    head.write_text(json.dumps({**json.loads(head.read_text()), "schema": 1}))
    assert back(journals).restored == (str(path),)


def test_a_line_that_leads_out_of_its_folder_is_passed_over(journals: Path, root: Path) -> None:
    site(root)
    with Journal.begin(journals, NOW, root) as journal:
        journal.rename(root / "b.md", root / "c.md")
    manifest = next(journals.glob("*/manifest.jsonl"))
    line = {"number": 2, "source": str(root / "d.md"), "target": str(root / "old/a.md"), "digest": ""}
    with manifest.open("a") as file:
        file.write("\n" + json.dumps(line))
    back(journals)
    assert tree(root) == BEFORE
