"""The searches find the words that are worth a look, the same ones with NumPy and without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer import layout
from postmend.fixer.codecs import codec, misreadings
from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.fixer.doublemarks import double_marks
from postmend.fixer.layout import Layout
from postmend.fixer.strange import strange_words
from postmend.fixer.suspects import marks

_HIGH = "".join(sorted({char for c in misreadings() for char in c.high}))
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
characters = st.one_of(st.sampled_from(_HIGH), st.sampled_from(" \n\r\taé\x85\xa0日\U0001f680\ud800\uffff\x00"))
misread = st.builds(lambda c, text: c.misread(text), st.sampled_from(misreadings()), st.text(max_size=6))
texts = st.lists(st.one_of(st.text(characters, max_size=12), misread), max_size=8).map("".join)


def laid_out(text: str, *, by_array: bool) -> Layout:
    laid = Layout(text)
    laid.by_array = by_array
    return laid


def both_ways(text: str) -> dict[str, int]:
    with_numpy, without = (marks(laid_out(text, by_array=way)) for way in (True, False))
    assert with_numpy == without
    return with_numpy


def suspects(text: str) -> list[str]:
    return sorted(both_ways(text))


def by_definition(text: str) -> dict[str, int]:
    """Every codec tried on every word."""
    words = {word for word in re.split("[ \n\r\t]", text) if not word.isascii()}
    marks = {w: sum(1 << n for n, c in enumerate(misreadings()) if _SEQUENCE.search(c.to_bytes(w))) for w in words}
    return {word: mark for word, mark in marks.items() if mark}


@given(texts)
def test_both_ways_find_what_every_codec_on_every_word_finds(text: str) -> None:
    assert both_ways(text) == by_definition(text)


@given(texts)
def test_both_ways_find_the_same_strange_words(text: str) -> None:
    assert strange_words(laid_out(text, by_array=True)) == strange_words(laid_out(text, by_array=False))


@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["鈥檚", "caf茅", "ﾃｩ", "챕", "嶪"])), max_size=8).map(
        "".join
    )
)
def test_both_ways_find_the_same_runs_of_double_bytes(text: str) -> None:
    assert double_marks(laid_out(text, by_array=True)) == double_marks(laid_out(text, by_array=False))


@pytest.mark.parametrize("number", range(4))
@given(text=st.text(st.sampled_from("абвéèüñ—’“中日한🙂 "), min_size=1, max_size=12))
def test_what_a_double_byte_codec_misread_is_found(number: int, text: str) -> None:
    codec = double_byte_misreadings()[number]
    for word in text.split():
        try:
            misread = codec.misread(word)
        except UnicodeError:
            continue
        assert double_marks(laid_out(misread, by_array=True)).get(misread, 0) >> number & 1


def test_a_word_of_another_encoding_is_strange_and_clean_ones_are_not() -> None:
    text = "Die Größe der ãúì Häuser, où garçon, пример текста, przykład, 日本語"
    assert strange_words(laid_out(text, by_array=True)) == {"ãúì"}


@pytest.mark.parametrize("name", [c.name for c in misreadings()])
@pytest.mark.parametrize("char", "\x80\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U000fffff\U00100000\U0010ffff")
def test_the_limits_of_utf8_are_found_in_every_codec(name: str, char: str) -> None:
    word = f"a{codec(name).misread(char)}b"
    text = f"first {word}\n{word}\tlast"
    assert suspects(text) == [word]


@pytest.mark.parametrize(
    "sequence", [b"\xc0\x80", b"\xe0\x9f\xbf", b"\xed\xa0\x80", b"\xf0\x8f\xbf\xbf", b"\xf4\x90\x80\x80"]
)
def test_overlong_forms_surrogates_and_what_lies_above_unicode_are_no_utf8(sequence: bytes) -> None:
    text = sequence.decode("latin-1")
    assert by_definition(text) == both_ways(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII",
        "Fünf größere Häuser",
        "日本語の文章です。",
        "한국어 문장",
        "हिन्दी में",
        "Größe und große – à la carte",
        "Ã",
        "aÃ",
    ],
)
def test_clean_text_without_a_sequence_has_no_suspects(text: str) -> None:
    assert suspects(text) == []


def test_a_sequence_does_not_reach_across_white_space_or_the_end() -> None:
    for gap in " \n\r\t":
        assert suspects(f"Ã{gap}¤ â€{gap}”") == []
    assert suspects("fÃ¤ Ã") == ["fÃ¤"]
    assert suspects("NÃ¼ fÃ¤ NÃ¼") == ["NÃ¼", "fÃ¤"]


def test_no_break_spaces_and_controls_are_parts_of_words() -> None:
    assert suspects("Ã\xa0la â\x80\x94so") == ["Ã\xa0la", "â\x80\x94so"]


def test_what_was_searched_before_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for searched in (0, layout.WORTH_NUMPY):
        monkeypatch.setattr(layout._Searched, "characters", searched)
        assert sorted(marks(Layout("NÃ¼rnberg und fÃ¼r"))) == ["NÃ¼rnberg", "fÃ¼r"]
