"""Damage that is written as escapes, and escapes that were escaped again."""

from __future__ import annotations

import json
import time
from functools import partial
from html import unescape
from html.entities import codepoint2name
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.fixer.codecs import codec
from postmend.fixer.doubled import find_doubled, find_doubled_percents
from postmend.fixer.escaped import find_escaped
from postmend.fixer.escapes import NOWHERE, read
from postmend.fixer.mojibake import repair
from postmend.model import Fixability, Span


def mended(text: str, head: bool = False) -> str:
    """The text with the repairs in place that may be applied; `head` says that all of it is YAML."""
    long_escapes = Span(0, len(text)) if head else NOWHERE
    for found in reversed(find_escaped(text, lambda _: (), (), long_escapes)):
        assert found.span.of(text) == found.old
        assert found.fixability is not Fixability.SAFE
        if found.fixability is Fixability.UNSAFE:
            text = text[: found.span.start] + found.new + text[found.span.end :]
    return text


IN_KIND = {
    "Caf&Atilde;&copy;": "Caf&eacute;",
    "Caf&Atilde;&copy; &lt;b&gt; &amp; &nbsp;": "Caf&eacute; &lt;b&gt; &amp; &nbsp;",
    "Caf&Atilde;©": "Caf&eacute;",
    "CafÃ&copy; noir": "Caf&eacute; noir",
    "Caf&#195;&#169;": "Caf&#233;",
    "Caf&#xC3;&#xA9;": "Caf&#xE9;",
    "Caf&#xc3;&#xa9;": "Caf&#xe9;",
    "It&acirc;&euro;&trade;s": "It&rsquo;s",
    "It&#226;&#128;&#153;s": "It&#8217;s",
    "d&#1043;&copy;j&#1043;&nbsp; vu": "d&eacute;j&agrave; vu",
    "20&Acirc;&nbsp;km, 5&Acirc;&nbsp;m, 20Â&nbsp;km": "20&nbsp;km, 5&nbsp;m, 20&nbsp;km",
    "[a](/caf%C3%83%C2%A9/x%20y)": "[a](/caf%C3%A9/x%20y)",
    "[a](/caf%c3%83%c2%a9)": "[a](/caf%c3%a9)",
    "[a](/caf%E2%88%9A%C2%A9/)": "[a](/caf%C3%A9/)",
    "[a](/caf%25C3%2583%25C2%25A9/)": "[a](/caf%25C3%25A9/)",
    '{"a": "caf\\u00c3\\u00a9\\n"}': '{"a": "caf\\u00e9\\n"}',
    '{"a": "caf\\u00C3\\u00A9"}': '{"a": "caf\\u00E9"}',
    '"\\u00f0\\u009f\\u0098\\u0080 hi"': '"\\ud83d\\ude00 hi"',
    "&radic;&copy;t&radic;&copy;": "&eacute;t&eacute;",
    "&Iuml;&eth;&egrave;&acirc;&aring;&ograve; &igrave;&egrave;&eth;": (
        "&#1055;&#1088;&#1080;&#1074;&#1077;&#1090; &#1084;&#1080;&#1088;"
    ),
    "caf&amp;Atilde;&amp;copy; cr&amp;Atilde;&amp;uml;me": "caf&amp;eacute; cr&amp;egrave;me",
}


@pytest.mark.parametrize("damaged", IN_KIND)
def test_what_is_escaped_is_repaired_in_the_same_kind_of_escape(damaged: str) -> None:
    assert mended(damaged) == IN_KIND[damaged]
    assert mended(IN_KIND[damaged]) == IN_KIND[damaged]


def test_yaml_knows_long_escapes_and_json_pairs() -> None:
    assert mended(r'"caf\xc3\xa9 \xf0\x9f\x98\x80"', head=True) == r'"caf\xe9 \U0001f600"'
    assert mended(r'print("caf\xc3\xa9")') == r'print("caf\xc3\xa9")'  # bytes, and right as they are


SOUND = (
    "caf&eacute; &agrave; la carte, &laquo;&nbsp;bien s&ucirc;r&nbsp;&raquo; &mdash; &copy;&nbsp;2024",
    "[a](/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82-%D0%BC%D0%B8%D1%80/) [b](/caf%C3%A9/) [c](/caf%E9/)",
    '{"name": "\\u041f\\u0440\\u0438\\u0432\\u0435\\u0442", "smile": "\\ud83d\\ude00", "path": "C:\\\\u00c3\\\\u00a9"}',
    "S&Atilde;O PAULO, MA&Ccedil;&Atilde;, N&Atilde;O",
    "&Oslash;&plusmn;0.05 &radic;&pi; &minus;&infin;",
    "B&Idot;&Ccedil;&Idot;M",
)


@pytest.mark.parametrize("text", SOUND)
def test_sound_escapes_stay(text: str) -> None:
    assert find_escaped(text, lambda _: ()) == ()


def test_an_article_about_encodings_shows_its_examples() -> None:
    text = "How mojibake comes about: `Caf&Atilde;&copy;` was UTF-8, and then Caf&Atilde;&copy; is windows-1252."
    assert {r.doubt for r in find_escaped(text, lambda _: ())} == {"the article seems to show damaged text on purpose"}


ESCAPING = {
    "named": lambda t: "".join(c if c.isascii() else f"&{codepoint2name.get(ord(c), f'#{ord(c)}')};" for c in t),
    "decimal": lambda t: "".join(c if c.isascii() else f"&#{ord(c)};" for c in t),
    "percent": partial(quote, safe=" !,.;:'"),
    "json": lambda t: json.dumps(t)[1:-1],
}
UNESCAPING = {"named": unescape, "decimal": unescape, "percent": unquote, "json": lambda t: json.loads(f'"{t}"')}
WORDS = (
    *("élève", "forêt", "crème", "brûlée", "déjà", "garçon", "où", "naïve", "straße", "größe", "über", "señor", "niño"),
    *("coração", "não", "żółw", "ćma", "привет", "хлеб", "море", "día", "mañana", "façade", "Ärger", "“so”", "it’s"),
    *("—", "…", "ночь", "ветер"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    st.sampled_from(sorted(ESCAPING)),
    st.sampled_from(("cp1252", "latin-1", "mac_roman", "cp1251")),
)
def test_repairing_escapes_is_repairing_what_they_stand_for(words: list[str], kind: str, name: str) -> None:
    damaged = codec(name).misread(" ".join(words))
    escaped = ESCAPING[kind](damaged)
    assert UNESCAPING[kind](mended(escaped)) == repair(damaged, unsafe=True) or mended(escaped) == escaped


PIECES = (*"aé Ã©&;#x0139%C2A5\\ud\n", "&Atilde;", "&copy;", "&amp;", "%C3%A9", "\\u00c3", "&#xC3;", "%25C3%25A9")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_is_read_can_be_found_again(text: str) -> None:
    reading = read(text)
    if reading is None:
        return
    for escape, at in zip(reading.escapes, reading.at, strict=True):
        assert reading.text[at] == escape.char
        assert reading.source_span(Span(at, at + 1)) == escape.span
        assert reading.target_span(escape.span) == Span(at, at + 1)
    plain, done = [], 0
    for escape in reading.escapes:
        plain.append(text[done : escape.span.start] + escape.char)
        done = escape.span.end
    assert "".join([*plain, text[done:]]) == reading.text


DOUBLED = {
    "caf&amp;eacute; noir": ["caf&eacute; noir"],
    "d&amp;eacute;j&amp;agrave;": ["d&eacute;j&agrave;"],
    "It&amp;#8217;s, caf&amp;amp;eacute;": ["It&#8217;s, caf&eacute;"],
}


@pytest.mark.parametrize("text", DOUBLED)
def test_words_that_were_escaped_twice(text: str) -> None:
    after = text
    for oddity in reversed(list(find_doubled(text))):
        after = after[: oddity.span.start] + (oddity.new or "") + after[oddity.span.end :]
    assert [after] == DOUBLED[text]


@pytest.mark.parametrize(
    "text",
    [
        "Write &amp;eacute; or &amp;#233;.",
        "Use the entity caf&amp;eacute; for it",
        "a &amp;nbsp; b, &amp;lt;p&amp;gt;, x&amp;lt;y",
        "?a=1&amp;copy=2&amp;b=3",
        "&amp;mdash; at the start, and 5&amp;nbsp;",
    ],
)
def test_entities_that_are_shown_on_purpose(text: str) -> None:
    assert list(find_doubled(text)) == []


def test_an_ampersand_escaped_twice_is_only_shown() -> None:
    assert [o.new for o in find_doubled("Q&amp;amp;A")] == [None]


@pytest.mark.parametrize(
    ("address", "new"),
    [
        ("/caf%25C3%25A9/", ["%C3%A9"]),
        ("https://example.org/%2525D0%2525BF", ["%D0%BF"]),
        ("/login?next=/caf%25C3%25A9/", []),
        ("https://a.example/https://b.example/caf%25C3%25A9/", []),
        ("/caf%25E9/100%25/%2520", []),
    ],
)
def test_addresses_that_were_encoded_twice(address: str, new: list[str]) -> None:
    assert [o.new for o in find_doubled_percents(address, 0)] == new


@pytest.mark.parametrize(
    "piece", ["&", "&amp;", "%25", "\\", "&#195;", "%C3", "Ã&copy;", "\\u00c3", "&Atilde;&copy; ", "%25C3%25A9/"]
)
def test_time_is_linear(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    start = time.process_time()
    find_escaped(text, lambda _: ())
    list(find_doubled(text))
    list(find_doubled_percents(text, 0))
    assert time.process_time() - start < 4
