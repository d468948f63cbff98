"""The whole comparison, classes and all, against a naive one that counts every pair."""

from __future__ import annotations

import random
from typing import Any

import pytest
from articles import post, prints, words
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import Row, all_pairs

from postmend.comparator import find_clusters, find_duplicates
from postmend.comparator.policy import DuplicatePolicy
from postmend.model import Post

recipes = st.fixed_dictionaries(
    {
        "article": st.integers(0, 3),
        "length": st.sampled_from([3, 30, 70, 110, 160]),
        "start": st.sampled_from([0, 0, 40]),
        "changed": st.sampled_from([0, 0, 1, 4, 12, 30]),
        "template": st.sampled_from([0, 0, 50, 120]),
        "title": st.sampled_from(["A long tale of mending", "The second of them all", "Part 1", "Part 2", "Notes", ""]),
        "description": st.sampled_from(["", "All that is known about the mending of posts"]),
        "date": st.sampled_from([None, "2020-03-01", "2021-03-05"]),
        "slug": st.sampled_from(["mending", "mending-2", "tales", "post-7"]),
        "url": st.sampled_from([None, None, None, "/a/"]),
        "locale": st.sampled_from(["en", "en", "fr"]),
        "draft": st.sampled_from([False, False, False, True]),
    }
)
policies = st.builds(
    DuplicatePolicy, threshold=st.sampled_from([0.5, 0.8, 0.95]), include_drafts=st.booleans(), min_words=st.just(50)
)


def made(number: int, recipe: dict[str, Any]) -> Post:
    """A post by recipe: some words of an article, some of them changed, perhaps below a template."""
    told = dict(recipe)
    start, length, changed = told.pop("start"), told.pop("length"), told.pop("changed")
    body = words(told.pop("article"), start + length)[start:]
    chance = random.Random(number)
    for _ in range(changed):
        body[chance.randrange(len(body))] = f"new{chance.randint(0, 9**9)}"
    return post(f"{number:02}.md", " ".join(words(99, told.pop("template")) + body), **told)


def found(posts: list[Post], policy: DuplicatePolicy, query: frozenset[str] | None = None) -> list[Row]:
    pairs = find_duplicates(prints(*posts), policy, query)
    return sorted((p.left, p.right, p.code, p.body, p.containment, p.shared) for p in pairs)


@settings(max_examples=60, deadline=None)
@given(st.lists(recipes, min_size=2, max_size=14), policies, st.randoms(use_true_random=False))
def test_the_comparison_is_that_of_all_pairs(
    recipes: list[dict[str, Any]], policy: DuplicatePolicy, chance: random.Random
) -> None:
    posts = [made(number, recipe) for number, recipe in enumerate(recipes)]
    expected = all_pairs(posts, policy)
    chance.shuffle(posts)
    assert found(posts, policy) == expected
    asked = frozenset(p.document.path for p in posts[:2])
    assert found(posts, policy, asked) == [row for row in expected if asked.intersection(row[:2])]


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_folder_holds_every_kind_of_pair(seed: int) -> None:
    """So that what is compared above is not nothing."""
    chance = random.Random(seed)
    posts = [made(number, drawn(chance)) for number in range(16)]
    rows = all_pairs(posts, DuplicatePolicy())
    assert found(posts, DuplicatePolicy()) == rows
    assert len({row[2] for row in rows}) >= 4


@pytest.mark.parametrize("seed", range(3))
def test_clusters_do_not_depend_on_order(seed: int) -> None:
    chance = random.Random(seed)
    posts = prints(*(made(number, drawn(chance)) for number in range(16)))
    pairs = list(find_duplicates(posts))
    expected = find_clusters(pairs, posts)
    assert expected
    chance.shuffle(posts)
    chance.shuffle(pairs)
    assert find_clusters(pairs, posts) == expected


def drawn(chance: random.Random) -> dict[str, Any]:
    return {
        "article": chance.randrange(4),
        "length": chance.choice([70, 110, 160]),
        "start": chance.choice([0, 0, 40]),
        "changed": chance.choice([0, 1, 4, 12, 30]),
        "template": chance.choice([0, 0, 50]),
        "title": chance.choice(["A long tale of mending", "The second of them all", "On posts and more", "Notes"]),
        "description": chance.choice(["", "All that is known about the mending of posts"]),
        "date": chance.choice([None, "2020-03-01"]),
        "slug": chance.choice(["mending", "mending-2", "tales", "post-7"]),
        "url": chance.choice([None, None, "/a/"]),
        "locale": chance.choice(["en", "en", "fr"]),
        "draft": False,
    }
