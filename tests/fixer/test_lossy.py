"""Damage that lost bytes: read again where the rest says what they were, shown or left alone where it doesn't."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.fixer.accidents import misread
from postmend.fixer.dropped import Dropped
from postmend.fixer.mojibake import find_repairs, repair
from postmend.fixer.patches import splice
from postmend.model import Fixability

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ENGLISH = """# The mill \N{EM DASH} a diary

The miller rises at five \N{EM DASH} before the birds do \N{EM DASH} and looks at the river first.
Flour is cheap this year \N{EM DASH} the harvest was good.

| Stone | Age | Worth |
| North | old | \N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR} |
| South | new | \N{BLACK STAR} |

<p>The water is low \N{EM DASH}</p>
"""
GERMAN = "Die Mühle läuft früh. Die Straße ist naß, und über dem Öl schwimmt Ähnliches. Überall liegt Mehl.\n" * 2
FRENCH = "Le meunier est déjà là. Il a dû se lever tôt, voilà. À la rivière, les élèves pêchaient près du pré.\n" * 2


def swallowed(text: str, codec: str) -> str:
    """UTF-8 read as an East Asian encoding as Windows does it: `?` for an odd byte and the ASCII behind it."""
    data, read, at = text.encode("utf-8"), "", 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        try:
            read += data[at : at + size].decode(codec)
        except UnicodeDecodeError:
            read += "?"
        at += size
    return read


def test_signs_that_lost_a_byte_and_what_stood_behind_them_come_back() -> None:
    hurt = swallowed(ENGLISH, "gbk")
    assert "?before" in hurt
    assert repair(hurt, unsafe=True) == ENGLISH


@pytest.mark.parametrize("codec", ["gbk", "cp932"])
@pytest.mark.parametrize("placeholder", ["?", f"{REPLACEMENT} ", "? "])
def test_dashes_come_back_from_any_placeholder(codec: str, placeholder: str) -> None:
    text = "The miller rises \N{EM DASH} before the birds do \N{EM DASH} and looks at the river.\n"
    hurt = swallowed(text, codec).replace("?", placeholder)
    assert repair(hurt, unsafe=True) == text


def test_an_apostrophe_that_swallowed_a_letter_comes_back() -> None:
    text = "Avant d'agir, l'eau de l'une.\n".replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    hurt = swallowed(text, "cp949")
    assert "?" in hurt
    assert repair(hurt, unsafe=True) == text


def test_nothing_that_lost_a_byte_is_safe() -> None:
    for codec in ("gbk", "cp932"):
        hurt = swallowed(ENGLISH, codec)
        assert repair(hurt) == hurt
        assert find_repairs(hurt)


def test_a_second_repair_changes_nothing() -> None:
    once = repair(swallowed(ENGLISH, "gbk"), unsafe=True)
    assert repair(once, unsafe=True) == once


def test_a_han_character_that_may_be_several_is_only_shown() -> None:
    text = "磨坊的日记。石头很旧，河水很高。\n\n磨坊 的 主人 起得 很早 a。\n"
    hurt = swallowed(text, "gbk")
    shown = [r for r in find_repairs(hurt) if r.fixability is Fixability.DISPLAY]
    assert all("nearly as likely" in r.doubt for r in shown)
    assert not any(r.fixability is Fixability.SAFE and "?" in r.old for r in find_repairs(hurt))


@pytest.mark.parametrize(
    "text",
    [
        "你去过磨坊吗?那里的水很高。是吗?真的?",
        "本当?そうですか?水車小屋に行きましたか?",
        "정말?그래요?방앗간에 갔어요?",
        "What does 鈥 mean?",
        "Is it 30 ℃? Is it ★? Or ...? No ½?",
        "Ã is a letter. Ã? Yes, Ã is. SÃO PAULO? IRMÃ \N{EM DASH} MAÇÃ?",
        f"Text is gone here: caf{REPLACEMENT} and na{REPLACEMENT}ve, re?u, d?j?.",
    ],
)
def test_honest_text_stays_and_is_not_reported(text: str) -> None:
    assert find_repairs(text) == ()


def read_as(text: str, codec: str) -> str:
    return "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in text.encode("utf-8"))


def test_a_no_break_space_that_became_a_plain_one_comes_back() -> None:
    hurt = read_as(FRENCH, "cp1252").replace("\N{NO-BREAK SPACE}", " ")
    assert repair(hurt, unsafe=True) == FRENCH


@pytest.mark.parametrize("instead", [REPLACEMENT, "?", ""])
def test_undefined_bytes_come_back_where_one_letter_fits(instead: str) -> None:
    text = "W młynie żyje młynarz. Mąka jest tania, a rzeka płynie wartko. Łódź stoi przy młynie, już późno.\n" * 2
    hurt = re.sub("[\x80-\x9f]", instead, read_as(text, "cp1252"))
    assert hurt != read_as(text, "cp1252")
    assert repair(hurt, unsafe=True) == text


def test_an_emoji_comes_back_whose_first_byte_was_private() -> None:
    text = GERMAN + "Schönes Öl \N{SPARKLES} für die Mühle \N{GRINNING FACE} und Müller.\n"
    hurt = read_as(text, "mac_roman").replace("\uf8ff", "")
    assert repair(hurt, unsafe=True) == text


def test_letters_taken_apart_are_put_together() -> None:
    hurt = unicodedata.normalize("NFD", read_as(GERMAN, "cp1252"))
    assert repair(hurt, unsafe=True) == GERMAN


def test_clean_text_that_is_taken_apart_stays() -> None:
    assert find_repairs(unicodedata.normalize("NFD", GERMAN + FRENCH)) == ()


def test_cyrillic_that_lost_its_controls_is_not_taken_for_another_encoding() -> None:
    text = "Мельник встаёт рано утром и смотрит на реку. Мука в этом году дешёвая, урожай был хороший.\n"
    hurt = "".join(c for c in read_as(text * 3, "latin-1") if not "\x80" <= c <= "\x9f")
    for found in find_repairs(hurt):
        assert found.fixability is not Fixability.SAFE or found.new in text


HALF = "\N{LATIN CAPITAL LETTER A WITH TILDE} "
LOST_QUOTE = "\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\N{EURO SIGN}"


@pytest.mark.parametrize("text", [f"Et voil{HALF} la pluie.\n", f"“No{LOST_QUOTE} she said, and left.\n"])
def test_what_is_left_of_a_letter_is_reported_where_nothing_else_is_damaged(text: str) -> None:
    found = find_repairs(text)
    assert found
    assert all(r.fixability is not Fixability.SAFE and r.chain == ("cp1252",) for r in found)


@pytest.mark.parametrize("text", ["A IRMÃ DE MAÇÃ E JOÃO.\n", "ÇA VÃ  BIEN\n", "A table: Ã | â | €\n"])
def test_letters_that_only_look_like_the_rest_of_others_are_left_alone(text: str) -> None:
    assert not find_repairs(text)


def test_where_a_search_ends_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A post that is all damage is searched for seconds only, and the reader learns where that was."""
    monkeypatch.setattr(Dropped, "most", 200)
    words = [f"{first}{second}r{third}à" for first in "bcdflm" for second in "aeiou" for third in "lmn"]
    text = "".join(f"Le café est là, {word} et voilà.\n" for word in words)
    found = find_repairs(text.encode().decode("latin-1").replace("\N{NO-BREAK SPACE}", " "))
    unsearched = [r for r in found if r.old == r.new]
    assert len(unsearched) == 1
    assert "as far as one run looks" in unsearched[0].doubt
    assert unsearched[0].fixability is Fixability.DISPLAY


def test_the_same_words_are_read_once_and_repaired_everywhere() -> None:
    hurt = FRENCH.encode().decode("latin-1").replace("\N{NO-BREAK SPACE}", " ")
    assert repair(hurt * 200, unsafe=True) == FRENCH * 200


@settings(max_examples=20, deadline=None)
@given(
    words=st.lists(st.sampled_from(["Größe", "für", "été", "“so”", "à", "Ładny", "日本"]), min_size=3, max_size=12),
    names=st.sampled_from([("cp1252",), ("cp1252", "cp1252"), ("mac_roman", "cp1252"), ("latin-1", "latin-1")]),
    lost=st.sampled_from([("\N{NO-BREAK SPACE}", " "), ("\x9d", ""), ("\x9d", "?"), ("“", '"')]),
)
def test_repair_skips_what_is_never_safe_and_nothing_else(
    words: list[str], names: tuple[str, ...], lost: tuple[str, str]
) -> None:
    """It leaves out the search for lost bytes where no safe repair depends on it."""
    text = by_hand = str(misread(" ".join(words), names)).replace(*lost)
    while safe := [r for r in find_repairs(by_hand) if r.fixability is Fixability.SAFE]:
        by_hand = splice(by_hand, ((r.span, r.new) for r in safe))
    assert repair(text) == by_hand
