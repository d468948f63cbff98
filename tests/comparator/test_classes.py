"""Each class with an example, and with what looks the same and is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from articles import edited, post, prints, text

from postmend.comparator import DuplicatePolicy, compare, find_clusters, find_duplicates
from postmend.model import Document, Post, Span

BASE = text(1)
META: dict[str, Any] = {
    "title": "How we moved to a new house",
    "description": "What we learned when we packed everything we own",
}


def codes(*posts: Post, policy: DuplicatePolicy | None = None) -> list[str]:
    return [pair.code for pair in find_duplicates(prints(*posts), policy)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (BASE, "PM201"),
        (BASE.upper().replace(" ", "\n\n", 5), "PM201"),
        (f"<p>{BASE}</p>", "PM201"),
        (edited(BASE, 0.05), "PM202"),
        (edited(BASE, 0.12), "PM202"),
        (BASE + " " + text(2, 30), "PM202"),
        (BASE + " " + text(2, 300), "PM203"),
        (" ".join(BASE.split()[:110]), "PM203"),
        (text(2), None),
    ],
)
def test_bodies(other: str, expected: str | None) -> None:
    assert codes(post("a.md", BASE), post("b.md", other)) == ([expected] if expected else [])


def test_a_heavy_edit_needs_support() -> None:
    heavy = edited(text(1, 120), 0.18)
    assert codes(post("a.md", text(1, 120)), post("b.md", heavy)) == []
    assert codes(post("a.md", text(1, 120), **META), post("b.md", heavy, **META)) == ["PM202"]


@pytest.mark.parametrize("body", ["", "<Gallery />", "Coming soon", "one two three four"])
def test_stubs_are_no_duplicates(body: str) -> None:
    assert codes(post("a.md", body), post("b.md", body)) == []
    assert codes(post("a.md", body, title="Same Thing"), post("b.md", body, title="Same Thing")) == []


def test_short_equal_bodies_need_support() -> None:
    body = "We are going to write about this next week"
    assert codes(post("a.md", body), post("b.md", body)) == []
    assert codes(post("a.md", body, title="Our plans"), post("b.md", body, title="Our plans")) == ["PM201"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"date": "2026-02-13"}, {"date": "2026-02-13"}, True),
        ({"tags": ("a", "b")}, {"tags": ("a", "b")}, True),
        ({"date": "2026-02-13"}, {"date": "2026-02-14"}, False),
        ({}, {}, False),
        ({"date": "1", "locale": "en"}, {"date": "1", "locale": "de"}, False),
        ({"date": "1", "description": "Short"}, {"date": "1", "description": "Short"}, False),
        ({"date": "1", "title": "FAQ"}, {"date": "1", "title": "FAQ"}, False),
        ({"tags": ("a",), "date": "2024-12-31"}, {"tags": ("a",), "date": "2026-01-02"}, False),
        ({"tags": ("a",), "date": "2024-12-31"}, {"tags": ("a",), "date": "2025-06-02"}, True),
        ({"date": "1", "title": "House, part 1"}, {"date": "1", "title": "House, part 2"}, False),
    ],
)
def test_rewritten(left: dict[str, Any], right: dict[str, Any], expected: bool) -> None:
    found = codes(post("a.md", BASE, **(META | left)), post("b.md", text(2), **(META | right)))
    assert ("PM204" in found) is expected


def test_rewritten_is_for_few() -> None:
    posts = [post(f"{n}.md", text(n), **META, date="2026-02-13") for n in range(4)]
    assert set(codes(*posts[:3])) == {"PM204"}
    assert "PM204" not in codes(*posts)


def test_series_raise_no_alarm() -> None:
    posts = [post(f"x-{n}.md", edited(BASE, 0.05, n), title=f"Tool 1.{n} released") for n in range(5)]
    assert codes(*posts) == []


def test_release_notes_by_slug_raise_no_alarm() -> None:
    left = post("ruby-3-1-0-released.md", BASE, title="Out now")
    right = post("ruby-3-1-1-released.md", edited(BASE, 0.05), title="Out today")
    assert codes(left, right) == []


def test_templates_raise_no_alarm() -> None:
    template = text(99, 300)
    posts = [post(f"{name}.md", template + " " + text(n)) for n, name in enumerate(("fox", "hen", "owl", "elk"))]
    assert codes(*posts) == []


def test_a_copy_among_templates_is_found() -> None:
    template = text(99, 300)
    names = ("fox", "hen", "owl", "elk")
    posts = [post(f"{name}.md", template + " " + text(n)) for n, name in enumerate(names)]
    posts.append(post("yak.md", template + " " + edited(text(0), 0.05)))
    assert [(p.left, p.right) for p in find_duplicates(prints(*posts))] == [("fox.md", "yak.md")]


def test_copies_of_one_article_are_no_template() -> None:
    posts = [post(f"{name}.md", edited(BASE, 0.05, n)) for n, name in enumerate(("fox", "hen", "owl", "elk"))]
    assert codes(*posts) == ["PM202"] * 6


def test_translations_raise_no_alarm() -> None:
    left = post("en/a.md", text(1), locale="en", page="a")
    right = post("de/a.md", " ".join(text(1).split()[:150]) + text(2, 100), locale="de", page="a")
    assert codes(left, right) == []


def test_untranslated() -> None:
    left, right = (post(f"{name}/a.md", BASE, locale=name, page="a") for name in ("en", "de"))
    assert codes(left, right) == ["PM208"]
    moved = post("de/b.md", BASE, locale="de", page="b")
    assert codes(left, moved) == ["PM208"]
    assert codes(left, moved, policy=DuplicatePolicy(cross_language=True)) == ["PM201"]


def test_language_folders_tell_when_nothing_else_does() -> None:
    left = post("docs/en/fox.md", BASE, title="The red fox")
    assert codes(left, post("docs/fr/fox.md", text(2), title="The red fox")) == []
    assert codes(left, post("docs/pt-br/fox.md", BASE)) == ["PM208"]
    assert codes(left, post("docs/js/fox.md", BASE)) == ["PM201"]


def test_versioned_docs_raise_no_alarm() -> None:
    left = post("docs/setup.md", BASE, page="setup")
    right = post("versioned_docs/version-2.0/setup.md", edited(BASE, 0.02), page="setup")
    assert codes(left, right) == []
    assert codes(left, post("drafts/setup.md", BASE, page="setup")) == ["PM201"]


def test_slugs_alone_raise_no_alarm() -> None:
    left, right = post("a/red-cats.md", BASE), post("b/red-cats-2.md", text(2), title="Other things")
    assert codes(left, right) == []


def test_similar_slug_and_duplicate_title() -> None:
    title = "Why red cats sleep"
    left = post("a/red-cats.md", BASE, title=title)
    assert codes(left, post("b/red-cats-2.md", text(2), title=title)) == ["PM205"]
    assert codes(left, post("b/sleep.md", text(2), title=title)) == ["PM207"]
    assert codes(left, post("b/sleep.md", text(2), title=title, locale="de")) == []
    assert codes(post("a.md", BASE, title="Overview"), post("b.md", text(2), title="Overview")) == []


def test_collision_is_a_fault_of_its_own() -> None:
    left, right = post("a.md", BASE, url="/x/"), post("b.md", BASE, url="/x/")
    assert codes(left, right) == ["PM201", "PM206"]
    assert codes(left, post("c.md", text(2), url="/x/")) == ["PM206"]
    assert codes(left, post("d.md", text(2))) == []


def test_drafts_are_left_out_unless_asked_for() -> None:
    left, right = post("a.md", BASE), post("b.md", BASE, draft=True)
    assert codes(left, right) == []
    assert codes(left, right, policy=DuplicatePolicy(include_drafts=True)) == ["PM201"]


def test_threshold_and_length() -> None:
    left, right = post("a.md", BASE), post("b.md", edited(BASE, 0.05))
    assert codes(left, right, policy=DuplicatePolicy(threshold=1.0)) == []
    assert codes(left, right, policy=DuplicatePolicy(min_words=300)) == []
    with pytest.raises(ValueError, match="threshold"):
        DuplicatePolicy(threshold=0)


def test_the_post_to_keep() -> None:
    old, new = post("b.md", BASE, date="2020-01-01"), post("a.md", BASE, date="2021-01-01")
    assert find_duplicates(prints(old, new))[0].keep == "b.md"
    plain, copy = post("x.md", BASE), post("a/x-copy.md", BASE)
    assert find_duplicates(prints(plain, copy))[0].keep == "x.md"


def test_clusters_come_from_verified_pairs_only() -> None:
    title = "Why red cats sleep"
    posts = prints(
        post("a.md", BASE, title=title),
        post("b.md", edited(BASE, 0.02)),
        post("c.md", BASE),
        post("d.md", text(2), title=title),
    )
    pairs = find_duplicates(posts)
    assert "PM207" in {pair.code for pair in pairs}
    (cluster,) = find_clusters(pairs, posts)
    assert (cluster.members, cluster.keep, cluster.code) == (("a.md", "b.md", "c.md"), "a.md", "PM201")


def test_unrelated_posts_still_give_a_pair() -> None:
    pair = compare(post("b.md", text(1)), post("a.md", text(2)))
    assert (pair.left, pair.code, pair.body) == ("a.md", "", 0.0)
    assert pair.verdict == "Different texts: no run of five words is in both posts."


def test_a_short_post_is_called_so() -> None:
    words = " ".join(text(1).split()[:20])
    pair = compare(post("a.md", words), post("b.md", words))
    assert (pair.code, pair.verdict[:38]) == ("", "Too short to be called duplicates: 100")


SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not part of the project")
def test_seeds() -> None:
    one, other = (seed(path) for path in sorted(SEEDS.glob("*.txt")))
    pair = compare(one, other)
    assert pair.code == "PM204"
    assert pair.body < 0.02
    assert pair.title == pair.description == 1.0
    assert codes(one, other) == ["PM204"]


def seed(path: Path) -> Post:
    """A seed, repaired as far as the comparator needs it: the second one is UTF-8 read as Mac Roman."""
    source = path.read_text("utf-8")
    if "–ù" in source:
        source = source.encode("mac_roman", "replace").decode("utf-8", "replace")
    _, head, _ = source.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    values = {key: value.strip('"') for key, value in fields.items()}
    start = len(head) + 8
    return Post(
        Document(path.name, source, None, Span(start, len(source))),
        slug=path.stem,
        url=None,
        locale=None,
        page=path.stem,
        title=values["title"],
        description=values["description"],
        date=values["date"],
        draft=False,
        tags=(values["tags"],),
    )
