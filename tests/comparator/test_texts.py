"""The longest shared passage, and two posts side by side."""

from __future__ import annotations

import dataclasses
import time
from typing import Any

import pytest
from articles import document, edited, text
from hypothesis import given
from hypothesis import strategies as st

from postmend.comparator import align, changed_fields, longest_shared, shared_words
from postmend.model import Document, Field, FrontMatter, FrontMatterFormat, Span


def naive(left: list[str], right: list[str]) -> int:
    return max(
        (n for n in range(1, len(left) + 1) for i in range(len(left) - n + 1) if find(left[i : i + n], right)),
        default=0,
    )


def find(part: list[str], whole: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


@given(st.lists(st.sampled_from("abc"), max_size=25), st.lists(st.sampled_from("abc"), max_size=25))
def test_longest_run(left: list[str], right: list[str]) -> None:
    found = longest_shared(document("a.md", " ".join(left)), document("b.md", " ".join(right)))
    expected = naive(left, right)
    assert (found.words if found else 0) == (expected if expected >= 5 else 0)


def test_passage_has_lines_of_the_file_and_the_text_as_written() -> None:
    left = document("a.md", "Intro.\n\nThe **Quick** brown\nfox [jumps](http://x) over it\n\nEnd\n")
    right = document("b.md", "the quick brown fox jumps over IT", head="")
    found = longest_shared(left, right)
    assert found is not None
    assert (found.words, found.left_lines, found.right_lines) == (7, (6, 7), (1, 1))
    assert found.excerpt == "The **Quick** brown fox [jumps](http://x) over it"


def test_excerpts_are_cut() -> None:
    body = text(1)
    found = longest_shared(document("a.md", body), document("b.md", body))
    assert found is not None and found.words == 200
    assert len(found.excerpt) <= 81 and found.excerpt.endswith("…")
    assert body.startswith(found.excerpt[:-1])


@pytest.mark.parametrize(("one", "other"), [("a " * 40_000, "a " * 39_000 + "b"), (text(1, 20_000), text(2, 20_000))])
def test_long_repetitive_texts_are_quick(one: str, other: str) -> None:
    before = time.perf_counter()
    longest_shared(document("a.md", one), document("b.md", other))
    assert time.perf_counter() - before < 5


def paragraphs(*seeds: int) -> list[str]:
    return [text(seed, 20) for seed in seeds]


def test_alignment() -> None:
    one, two, three, four = paragraphs(1, 2, 3, 4)
    changed = two.replace(two.split()[3], "changed", 1)
    left = document("a.md", f"{one}\n\n{two}\n\n{three}\n")
    right = document("b.md", f"{one}\n\n{changed}\n\n{four}\n\n{three}\n")
    rows = align(left, right)
    assert [(r.left_line, r.right_line) for r in rows] == [(4, 4), (6, 6), (0, 8), (8, 10)]
    assert [r.similarity == 1 for r in rows] == [True, False, False, True]
    assert [s for s in rows[1].right if s[1]] == [("changed", True)]
    assert rows[2].left == ()


@given(st.lists(st.sampled_from("abcdef"), max_size=12), st.lists(st.sampled_from("abcdef"), max_size=12))
def test_alignment_loses_nothing(left: list[str], right: list[str]) -> None:
    bodies = ["\n\n".join(f"paragraph {name}, {name * 9}" for name in side) for side in (left, right)]
    rows = align(document("a.md", bodies[0]), document("b.md", bodies[1]))
    for side, body in zip((0, 1), bodies, strict=True):
        cells = ["".join(part for part, _ in (row.left, row.right)[side]) for row in rows]
        assert "\n\n".join(cell for cell in cells if cell) == body


def test_code_is_one_paragraph() -> None:
    rows = align(document("a.md", "```\na\n\nb\n```\n\nend"), document("b.md", "end"))
    assert [r.left for r in rows] == [(("```\na\n\nb\n```", True),), (("end", False),)]


def test_long_posts_stay_cheap() -> None:
    left, right = ("\n\n".join(text(n + shift, 30) for n in range(1500)) for shift in (0, 5000))
    before = time.perf_counter()
    align(document("a.md", left), document("b.md", right))
    align(document("a.md", text(1, 30_000)), document("b.md", edited(text(1, 30_000), 0.1)))
    assert time.perf_counter() - before < 10


def test_fields_that_differ_come_by_weight() -> None:
    left = with_fields({"layout": "x", "title": "x", "date": "2020", "n": 1, "tags.0": "a", "tags.1": "b"})
    right = with_fields({"title": "y", "n": 1, "draft": True, "tags.0": "a"})
    assert [(f.key, f.left, f.right) for f in changed_fields(left, right)] == [
        ("title", "x", "y"),
        ("date", "2020", None),
        ("draft", None, "true"),
        ("tags", "a, b", "a"),
        ("layout", "x", None),
    ]


def with_fields(values: dict[str, Any]) -> Document:
    fields = tuple(Field(key, value, Span(0, 0)) for key, value in values.items())
    matter = FrontMatter(FrontMatterFormat.YAML, Span(0, 0), Span(0, 0), fields)
    return dataclasses.replace(document("a.md", ""), front_matter=matter)


def test_a_paragraph_that_moved_says_where_to() -> None:
    one, two, three = paragraphs(1, 2, 3)
    rows = align(document("a.md", f"{one}\n\n{two}\n\n{three}"), document("b.md", f"{two}\n\n{three}\n\n{one} x"))
    assert [(r.left_line, r.right_line, r.moved) for r in rows] == [(4, 0, 8), (6, 4, 0), (8, 6, 0), (0, 8, 4)]


def test_a_blank_between_two_changes_is_part_of_them() -> None:
    rows = align(document("a.md", "one two three four"), document("b.md", "one 2 3 four"))
    assert rows[0].left == (("one ", False), ("two three", True), (" four", False))


@given(st.lists(st.sampled_from("abcd"), max_size=20), st.lists(st.sampled_from("abcd"), max_size=20))
def test_words_in_shared_runs(left: list[str], right: list[str]) -> None:
    words, shared = shared_words(document("a.md", " ".join(left)), document("b.md", " ".join(right)))
    assert words == (len(left), len(right))
    if min(words) >= 5:
        assert shared == (in_runs(left, right), in_runs(right, left))


def in_runs(of: list[str], other: list[str]) -> int:
    runs = {n for n in range(len(of) - 4) if find(of[n : n + 5], other)}
    return sum(any(n in runs for n in range(at - 4, at + 1)) for at in range(len(of)))


def test_lines_are_counted_as_editors_do() -> None:
    left = document("a.md", "one\u2028still one\r\n\r\ntwo")
    assert [row.left_line for row in align(left, left)] == [4, 6]
