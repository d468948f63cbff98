"""Markup, tokens and hashes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.comparator.markup import blank_markup
from postmend.comparator.tokens import fold, fold_in_place, shingles, token_hashes, tokenise

# What a stored index holds: when these change, the version of the fingerprints must.
TOKENS = [6625513172208723186, 5407690205379324516, 1528863426051505457, 1598292120942452208]
SHINGLES = [18142901209520, 246744135136798]


def read(body: str) -> list[str]:
    text = fold(blank_markup(body))
    tokens = tokenise(text)
    return [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Hello, World!", "hello world"),
        ("Straße ÉCOLE", "strasse école"),
        ("e\u0301tude ﬁn", "étude fin"),
        ("你好 Astro 世界", "你 好 astro 世 界"),
        ("カフェへ", "カ フ ェ へ"),
        ("한국어 문서", "한국어 문서"),
        ("ไทย", "ไ ท ย"),
        ("हिन्दी पाठ", "हिन्दी पाठ"),
        ("❤️ ok 👍", "ok"),
        ("a <b class='x'>bold</b> c", "a bold c"),
        ("1 < 2 and x > y", "1 2 and x y"),
        ("see [the docs](https://x.org/a_(b) 'title') now", "see the docs now"),
        ("see [the docs][ref] now\n\n[ref]: https://x.org\n", "see the docs now"),
        ("<https://x.org> end", "end"),
        ("```js title='a.js'\nlet x = 1\n```\nend", "let x 1 end"),
        ("import A from 'a';\nimport taxes rose\nexport const b = 1\nc", "import taxes rose c"),
        ("a <!-- hidden\n words --> b {/* too */} c", "a b c"),
        ("an example: <!-- that never ends", "an example that never ends"),
        ("<style>p {color: red}</style>text", "text"),
        ("Tom &amp; Jerry&#39;s", "tom jerry s"),
        ("{% image 'x.png' %} {{< figure >}} a {{ page.x }}", "a"),
        ("", ""),
        ("--- *** ---", ""),
    ],
)
def test_tokens(body: str, expected: str) -> None:
    assert read(body) == expected.split()


@given(st.text())
def test_blanking_keeps_the_length(body: str) -> None:
    assert len(blank_markup(body)) == len(body)


@given(st.text())
def test_folding_in_place_keeps_the_length(body: str) -> None:
    assert len(fold_in_place(body)) == len(body)


@given(st.text(), st.text())
def test_a_token_has_its_hash_anywhere(before: str, after: str) -> None:
    alone = tokenise("word").hashes[0]
    assert alone in tokenise(f"{before} word {after}").hashes


# Letters of several alphabets, ligatures, marks, signs of letters, parts of Korean syllables, scripts without spaces.
odd = (
    "aé ÉßﬁİıΣςя.…½²ºª¨´~\u0301\u0338\u0e01\u1100\u1161\u11a8"
    "가各カ\u3099ｱﾞ❤\ufe0f👍🏽\u200d\U00020000\u0c7e\u09be\ud800™K"
)


@given(st.text() | st.text(odd) | st.text("aé …", max_size=12))
def test_hashes_of_tokens_are_those_of_the_folded_text(text: str) -> None:
    hashes, singles = token_hashes(text)
    slow = tokenise(fold(text))
    assert (hashes.tolist(), singles) == (slow.hashes.tolist(), slow.singles)


def test_every_character_is_folded_alike() -> None:
    for code in (*range(0x3000), *range(0x3000, 0x20000, 97)):
        text = f"a{chr(code)}\u00e9 {chr(code)}"
        assert token_hashes(text)[0].tolist() == tokenise(fold(text)).hashes.tolist(), hex(code)


@given(st.lists(st.text("abcdef", min_size=1), max_size=30))
def test_equal_tokens_have_equal_hashes_and_others_do_not(tokens: list[str]) -> None:
    hashes = tokenise(" ".join(tokens)).hashes
    assert len(hashes) == len(tokens)
    assert len(set(hashes.tolist())) == len(set(tokens))


def test_hashes_are_the_same_everywhere() -> None:
    tokens = tokenise("café 世界 x2")
    assert tokens.hashes.tolist() == TOKENS
    assert shingles(tokenise("one two three four five six").hashes).tolist() == SHINGLES


def test_a_short_text_is_one_shingle() -> None:
    assert len(shingles(tokenise("one two").hashes)) == 1
    assert len(shingles(tokenise("").hashes)) == 0


@given(st.text(max_size=60))
def test_shingles_are_sorted_and_unique(body: str) -> None:
    found = shingles(tokenise(fold(body)).hashes)
    assert np.all(found[1:] > found[:-1])


@pytest.mark.parametrize("unit", ["<", "<!--", "](", "<script", "{/*", "[", "&a", "{{", "\n[", "\n```", "<a", "](("])
def test_markup_takes_linear_time(unit: str) -> None:
    blank_markup(unit * 30_000)  # quadratic time would be minutes
