"""Which paths are selected."""

from __future__ import annotations

import pytest

from postmend.scanner.discover import Selection, generated_folders


@pytest.mark.parametrize(
    ("selection", "path", "expected"),
    [
        (Selection(), "a.md", True),
        (Selection(), "a/b.MDX", True),
        (Selection(), "a/b.html", True),
        (Selection(), "a.txt", False),
        (Selection(), "a.png", False),
        (Selection(), "a/.b.md", False),
        (Selection(hidden=True), "a/.b.md", True),
        (Selection(include=("*.txt",)), "a/b.txt", True),
        (Selection(include=("*.txt",)), "a/b.md", False),
        (Selection(include=("posts/**",), exclude=("posts/old/**",)), "posts/a.xyz", True),
        (Selection(include=("posts/**",), exclude=("posts/old/**",)), "posts/old/a.md", False),
        (Selection(exclude=("*.html", "!index.html")), "a/b.html", False),
        (Selection(exclude=("*.html", "!index.html")), "a/index.html", True),
        (Selection(exclude=("/a.md",)), "b/a.md", True),
    ],
)
def test_files(selection: Selection, path: str, expected: bool) -> None:
    assert selection.selects(path) is expected


@pytest.mark.parametrize(
    ("selection", "folder", "expected"),
    [
        (Selection(), "posts", False),
        (Selection(), "build", False),
        (Selection(), "a/node_modules", True),
        (Selection(), "a/.hidden", True),
        (Selection(hidden=True), "a/.hidden", False),
        (Selection(hidden=True), ".git", True),
        (Selection(exclude=("old/",)), "posts/old", True),
        (Selection(exclude=("old/",)), "posts/older", False),
        (Selection(generated=("public",)), "public", True),
        (Selection(generated=("public",)), "content/public", False),
        (Selection(generated=("_includes",)), "src/_includes", True),
    ],
)
def test_folders(selection: Selection, folder: str, expected: bool) -> None:
    assert selection.prunes(folder) is expected


def test_generated_folders_of_a_site_in_a_subfolder() -> None:
    assert generated_folders("mkdocs", "web") == ("web/site",)
