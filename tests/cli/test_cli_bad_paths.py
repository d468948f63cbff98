"""Paths that lead nowhere, out of the root, round in circles or to things that are no files; and hostile names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import SCRIPTS, codes, report, run, spawn, tree_bytes, without_privileges

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files")
any_name = pytest.mark.skipif(sys.platform != "linux", reason="names are plain bytes on Linux only")

HOSTILE = {
    b"new\nline.md": "new\\nline.md",
    b"red\x1b[31m.md": "red\\x1b[31m.md",
    b"caf\xe9.md": "caf\\udce9.md",
    b"[red]markup[bold].md": "[red]markup[bold].md",
    b"--select.md": "--select.md",
    b"a b%20c.md": "a b%20c.md",
    "right\u202eleft.md".encode(): "right\\u202eleft.md",
    "привет, 世界.md".encode(): "привет, 世界.md",
}


@pytest.mark.parametrize("command", ["check", "fix", "dupes"])
def test_missing_path(command: str, posts: Path, put: Put) -> None:
    put()
    shown = run(posts, command, "post.md", "nowhere.md", "post.md/x.md").expect(2)
    assert shown.out.count("does not exist (Check the spelling;") == 2
    assert (posts / "post.md").read_text("utf-8") == (CLEAN if command == "fix" else DAMAGED)


@pytest.mark.parametrize("name", ["a" * 300 + ".md", "b" * 5000])
def test_name_too_long(name: str, posts: Path, put: Put) -> None:
    """Path.is_file() raises for it."""
    put()
    shown = run(posts, "check", "post.md", name, "--output-format", "concise").expect(2)
    assert "has a name that is too long" in shown.out
    assert "post.md:2:" in shown.out


@posix
def test_working_folder_that_is_gone(posts: Path) -> None:
    for program in ("postmend", "postmend-hook"):
        gone = posts / "gone"
        gone.mkdir()
        script = 'cd "$0" && rmdir "$0" && exec "$1" x.md'
        shown = spawn(posts, "-c", script, str(gone), str(SCRIPTS / program), program="/bin/sh").expect(2)
        assert shown.err.count("\n") == 1


def test_folder_without_posts(posts: Path) -> None:
    (posts / "script.py").write_text("print('no post')\n")
    for command in ("check", "fix", "dupes"):
        assert run(posts, command).expect(0).out.strip() == "No posts found."


@posix
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_unreadable(kind: str, posts: Path, put: Put) -> None:
    put()
    closed = put("closed/closed.md")
    locked = closed if kind == "file" else closed.parent
    locked.chmod(0)
    try:
        shown = spawn(posts, "fix", prepare=without_privileges).expect(2)
    finally:
        locked.chmod(0o700)
    assert "permission denied" in shown.out
    assert (posts / "post.md").read_text("utf-8") == CLEAN


@posix
def test_file_in_a_folder_that_may_not_be_entered(posts: Path, put: Put) -> None:
    closed = put("closed/closed.md")
    closed.parent.chmod(0)
    try:
        shown = spawn(posts, "check", "closed/closed.md", prepare=without_privileges).expect(2)
    finally:
        closed.parent.chmod(0o700)
    assert "permission denied" in shown.out


@posix
@pytest.mark.parametrize("command", ["check", "fix"])
def test_links_and_pipes_in_a_folder(command: str, posts: Path, put: Put, tmp_path: Path) -> None:
    put()
    outside = tmp_path / "outside.md"
    outside.write_text(DAMAGED, "utf-8")
    (posts / "out.md").symlink_to(outside)
    (posts / "loop.md").symlink_to("loop.md")
    (posts / "up").symlink_to("..")
    (posts / "again.md").symlink_to("post.md")
    os.mkfifo(posts / "pipe.md")
    shown = run(posts, command, "--output-format", "json").expect(2).json
    assert [f["path"] for f in shown["failures"]] == ["loop.md"]
    assert "leads back to itself" in shown["failures"][0]["message"]
    assert {f["path"] for f in shown["findings"] + shown.get("fixed", [])} == {"post.md"}
    assert outside.read_text("utf-8") == DAMAGED
    assert (posts / "again.md").is_symlink()


@posix
def test_named_pipe_is_refused_at_once(posts: Path) -> None:
    os.mkfifo(posts / "pipe.md")
    assert "is a named pipe, not a file" in run(posts, "check", "pipe.md").expect(2).out
    assert "not a regular file" in run(posts, "diff", "pipe.md", "pipe.md").expect(2).err


@posix
def test_named_link_out_of_the_root_is_read_but_not_written(posts: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(DAMAGED, "utf-8")
    (posts / "out.md").symlink_to(outside)
    assert codes(report(posts, "check", "out.md")) == {("out.md", "PM101")}
    assert "leads out of" in run(posts, "fix", "out.md").expect(2).out
    assert outside.read_text("utf-8") == DAMAGED


@posix
def test_link_inside_the_root_stays_a_link(posts: Path, put: Put) -> None:
    put("real/post.md")
    (posts / "link.md").symlink_to("real/post.md")
    run(posts, "fix", "link.md").expect(0)
    assert (posts / "link.md").is_symlink()
    assert (posts / "real" / "post.md").read_text("utf-8") == CLEAN


@any_name
def test_hostile_names_are_repaired_and_undone(posts: Path, put: Put) -> None:
    for name in HOSTILE:
        put(name)
    before = tree_bytes(posts)
    run(posts, "fix", "--select", "PM101").expect(0)
    assert set(tree_bytes(posts).values()) == {CLEAN.encode()}
    assert b"\x1b" not in run(posts, "undo").expect(0).stdout
    assert tree_bytes(posts) == before


@any_name
@pytest.mark.parametrize("output_format", ["full", "concise", "json", "json-lines"])
def test_hostile_names_are_shown_and_steer_nothing(output_format: str, posts: Path, put: Put) -> None:
    for name in HOSTILE:
        put(name)
    shown = run(posts, "check", "--select", "PM1", "--output-format", output_format).expect(1)
    text = shown.stdout.decode("utf-8")  # strict
    assert "\x1b" not in text
    assert "\u202e" not in text
    for name in HOSTILE.values():
        assert name.replace("\\x1b", "\\u001b" if output_format.startswith("json") else "\\x1b") in text


@any_name
def test_hostile_names_in_a_diff_are_quoted(posts: Path, put: Put) -> None:
    put(b"new\nline\x1b[31m.md")
    put(b"caf\xe9.md")
    shown = run(posts, "fix", "--diff").expect(1)
    assert b'--- "a/new\\nline\\033[31m.md"\n' in shown.stdout
    assert b'--- "a/caf\\351.md"\n' in shown.stdout


@posix
def test_hostile_names_that_are_missing(posts: Path) -> None:
    shown = run(posts, "check", "no\x1b[31m.md").expect(2)
    assert "no\\x1b[31m.md" in shown.out
    assert "no\\x1b[31m.md" in run(posts, "diff", "no\x1b[31m.md", "x.md").expect(2).err


def test_two_posts_from_a_folder_below(posts: Path, put: Put) -> None:
    """`diff ../a.md ../b.md` failed: the root lies above, and `..` is no part of it. The paths are shown as given."""
    put("a.md", CLEAN)
    put("b.md", CLEAN)
    (posts / "below").mkdir()
    shown = run(posts / "below", "diff", "../a.md", "../b.md").expect(0).out
    assert shown.startswith("- ../a.md: ")


def test_paths_of_a_diff_are_relative_to_the_working_folder(demo: Path) -> None:
    shown = run(demo / "src" / "content" / "blog", "diff", "en/news-march.md", "en/news-june.md").expect(0).out
    assert shown.startswith("- en/news-march.md: ")
