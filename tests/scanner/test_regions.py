"""Regions cover the body exactly, and name what is not prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.model import RegionKind, Span
from postmend.scanner.regions import split_regions

K = RegionKind


def kinds(text: str) -> list[tuple[str, str]]:
    """Everything but prose."""
    regions = split_regions(text, Span(0, len(text)))
    return [(region.kind.value, region.span.of(text)) for region in regions if region.kind is not K.PROSE]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n```js\ncode `x` <b>\n```\nb", "```js\ncode `x` <b>\n```"),
        ("a\r\n```\r\ncode\r\n```\r\nb", "```\r\ncode\r\n```"),
        ("~~~\nx\n```\n~~~~\ny", "~~~\nx\n```\n~~~~"),
        ("````\n```\nx\n```\n````\ny", "````\n```\nx\n```\n````"),
        ("   ```\n   x\n   ```\ny", "```\n   x\n   ```"),
        ("> ```\n> x\n> ```\n> y", "```\n> x\n> ```"),
        ("> ```\n> x\ny", "```\n> x"),
        ("- a\n\n  ```\n  x\n  ```\n- b", "```\n  x\n  ```"),
        ("1. ```\n   x\n   ```\n2. b", "```\n   x\n   ```"),
        ("- a\n    - b\n\n        ```\n        x\n        ```\n", "```\n        x\n        ```"),
        ("```\nnever closed\n\n# x", "```\nnever closed\n\n# x"),
    ],
)
def test_fenced_code(text: str, code: str) -> None:
    assert kinds(text) == [("code-fence", code)]


@pytest.mark.parametrize(
    "text",
    [
        "a\n    ```\n    never closed\n",
        "a ~~~ b",
        "``` a ` b\n",
        "text ```\n",
        "~~\nx\n~~",
        r"\`a\`",
        "`a\n\nb`",
    ],
)
def test_what_only_looks_like_code(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`x` and ``a`b`` and `open", ["`x`", "``a`b``"]),
        ("a ```x``` b", ["```x```"]),
        ("`a\nb`", ["`a\nb`"]),
        ("`a\n\nb` `c`", ["` `"]),
        ("\\`a` b`", ["` b`"]),
    ],
)
def test_inline_code(text: str, found: list[str]) -> None:
    assert kinds(text) == [("inline-code", code) for code in found]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ('[x](foo_(bar) "a title") b', ["foo_(bar)"]),
        ("![x](<a b.png>) b", ["a b.png"]),
        ("[x](caf\u00c3\u00a9/\u00c3\u0085x)", ["caf\u00c3\u00a9/\u00c3\u0085x"]),
        ("<https://x.y/z> and <me@x.org>", ["<https://x.y/z>", "<me@x.org>"]),
        ("see https://x.y/a_(b). Or (http://x.y)!", ["https://x.y/a_(b)", "http://x.y"]),
        ("[id]: /target 'title'\n[^1]: a note", ["/target"]),
        ("> [a b]: <x y>\n", ["x y"]),
        ("[x](a b c)", []),
        ("[x]()", []),
        ("a (b) [c] d", []),
    ],
)
def test_link_targets(text: str, targets: list[str]) -> None:
    assert kinds(text) == [("link-target", target) for target in targets]


def test_tags_and_attributes() -> None:
    text = "a <Card title=\"Caf\u00c3\u00a9\" href='/x' n=1 open {...rest} on={() => {f()}} /> b < c <br> <>d</>"
    assert kinds(text) == [
        ("tag", '<Card title="'),
        ("attribute", "Caf\u00c3\u00a9"),
        ("tag", "\" href='"),
        ("link-target", "/x"),
        ("tag", "' n="),
        ("attribute", "1"),
        ("tag", " open "),
        ("script", "{...rest}"),
        ("tag", " on="),
        ("script", "{() => {f()}}"),
        ("tag", " />"),
        ("tag", "<br>"),
        ("tag", "<>"),
        ("tag", "</>"),
    ]


@pytest.mark.parametrize("text", ["a < b", "<3", "a<b and c", '<p x="\n\nlater "quotes" >', "<p {", "x <- y", "<p\n\n"])
def test_what_only_looks_like_a_tag(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- b `c` --> d", [("comment", "<!-- b `c` -->")]),
        ("<!-- never closed\n\nx", [("comment", "<!-- never closed\n\nx")]),
        ("a <!-- b `c`", [("inline-code", "`c`")]),
        ("a {/* <b> */} c", [("comment", "{/* <b> */}")]),
        ("a {/* b", []),
    ],
)
def test_comments(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (
            "import A from './a'\nimport { B } from 'b'\n\ntext",
            ["import A from './a'\nimport { B } from 'b'"],
        ),
        ("text\n\nexport const a = 1\n\ntext", ["export const a = 1"]),
        ("import {\n  A,\n} from 'a'\n\ntext", ["import {\n  A,\n} from 'a'"]),
        ("import 'x.css';\r\n\r\ntext", ["import 'x.css';"]),
        ("export default Layout\n\ntext", ["export default Layout"]),
        ("import duties rose.\nexport of goods\nimport from the\n", []),
        ("important\nexports\n", []),
    ],
)
def test_modules(text: str, script: list[str]) -> None:
    assert kinds(text) == [("script", part) for part in script]


def test_the_content_of_some_elements_is_no_prose() -> None:
    text = "<script>a < b '`'</script> <STYLE>p {}</STYLE> <pre>\n`x\n</pre> <code>y</code> <kbd>open\n\nz"
    assert [part for part in kinds(text) if part[0] != "tag"] == [
        ("script", "a < b '`'"),
        ("script", "p {}"),
        ("code-fence", "\n`x\n"),
        ("inline-code", "y"),
    ]


def test_only_the_body_is_split() -> None:
    text = "`a` | `b` | `c`"
    assert [(r.kind, r.span.of(text)) for r in split_regions(text, Span(4, 11))] == [
        (K.PROSE, "| "),
        (K.INLINE_CODE, "`b`"),
        (K.PROSE, " |"),
    ]
    assert split_regions(text, Span(3, 3)) == ()


pieces = st.sampled_from(
    [
        "```",
        "~~~",
        "`",
        "``",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " ",
        "    ",
        "> ",
        "- ",
        "<",
        ">",
        "<a ",
        "</",
        "<!--",
        "-->",
        "{/*",
        "*/}",
        "{",
        "}",
        '"',
        "'",
        "=",
        "[x](",
        ")",
        "](",
        "]: ",
        "[",
        "https://x",
        "://",
        "import ",
        "export ",
        "from 'x'",
        "const x",
        "\\",
        "<script>",
        "</script>",
        "<pre>",
        "<code>",
        "x",
        "\x85",
        "Ã",
        "(",
        "\ufeff",
        "/>",
    ]
)


@given(st.lists(pieces, max_size=60).map("".join) | st.text(), st.data())
def test_regions_cover_the_body_exactly(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    regions = split_regions(text, Span(start, end))
    assert "".join(region.span.of(text) for region in regions) == text[start:end]
    at = start
    for region in regions:
        assert region.span.start == at < region.span.end
        at = region.span.end
    assert at == end
