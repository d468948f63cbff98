"""Invisible characters: those that have work to do stay, others are found wherever they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer.invisible import find_invisible
from postmend.fixer.oddity import Oddity, Where, may_hold_oddities

ZWSP, ZWNJ, ZWJ, BOM, SHY = "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad"
LRM, RLO, PDF, LRI, PDI = "\u200e", "\u202e", "\u202c", "\u2066", "\u2069"


def found(text: str, where: Where = Where.PROSE) -> list[Oddity]:
    return list(find_invisible(text, lambda _: where))


WORKING = {
    "Persian": f"می{ZWNJ}خواهم کتاب{ZWNJ}ها را بخوانم",
    "Persian beside Latin": f"کلید `v-model`{ZWNJ} را، HTML{ZWNJ}، ببینید",
    "phonetics": f"/e{ZWJ}ɪt/ and /ɐbəl{ZWJ}ʊn/",
    "Hindi": f"क्{ZWJ}ष और क्{ZWNJ}ष",
    "Sinhala": f"ශ්{ZWJ}රී ලංකාව",
    "Malayalam": f"അവന്{ZWJ} വന്നു",
    "Thai": f"ภาษา{ZWSP}ไทย{ZWSP}ง่าย",
    "Khmer": f"ភាសា{ZWSP}ខ្មែរ",
    "Burmese": f"မြန်မာ{ZWSP}ဘာသာ",
    "Hebrew with a mark": f"שלום C++{LRM} עולם",
    "Arabic with an isolate": f"مرحبا {LRI}C++{PDI} بالعالم",
    "Arabic with an embedding": f"مرحبا \u202aHTML 5{PDF} بالعالم",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ\u180eᠠ ᠭ\u180bᠠ",
    "family": f"👩{ZWJ}👩{ZWJ}👧{ZWJ}👦 and 👩🏽{ZWJ}🚀 and 🏳\ufe0f{ZWJ}🌈 and 🧔{ZWJ}♂\ufe0f",
    "keycaps": "1\ufe0f\u20e3 #\ufe0f\u20e3 *\ufe0f\u20e3 ©\ufe0f ™\ufe0f ⚠\ufe0f ↔\ufe0e ‼\ufe0f ⚠\ufe0f\ufe0f",
    "flags": "🇩🇪 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "ideographic variant": "葛\U000e0100飾区",
    "French spaces": "«\u00a0Bien sûr\u202f!\u00a0»",
    "body text": f"Donau{SHY}dampf{SHY}schiff",
    "escaped markup": f"@{ZWSP}name, <{ZWSP}b>, {ZWSP}*not bold*, `{ZWSP}```",
    "spacer": f"above\n\n{ZWSP}\n\nbelow | {ZWSP} |",
    "byte order mark": f"{BOM}first line",
    "jamo": "ᄒ\u1160ᆫ",
}


@pytest.mark.parametrize("case", WORKING)
def test_what_has_work_to_do_stays(case: str) -> None:
    assert found(WORKING[case]) == []


@pytest.mark.parametrize("case", ["Persian", "Hindi", "Thai", "family", "keycaps", "flags", "French spaces"])
def test_also_in_titles(case: str) -> None:
    assert found(WORKING[case], Where.HEAD) == []


PASTED = {
    f"no{ZWSP}thing": "ZERO WIDTH SPACE (U+200B)",
    f"two {ZWSP}{ZWSP}words": "ZERO WIDTH SPACE (U+200B)",
    f"end{ZWSP}\n": "ZERO WIDTH SPACE (U+200B)",
    f"使用{ZWSP}{ZWSP}する": "ZERO WIDTH SPACE (U+200B)",
    f"soft{ZWNJ}ware": "ZERO WIDTH NON-JOINER (U+200C)",
    f"привет{ZWJ}": "ZERO WIDTH JOINER (U+200D)",
    "a\u2060b": "WORD JOINER (U+2060)",
    f"a{BOM}b": "ZERO WIDTH NO-BREAK SPACE (U+FEFF)",
    f"5 {LRM}km": "LEFT-TO-RIGHT MARK (U+200E)",
    "f\u2061(x)": "FUNCTION APPLICATION (U+2061)",
    "a\ufe0fb": "VARIATION SELECTOR-16 (U+FE0F)",
    "\u3164name": "HANGUL FILLER (U+3164)",
    "one\u2028two": "LINE SEPARATOR (U+2028)",
    "a\ufff9b": "INTERLINEAR ANNOTATION ANCHOR (U+FFF9)",
    f"{LRI}user{PDI}": "LEFT-TO-RIGHT ISOLATE (U+2066)",
}


@pytest.mark.parametrize("text", PASTED)
def test_what_was_pasted_is_found(text: str) -> None:
    assert found(text)[0].name == PASTED[text]


def test_in_prose_it_does_no_harm_in_a_title_or_address_it_does() -> None:
    for where in Where:
        assert [o.harmless for o in found(f"no{ZWSP}thing", where)] == [where is Where.PROSE]


def test_soft_hyphens_are_found_where_no_line_is_broken() -> None:
    assert [len(found(f"Donau{SHY}dampf", where)) for where in (Where.HEAD, Where.ADDRESS, Where.CODE)] == [1, 1, 1]


def test_code_that_reads_other_than_it_runs() -> None:
    trojan = f'if access != "user{RLO} {LRI}// check{PDI} {LRI}" {{'
    oddities = found(trojan, Where.CODE)
    assert len(oddities) == 4
    assert {o.new for o in oddities} == {None}
    assert "another order" in oddities[0].note
    assert not found(f"{RLO}drow{PDF}")[0].harmless


def test_unclosed_marks_beside_arabic() -> None:
    assert [o.new for o in found(f"مرحبا {LRI}C++ بالعالم")] == [None]


def test_hidden_text_is_read_out() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey me")
    assert [o.note for o in found(f"Hello{hidden}")] == ["hidden text: `obey me`"]
    assert "in a row" in found("😀\U000e0101\U000e0102\U000e0103")[0].note


@given(st.text())
def test_the_screen_misses_none(text: str) -> None:
    assert may_hold_oddities(text) or not found(text)


@pytest.mark.parametrize("char", [ZWSP, LRM, RLO, "\ufe0f", "\U000e0041", SHY, f"ا{LRI}", f"a{PDI}", f"{ZWSP}\n"])
def test_time_is_linear(char: str) -> None:
    start = time.process_time()
    found(char * 20_000)
    assert time.process_time() - start < 4
