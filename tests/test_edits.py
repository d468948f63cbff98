from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.edits import EditMismatch, apply_edits, invert_edits, unified_diff, verify_repair
from postmend.model import Edit, Span


def edit(start: int, old: str, new: str) -> Edit:
    return Edit(Span(start, start + len(old)), old, new)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it that may touch, but neither overlap nor share a place."""
    text = draw(st.text(max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    kept = [span for span in sorted(set(pairwise(cuts))) if draw(st.booleans())]
    return text, [edit(a, text[a:b], draw(st.text(max_size=4))) for a, b in kept]


@given(edited_texts())
def test_inverse_edits_give_the_text_back(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = apply_edits(text, edits)
    inverse = invert_edits(edits)
    assert apply_edits(after, inverse) == text
    assert apply_edits(text, invert_edits(inverse)) == after
    assert list(inverse) == sorted(inverse)


@given(edited_texts(), st.randoms())
def test_the_order_of_edits_does_not_matter(case: tuple[str, list[Edit]], random: object) -> None:
    text, edits = case
    shuffled = list(edits)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert apply_edits(text, shuffled) == apply_edits(text, edits)
    assert invert_edits(shuffled) == invert_edits(edits)


def test_edits_are_applied() -> None:
    assert apply_edits("CafÃ© Ã¼", [edit(6, "Ã¼", "ü"), edit(3, "Ã©", "é")]) == "Café ü"
    assert apply_edits("text", []) == "text"


def test_single_deletions_come_back_as_one_edit() -> None:
    assert invert_edits([edit(0, "a", ""), edit(1, "b", "")]) == (edit(0, "", "ab"),)


@pytest.mark.parametrize(
    ("edits", "offset"),
    [
        ([edit(0, "ab", "x"), edit(1, "b", "y")], 1),
        ([edit(0, "ab", "x"), edit(0, "ab", "x")], 0),
        ([edit(1, "", "x"), edit(1, "", "y")], 1),
        ([edit(0, "abc", "x"), edit(1, "", "y")], 1),
        ([edit(2, "x", "y")], 2),
        ([edit(3, "", "y"), edit(4, "", "y")], 4),
        ([Edit(Span(-1, 0), "", "y")], -1),
        ([Edit(Span(2, 1), "", "y")], 2),
        ([Edit(Span(0, 2), "a", "y")], 0),
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit], offset: int) -> None:
    with pytest.raises(EditMismatch) as caught:
        apply_edits("abc", edits)
    assert caught.value.offset == offset
    assert str(offset) in str(caught.value)


def test_a_good_repair_is_verified() -> None:
    assert verify_repair("a Ã© b", "a é b", [edit(2, "Ã©", "é")]) is None


@pytest.mark.parametrize(
    ("after", "edits", "reason"),
    [
        ("a é c", [edit(2, "Ã©", "é")], "outside the edits"),
        ("a é b", [edit(2, "xy", "é")], "not what the edit expects"),
        ("a \ud800 b", [edit(2, "Ã©", "\ud800")], "UTF-8"),
    ],
)
def test_a_bad_repair_is_named(after: str, edits: list[Edit], reason: str) -> None:
    assert reason in (verify_repair("a Ã© b", after, edits) or "")


# ---------------------------------------------------------------- diff

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git_apply(folder: Path, name: str, before: str, after: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before.encode())
    diff = unified_diff(name, before, after).encode()
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False)
    assert done.returncode == 0, (done.stderr, diff)
    assert file.read_bytes() == after.encode()


CASES = [
    ("one\ntwo\nthree\n", "one\n2\nthree\n"),
    ("one\r\ntwo\r\n", "one\r\n2\r\n"),
    ("a\rb\rc", "a\rB\rc"),
    ("no end", "no END"),
    ("no end", "an end\n"),
    ("an end\n", "no end"),
    ("a\u2028b\x0cc\x85d\nx\n", "a\u2028b\x0cc\x85D\nx\n"),
    ("", "new\n"),
    ("old\n", ""),
    ("\n\n", "\n"),
    ("".join(f"{n}\n" for n in range(100)), "".join(f"{n % 97}\n" for n in range(100))),
]


@needs_git
@pytest.mark.parametrize(("before", "after"), CASES)
def test_git_applies_the_diff(tmp_path: Path, before: str, after: str) -> None:
    git_apply(tmp_path, "posts/a.md", before, after)


@needs_git
@pytest.mark.parametrize("name", ["a b.md", "é ü.md", 'quote".md', "tab\tname.md", "line\nbreak.md", "back\\slash.md"])
def test_git_applies_diffs_of_files_with_odd_names(tmp_path: Path, name: str) -> None:
    git_apply(tmp_path, name, "old\n", "new\n")


@needs_git
@given(
    before=st.text("ab\n\r\x0c\u2028é", max_size=30),
    after=st.text("ab\n\r\x0c\u2028é", max_size=30),
)
@settings(max_examples=25, deadline=None)
def test_git_applies_any_diff(tmp_path_factory: pytest.TempPathFactory, before: str, after: str) -> None:
    if before != after:
        git_apply(tmp_path_factory.mktemp("diff"), "a.md", before, after)


def test_equal_texts_have_no_diff() -> None:
    assert unified_diff("a.md", "x", "x") == ""


def test_a_name_that_is_not_utf8_is_quoted() -> None:
    assert unified_diff("caf\udce9.md", "a\n", "b\n").startswith('--- "a/caf\\351.md"\n+++ "b/caf\\351.md"\n@@ ')
