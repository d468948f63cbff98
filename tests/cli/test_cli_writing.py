"""Writing, when something is in the way: rights, other programs, a full disk, Ctrl-C."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import POSTMEND, run, spawn, tree_bytes, without_privileges

from postmend import mend
from postmend.model import Finding

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX rights and signals")
MANY = 260  # posts; enough for several processes


@posix
def test_read_only_file_stays_and_is_told(posts: Path, put: Put) -> None:
    locked = put("locked.md")
    put("post.md")
    locked.chmod(0o444)
    arguments = ("fix", "--select", "PM1", "--output-format", "concise")
    shown = spawn(posts, *arguments, prepare=without_privileges).expect(2)
    assert "locked.md: error: not repaired: is read-only (Make it writable" in shown.out
    assert "locked.md:2:8: PM101" in shown.out
    assert tree_bytes(posts) == {"locked.md": DAMAGED.encode(), "post.md": CLEAN.encode()}


@posix
def test_mode_is_kept(posts: Path, put: Put) -> None:
    put().chmod(0o640)
    run(posts, "fix").expect(0)
    assert stat.S_IMODE((posts / "post.md").stat().st_mode) == 0o640


@posix
def test_read_only_folder(posts: Path, put: Put) -> None:
    put("closed/post.md")
    put("post.md")
    (posts / "closed").chmod(0o555)
    try:
        shown = spawn(posts, "fix", "--select", "PM1", prepare=without_privileges).expect(2)
    finally:
        (posts / "closed").chmod(0o755)
    assert "closed/post.md: error: not repaired: can't write" in shown.out
    assert tree_bytes(posts) == {"closed/post.md": DAMAGED.encode(), "post.md": CLEAN.encode()}


@pytest.mark.parametrize("saved", [CLEAN, "x" + DAMAGED, "", None])
def test_file_that_changes_between_check_and_write(
    saved: str | None, posts: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, real = put(), mend.mend
    put("other.md")

    def late(root: Path, path: str, findings: list[Finding], *rest: object) -> mend.Mended:
        if path == "post.md":
            post.unlink() if saved is None else post.write_text(saved, "utf-8")
        return real(root, path, findings, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mend, "mend", late)
    shown = run(posts, "fix", "--select", "PM1", "--output-format", "concise").expect(2)
    assert "post.md: error: not repaired:" in shown.out
    assert "Please report" not in shown.out
    wanted = {"other.md": CLEAN.encode()} | ({} if saved is None else {"post.md": saved.encode()})
    assert tree_bytes(posts) == wanted


def test_undo_leaves_files_alone_that_were_edited_since(posts: Path, put: Put) -> None:
    put("a.md")
    put("b.md")
    run(posts, "fix", "--select", "PM1").expect(0)
    put("a.md", CLEAN + "More.\n")
    shown = run(posts, "undo").expect(2)
    assert "a.md: error: edited since the run" in shown.out
    assert tree_bytes(posts) == {"a.md": (CLEAN + "More.\n").encode(), "b.md": DAMAGED.encode()}
    run(posts, "undo", *_first_run(posts), "--force").expect(0)
    assert tree_bytes(posts)["a.md"] == DAMAGED.encode()


def _first_run(folder: Path) -> list[str]:
    return run(folder, "undo", "--list").expect(0).out.splitlines()[-1].split()[:1]


@posix
@pytest.mark.parametrize("where", ["/dev/null/state", "file"])
def test_state_folder_that_cannot_be_made(where: str, posts: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put()
    (posts / "file").write_text("")
    monkeypatch.setenv("POSTMEND_STATE_DIR", where if where.startswith("/") else str(posts / where))
    shown = run(posts, "fix").expect(2)
    assert "post.md: error: not repaired: can't write the journal" in shown.out
    assert (posts / "post.md").read_text("utf-8") == DAMAGED
    assert run(posts, "undo", "--list").expect(0).out == "No runs to undo.\n"
    run(posts, "fix", "--no-backup").expect(0)
    assert (posts / "post.md").read_text("utf-8") == CLEAN


@posix
def test_read_only_state_folder(posts: Path, put: Put, state: Path) -> None:
    put()
    state.mkdir(mode=0o555)
    shown = spawn(posts, "fix", prepare=without_privileges).expect(2)
    assert "can't write the journal: permission denied" in shown.out
    assert (posts / "post.md").read_text("utf-8") == DAMAGED


@posix
def test_full_disk(posts: Path, put: Put, state: Path) -> None:
    resource = pytest.importorskip("resource")
    put()
    put("long.md", DAMAGED + "Rien de neuf.\n" * 10_000)
    before = tree_bytes(posts)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    shown = spawn(posts, "fix", "--select", "PM1", prepare=no_room).expect(2)
    assert "long.md: error: not repaired: can't write" in shown.out
    assert tree_bytes(posts) == before | {"post.md": CLEAN.encode()}
    assert list(posts.glob(".*")) == []


def interrupted(folder: Path, command: str, delay: float) -> subprocess.CompletedProcess[str]:
    """Runs a command and presses Ctrl-C: all processes of the terminal get the signal."""
    process = subprocess.Popen(
        [POSTMEND, command, "--select", "PM1"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return subprocess.CompletedProcess([command], process.returncode, out, err)


@posix
@pytest.mark.parametrize(("command", "delay"), [("check", 0.1), ("check", 0.5), ("fix", 0.4), ("fix", 1.2)])
def test_interrupt_leaves_no_half_written_file(command: str, delay: float, posts: Path, put: Put) -> None:
    """An early Ctrl-C ended in a traceback, a later one in one from each process."""
    before, after = (text + text.split("---", 2)[2] * 20 for text in (DAMAGED, CLEAN))
    for number in range(MANY):
        put(f"{number}.md", before)
    done = interrupted(posts, command, delay)
    assert done.returncode in (130, 0, 1), done.stderr  # a fast machine is done by then
    if done.returncode == 130:
        assert done.stderr in ("", "postmend: interrupted. Each file is either as it was or repaired.\n")
    left = tree_bytes(posts)
    assert len(left) == MANY
    assert set(left.values()) <= {before.encode(), after.encode()}
    repaired = sum(content == after.encode() for content in left.values())
    if repaired:
        assert f"Restored {repaired} file" in run(posts, "undo").expect(0).out
    assert set(tree_bytes(posts).values()) == {before.encode()}
