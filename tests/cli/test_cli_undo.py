"""`postmend undo`: some files only, shown before it is done, from a journal elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import run


@pytest.fixture
def fixed(posts: Path, put: Put) -> Path:
    """A folder in which two posts were repaired and one that has a damaged name got a better one."""
    for name in ("a.md", "b/c.md", "b/Ã©tÃ©.md"):
        put(name, DAMAGED)
    run(posts, "fix", "--rename", "--unsafe-fixes", "--ignore", "PM2").expect(0)
    assert (posts / "b" / "été.md").read_text("utf-8") == CLEAN
    return posts


def test_one_file_or_folder(fixed: Path) -> None:
    assert run(fixed, "undo", "--file", "a.md").expect(0).out.startswith("a.md: restored")
    assert (fixed / "a.md").read_text("utf-8") == DAMAGED
    assert (fixed / "b" / "c.md").read_text("utf-8") == CLEAN
    run(fixed, "undo", "--file", "b").expect(0)
    assert sorted(p.name for p in (fixed / "b").iterdir()) == ["c.md", "Ã©tÃ©.md"]
    assert (fixed / "b" / "c.md").read_text("utf-8") == DAMAGED


def test_a_file_that_the_run_did_not_change(fixed: Path, put: Put) -> None:
    put("other.md", CLEAN)
    assert "changed nothing there" in run(fixed, "undo", "--file", "other.md").expect(2).err
    assert (fixed / "a.md").read_text("utf-8") == CLEAN


def test_the_difference_is_shown_and_nothing_written(fixed: Path) -> None:
    before = {path: path.read_bytes() for path in fixed.rglob("*.md")}
    shown = run(fixed, "undo", "--diff").expect(1)
    assert {path: path.read_bytes() for path in fixed.rglob("*.md")} == before
    assert "rename from" in shown.out
    assert run(fixed, "undo", "--diff", "--file", "a.md").expect(1).out.count("+++") == 1
    subprocess.run(["git", "apply", "-"], cwd=fixed, input=shown.stdout, check=True)
    assert sorted(p.name for p in (fixed / "b").iterdir()) == ["c.md", "Ã©tÃ©.md"]
    assert all(path.read_text("utf-8") == DAMAGED for path in fixed.rglob("*.md"))
    run(fixed, "undo").expect(0)
    run(fixed, "undo", "--diff").expect(2)


def test_a_file_that_is_gone_is_shown_as_coming_back(fixed: Path) -> None:
    (fixed / "a.md").unlink()
    shown = run(fixed, "undo", "--diff", "--file", ".").expect(1).out
    assert "+title: CafÃ©" in shown


def test_a_journal_elsewhere(posts: Path, put: Put, tmp_path: Path) -> None:
    file = put("a.md", DAMAGED)
    run(posts, "fix", "--journal-dir", str(tmp_path / "j")).expect(0)
    assert "no run left" in run(posts, "undo").expect(2).err
    assert "1 file" in run(posts, "undo", "--list", "--journal-dir", str(tmp_path / "j")).expect(0).out
    run(posts, "undo", "--journal-dir", str(tmp_path / "j")).expect(0)
    assert file.read_text("utf-8") == DAMAGED
