"""Slips of the hand, and things that are not what their names say."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cli_runner import HOOK, POSTMEND, run

DAMAGED = "# CafÃ© Ã\xa0 la mode, trÃ¨s bien\n"


def test_mistyped_command_is_not_taken_for_a_path(tmp_path: Path) -> None:
    done = run(tmp_path, "chek", "a.md").expect(2)
    assert "Did you mean `postmend check`?" in done.err


def test_empty_argument_does_not_mean_the_whole_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DAMAGED, "utf-8")
    done = run(tmp_path, "fix", "").expect(2)
    assert "empty" in done.err
    assert (tmp_path / "a.md").read_text("utf-8") == DAMAGED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["mkdocs.yml", "_config.yml", ".gitignore"])
def test_named_pipe_in_the_place_of_a_config_file_does_not_hang(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (tmp_path / "a.md").write_text(DAMAGED, "utf-8")
    done = subprocess.run([POSTMEND, "check", "-q"], cwd=tmp_path, capture_output=True, timeout=20, check=False)
    assert done.returncode == 1


def test_undo_leaves_other_sites_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(DAMAGED, "utf-8")
        run(tmp_path / name, "fix").expect(0)
    run(tmp_path / "one", "undo").expect(0)
    assert (tmp_path / "one/a.md").read_text("utf-8") == DAMAGED
    assert (tmp_path / "two/a.md").read_text("utf-8") != DAMAGED
    assert "no run left to undo in this folder" in run(tmp_path / "one", "undo").expect(2).err


def test_journal_that_cannot_be_written_says_where_it_is_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "state"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("POSTMEND_STATE_DIR", str(blocked))
    (tmp_path / "a.md").write_text(DAMAGED, "utf-8")
    done = run(tmp_path, "fix", "--output-format", "concise").expect(2)
    assert str(blocked) in done.out
    assert "--no-backup" in done.out
    assert (tmp_path / "a.md").read_text("utf-8") == DAMAGED


def test_hook_does_not_drop_one_of_two_jobs(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DAMAGED, "utf-8")
    done = subprocess.run(
        [HOOK, "--fix", "--dupes", "a.md"], cwd=tmp_path, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert "can't be combined" in done.stderr


def test_selection_that_is_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DAMAGED, "utf-8")
    assert "--select: names no rule" in run(tmp_path, "check", "--select=").expect(2).err


def test_corpus_that_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Fine\n", "utf-8")
    assert "gone" in run(tmp_path, "dupes", "--corpus", "gone", "a.md").expect(2).out
