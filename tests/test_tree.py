"""Listing files in real folders, with and without git."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from postmend.scanner.discover import Selection
from postmend.store import gitfiles
from postmend.store.tree import Listing, find_root, list_files, site_at

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_links = pytest.mark.skipif(os.name == "nt", reason="links need privileges on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(params=["git", "walk"])
def site(request: pytest.FixtureRequest, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, once as a git repository, once without git."""
    if request.param == "git":
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        git(root, "init", "-q")
    else:
        monkeypatch.setattr("postmend.store.gitfiles.git_files", lambda folder: None)
    return root


def git(folder: Path, *arguments: str) -> None:
    command = [
        "git",
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@y",
        "-c",
        "protocol.file.allow=always",
        *arguments,
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("text\n", encoding="utf-8")


def listed(root: Path, *targets: str, selection: Selection | None = None, gitignore: bool = True) -> Listing:
    paths = [Path(target) for target in targets or (".",)]
    return list_files(root, paths, selection or Selection(), respect_gitignore=gitignore)


def files(root: Path, *targets: str, selection: Selection | None = None, gitignore: bool = True) -> list[str]:
    listing = listed(root, *targets, selection=selection, gitignore=gitignore)
    assert listing.failures == ()
    return list(listing.files)


def test_posts_are_listed_in_order_of_code_points(site: Path) -> None:
    write(site, "b.md", "a/c.mdx", "a.md", "Z.md", "\u00e9.md", "x.png", "x.txt", "a-b.md")
    assert files(site) == ["Z.md", "a-b.md", "a.md", "a/c.mdx", "b.md", "\u00e9.md"]


def test_hidden_generated_and_excluded_folders_are_left_out(site: Path) -> None:
    write(site, ".h/a.md", ".b.md", "node_modules/x/a.md", "public/a.md", "old/a.md", "posts/public/a.md")
    selection = Selection(exclude=("old/",), generated=("public",))
    assert files(site, selection=selection) == ["posts/public/a.md"]
    assert files(site, selection=Selection(hidden=True)) == [
        ".b.md",
        ".h/a.md",
        "old/a.md",
        "posts/public/a.md",
        "public/a.md",
    ]


def test_gitignore_files_count_nested_ones_too(site: Path) -> None:
    write(site, "a.md", "drafts/b.md", "deep/c.md", "deep/keep/d.md", "deep/e.md")
    (site / ".gitignore").write_text("drafts/\n*.tmp.md\n")
    (site / "deep/.gitignore").write_text("*.md\n!e.md\n!keep/*.md\n")
    assert files(site) == ["a.md", "deep/e.md", "deep/keep/d.md"]
    assert files(site, "deep") == ["deep/e.md", "deep/keep/d.md"]
    assert len(files(site, gitignore=False)) == 5


def test_what_the_user_names_is_listed_whatever_the_rules_say(site: Path) -> None:
    write(site, "notes.txt", ".hidden.md", "ignored/a.md", "node_modules/b.md", "public/c.md")
    (site / ".gitignore").write_text("ignored/\n")
    selection = Selection(exclude=("*.txt",), generated=("public",))
    named = ["notes.txt", ".hidden.md", "node_modules/b.md"]
    assert files(site, *named, selection=selection) == sorted(named)
    assert files(site, "public", selection=selection) == ["public/c.md"]


def test_an_ignored_folder_that_the_user_names_is_listed(root: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    git(root, "init", "-q")
    write(root, "ignored/a.md")
    (root / ".gitignore").write_text("ignored/\n")
    assert files(root, "ignored") == ["ignored/a.md"]


def test_each_file_is_listed_once(site: Path) -> None:
    write(site, "a/b.md")
    assert files(site, ".", "a", "a/b.md", "a/../a/b.md", str(site / "a")) == ["a/b.md"]


def test_a_target_outside_of_the_root(site: Path) -> None:
    write(site, "in/a.md", "out/b.md")
    assert files(site / "in", str(site / "out")) == ["../out/b.md"]


def test_a_missing_target_is_a_failure(site: Path) -> None:
    write(site, "a.md")
    listing = listed(site, "a.md", "nowhere", "a.md/b")
    assert listing.files == ("a.md",)
    assert [(f.path, f.message) for f in listing.failures] == [
        ("a.md/b", "does not exist"),
        ("nowhere", "does not exist"),
    ]
    assert all(failure.hint for failure in listing.failures)


@needs_links
def test_links_are_not_followed_out_of_the_root_nor_counted_twice(site: Path) -> None:
    write(site, "root/a.md", "root/x.txt", "outside/secret.md")
    (site / "root/again.md").symlink_to("a.md")
    (site / "root/text.md").symlink_to("x.txt")
    (site / "root/out.md").symlink_to(site / "outside/secret.md")
    (site / "root/folder").symlink_to(site / "outside")
    (site / "root/up").symlink_to("..")
    assert files(site / "root") == ["a.md", "text.md"]


@needs_links
def test_broken_links_and_loops_are_failures(site: Path) -> None:
    write(site, "a.md")
    (site / "broken.md").symlink_to("nowhere.md")
    (site / "loop.md").symlink_to("loop.md")
    listing = listed(site)
    assert listing.files == ("a.md",)
    assert [(f.path, f.message) for f in listing.failures] == [
        ("broken.md", "is a link to a file that does not exist"),
        ("loop.md", "is a link that leads back to itself"),
    ]


@pytest.fixture
def locked(root: Path) -> Iterator[Path]:
    write(root, "locked/a.md", "b.md")
    (root / "locked").chmod(0)
    yield root
    (root / "locked").chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("with_git", [False, True])
def test_an_unreadable_folder_is_a_failure(locked: Path, with_git: bool) -> None:
    if with_git:
        git(locked, "init", "-q")
    listing = listed(locked)
    assert listing.files == ("b.md",)
    assert [(f.path, f.message) for f in listing.failures] == [("locked", "can't be read: permission denied")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_sockets(site: Path) -> None:
    write(site, "a.md")
    os.mkfifo(site / "pipe.md")
    assert files(site) == ["a.md"]
    assert [(f.path, f.message) for f in listed(site, "pipe.md").failures] == [
        ("pipe.md", "is a named pipe, not a file")
    ]
    with tempfile.TemporaryDirectory(dir="/tmp") as short, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{short}/s.md")
        assert listed(Path(short), "s.md").failures[0].message == "is a socket, not a file"


@pytest.mark.skipif(os.name != "posix", reason="names are text elsewhere")
def test_names_that_are_no_utf_8(site: Path) -> None:
    name = b"caf\xe9.md"
    try:
        (site / os.fsdecode(name)).write_text("x")
    except OSError:
        pytest.skip("the file system wants UTF-8")
    found = files(site)
    assert [os.fsencode(path) for path in found] == [name]
    assert (site / found[0]).read_text() == "x"


@needs_git
def test_a_deleted_file_that_git_still_tracks_is_no_file(root: Path) -> None:
    git(root, "init", "-q")
    write(root, "a.md", "b.md")
    git(root, "add", ".")
    (root / "a.md").unlink()
    assert files(root) == ["b.md"]


@needs_git
def test_repositories_within_a_repository(root: Path) -> None:
    write(root, "other/s.md", "main/a.md", "main/nested/n.md")
    git(root / "other", "init", "-q")
    git(root / "other", "add", ".")
    git(root / "other", "commit", "-qm", "x")
    git(root / "main", "init", "-q")
    git(root / "main", "submodule", "--quiet", "add", str(root / "other"), "sub")
    git(root / "main/nested", "init", "-q")
    assert files(root / "main") == ["a.md", "nested/n.md", "sub/s.md"]
    git(root / "main", "submodule", "--quiet", "deinit", "-f", "sub")
    assert files(root / "main", selection=Selection(hidden=True)) == ["a.md", "nested/n.md"]


@needs_git
def test_hooks_variables_do_not_mislead(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a/x.md", "b/y.md")
    git(root / "a", "init", "-q")
    git(root / "b", "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(root / "b/.git"))
    assert files(root / "a") == ["x.md"]


def test_without_git_the_folder_is_walked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a.md", "b.md")
    (root / ".gitignore").write_text("b.md\n")
    monkeypatch.setattr(gitfiles, "_COMMAND", ("no-such-program",))
    assert files(root) == ["a.md"]
    monkeypatch.setattr(gitfiles, "_COMMAND", ("git", "no-such-command"))
    assert files(root) == ["a.md"]


def test_the_root_is_the_nearest_site_or_repository(root: Path) -> None:
    write(
        root,
        "repo/.git/config",
        "repo/web/hugo.toml",
        "repo/web/content/posts/a.md",
        "repo/notes/b.md",
        "plain/c.md",
    )
    assert find_root(root / "repo/web/content/posts") == root / "repo/web"
    assert find_root(root / "repo/web/content/posts/a.md") == root / "repo/web"
    assert find_root(root / "repo/notes/b.md") == root / "repo"
    assert find_root(root / "plain/c.md") == root / "plain"
    assert find_root(root / "plain") == root / "plain"


def test_the_site_of_a_folder(root: Path) -> None:
    write(root, "docs/.vitepress/config.ts", "docs/a.md")
    assert (site_at(root).generator, site_at(root).roots) == ("vitepress", ("docs",))
    assert site_at(root, "mkdocs").generator == "mkdocs"
    (root / "hugo.toml").write_bytes(b"defaultContentLanguage = 'fr' # caf\xe9\n")
    (root / "docs/.vitepress/config.ts").unlink()
    assert (site_at(root).generator, site_at(root).default_locale) == ("hugo", "fr")
