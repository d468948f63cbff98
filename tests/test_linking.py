"""Which posts a post links to, and how many link to each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.linking import key_of, linked_names, names_of, packed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](/posts/cafe/)", {"/posts/cafe"}),
        ("[a](/posts/Caf%C3%A9#menu)", {"/posts/café"}),
        ("[a](../tea/?x=1 'title')", {"/posts/tea"}),
        ("[a](/posts/tea/index.html)", {"/posts/tea"}),
        ('<a class="x" href="/about.html">', {"/about"}),
        ("x\n[ref]: /posts/tea\n", {"/posts/tea"}),
        ("[a](tea.md)", {"content/posts/tea"}),
        ("[a](../../other/tea.mdx#x)", {"other/tea"}),
        ('{{< ref "posts/tea.md" >}} [[Green tea|x]]', {"@tea", "@green tea"}),
        ("{% post_url 2020-01-02-tea %}", {"@2020-01-02-tea"}),
        ("[a](https://example.org/posts/tea) [b](mailto:x@y.z) [c](//x/y) [d](#top) [e](?q)", set()),
        ("[a](/posts/here/) [b](here.md) [[here]]", set()),  # itself
        ("![[picture]] [x] (/not/a/link)", set()),
    ],
)  # fmt: skip
def test_names_that_a_post_links_to(text: str, found: set[str]) -> None:
    assert linked_names(text, "content/posts/here.md", "/posts/here/") == found


def test_without_an_address_only_files_are_named() -> None:
    assert linked_names("[a](tea.md) [b](../tea/)", "a/here.md", None) == {"a/tea"}


def test_names_of_a_post() -> None:
    assert names_of("content/posts/Tea.md", "/posts/tea/") == ("/posts/tea", "content/posts/tea", "@tea")
    assert names_of("content/posts/tea/index.md", "/posts/tea/") == ("/posts/tea", "content/posts/tea/index")


def test_links_are_packed_alike_everywhere() -> None:
    assert packed(["b", "a"]).hex() == (b"".join(key.to_bytes(8, "little") for key in sorted(map(key_of, "ab")))).hex()
    assert key_of("/posts/tea") == 3578350866021517111


@given(st.text("[](){}<>/.#?%a| \nhref=\"'!:", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(linked_names(text, "a/b.md", "/a/b/"))
