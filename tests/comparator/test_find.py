"""Properties of the whole: order, symmetry, and the join against a naive search."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from itertools import combinations, product

import numpy as np
import pytest
from articles import edited, post, prints, text
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.comparator import compare, find_duplicates, fingerprint
from postmend.comparator import join as join_module
from postmend.comparator.join import FEWEST_SHARED, MOST_POSTS, join
from postmend.comparator.similarity import overlap
from postmend.comparator.tokens import SHINGLE_BITS, shingles, tokenise
from postmend.model import Post

# A stored fingerprint: when it changes, its version must.
DIGEST = "449308ffa2d75538d56790787aa9bf71"


def corpus(seed: int = 5, count: int = 30) -> list[Post]:
    chance = random.Random(seed)
    bodies = [text(n, chance.randint(40, 200)) for n in range(8)]
    names = ["".join(pair) for pair in product("abcdef", "uvwxyz")]
    return [
        post(f"{name}.md", edited(chance.choice(bodies), chance.random() / 9, n))
        for n, name in enumerate(names[:count])
    ]


def test_order_of_input_does_not_matter() -> None:
    posts = prints(*corpus())
    expected = find_duplicates(posts)
    assert expected
    for seed in range(3):
        random.Random(seed).shuffle(posts)
        assert find_duplicates(posts) == expected


def test_pairs_are_sorted_and_bounded() -> None:
    pairs = find_duplicates(prints(*corpus()))
    assert [(p.left, p.right) for p in pairs] == sorted((p.left, p.right) for p in pairs)
    for pair in pairs:
        assert pair.left < pair.right
        assert all(0 <= score <= 1 for score in (pair.body, pair.containment, pair.slug, pair.title))
        assert pair.keep in (pair.left, pair.right)
        assert pair.verdict.endswith(".")


def test_a_query_gives_the_pairs_that_touch_it() -> None:
    posts = prints(*corpus())
    everything = find_duplicates(posts)
    asked = frozenset({posts[0].path, posts[3].path})
    assert find_duplicates(posts, query=asked) == tuple(p for p in everything if {p.left, p.right} & asked)
    assert find_duplicates(posts, query=frozenset()) == ()


def test_no_posts_and_one_post() -> None:
    assert find_duplicates([]) == ()
    assert find_duplicates(prints(post("a.md", text(1)))) == ()
    assert find_duplicates(prints(post("a.md", ""), post("b.md", ""))) == ()


sets = st.lists(st.lists(st.integers(0, 60), max_size=60, unique=True), max_size=24)


@settings(max_examples=60)
@given(sets, st.sampled_from([1 << 20, 64]), st.sampled_from([1 << 20, 16]))
def test_join_is_exact(numbers: list[list[int]], size: int, piece: int) -> None:
    """Against all pairs, counted one by one; with small ranges and pieces the join goes in many steps."""
    spread = np.random.default_rng(7).integers(0, 1 << SHINGLE_BITS, 61, dtype=np.uint64)
    posts = [np.sort(spread[n]) if n else np.zeros(0, np.uint64) for n in numbers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(join_module, "_RANGE", size)
        patch.setattr(join_module, "_PIECE", piece)
        pairs, common = join(posts)
    holders = {v: [i for i, n in enumerate(numbers) if v in n] for v in range(61)}
    rare = {v for v, group in holders.items() if len(group) <= MOST_POSTS}
    expected = [
        (a, b)
        for a, b in combinations(range(len(posts)), 2)
        if len(set(numbers[a]) & set(numbers[b]) & rare) >= FEWEST_SHARED
    ]
    assert pairs == expected
    assert len(common.keys) == sum(len(group) >= 3 for group in holders.values())
    for value, group in holders.items():
        owners = common.owners(spread[value : value + 1])
        assert owners.sizes.tolist() == [len(group) if len(group) >= 3 else 0]
        if len(group) >= 3:
            assert owners.members(np.array([0]))[0].tolist() == group


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("abcdefg")))
def test_similarity_is_that_of_sets(left: list[str], right: list[str]) -> None:
    a, b = (shingles(tokenise(" ".join(side)).hashes) for side in (left, right))
    found = overlap(a, b)
    one, other = set(a.tolist()), set(b.tolist())
    assert found == overlap(b, a)
    assert found.shared == len(one & other)
    assert found.jaccard == (len(one & other) / len(one | other) if one & other else 0.0)
    assert found.containment == (len(one & other) / min(len(one), len(other)) if one & other else 0.0)


@given(st.integers(0, 50), st.integers(1, 80))
def test_a_post_is_like_itself(seed: int, count: int) -> None:
    pair = compare(post("a.md", text(seed, count)), post("a.md", text(seed, count)))
    assert (pair.body, pair.containment, pair.slug, pair.title) == (1.0, 1.0, 1.0, 1.0)


def test_compare_is_symmetric() -> None:
    for left, right in combinations(corpus(count=8), 2):
        assert compare(left, right) == compare(right, left)


def test_many_equal_bodies_stay_cheap() -> None:
    posts = prints(*(post(f"p{n:03}.md", text(1)) for n in range(200)))
    assert len(find_duplicates(posts)) == 199


def test_fingerprints_are_small_values() -> None:
    made = fingerprint(post("a.md", text(1)))
    assert pickle.loads(pickle.dumps(made)) == made
    assert made.tokens == 200
    assert len(made.shingles) == 8 * 196
    assert made.digest.hex() == DIGEST


@pytest.mark.parametrize("first", ["find", "clusters", "passage", "alignment", "fingerprints"])
def test_nothing_heavy_is_imported_early_and_names_hold(first: str) -> None:
    code = (
        "import sys, postmend.comparator as c\n"
        "assert not {'numpy', 'rapidfuzz', 'anyascii', 'yaml'} & set(sys.modules)\n"
        f"import postmend.comparator.{first}\n"
        "for name in c.__all__: assert callable(getattr(c, name)) or name == 'Segment', name\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
