"""Title, description, date, draft and tags."""

from __future__ import annotations

import pytest

from postmend.model import Post
from postmend.scanner.document import read_document
from postmend.scanner.metadata import iso_date
from postmend.scanner.sites import Site, read_post


def post(text: str, path: str = "a.md", generator: str = "plain") -> Post:
    return read_post(read_document(path, text), Site(generator))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: From  front matter\n---\n# Heading", "From front matter"),
        ("---\ntitle: >\n  two\n  lines\n---\n", "two lines"),
        ("---\ntitle: 007\n---\n", "007"),
        ("---\ntitle: 12:30\n---\n", "12:30"),
        ("---\ntitle: no\n---\n", "no"),
        ("---\ntitle:\n---\n# Heading", "Heading"),
        ("text\r\n\r\n# A heading #\r\n", "A heading"),
        ("# A heading {#id}", "A heading"),
        ("```\n# not this\n```\n\n# This", "This"),
        ("~~~~\n```\n# not this\n~~~~\n# This", "This"),
        ("## Not this\n\nUnderlined\n==========\n", "Underlined"),
        ("<html>\n<title>Tea &amp; cake</title>", "Tea & cake"),
        ("<h1 class='x'>Hello</h1>", "Hello"),
        ("#hashtag\n\nno heading", ""),
        ("", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert post(text).title == title


@pytest.mark.parametrize("key", ["description", "summary", "excerpt", "subtitle", "Description"])
def test_descriptions(key: str) -> None:
    assert post(f"---\n{key}: one two\n---\n").description == "one two"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-02-13", "2026-02-13"),
        ("2026-02-13T10:00:00Z", "2026-02-13"),
        ("2026-02-13 10:00:00 +0200", "2026-02-13"),
        ("2026/2/3", "2026-02-03"),
        ("Jul 08 2022", "2022-07-08"),
        ("July 8th, 2022", "2022-07-08"),
        ("Fri, 08 Jul 2022 10:00", "2022-07-08"),
        ("8. July 2022", "2022-07-08"),
        ("2026-13-40", None),
        ("git Created", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(written: str, date: str | None) -> None:
    assert iso_date(written) == date


@pytest.mark.parametrize("key", ["date", "pubDate", "publishDate", "published", "created"])
def test_keys_of_dates(key: str) -> None:
    assert post(f"---\n{key}: 2026-02-13\n---\n", "2020-01-02-a.md").date == "2026-02-13"


def test_the_date_in_the_name_is_the_last_resort() -> None:
    assert post("---\ndate: later\n---\n", "2020-1-2-a.md").date == "2020-01-02"
    assert post("", "2020-01-02-a/index.md").date == "2020-01-02"
    assert post("", "1999-in-music.md").date is None


@pytest.mark.parametrize(
    ("front", "path", "draft"),
    [
        ("draft: true", "a.md", True),
        ("draft: 'true'", "a.md", True),
        ("draft: false", "a.md", False),
        ("published: false", "a.md", True),
        ("published: 2020-01-02", "a.md", False),
        ("status: Draft", "a.md", True),
        ("status: published", "a.md", False),
        ("title: x", "_drafts/a.md", True),
        ("title: x", "a.draft.md", True),
        ("title: x", "a.md", False),
        ("bad: a: b\ndraft: true", "a.md", True),
    ],
)
def test_drafts(front: str, path: str, draft: bool) -> None:
    assert post(f"---\n{front}\n---\n", path).draft is draft


@pytest.mark.parametrize(
    ("text", "generator", "tags"),
    [
        ("---\ntags: [a, b c, a]\ncategories: [d]\n---\n", "plain", ("a", "b c", "d")),
        ("---\ntags: a, b c\n---\n", "plain", ("a", "b c")),
        ("---\ntags:\n  - a\n  - 2020\n---\n", "plain", ("a", "2020")),
        ("---\ntags: a b\ncategory: c\n---\n", "jekyll", ("a", "b", "c")),
        ("+++\n[taxonomies]\ntags = ['a']\n+++\n", "zola", ("a",)),
        ("Title: x\nTags: a, b c\nCategory: d\n\nbody", "pelican", ("a", "b c", "d")),
        ("---\ntags: []\n---\n", "plain", ()),
        ("", "plain", ()),
    ],
)
def test_tags(text: str, generator: str, tags: tuple[str, ...]) -> None:
    assert post(text, generator=generator).tags == tags
