"""The hooks under the real pre-commit, in a repository of their own. Nothing is fetched: the hooks run as installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli_posts import CLEAN, DAMAGED
from cli_runner import SCRIPTS

from postmend.scanner.discover import SUFFIXES

pytest.importorskip("pre_commit")
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

HOOKS = {
    hook["id"]: hook
    for hook in yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
STORY = " ".join(
    f"On day {day} the ferry left at {day % 12} past {day * 7 % 60} with {day * 3} crates." for day in range(40)
)


class Repository:
    """A repository whose commits pass through some of the hooks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        home = folder / "home"
        for made in (self.folder, home):
            made.mkdir()
        outside = {
            key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))
        }
        self.environment = outside | {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
            "POSTMEND_CACHE_DIR": str(folder / "cache"),
            "POSTMEND_STATE_DIR": str(folder / "state"),
            "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.git("init", "-q")
        self.git("config", "user.name", "Somebody")
        self.git("config", "user.email", "somebody@example.org")

    def git(self, *arguments: str, code: int = 0) -> str:
        return self.call("git", *arguments, code=code)

    def call(self, *command: str, code: int = 0) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def use(self, *ids: str) -> None:
        """Sets the hooks up as pre-commit would from the repository of postmend, without making an environment."""
        hooks = [{**HOOKS[name], "language": "system"} for name in ids]
        config: Any = {"repos": [{"repo": "local", "hooks": hooks}]}
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        self.git("add", ".pre-commit-config.yaml")
        self.call("pre-commit", "install")

    def put(self, name: str, text: str = CLEAN) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def commit(self, code: int = 0) -> str:
        return self.git("commit", "-m", "Posts", code=code)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_a_broken_post_is_stopped_and_repaired(repository: Repository) -> None:
    repository.use("postmend")
    repository.put("content/fine.md")
    broken = repository.put("content/broken.mdx", DAMAGED)
    repository.git("add", ".")
    said = repository.commit(code=1)
    assert "content/broken.mdx:2:8: PM101 [*] Mojibake in `title`: `CafÃ©` -> `Café`" in said
    assert "2 fixable with `postmend fix`." in said
    assert broken.read_text("utf-8") == DAMAGED

    repository.use("postmend-fix")
    said = repository.commit(code=1)
    assert "files were modified by this hook" in said
    assert "Fixed 2 problems in 1 file; none remain." in said
    assert broken.read_text("utf-8") == CLEAN
    repository.git("add", ".")
    assert "Passed" in repository.commit()


def test_what_is_staged_is_checked_and_not_what_is_in_the_editor(repository: Repository) -> None:
    repository.use("postmend")
    staged_broken = repository.put("a.md", DAMAGED)
    repository.git("add", ".")
    staged_broken.write_text(CLEAN, "utf-8")
    assert "a.md:2:8: PM101" in repository.commit(code=1)
    assert staged_broken.read_text("utf-8") == CLEAN
    repository.git("add", ".")
    staged_broken.write_text(DAMAGED, "utf-8")
    repository.commit()
    assert staged_broken.read_text("utf-8") == DAMAGED


def test_two_hundred_posts_at_once(repository: Repository) -> None:
    repository.use("postmend")
    for number in range(200):
        repository.put(f"content/{number:03}.md", CLEAN.replace("café", f"café n° {number}"))
    repository.put("content/123.md", DAMAGED)
    repository.git("add", ".")
    said = repository.commit(code=1)
    assert said.count("content/123.md:") == 2
    assert "Found 2 problems in 1 of 200 files." in said


def test_a_new_copy_of_an_old_post_is_stopped(repository: Repository) -> None:
    repository.put("content/ferry.md", f"---\ntitle: The ferry\n---\n\n{STORY}\n")
    repository.put("content/other.md")
    repository.git("add", ".")
    repository.commit()
    repository.use("postmend-dupes")
    repository.put("content/crates.md", f"---\ntitle: Forty days of crates\n---\n\n{STORY}\n")
    repository.git("add", "content/crates.md")
    assert "PM201 Same text as content/" in repository.commit(code=1)
    repository.git("rm", "-q", "--cached", "content/crates.md")
    (repository.folder / "content/crates.md").unlink()
    repository.put("content/new.md", "---\ntitle: Nothing of the kind\n---\n\nShort.\n")
    repository.git("add", "content/new.md")
    repository.commit()


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_hooks_take_posts_of_every_kind_all_at_once(hook: dict[str, Any]) -> None:
    names = [f"content/a{suffix}" for suffix in SUFFIXES] + ["A.MD"]
    assert [name for name in names if not re.search(hook["files"], name)] == []
    assert not re.search(hook["files"], "a.md.py")
    assert hook["require_serial"] is True
    assert "--force-exclude" in hook["entry"].split()


def test_the_hooks_of_an_installed_postmend_are_the_same() -> None:
    page = (Path(__file__).parents[2] / "docs/pre-commit.md").read_text("utf-8")
    shown = yaml.safe_load(page.split("```yaml\n")[2].split("```")[0])["repos"][0]["hooks"]
    for hook in shown:
        assert hook.items() - {("language", "system")} <= HOOKS[hook["id"]].items()
