"""Damage that is certain in one post lends a little weight to the same damage in another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_posts import DAMAGED, Put, damaged
from cli_runner import codes, report, run, tree_bytes

from postmend import find_repairs

CODECS = ("cp1252", "mac_roman", "cp1251")
CERTAIN = "Утром море спокойно, а к вечеру поднимается ветер. Хлеб уже в печи, и кошка спит.\n"
CERTAIN_LATIN = "---\ntitle: Brötchen\n---\n\nAm Sonntag gab es süße Brötchen, Käse und für jeden ein Stück Kuchen.\n"
SHORT = (
    "We met Zoë there.",
    "Piñata night.",
    "The café opens at nine.",
    "A day in Málaga was fun.",
    "A naïve idea.",
    "Über is a word.",
)


def nearly_certain(codec: str) -> tuple[str, str]:
    """A line and its damage that is too little alone, and enough when the accident is known from elsewhere."""
    for line in SHORT:
        broken = damaged(line, codec)
        alone, told = (find_repairs(broken + "\n", elsewhere=names) for names in ((), (codec,)))
        if [r.fixability.value for r in alone] == ["unsafe"] and [r.fixability.value for r in told] == ["safe"]:
            return f"{line}\n", f"{broken}\n"
    raise AssertionError(f"none of these lines is in between for {codec}")


def certain(codec: str) -> str:
    return CERTAIN_LATIN if codec == "cp1251" else CERTAIN  # Cyrillic is what that encoding makes of everything


@pytest.mark.parametrize("codec", CODECS)
def test_another_post_settles_the_doubt(codec: str, posts: Path, put: Put) -> None:
    sound, broken = nearly_certain(codec)
    put("short.md", broken)
    assert codes(report(posts, "check")) == {("short.md", "PM103")}
    put("long.md", damaged(certain(codec), codec))
    assert codes(report(posts, "check")) == {("long.md", "PM101"), ("short.md", "PM101")}
    run(posts, "fix").expect(0)
    assert (posts / "short.md").read_text("utf-8") == sound
    assert (posts / "long.md").read_text("utf-8") == certain(codec)


@pytest.mark.parametrize("codec", CODECS)
def test_fixing_twice_changes_no_more(codec: str, posts: Path, put: Put) -> None:
    for other in CODECS:
        put(f"short-{other}.md", nearly_certain(other)[1])
    put("both.md", nearly_certain(codec)[1] * 2 + damaged(CERTAIN_LATIN))
    put("long.md", damaged(certain(codec), codec))
    run(posts, "fix")
    once = tree_bytes(posts)
    assert report(posts, "fix")["summary"]["fixed"] == 0
    assert tree_bytes(posts) == once


def test_another_accident_says_nothing(posts: Path, put: Put) -> None:
    put("short.md", nearly_certain("mac_roman")[1])
    put("long.md", damaged(CERTAIN))
    assert codes(report(posts, "check")) == {("long.md", "PM101"), ("short.md", "PM103")}


def test_two_doubts_make_no_certainty(posts: Path, put: Put) -> None:
    for name in ("a.md", "b.md"):
        put(name, nearly_certain("cp1252")[1])
    assert codes(report(posts, "check", "--ignore", "PM2")) == {("a.md", "PM103"), ("b.md", "PM103")}


def test_an_article_about_mojibake_is_no_witness(posts: Path, put: Put) -> None:
    put("short.md", nearly_certain("cp1252")[1])
    put("article.md", f"What is mojibake? UTF-8 read as windows-1252: {damaged(CERTAIN)}")
    assert codes(report(posts, "check")) == {("article.md", "PM109"), ("short.md", "PM103")}


def test_only_posts_that_the_run_looks_at_count(posts: Path, put: Put) -> None:
    sound, broken = nearly_certain("cp1252")
    put("_config.yml", "title: A site\n")
    put("_posts/2020-01-01-short.md", broken)
    put("_posts/2020-01-02-long.md", damaged(CERTAIN))
    short = "_posts/2020-01-01-short.md"
    assert codes(report(posts, "check", short, "--select", "PM1")) == {(short, "PM103")}
    assert codes(report(posts, "check", short)) == {(short, "PM101")}  # compared with the whole site
    run(posts, "fix", short).expect(0)
    assert (posts / short).read_text("utf-8") == sound
    assert (posts / "_posts/2020-01-02-long.md").read_text("utf-8") == damaged(CERTAIN)
    assert report(posts, "fix", short)["summary"]["fixed"] == 0


def test_what_can_not_be_written_still_counts_in_the_next_run(posts: Path, put: Put) -> None:
    sound, broken = nearly_certain("cp1252")
    put("short.md", broken)
    os.link(put("long.md", damaged(CERTAIN)), posts / "long.txt")
    for fixed in (1, 0):
        assert report(posts, "fix")["summary"]["fixed"] == fixed
        assert (posts / "short.md").read_text("utf-8") == sound
        assert (posts / "long.md").read_text("utf-8") == damaged(CERTAIN)


def test_the_preview_shows_what_would_be_written(posts: Path, put: Put) -> None:
    sound, broken = nearly_certain("cp1252")
    put("short.md", broken)
    put("long.md", damaged(CERTAIN))
    assert f"-{broken}+{sound}" in run(posts, "fix", "--diff").expect(1).out


def test_duplicates_are_found_in_the_text_so_repaired(posts: Path, put: Put) -> None:
    sound, broken = nearly_certain("cp1252")
    put("sound.md", f"---\ntitle: {sound}---\n\nThe ferry was late, and so were we.\n")
    put("short.md", f"---\ntitle: {broken}---\n\nNobody had asked the gulls.\n")
    assert ("short.md", "PM207") not in codes(report(posts, "dupes"))
    put("long.md", damaged(CERTAIN))
    assert {code for _, code in codes(report(posts, "dupes"))} == {"PM207"}


def test_neither_processes_nor_names_matter(posts: Path, put: Put) -> None:
    for number in range(220):
        put(f"{number:03}.md", f"Post {number}.\n")
    _, broken = nearly_certain("cp1252")
    for name in ("005-short.md", "150-short.md", "short.md"):
        put(name, broken)
    put("100-long.md", DAMAGED + damaged(CERTAIN))
    put("101-short.md", nearly_certain("mac_roman")[1])
    one, many = (run(posts, "check", "--ignore", "PM2", "-j", jobs, "--output-format", "json") for jobs in "13")
    assert one.stdout == many.stdout
    assert codes(many.json) == {
        ("005-short.md", "PM101"),
        ("150-short.md", "PM101"),
        ("short.md", "PM101"),
        ("100-long.md", "PM101"),
        ("101-short.md", "PM103"),
    }
