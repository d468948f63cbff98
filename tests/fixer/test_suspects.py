"""The searches find the words that are worth a look, the same damage with NumPy and without."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer import glance, mojibake, screen
from postmend.fixer.codecs import codec, misreadings
from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.fixer.doublemarks import double_marks
from postmend.fixer.mojibake import find_repairs
from postmend.fixer.neighbours import neighbours
from postmend.fixer.screen import is_clear
from postmend.fixer.spans import distinct_words
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


def glanced(text: str) -> tuple[set[str], bool]:
    """The words that a glance gives, which must be all that the searches find in any word."""
    worth, more = neighbours().look(text)
    words = distinct_words(text)
    assert worth <= set(words)
    for found in (marks(list(words)), double_marks(words), strange_words(words)):
        assert worth.issuperset(found)
    return worth, more


def suspects(text: str) -> list[str]:
    glanced(text)
    found = marks(list(distinct_words(text)))
    assert found == by_definition(text)
    return sorted(found)


def by_definition(text: str) -> dict[str, int]:
    """Every codec tried on every word."""
    words = {word for word in re.split("[ \n\r\t]", text) if not word.isascii()}
    marks = {w: sum(1 << n for n, c in enumerate(misreadings()) if _SEQUENCE.search(c.to_bytes(w))) for w in words}
    return {word: mark for word, mark in marks.items() if mark}


@given(texts)
def test_a_glance_finds_what_every_codec_on_every_word_finds(text: str) -> None:
    suspects(text)


@given(
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["鈥檚", "caf茅", "ﾃｩ", "챕", "嶪"])), max_size=8).map(
        "".join
    )
)
def test_a_glance_finds_runs_of_double_bytes(text: str) -> None:
    glanced(text)


@given(texts)
def test_many_places_are_looked_at_like_few(text: str) -> None:
    """Many places are not looked at twice, so a few words more come out."""
    assert glanced(text)[0] <= glanced(f"{text}\n{'Ã¤ ' * 70}")[0]


@given(st.one_of(texts, st.text(st.characters(max_codepoint=0x52F), max_size=40), st.text(max_size=20)))
def test_a_text_that_is_clear_at_a_glance_has_nothing_to_repair(text: str) -> None:
    """The fast way and the slow one agree."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(glance._Searched, "characters", glance.WORTH_NUMPY)
        clear = is_clear(text)
        patched.setattr(mojibake, "is_clear", lambda _: False)
        slowly = find_repairs(text)
        patched.setattr(glance._Searched, "characters", 0)
        without_numpy = find_repairs(text)
    assert slowly == without_numpy
    assert not (clear and slowly)


@pytest.mark.parametrize("number", range(4))
@given(text=st.text(st.sampled_from("абвéèüñ—’“中日한🙂 "), min_size=1, max_size=12))
def test_what_a_double_byte_codec_misread_is_found(number: int, text: str) -> None:
    codec = double_byte_misreadings()[number]
    for word in text.split():
        try:
            misread = codec.misread(word)
        except UnicodeError:
            continue
        assert glanced(misread)[0] <= {misread}
        assert double_marks([misread]).get(misread, 0) >> number & 1


def test_a_word_of_another_encoding_is_strange_and_clean_ones_are_not() -> None:
    text = "Die Größe der ãúì Häuser, où garçon, пример текста, przykład, 日本語"
    assert "ãúì" in glanced(text)[0]
    assert strange_words(distinct_words(text)) == {"ãúì"}


def test_clean_text_passes_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """No word of it is weighed, and once its words are known, none is looked at more than once."""
    monkeypatch.setattr(glance._Searched, "characters", glance.WORTH_NUMPY)
    clean = (
        "Fünf größere Häuser – à la carte",
        "日本語の文章です。",
        "한국어 문장",
        "हिन्दी में",
        "Ładny dzień",
        "Çok güzel bir gün",
    )
    for text in clean:
        assert find_repairs(text) == ()
    monkeypatch.setattr(screen, "candidates", None)
    monkeypatch.setattr(mojibake, "find_candidates", None)
    for text in clean:
        assert find_repairs(text) == ()


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
    assert suspects(text) == []


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
    for searched in (0, glance.WORTH_NUMPY):
        monkeypatch.setattr(glance._Searched, "characters", searched)
        assert find_repairs("NÃ¼rnberg und fÃ¼r, mit Größe")[0].new == "ü"
        assert find_repairs("Nürnberg und für") == ()
