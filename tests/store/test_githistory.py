"""Earlier versions of a file, as git has them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from postmend.store.githistory import History


def git(folder: Path, *arguments: str) -> None:
    identity = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    identity |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=os.environ | identity, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def commit(repository: Path, name: str, data: bytes) -> Path:
    path = repository / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    git(repository, "add", "--all")
    git(repository, "commit", "-q", "-m", "post")
    return path


def test_versions_come_newest_first_and_through_renames(repository: Path) -> None:
    old = commit(repository, "posts/été [1].md", b"one, and text enough to be known again\n")
    old.rename(repository / "posts" / "new.md")
    commit(repository, "other.md", b"x\n")
    path = commit(repository, "posts/new.md", b"two, and text enough to be known again\n")
    found = list(History().versions(path))
    assert [v.data[:3] for v in found] == [b"two", b"one", b"one"]
    assert all(len(v.commit) == 9 and v.date[4] == "-" for v in found)


def test_files_that_git_does_not_know_have_none(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("no-repository") / "post.md"
    elsewhere.write_bytes(b"x")
    untracked = repository / "post.md"
    untracked.write_bytes(b"x")
    assert list(History().versions(elsewhere)) == []
    assert list(History().versions(untracked)) == []
    assert list(History().versions(repository / "gone" / "post.md")) == []


def test_nothing_that_the_repository_configures_is_run(repository: Path) -> None:
    path = commit(repository, "post.md", b"one\n")
    commit(repository, "post.md", b"two\n")
    (repository / ".gitattributes").write_text("*.md diff=spy filter=spy\n")
    spy = f"touch {repository / 'spied'}; cat"
    for key in ("diff.spy.textconv", "diff.spy.command", "filter.spy.smudge", "core.pager", "core.fsmonitor"):
        git(repository, "config", key, spy)
    git(repository, "config", "diff.external", spy)
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "gpg.program", spy)
    assert [v.data for v in History().versions(path)] == [b"two\n", b"one\n"]
    assert not (repository / "spied").exists()


def test_a_git_that_is_too_slow_is_asked_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = commit(repository, "post.md", b"one\n")
    asked = []

    def run(*args: object, **options: object) -> None:
        asked.append(args)
        raise subprocess.TimeoutExpired("git", 20)

    monkeypatch.setattr("postmend.store.githistory.subprocess.run", run)
    history = History()
    assert list(history.versions(path)) == list(history.versions(path)) == []
    assert len(asked) == 1
