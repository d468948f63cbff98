"""`postmend baseline`, and runs that leave out what it holds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put, damaged
from cli_runner import HOOK, Outcome, codes, report, run, spawn

NAME = ".postmend-baseline.json"
MORE = damaged("\nPuis l’été s’en va, déjà, et la fête est finie.\n")


def known(posts: Path) -> list[str]:
    return sorted(json.loads((posts / NAME).read_text("utf-8"))["findings"])


def said(outcome: Outcome) -> str:
    return outcome.out.splitlines()[-1]


@pytest.fixture
def recorded(posts: Path, put: Put) -> Path:
    """A folder with two damaged posts, which its baseline knows."""
    put("a.md", DAMAGED)
    put("b/c.md", DAMAGED.replace("Caf", "Autre caf"))
    run(posts, "check").expect(1)
    assert said(run(posts, "baseline").expect(0)).endswith("problems of 2 files: 4 added, 0 taken out.")
    return posts


def test_known_problems_fail_no_run_and_new_ones_do(recorded: Path, put: Put) -> None:
    for command in ("check", "dupes"):
        assert "in the baseline are not shown" in said(run(recorded, command).expect(0)) or command == "dupes"
    spawn(recorded, "a.md", program=HOOK).expect(0)
    run(recorded / "b", "check").expect(0)
    run(recorded, "check", "--no-baseline").expect(1)
    put("a.md", "\n\n".join((DAMAGED.replace("title", "date: 2026-01-01\ntitle"), MORE)))
    made = report(recorded, "check")
    assert codes(made) == {("a.md", "PM101")}
    assert made["summary"]["known"] == 4
    spawn(recorded, "a.md", program=HOOK).expect(1)
    spawn(recorded, "b/c.md", program=HOOK).expect(0)


def test_fix_repairs_what_is_known_and_a_note_tells_that_it_is_gone(recorded: Path) -> None:
    run(recorded, "fix").expect(0)
    assert (recorded / "a.md").read_text("utf-8") == CLEAN
    made = report(recorded, "check")
    assert codes(made) >= {(NAME, "PM902")}
    spawn(recorded, "a.md", program=HOOK).expect(0)
    before = (recorded / NAME).read_bytes()
    run(recorded, "check").expect(0)
    assert (recorded / NAME).read_bytes() == before
    run(recorded, "baseline", "--prune").expect(0)
    assert codes(report(recorded, "check")) == set()


def test_a_run_that_compares_nothing_calls_no_suppression_gone(posts: Path, put: Put) -> None:
    put("a.md", "# Title\n\n<!-- postmend: ignore -->\nNothing is wrong here.\n")
    run(posts, "baseline").expect(0)
    assert codes(report(posts, "check")) == set()
    assert codes(report(posts, "check", "--ignore", "PM2")) == set()


def test_posts_that_are_gone_are_told_and_taken_out(recorded: Path) -> None:
    shutil.rmtree(recorded / "b")
    assert codes(report(recorded, "check", "a.md")) <= {(NAME, "PM902")}
    assert "b/c.md" in "".join(f["message"] for f in report(recorded, "check")["findings"])
    run(recorded, "baseline", "a.md").expect(0)
    assert known(recorded) == ["a.md"]


def test_a_run_over_one_post_adds_only_its_own(posts: Path, put: Put) -> None:
    for name in ("a.md", "b.md"):
        put(name, DAMAGED.replace("Caf", f"{name} caf"))
    run(posts, "baseline", "a.md", "--ignore", "PM2").expect(0)
    assert known(posts) == ["a.md"]
    run(posts, "check", "--ignore", "PM2").expect(1)
    run(posts, "baseline", "--ignore", "PM2").expect(0)
    run(posts, "check", "--ignore", "PM2").expect(0)


def test_pruning_adds_nothing(recorded: Path, put: Put) -> None:
    put("new.md", MORE)
    run(recorded, "baseline", "--prune").expect(0)
    assert "new.md" not in known(recorded)


def test_nothing_to_record_writes_no_file(posts: Path, put: Put) -> None:
    assert run(posts, "baseline").expect(0).out == "No posts found, so there is nothing to record.\n"
    assert "nothing to record" not in run(posts, "baseline", "gone").expect(2).out
    put("a.md", CLEAN)
    assert run(posts, "baseline").expect(0).out == "No problems, so there is nothing to record.\n"
    assert not (posts / NAME).exists()


def test_the_file_can_be_elsewhere_and_then_must_be_named(posts: Path, put: Put, tmp_path: Path) -> None:
    put("a.md", DAMAGED)
    run(posts, "baseline", "--baseline", str(tmp_path / "known.json")).expect(0)
    run(posts, "check").expect(1)
    run(posts, "check", "--baseline", str(tmp_path / "known.json")).expect(0)


@pytest.mark.parametrize("text", ["{", "[]", "<<<<<<< HEAD\n"])
def test_a_broken_baseline_stops_the_run(posts: Path, put: Put, text: str) -> None:
    put("a.md", CLEAN)
    put(NAME, text)
    for command in ("check", "baseline"):
        outcome = run(posts, command).expect(2)
        assert NAME in outcome.err
        assert "not a baseline" in outcome.err
    assert "not a baseline" in spawn(posts, "a.md", program=HOOK).expect(2).err
    assert (posts / NAME).read_text("utf-8") == text


def test_one_of_the_repository_is_found_and_none_above_it(posts: Path, put: Put) -> None:
    put("a.md", DAMAGED)
    run(posts, "baseline").expect(0)
    (posts / "inner" / ".git").mkdir(parents=True)
    put("inner/a.md", DAMAGED)
    run(posts / "inner", "check").expect(1)
