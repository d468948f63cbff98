"""Pages and posts that look like copies because they come in pairs: parallel pages, what recurs, other languages."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest
from articles import edited, post, prints, text
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.comparator import DuplicatePolicy, compare, find_clusters, find_duplicates

COMMON = text(1, 120)


def page(path: str, title: str, subject: str, body: str = COMMON) -> Any:
    """A page of a reference, which names its subject now and then."""
    words = body.split()
    for place in (10, 40, 80):
        words[place] = subject
    return post(path, " ".join(words), title=title)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("GroupByDate", "GroupByDate"), ("GroupByTitle", "GroupByTitle")),
        (("Link render hooks", "link"), ("Image render hooks", "image")),
        (("ファイルの削除について", "ファイルの"), ("フォルダの削除について", "フォルダの")),
    ],
)
def test_parallel_pages_raise_no_alarm(left: tuple[str, str], right: tuple[str, str]) -> None:
    pair = compare(page("a.md", *left), page("b.md", *right))
    assert pair.code == ""
    assert pair.verdict.startswith("Parallel pages")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("On links", "link"), ("On links", "image")),  # one title
        (("All of links", "link"), ("A guide to images", "link")),  # another title, the same subject
        (("Links", "link"), ("Remembering the old days", "link")),
    ],
)
def test_copies_under_another_title_are_found(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert compare(page("a.md", *left), page("b.md", *right)).code in ("PM201", "PM202")


def codes(*posts: Any, policy: DuplicatePolicy | None = None) -> list[str]:
    return [pair.code for pair in find_duplicates(prints(*posts), policy)]


NEWS: dict[str, Any] = {"title": "Changes in the core team", "slug": "core-team-changes"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # One slug in dated addresses is no slip; neither is one slug in different years, or one but for a date.
        ({"url": "/2022/01/31/x/"}, {"url": "/2022/07/12/x/"}, []),
        ({"date": "2019-03-01"}, {"date": "2022-01-31"}, []),
        ({"slug": "team-20190301"}, {"slug": "team-20220131"}, []),
        ({"slug": "team-may2022"}, {"slug": "team-jun2022"}, []),
        ({"url": "/2019/02/22/x/"}, {"url": "/2022/01/31/y/", "slug": "other"}, []),
        # In one year, or spelled in another way, they may be.
        ({"date": "2022-01-01"}, {"date": "2022-03-01"}, ["PM205"]),
        ({"date": "2019-03-01"}, {"date": "2022-01-31", "slug": "core-team-changes-2"}, ["PM205"]),
        ({"date": "2019-03-01"}, {"date": "2022-01-31", "slug": "Core%20Team%20Changes"}, ["PM205"]),
        ({"date": "2019-03-01"}, {"date": "2022-01-31", "slug": "farewell"}, ["PM207"]),
    ],
)
def test_what_recurs_raises_no_alarm(left: dict[str, Any], right: dict[str, Any], expected: list[str]) -> None:
    assert codes(post("a/x.md", text(1), **(NEWS | left)), post("b/x.md", text(2), **(NEWS | right))) == expected


def test_what_recurs_still_is_a_duplicate_when_the_text_is() -> None:
    left = post("a/x.md", COMMON, **NEWS, url="/2019/02/22/x/")
    assert codes(left, post("b/x.md", edited(COMMON, 0.05), **NEWS, url="/2022/01/31/x/")) == ["PM202"]


@pytest.mark.parametrize(("share", "expected"), [(0.0, ["PM201"]), (0.02, ["PM202"]), (0.3, [])])
def test_across_languages_pages_of_one_name_are_compared_when_asked_for(share: float, expected: list[str]) -> None:
    left = post("en/a.md", COMMON, locale="en", page="a")
    right = post("de/a.md", edited(COMMON, share), locale="de", page="a")
    assert codes(left, right, policy=DuplicatePolicy(cross_language=True)) == expected
    assert set(codes(left, right)) <= {"PM208"}


def test_titles_are_compared_within_a_language() -> None:
    title = "Why red cats sleep"
    posts = [post(f"{name}/{name}.md", text(n, 200), title=title, locale=name) for n, name in enumerate(("en", "de"))]
    assert codes(*posts, policy=DuplicatePolicy(cross_language=True)) == []


def test_a_hundred_characters_are_a_short_text() -> None:
    chance = random.Random(2)
    whole = "".join(chr(chance.randint(0x4E00, 0x9000)) for _ in range(700))
    quoting = whole[100:160] + "".join(chr(chance.randint(0x4E00, 0x9000)) for _ in range(40))
    assert codes(post("a.md", whole), post("b.md", quoting)) == []
    assert codes(post("a.md", whole), post("b.md", whole[100:320])) == ["PM203"]


@pytest.mark.parametrize(("count", "expected"), [(3, ["PM203"] * 3), (4, [])])
def test_collections_raise_no_alarm(count: int, expected: list[str]) -> None:
    names = ["fox", "hen", "owl", "elk"][:count]
    parts = [post(f"{name}.md", text(n)) for n, name in enumerate(names)]
    whole = post("whole.md", "\n\n".join(text(n) for n in range(count)) + text(9, 400))
    assert codes(*parts, whole) == expected


def test_versions_of_one_part_are_one() -> None:
    parts = [post(f"{name}.md", edited(text(1), 0.02, n)) for n, name in enumerate(("fox", "hen", "owl", "elk"))]
    assert codes(*parts, post("whole.md", text(1) + text(9, 600))).count("PM203") == 4


@settings(max_examples=20)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=5), st.randoms())
def test_clusters_do_not_depend_on_order(seeds: list[int], chance: random.Random) -> None:
    posts = prints(*(post(f"p{n}.md", edited(text(seed, 90), n / 60, n)) for n, seed in enumerate(seeds)))
    pairs = list(find_duplicates(posts))
    expected = find_clusters(pairs, posts)
    chance.shuffle(pairs)
    chance.shuffle(posts)
    assert find_clusters(pairs, posts) == expected


def test_the_one_to_keep_does_not_depend_on_order() -> None:
    posts = prints(*(post(f"{name}.md", edited(COMMON, 0.01, n)) for n, name in enumerate("abc")))
    assert len({find_clusters(find_duplicates(order), order) for order in permutations(posts)}) == 1
