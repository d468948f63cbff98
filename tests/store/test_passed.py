"""What the hook remembers of files that were in order: it changes nothing but time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from postmend.scanner import sites
from postmend.store import passed
from postmend.store.passed import Passed

Check = Callable[..., bool]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, a repository with posts that were written long ago."""
    made = tmp_path / "site"
    (made / "content" / "posts").mkdir(parents=True)
    (made / ".git").mkdir()
    (made / "hugo.toml").write_text("title = 'Site'\n", "utf-8")
    for name in ("a.md", "b.md"):
        write(made / "content" / "posts" / name, "# Fine\n")
    monkeypatch.setattr(passed, "TICK", -(10**18))  # stamps are trusted at once
    monkeypatch.chdir(made)
    return made


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))


def of(folder: Path, *names: str, options: tuple[str, ...] = ()) -> Passed:
    return Passed(str(folder.parent / "cache"), [f"content/posts/{name}" for name in names], *options)


def test_known_are_the_very_files_that_have_passed(folder: Path) -> None:
    assert not of(folder, "a.md").all_did()
    of(folder, "a.md").remember()
    assert of(folder, "a.md").all_did()
    assert not of(folder, "a.md", "b.md").all_did()
    assert not of(folder, "a.md", options=("--force-exclude",)).all_did()
    assert not of(folder, "missing.md").all_did()


def test_a_file_of_the_same_size_and_time_is_another(folder: Path) -> None:
    of(folder, "a.md").remember()
    write(folder / "content" / "posts" / "a.md", "# Fina\n")
    assert not of(folder, "a.md").all_did()  # the system notes each change by itself


@pytest.mark.parametrize("young", ["now", "in the future"])
def test_young_files_are_not_trusted(folder: Path, young: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passed, "TICK", 2_000_000_000)
    if young == "in the future":
        os.utime("content/posts/a.md", (4_000_000_000, 4_000_000_000))
    of(folder, "a.md").remember()
    assert not of(folder, "a.md").all_did()


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "hugo.toml").write_text("title = 'Sites'\n"),
        lambda folder: (folder / "hugo.toml").unlink(),
        lambda folder: (folder / "content" / "postmend.toml").touch(),
        lambda folder: (folder.parent / "pyproject.toml").touch(),
        lambda folder: (folder / "_posts").mkdir(),
        lambda folder: (folder / "config" / "_default").mkdir(parents=True),
        lambda folder: (folder / ".git").rmdir(),
        lambda folder: (folder / ".postmend-baseline.json").touch(),
        lambda folder: os.chdir(folder / "content"),
    ],
)
def test_another_configuration_is_another_question(folder: Path, change: Callable[[Path], None]) -> None:
    of(folder, "a.md").remember()
    path = str(folder / "content" / "posts" / "a.md")
    change(folder)
    assert not Passed(str(folder.parent / "cache"), [path]).all_did()


def test_other_posts_and_what_lies_above_the_repository_do_not_matter(folder: Path) -> None:
    of(folder, "a.md").remember()
    write(folder / "content" / "posts" / "c.md", "# New\n")
    (folder.parent / "elsewhere").mkdir()
    assert of(folder, "a.md").all_did()


def test_another_program_asks_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of(folder, "a.md").remember()
    monkeypatch.setattr(passed, "program", lambda: "0.2.0")
    assert not of(folder, "a.md").all_did()


def test_all_that_tells_a_site_counts_as_configuration() -> None:
    names = [name for settings, _, _ in sites._SETTINGS.values() for name in (*settings, "package.json")]
    assert [name for name in names if not name.endswith(passed._CONFIGURATION)] == []
    assert {os.path.dirname(name) for name in names} <= {*passed._CONFIG_FOLDERS, "docs"}  # noqa: PTH120


@pytest.mark.parametrize("damage", [b"", b"no database" * 999])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes) -> None:
    of(folder, "a.md").remember()
    (folder.parent / "cache" / passed.NAME).write_bytes(damage)
    assert not of(folder, "a.md").all_did()
    of(folder, "a.md").remember()
    of(folder, "a.md").remember()
    assert of(folder, "a.md").all_did()


def test_what_can_not_be_written_is_not_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "cache").write_text("a file where a folder should be")
    of(folder, "a.md").remember()
    assert not of(folder, "a.md").all_did()
    (folder.parent / "cache").unlink()
    of(folder, "a.md").remember()
    monkeypatch.setattr(passed, "_WAIT", 0.01)
    other = sqlite3.connect(folder.parent / "cache" / passed.NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    of(folder, "b.md").remember()
    assert of(folder, "a.md").all_did()
    assert not of(folder, "b.md").all_did()
    other.close()


def test_names_in_which_others_have_a_say_are_not_remembered(folder: Path) -> None:
    for name in ("café.md", "caf%C3%A9.md", "c#U00e9.md"):
        write(folder / "content" / "posts" / name, "# Fine\n")
        of(folder, name).remember()
        assert not of(folder, name).all_did()
