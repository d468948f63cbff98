"""`--staged` and `--since`: only what is new is reported, compared with all."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED
from cli_runner import Outcome, codes, report, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

STORY = " ".join(f"On day {day} the ferry left at {day * 7 % 60} past with {day * 3} crates." for day in range(40))
BROKEN_LINE = "Pour le cafÃ© et le thÃ©, trÃ¨s bons.\n"


class Repository:
    """A repository with two commits: `a.md` with a broken line, then nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.put("a.md", f"---\ntitle: A\n---\n\nFirst.\n\n{BROKEN_LINE}\nLast.\n")
        self.put("story.md", f"---\ntitle: The ferry\n---\n\n{STORY}\n")
        self.commit()

    def git(self, *arguments: str) -> str:
        names = (
            "-c",
            "user.name=Somebody",
            "-c",
            "user.email=somebody@example.org",
            "-c",
            "protocol.file.allow=always",
        )
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            ("git", *names, *arguments), cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Posts")

    def lines(self, *arguments: str, command: str = "check") -> list[tuple[str, int, str]]:
        made = report(self.folder, command, *arguments)
        return sorted((f["path"], f["start"]["line"], f["code"]) for f in made["findings"])

    def run(self, *arguments: str) -> Outcome:
        return run(self.folder, *arguments, "--output-format", "concise")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


# ---------------------------------------------------------------- --since


def test_only_lines_that_changed_are_reported(repository: Repository) -> None:
    assert repository.lines("--since", "HEAD") == []
    text = (repository.folder / "a.md").read_text("utf-8")
    repository.put("a.md", text.replace("Last.", f"Last.\n\nA {BROKEN_LINE}"))
    assert repository.lines() == [("a.md", 7, "PM101"), ("a.md", 11, "PM101")]
    assert repository.lines("--since", "HEAD") == [("a.md", 11, "PM101")]
    repository.commit()
    assert repository.lines("--since", "HEAD") == []
    assert repository.lines("--since", "HEAD~1") == [("a.md", 11, "PM101")]
    repository.put("a.md", text.replace("First.", "First!"))
    assert repository.lines("--since", "HEAD~1") == []


def test_what_another_branch_did_is_not_ours(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "work")
    repository.put("mine.md", DAMAGED)
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.put("theirs.md", DAMAGED)
    repository.commit()
    repository.git("checkout", "-q", "work")
    repository.put("later.md", DAMAGED)  # not even added
    assert {path for path, _, _ in repository.lines("--since", "main", "--ignore", "PM2")} == {"later.md", "mine.md"}


def test_names_of_any_kind_renames_and_deletions(repository: Repository) -> None:
    names = ["with space.md", "new\nline.md", "Käse.md", 'quo"te.md', "tab\tin.md", "-dash.md", "*.md", "sub/a.md"]
    for name in names:
        repository.put(name, DAMAGED)
    repository.git("mv", "a.md", "moved.md")
    repository.git("rm", "-q", "story.md")
    repository.git("add", "-A")
    expected = {*names}
    for arguments in (["--since", "HEAD"], ["--staged"]):
        assert {p for p, _, code in repository.lines(*arguments) if code == "PM101"} - {"moved.md"} == expected
    assert [p for p, _, _ in repository.lines("--since", "HEAD") if p == "moved.md"] == []  # no line of it is new
    assert ("sub/a.md", 2, "PM101") in repository.lines("sub", "--since", "HEAD")
    assert {p for p, _, _ in repository.lines("sub", "--since", "HEAD", "--ignore", "PM2")} == {"sub/a.md"}


def test_files_in_which_git_counts_lines_otherwise_count_as_a_whole(repository: Repository) -> None:
    repository.put("mac.md", f"First.\r{BROKEN_LINE}\rLast.\r".replace("\n", ""))
    repository.put("wide.md", f"First.\n{BROKEN_LINE}".encode("utf-16"))
    repository.commit()
    repository.put("mac.md", f"First!\r{BROKEN_LINE}\rLast.\r".replace("\n", ""))
    repository.put("wide.md", f"First!\n{BROKEN_LINE}".encode("utf-16"))
    assert {path for path, _, _ in repository.lines("--since", "HEAD")} == {"mac.md", "wide.md"}


def test_problems_of_a_whole_file_count_when_any_line_changed(repository: Repository) -> None:
    repository.put("head.md", "---\ntitle: [a\n---\n\nText.\n")
    repository.commit()
    assert repository.lines("--since", "HEAD") == []
    repository.put("head.md", "---\ntitle: [a\n---\n\nText!\n")
    assert [code for _, _, code in repository.lines("--since", "HEAD")] == ["PM301"]


def test_a_new_copy_is_found_among_old_posts(repository: Repository) -> None:
    repository.put("new.md", f"---\ntitle: Crates\n---\n\n{STORY}\n")
    for arguments in (["--since", "HEAD"], ["--since", "HEAD", "--no-cache"]):
        assert ("PM201" in {code for _, code in codes(report(repository.folder, "dupes", *arguments))}) is True
    assert report(repository.folder, "dupes", "--staged")["pairs"] == []
    repository.git("add", "new.md")
    (repository.folder / "new.md").unlink()
    (pair,) = report(repository.folder, "dupes", "--staged")["pairs"]
    assert (pair["left"], pair["right"]) == ("new.md", "story.md")


# ---------------------------------------------------------------- --staged


def test_what_is_staged_is_read_and_not_what_is_in_the_editor(repository: Repository) -> None:
    path = repository.put("b.md", DAMAGED)
    repository.git("add", "b.md")
    path.write_text(CLEAN, "utf-8")
    assert {(p, code) for p, _, code in repository.lines("--staged")} == {("b.md", "PM101")}
    repository.git("add", "b.md")
    path.write_text(DAMAGED, "utf-8")
    assert repository.lines("--staged") == []
    path.unlink()
    assert repository.run("check", "--staged").expect(0).out == "No problems in 1 file.\n"


def test_the_first_commit_of_all(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / "b.md").write_text(DAMAGED, "utf-8")
    subprocess.run(["git", "add", "b.md"], cwd=folder, check=True)
    assert codes(report(folder, "check", "--staged")) == {("b.md", "PM101")}


def test_a_fix_refuses_what_is_not_staged_as_it_is(repository: Repository) -> None:
    same = repository.put("same.md", DAMAGED)
    other = repository.put("other.md", DAMAGED)
    repository.git("add", "-A")
    other.write_text(DAMAGED + "More.\n", "utf-8")
    shown = repository.run("fix", "--staged", "--ignore", "PM2").expect(2)
    assert "other.md: error: not repaired: it has changes that are not staged" in shown.out
    assert same.read_text("utf-8") == CLEAN
    assert other.read_text("utf-8") == DAMAGED + "More.\n"
    assert "cafÃ©" in (repository.folder / "a.md").read_text("utf-8")


def test_a_fix_of_what_changed_repairs_these_files(repository: Repository) -> None:
    new = repository.put("new.md", DAMAGED)
    repository.run("fix", "--since", "HEAD").expect(0)
    assert new.read_text("utf-8") == CLEAN
    assert "cafÃ©" in (repository.folder / "a.md").read_text("utf-8")


# ---------------------------------------------------------------- what can't be told


def test_reasons_are_told(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for revision in ("nowhere", "--output=x", ""):
        assert f"git knows no commit {revision}." in repository.run("check", f"--since={revision}").expect(2).err
    assert "can't be combined" in repository.run("check", "--staged", "--since", "HEAD").expect(2).err
    outside = tmp_path / "outside"
    outside.mkdir()
    assert "is not in a git repository" in run(outside, "check", "--staged").expect(2).err
    repository.git("checkout", "-q", "--orphan", "other")
    repository.put("b.md", CLEAN)
    repository.commit()
    assert "no history in common" in repository.run("check", "--since", "main").expect(2).err
    monkeypatch.setenv("PATH", str(outside))
    assert "git is not installed" in repository.run("check", "--staged").expect(2).err


def test_a_shallow_clone_is_named(repository: Repository, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD").strip()
    repository.put("b.md", CLEAN)
    repository.commit()
    repository.git("clone", "-q", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    assert "shallow" in run(tmp_path / "shallow", "check", "--since", first).expect(2).err


def test_a_conflict_is_named(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "work")
    repository.put("a.md", "Mine.\n")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.put("a.md", "Theirs.\n")
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "-q", "work")
    assert "a.md has conflicts" in repository.run("check", "--staged").expect(2).err


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_nothing_of_the_repository_is_run(repository: Repository, tmp_path: Path) -> None:
    trap, sign = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{sign}'\ncat\n")
    trap.chmod(0o755)
    repository.put(".gitattributes", "*.md filter=x=y diff=z\n")
    for hook in ("post-index-change", "pre-commit", "post-checkout"):
        shutil.copy(trap, repository.folder / ".git" / "hooks" / hook)
    for key in (
        *("filter.x=y.clean", "filter.x=y.smudge", "diff.z.command", "diff.z.textconv", "diff.external"),
        *("core.fsmonitor", "core.pager", "core.sshCommand", "pager.diff", "uploadpack.packObjectsHook"),
    ):
        repository.git("config", key, str(trap))
    repository.put("b.md", DAMAGED)
    os.utime(repository.folder / "a.md", (1_600_000_000, 1_600_000_000))  # so that git looks at it again
    for arguments in (["--staged"], ["--since", "HEAD"]):
        repository.run("check", *arguments)
        repository.run("fix", "--diff", *arguments)
    assert not sign.exists()
    assert {path for path, _, _ in repository.lines("--since", "HEAD")} == {"b.md"}
