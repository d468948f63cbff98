"""What the fixer restores, what it leaves alone, and what it only shows."""

from __future__ import annotations

import time
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.fixer.accidents import describe
from postmend.fixer.codecs import codec, misreadings
from postmend.fixer.mojibake import find_repairs, repair
from postmend.model import Fixability, Span

TEXTS = {
    "ru": "Вчера мы дошли до маяка — и вернулись затемно. «Ещё раз!» — сказал Пётр.",
    "uk": "Її човен стояв біля причалу; хлопці їли хліб і чекали на вітер.",
    "de": "Früh um sechs öffnet Jörg die Bäckerei, und die Straße riecht nach süßen Brötchen.",
    "fr": "À six heures, l’été est déjà là : « Où étais-tu ? » demande la boulangère, gênée.",
    "pl": "Mój dziadek pływał na kutrze i zawsze zabierał ze sobą żytni chleb na zakwasie.",
    "cs": "Příští rok pojedeme znovu k moři, řekla babička a zavřela těžké dveře.",
    "tr": "Atölyenin kapısında güneşten solmuş bir tabela asılı: “Bugün açığız, çay hazır.”",
    "el": "Το πρωί ο άνεμος έπεσε και η θάλασσα έγινε ξανά ήρεμη σαν λάδι.",
    "ja": "朝の港では、漁師たちが網をたたみながら今日の風の話をしていた。",
    "zh": "每天清晨，面包房的灯总是第一个亮起来，街上飘着麦子的香味。",
    "ko": "아침마다 빵집 앞에는 갓 구운 빵 냄새가 길게 퍼진다.",
    "vi": "Mỗi buổi sáng, người bán bánh mì đạp xe dọc con đường ven biển.",
    "ar": "في الصباح الباكر يفتح الخباز بابه وتفوح رائحة الخبز في الشارع.",
    "emoji": "A quiet morning 🌅 — coffee first, then the boat ⛵ and the “long way round” …",
}
CHAINS = (("mac_roman",), ("cp1252",), ("latin-1",), ("cp1251",), ("cp1252", "cp1252"), ("mac_roman", "cp1252"))


def damaged(text: str, chain: tuple[str, ...]) -> str:
    return reduce(lambda t, name: codec(name).misread(t), chain, text)


@pytest.mark.parametrize("chain", CHAINS, ids=">".join)
@pytest.mark.parametrize("language", TEXTS)
def test_whole_sentences_come_back_to_the_letter(language: str, chain: tuple[str, ...]) -> None:
    assert repair(damaged(TEXTS[language], chain)) == TEXTS[language]


@pytest.mark.parametrize("name", [c.name for c in misreadings()])
def test_russian_and_german_come_back_from_every_codec(name: str) -> None:
    text = "\n".join((TEXTS["ru"], TEXTS["de"]))
    assert repair(damaged(text, (name,))) == text


@pytest.mark.parametrize("language", TEXTS)
def test_clean_text_stays(language: str) -> None:
    assert find_repairs(TEXTS[language]) == ()


# Words whose letters happen to be the bytes of well-formed UTF-8; a careless trial repaired every one of them.
FALSE_FRIENDS = (
    "BİÇİM", "HİÇBİR", "ΕΠΙΛΟΓΗ", "ΑΡΧΕΙΟ", "ГАРАНТІЙ", "ЄТЬС", "đánh", "«MAÇÃ»", "“IRMÔ", "CAFÉ®", "5 Å²", "– так",
    "∂ ∑ ∏ π Ω √ ∞ ≠ ≤ ≥ ∫", "√π", "2√π", "«SAÇÃO»", "“HORTELÔ", "c’est—évidemment—ça", "ÎLE", "Ñ° 5", "ПОЁТ…",
)  # fmt: skip


@pytest.mark.parametrize("word", FALSE_FRIENDS)
def test_false_friends_stay(word: str) -> None:
    text = f"A sentence with {word} in the middle.\n\n{word}\n"
    assert repair(text) == text


# Clean lines that were rewritten before single pairs of signs had to be vouched for by words.
FORMULAS = (
    "Функция определена на (–∞; +∞), а фаза от –π до π.", "defined on (–∞, +∞) and on [–π, π]", "–±5 K, –≤3 mm, –≥5",
    "–£5, —£7 and 5–§6", "Οι μαθητές της Β΄ Γυμνασίου, Γ΄ Γυμνασίου.", "Ο Φίλιππος Β΄, ο Πτολεμαίος Γ΄",
    "Use the Ø½″ pipe and the Ø¾″ pipe, tolerance Ø±0.02 mm.", "Ø² = d², Ø·π", "√∑x²/n, √∫f² dx", "√∏ and √∂",
    "¬≤, ¬≥, ¬±",
    "—§5 says so; “§ 5”, –§ 7", "“©2024 Foo” —©2023 Bar—", "The operator Â² commutes with Â·B. Matrix Ã² does too.",
    "EL AÑO Ñ… ESPAÑ", "угол В° равен 30°", "€± €∞ €£",
)  # fmt: skip


@pytest.mark.parametrize("line", FORMULAS)
def test_formulas_and_abbreviations_stay(line: str) -> None:
    for text in (line, f"{line}\n" * 3):
        assert repair(text) == text


def test_an_edit_on_top_of_damage_is_repaired_around_the_clean_words() -> None:
    clean = "Потом мы добавили новую строку, уже без ошибок.\n"
    text = damaged(TEXTS["ru"], ("mac_roman",)) + "\n" + clean
    assert repair(text) == TEXTS["ru"] + "\n" + clean


def test_a_character_outside_the_codec_does_not_block_its_line() -> None:
    text = "№ 5 → " + damaged("Пекарня и маяк", ("cp1252",)) + " 🥖"
    assert repair(text) == "№ 5 → Пекарня и маяк 🥖"


def test_a_single_word_between_clean_ones() -> None:
    assert repair("une vieille fenÃªtre et une clé") == "une vieille fenêtre et une clé"


def test_damage_next_to_a_letter_that_was_repaired_by_hand() -> None:
    text = damaged(TEXTS["fr"], ("cp1252",)) + "\nVoici lâ€™été d’avant, et lâ€™arbre."
    assert repair(text).endswith("Voici l’été d’avant, et l’arbre.")


def test_a_single_pair_is_not_enough_but_the_document_can_vouch_for_it() -> None:
    single = "It costs 5 â\x82¬ or 12 Ã\xa0 more"
    pair = "Ã\xa0"
    assert any(r.old == pair for r in find_repairs(f"{damaged(TEXTS['fr'], ('latin-1',))}\n{single}"))


def test_repairs_know_their_story() -> None:
    (first, *_) = find_repairs(damaged("Привет, мир", ("mac_roman", "cp1252")))
    assert first.chain == ("mac_roman", "cp1252")
    assert first.reversible
    assert first.fixability is Fixability.SAFE
    assert first.margin > 0
    assert first.gain > first.margin or first.gain == pytest.approx(first.margin)
    assert describe(first.chain) == "UTF-8 read as MacRoman, then as windows-1252"


ARTICLE = """# Why is my café a cafÃ©?

This is mojibake: UTF-8 that was read as windows-1252. Then `é` becomes `Ã©`, and “ becomes â€œ.
A word such as naïve turns into naÃ¯ve, über into Ã¼ber.
"""


def test_an_article_about_mojibake_stays() -> None:
    assert repair(ARTICLE) == ARTICLE
    assert {r.fixability for r in find_repairs(ARTICLE)} == {Fixability.UNSAFE}


def test_a_damaged_article_that_mentions_encodings_is_repaired_when_nothing_is_spared() -> None:
    text = "\n".join([*TEXTS.values(), "UTF-8 read as windows-1252"])
    assert repair(damaged(text, ("cp1252",))) == text


def test_code_is_repaired_when_the_text_around_it_has_the_same_damage() -> None:
    text = damaged("Übung für später\n`größe = schön`\n", ("cp1252",))
    code = Span(text.index("`"), len(text))
    assert repair(text, lambda _: [code]) == "Übung für später\n`größe = schön`\n"


def test_weak_damage_in_code_alone_is_only_shown() -> None:
    text = "# `Ã¼ber`"
    (found,) = find_repairs(text, lambda t: [Span(0, len(t))])
    assert found.fixability is Fixability.UNSAFE
    assert "code" in found.doubt


def test_a_lost_no_break_space_is_suggested_never_applied() -> None:
    text = damaged(TEXTS["fr"], ("cp1252",)) + "\nIl est dÃ©jÃ  lÃ  depuis hier."
    lossy = [r for r in find_repairs(text) if not r.reversible]
    assert lossy
    assert all(r.fixability is Fixability.UNSAFE for r in lossy)
    assert "déjà" in repair(text, unsafe=True)


def test_a_replacement_character_is_not_brought_back_as_a_repair() -> None:
    text = "Valeurs par dï¿½faut des paramï¿½tres"
    assert repair(text) == text


@pytest.mark.parametrize("extra", ["", "\n\n", "\r\n", "\ufeff"])
def test_everything_around_a_repair_stays(extra: str) -> None:
    text = f"{extra}plain\t{damaged(TEXTS['de'], ('cp1252',))}  \r\n{extra}end"
    assert repair(text) == f"{extra}plain\t{TEXTS['de']}  \r\n{extra}end"


# Without controls, unassigned and private characters: what is no text is never brought back without asking.
WRITING = st.text(st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")), max_size=60)


@settings(max_examples=200, deadline=None)
@given(WRITING, st.sampled_from(CHAINS))
def test_damage_is_undone_or_left_never_made_into_a_third_text(text: str, chain: tuple[str, ...]) -> None:
    """Of damage in two steps one may be undone: a lone cent sign is too little to tell that there was a second."""
    if repair(text) != text:
        return  # random text that looks damaged itself
    stages = [damaged(text, chain[:n]) for n in range(len(chain) + 1)]
    for is_now, *words in zip(*(t.split(" ") for t in (repair(stages[-1]), *stages)), strict=True):
        assert is_now in words


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(sorted(TEXTS.values())), min_size=1, max_size=4), st.sampled_from(CHAINS))
def test_repairing_twice_is_repairing_once(texts: list[str], chain: tuple[str, ...]) -> None:
    once = repair("\n".join(damaged(t, chain) for t in texts))
    assert repair(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken_and_bytes_outside_of_repairs_stay(text: str) -> None:
    at = 0
    for found in find_repairs(text):
        assert found.span.start >= at
        assert found.span.of(text) == found.old
        at = found.span.end


@pytest.mark.parametrize("unit", ["Ã©»", "Ã©–π»є", "ðŸ»Ã"], ids=ascii)
def test_a_word_of_many_pieces_takes_no_square_of_its_length(unit: str) -> None:
    started = time.perf_counter()
    repair(unit * 3_000)
    short = time.perf_counter() - started
    started = time.perf_counter()
    repair(unit * 30_000)
    assert time.perf_counter() - started < 40 * short + 0.5  # a square would be a hundred times
