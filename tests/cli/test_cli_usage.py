"""Options, arguments and standard input: what is refused, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import HOOK, report, run, spawn

from postmend.hook import main as hook
from postmend.store import passed

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "--outputformat", "json"], "No such option: --outputformat"),
        (["check", "--output-format", "jsn"], "one of full, concise, json, json-lines"),
        (["fix", "--output-format", "jsn"], "one of full, concise, json, json-lines"),
        (["check", "--color", "red"], "one of auto, always, never"),
        (["diff", "a.md", "b.md", "--color", "red"], "one of auto, always, never"),
        (["check", "--progress", "yes"], "one of auto, never"),
        (["check", "--select", "PM1O1"], "Did you mean PM101?"),
        (["fix", "--ignore", "PM999"], "there is no rule PM999."),
        (["rule", "PM1001"], "Did you mean PM101?"),
        (["check", "--generator", "astor"], 'there is no "astor"; one of auto, astro'),
        (["check", "--threshold", "3"], "--threshold"),
        (["check", "--jobs", "-1"], "--jobs"),
        (["check", "-", "post.md"], "can't be mixed with files"),
        (["fix", "post.md", "-"], "can't be mixed with files"),
        (["diff", "post.md"], "Missing argument"),
        (["undo", "20200101-000000"], "there is no run 20200101-000000 ("),
        (["undo", "../../escape"], "there is no run"),
        (["undo"], "there is no run left to undo in this folder ("),
    ],
)
def test_refused(arguments: list[str], words: str, posts: Path, put: Put, state: Path) -> None:
    put()
    shown = run(posts, *arguments).expect(2)
    assert words in shown.err
    assert shown.out == ""
    assert (posts / "post.md").read_text("utf-8") == DAMAGED
    assert not state.exists()


def test_check_is_the_default(posts: Path, put: Put) -> None:
    put("folder/post.md")
    assert run(posts, "folder").expect(1).out == run(posts, "check", "folder").expect(1).out


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "-h"], ["fix", "--help"], ["undo", "-h"]])
def test_help(arguments: list[str], posts: Path) -> None:
    assert run(posts, *arguments).expect(0).out.startswith("Usage: postmend")


def test_exit_codes_can_be_changed(posts: Path, put: Put) -> None:
    put()
    run(posts, "check", "--exit-zero").expect(0)
    run(posts, "check", "--exit-zero", "nowhere.md").expect(2)
    run(posts, "fix", "--exit-non-zero-on-fix").expect(1)
    run(posts, "fix", "--exit-non-zero-on-fix").expect(0)


def test_quiet(posts: Path, put: Put) -> None:
    put()
    shown = run(posts, "check", "-q").expect(1)
    assert shown.stdout + shown.stderr == b""


def test_rules_are_selected(posts: Path, put: Put) -> None:
    put("a.md", CLEAN * 9)
    put("b.md", CLEAN * 9)
    put("c.md", DAMAGED)
    run(posts, "check", "--select", "PM2", "--ignore", "PM201,pm203,PM205,PM207", "--min-words", "1").expect(0)
    run(posts, "check", "--ignore", "PM", "--select", "PM101").expect(1)
    run(posts, "fix", "--ignore", "PM1").expect(1)
    assert (posts / "c.md").read_text("utf-8") == DAMAGED


def test_stdin_is_checked(posts: Path) -> None:
    shown = run(posts, "check", "-", "--output-format", "concise", stdin=DAMAGED.encode()).expect(1)
    assert shown.out.startswith("stdin.md:2:8: PM101")
    run(posts, "check", "-", stdin=CLEAN.encode()).expect(0)
    named = run(posts, "check", "-", "--stdin-filename", "b/c.md", "--output-format", "concise", stdin=DAMAGED.encode())
    assert named.expect(1).out.startswith("b/c.md:2:8: PM101")


def test_stdin_is_repaired_to_stdout(posts: Path, state: Path) -> None:
    shown = run(posts, "fix", "-", stdin=DAMAGED.replace("\n", "\r\n").encode()).expect(0)
    assert shown.stdout == CLEAN.replace("\n", "\r\n").encode()
    assert "Fixed 2 problems" in shown.err
    assert not state.exists()


@pytest.mark.parametrize("content", [b"", b"\n", PNG, b"Un caf\xc3 noir\n", b"\x00\xff"])
def test_stdin_that_is_no_post_comes_back_as_it_is(content: bytes, posts: Path) -> None:
    shown = run(posts, "fix", "-", stdin=content).expect(1 if content.strip() else 0)
    assert shown.stdout == content


def test_stdin_as_a_difference(posts: Path) -> None:
    """`fix --diff -` used to print the repaired text, and to exit 0."""
    shown = run(posts, "fix", "--diff", "-", stdin=DAMAGED.encode()).expect(1)
    assert shown.out.startswith("--- a/stdin.md\n+++ b/stdin.md\n@@")
    assert "Would fix 2 problems" in shown.err
    assert run(posts, "fix", "--diff", "-", stdin=CLEAN.encode()).expect(0).stdout == b""


def test_closed_stdin(posts: Path) -> None:
    shown = spawn(posts, "-c", f'"{HOOK[: -len("-hook")]}" check - <&-', program="/bin/sh").expect(2)
    assert "standard input is closed" in shown.err


def test_hook_checks_and_repairs(posts: Path, put: Put) -> None:
    put("a.md")
    put("b.md", CLEAN)
    run(posts, "b.md", entry=hook).expect(0)
    assert "a.md:2:8: PM101" in run(posts, "a.md", "b.md", entry=hook).expect(1).out
    assert (posts / "a.md").read_text("utf-8") == DAMAGED
    run(posts, "--fix", "a.md", "b.md", entry=hook).expect(1)  # pre-commit: files were changed
    assert (posts / "a.md").read_text("utf-8") == CLEAN
    run(posts, "--fix", "a.md", "b.md", entry=hook).expect(0)
    assert "Restored 1 file" in run(posts, "undo").expect(0).out


def test_hook_without_files_or_with_bad_ones(posts: Path, put: Put) -> None:
    run(posts, entry=hook).expect(0)
    assert "unknown option --fixx" in run(posts, "--fixx", "a.md", entry=hook).expect(2).err
    put("a.md", CLEAN)
    assert "nowhere.md: error: does not exist" in run(posts, "nowhere.md", "a.md", entry=hook).expect(2).out


def test_hook_says_what_it_takes(posts: Path, put: Put) -> None:
    put("-a.md")
    assert "-a.md:2:8: PM101" in run(posts, "-a.md", entry=hook).expect(1).out
    assert "-a.md:2:8: PM101" in run(posts, "--", "-a.md", entry=hook).expect(1).out
    assert "Usage: postmend-hook" in run(posts, "--help", entry=hook).expect(0).out
    assert run(posts, "-V", entry=hook).expect(0).out.startswith("postmend ")
    assert "needs --fix" in run(posts, "--unsafe-fixes", "-a.md", entry=hook).expect(2).err
    assert "no name" in run(posts, "", entry=hook).expect(2).err


def test_hook_does_nothing_for_files_that_were_in_order(posts: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passed, "TICK", 0)  # no waiting until the files are old enough
    put("a.md", CLEAN)
    put("b.md", DAMAGED)
    for arguments in (["a.md"], ["--fix", "b.md"], ["b.md", "a.md"]):
        run(posts, *arguments, entry=hook)
    monkeypatch.setattr("postmend.hook._work", lambda *_: 99)
    run(posts, "a.md", entry=hook).expect(0)
    run(posts, "--fix", "b.md", "a.md", entry=hook).expect(0)
    for option in ("--no-cache", "--dupes", "--force-exclude"):
        run(posts, option, "a.md", entry=hook).expect(99)
    put("b.md", CLEAN.replace("Il", "On"))
    run(posts, "a.md", "b.md", entry=hook).expect(99)


def test_hook_says_of_a_file_that_it_may_not_write(posts: Path, put: Put) -> None:
    put("a.md")
    (posts / "b.md").hardlink_to(posts / "a.md")
    assert "1 file could not be read or written." in run(posts, "--fix", "a.md", entry=hook).expect(2).out


def test_hook_compares_with_the_whole_site(demo: Path) -> None:
    copy = "src/content/blog/en/sourdough-in-a-cold-kitchen-2.md"
    shown = run(demo, "--dupes", copy, entry=hook).expect(1).out
    assert shown.startswith(f"{copy}:1:1: PM201 Same text as src/content/blog/en/sourdough-in-a-cold-kitchen.md")


def test_drafts_and_locales_can_be_compared(posts: Path, put: Put) -> None:
    text = "Il y a du café à la carte, très bon, dit-elle, et du thé pour ceux qui n’en veulent pas. " * 5
    put("a.md", f"---\ntitle: Un\n---\n{text}")
    put("b.md", f"---\ntitle: Deux\ndraft: true\n---\n{text}")
    assert report(posts, "dupes")["pairs"] == []
    assert [p["code"] for p in report(posts, "dupes", "--include-drafts")["pairs"]] == ["PM201"]
