"""A pattern moved from one folder to another matches the same files, by the word of the matcher itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.scanner.discover import matcher
from postmend.settings.globs import Standpoint

NAMES = ("a", "b", "ab", "[a]", "a b")
STEPS = ("a", "b", "ab", "*", "a*", "?", "**", "[ab]", r"\[a\]", "a b")

paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map("/".join)
folders = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple)
globs = st.builds(
    lambda start, steps, end: f"{start}{'/'.join(steps)}{end}",
    st.sampled_from(("", "/")),
    st.lists(st.sampled_from(STEPS), min_size=1, max_size=4),
    st.sampled_from(("", "/")),
).filter(lambda glob: not glob.endswith("**/"))  # which the matcher takes for `**`, and git for folders


@given(globs, folders, paths)
@settings(max_examples=400, deadline=None)
def test_a_folder_below_the_root(glob: str, folder: tuple[str, ...], path: str) -> None:
    moved = matcher(Standpoint(below=folder).globs([glob]))
    assert moved("/".join((*folder, path))) == matcher((glob,))(path)
    assert not moved(f"elsewhere/{path}")


@given(globs, folders, paths)
@settings(max_examples=400, deadline=None)
def test_a_folder_above_the_root(glob: str, way: tuple[str, ...], path: str) -> None:
    moved = matcher(Standpoint(above=way).globs([glob]))
    assert moved(path) == matcher((glob,))("/".join((*way, path)))


@pytest.mark.parametrize(
    ("standpoint", "path", "expected"),
    [
        (Standpoint(), "a/b.md", "a/b.md"),
        (Standpoint(), "./a//b.md", "a/b.md"),
        (Standpoint(below=("content",)), "a/b.md", "content/a/b.md"),
        (Standpoint(above=("sites", "one")), "sites/one/a.md", "a.md"),
        (Standpoint(above=("sites", "one")), "sites/two/a.md", "../two/a.md"),
        (Standpoint(above=("sites", "one")), "a.md", "../../a.md"),
        (Standpoint(above=("a",)), "a", "../a"),
    ],
)
def test_paths(standpoint: Standpoint, path: str, expected: str) -> None:
    assert standpoint.path(path) == expected


def test_what_comes_later_outranks_what_comes_first() -> None:
    moved = Standpoint(above=("site",)).globs(["*.html", "!site/index.html", "# not a pattern", "other/x.md"])
    assert moved == ("*.html", "!/index.html")
    assert [matcher(moved)(path) for path in ("a.html", "index.html", "x.md")] == [True, False, False]
