"""The cache as users meet it: `postmend clean`, and reports that are the same with and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_posts import DAMAGED, Put
from cli_runner import run

from postmend import recalling
from postmend.store import index


def test_clean_removes_what_is_ours_and_says_how_much(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((index, "TICK"), (recalling, "TICK")):
        monkeypatch.setattr(module, name, 0)  # no waiting until the files are old enough
    cache = tmp_path / "cache"
    first = run(demo, "check", "--output-format", "json").expect(1)
    kept = cache / "notes.sqlite"
    kept.write_text("of somebody else")
    assert len([*cache.iterdir()]) == 3
    assert run(demo, "check", "--output-format", "json") == first
    assert "Removed 2 files (" in run(demo, "clean").expect(0).out
    assert [*cache.iterdir()] == [kept]
    assert run(demo, "clean").expect(0).out == f"Nothing is remembered in {cache}.\n"
    assert run(demo, "check", "--output-format", "json") == first
    assert "Removed" in run(demo, "clean", "--cache-dir", str(cache)).expect(0).out


def test_clean_of_a_folder_that_is_not_there(posts: Path, tmp_path: Path) -> None:
    assert "Nothing is remembered" in run(posts, "clean", "--cache-dir", str(tmp_path / "none")).expect(0).out


def test_a_cache_that_can_not_be_written_does_not_fail_a_run(posts: Path, put: Put, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    for number in range(20):
        put(f"{number}.md", DAMAGED)
    shown = run(posts, "check", "--ignore", "PM2", "--output-format", "concise").expect(1)
    assert shown.out.count("PM101") == 40
    assert shown.err.count("warning") == 1
