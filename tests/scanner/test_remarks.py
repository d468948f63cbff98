"""What front matter says of other pages, and files that are no pages."""

from __future__ import annotations

import pytest

from postmend.scanner.document import read_document
from postmend.scanner.fragments import is_fragment
from postmend.scanner.places import Site
from postmend.scanner.remarks import Remarks, remarks_of
from postmend.scanner.sites import read_post


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("title: x", Remarks()),
        ("postmend: {not-duplicate-of: [a.md, b/c.md]}", Remarks(("a.md", "b/c.md"))),
        ("postmend:\n  not-duplicate-of: a.md", Remarks(("a.md",))),
        ("redirect_to: /other/", Remarks(moved=True)),
        ("canonical: https://example.org/other/", Remarks(moved=True)),
        ("seo: {canonical: 'https://elsewhere.org/'}", Remarks(moved=True)),
        ("canonical: https://example.org/blog/here", Remarks()),  # itself
        ("canonicalURL: https://example.org/base/blog/here/", Remarks()),
        ("title: on canonical links", Remarks()),
    ],
)
def test_remarks(head: str, expected: Remarks) -> None:
    post = read_post(read_document("src/pages/blog/here.md", f"---\n{head}\n---\nText\n"), Site("astro"))
    assert post.url == "/blog/here"
    assert remarks_of(post) == expected


@pytest.mark.parametrize(
    ("generator", "path", "head", "expected"),
    [
        ("hugo", "content/en/_common/a.md", "", True),
        ("hugo", "content/en/_index.md", "", False),
        ("hugo", "content/_drafts/a.md", "", False),
        ("hugo", "content/a.md", "build: {render: never}", True),
        ("hugo", "content/a.md", "headless: true", True),
        ("hugo", "content/a.md", "build: {render: always}", False),
        ("astro", "src/content/blog/_a.md", "", True),
        ("astro", "src/content/_parts/a.md", "", True),
        ("jekyll", "_posts/2020-01-01-a.md", "", False),
        ("plain", "_notes/a.md", "headless: true", False),
    ],
)
def test_fragments(generator: str, path: str, head: str, expected: bool) -> None:
    site = Site(generator)
    assert is_fragment(read_post(read_document(path, f"---\n{head}\n---\nText\n"), site), site) is expected
