"""Which post to keep and why; pairs that somebody excused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from articles import edited, post, text

from postmend.comparator import (
    DuplicatePolicy,
    Fingerprint,
    compare,
    find_clusters,
    find_duplicates,
    fingerprint,
)
from postmend.linking import packed
from postmend.model import Pair

BASE = text(1)


def made(path: str, body: str = BASE, **values: Any) -> Fingerprint:
    """The fingerprint of a post; what only the site knows goes into it directly."""
    known = {k: values.pop(k) for k in ("damage", "moved", "excused", "links") if k in values}
    return replace(fingerprint(post(path, body, **values)), **known)


def only(*posts: Fingerprint, policy: DuplicatePolicy | None = None) -> Pair:
    (pair,) = find_duplicates(posts, policy)
    return pair


@pytest.mark.parametrize(
    ("kept", "other", "reason"),
    [
        ({}, {"damage": 1}, "its text is not damaged"),
        ({"date": "2026-01-01"}, {"damage": 3, "date": "2019-01-01"}, "its text is not damaged"),
        ({}, {"moved": True}, "the other one points elsewhere as the original"),
        ({}, {"draft": True}, "not a draft"),
        ({"date": "2019-01-01"}, {"date": "2020-01-01"}, "older (2019-01-01, the other 2020-01-01)"),
        ({"date": "2019-01-01"}, {}, "older (2019-01-01, the other has no date)"),
        ({}, {"slug": "kept-2"}, "better slug (the other is `kept-2`)"),
    ],
)
def test_reasons(kept: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    for names in (("a.md", "b.md"), ("b.md", "a.md")):
        posts = made(names[0], **kept), made(names[1], **other)
        pair = only(*posts, policy=DuplicatePolicy(include_drafts=True))
        assert pair.keep == names[0]
        assert pair.reasons[0] == reason


def test_reasons_against_are_told_too() -> None:
    pair = only(made("a.md", date="2019-01-01", draft=True), made("b.md"), policy=DuplicatePolicy(include_drafts=True))
    assert (pair.keep, pair.reasons, pair.objections) == (
        "b.md",
        ("not a draft",),
        ("newer (has no date, the other 2019-01-01)",),
    )


def test_a_longer_text_and_nothing_at_all() -> None:
    assert only(made("b.md", BASE + " and more"), made("a.md")).reasons == ("longer by 2 words",)
    pair = only(made("b.md"), made("a.md"))
    assert (pair.keep, pair.reasons) == ("a.md", ("the first by name; nothing else tells them apart",))


def test_links_are_counted_once_a_post() -> None:
    to_b = packed(["/b", "@b"])
    posts = [
        made("a.md", url="/a/"),
        made("b.md", url="/b/"),
        made("c.md", text(3), links=to_b),
        made("d.md", text(4), links=to_b),
        made("e.md", text(5), links=packed(["/a"])),
    ]
    pair = only(*posts)
    assert (pair.keep, pair.links) == ("b.md", (1, 2))
    assert pair.reasons == ("more links to it (2, to the other 1)",)
    (cluster,) = find_clusters([pair], posts)
    assert (cluster.keep, cluster.reasons) == ("b.md", pair.reasons)


def test_nobody_counts_the_links_to_two_posts_alone() -> None:
    assert compare(post("a.md", BASE), post("b.md", BASE)).links is None


def test_damage_that_the_run_repairs_does_not_count() -> None:
    posts = made("a.md", damage=1, date="2019-01-01"), made("b.md", date="2020-01-01")
    assert only(*posts).keep == "b.md"
    assert only(*posts, policy=DuplicatePolicy(repaired=1)).keep == "a.md"


def test_texts_without_spaces_are_counted_in_characters() -> None:
    body = "".join(chr(0x4E00 + 37 * n % 20000) for n in range(300))
    pair = only(made("a.md", body), made("b.md", body[:140] + "新" + body[141:]))
    assert (pair.unit, pair.words) == ("characters", (300, 300))
    assert "five-character runs" in pair.verdict


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("blog/x.md", "blog/y.md"),
        ("blog/y.md", "blog/x.md"),
        ("x.md", "y.md"),
        ("./blog/x.md", "/blog/y.md"),
        ("blog\\x.md", "y.md"),
    ],
)
def test_listed_pairs_are_excused(a: str, b: str) -> None:
    posts = made("blog/x.md"), made("blog/y.md")
    assert find_duplicates(posts, DuplicatePolicy(not_duplicates=((a, b),))) == ()


@pytest.mark.parametrize(("a", "b"), [("x.md", "x.md"), ("blog/x.md", "z.md"), ("g/x.md", "y.md"), ("x", "y")])
def test_other_pairs_are_not(a: str, b: str) -> None:
    posts = made("blog/x.md"), made("blog/y.md")
    assert only(*posts, policy=DuplicatePolicy(not_duplicates=((a, b),)))


@pytest.mark.parametrize("written", ["y.md", "./y.md", "blog/y.md", "../blog/y.md", "/site/blog/y.md"])
def test_a_post_excuses_itself(written: str) -> None:
    for side in (0, 1):
        names = ["site/blog/x.md", "site/blog/y.md"]
        one, other = names[side], names[1 - side]
        posts = made(one, excused=(written.replace("y.md", other[-4:]),)), made(other), made("site/z.md")
        assert [(p.left, p.right) for p in find_duplicates(posts)] == [(names[0], "site/z.md"), (names[1], "site/z.md")]


def test_one_address_is_no_matter_of_opinion() -> None:
    posts = made("a.md", url="/x/", excused=("b.md",)), made("b.md", url="/x/")
    assert only(*posts).code == "PM206"


def test_an_edited_copy_keeps_its_reasons_in_either_order() -> None:
    one, other = made("a.md", date="2020-01-01"), made("b.md", edited(BASE, 0.05), date="2019-01-01")
    assert find_duplicates([one, other]) == find_duplicates([other, one])
