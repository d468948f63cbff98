"""Text that was read by twos, and text in one old encoding that was read as another: repaired, left, and named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.fixer.accidents import accident, describe
from postmend.fixer.codecs import codec_table
from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.fixer.legacy import legacy_pairs
from postmend.fixer.mojibake import find_repairs, repair
from postmend.model import Fixability

RUSSIAN = (
    "Утром мы снова пошли к реке, хотя дождь ещё не кончился.\nБабушка поставила на стол горячий чай, варенье и хлеб.\n"
    "Потом все долго говорили о старом доме и о людях, которые в нём жили."
)
TEXTS = {
    "ru": RUSSIAN,
    "pl": "Wczoraj późno wróciliśmy z gór, zmęczeni, ale szczęśliwi.\nŻaden z nas nie myślał już o pracy; śniadanie "
    "zjedliśmy dopiero w południe,\na później siedzieliśmy długo przy źródle i słuchaliśmy ciszy.",
    "zh": "昨天下午我们去了老城区的市场。\n那里有很多小商店，卖茶叶、水果和手工做的鞋子。\n我买了一本旧书。",
    "ja": "昨日の午後、私たちは古い町の市場へ行きました。\n"
    "そこには小さな店がたくさんあります。\nとても楽しかったです。",
    "ko": "어제 오후에 우리는 오래된 시장에 갔습니다.\n"
    "거기에는 작은 가게가 많이 있었습니다.\n정말 즐거운 하루였습니다.",
}
BY_TWOS = [
    ("gb18030", "Déjà l'été, et le café est fermé; où sont passés les élèves du collège ?"),
    ("gb18030", "Действие при закрытии окна зависит от настройки системы"),
    ("cp932", "Über die Brücke führt seit Jahren kein öffentlicher Weg mehr"),
    ("cp949", "La création du musée a été décidée après une année de débats"),
    ("big5", "Les élèves préférés de la maîtresse étaient en forêt"),
]
PAIRS = [
    *(("ru", f"cp1251>{target}") for target in ("cp1252", "latin-1", "mac_roman", "koi8-r", "cp866")),
    *(("ru", f"{source}>cp1251") for source in ("koi8-r", "cp866")),
    ("ru", "koi8-r>latin-1"),
    ("ru", "mac_cyrillic>cp1252"),
    ("pl", "cp1250>cp1252"),
    ("zh", "gb18030>cp1252"),
    ("ja", "cp932>cp1252"),
    ("ja", "euc_jp>latin-1"),
    ("ko", "cp949>cp1252"),
]


def misread(text: str, pair: str) -> str:
    """By the definition of the damage, not by the code that undoes it."""
    source, target = pair.split(">")
    return "".join(codec_table(target)[byte] for byte in text.encode(source))


@pytest.mark.parametrize(("codec", "text"), BY_TWOS)
def test_what_was_read_by_twos_comes_back(codec: str, text: str) -> None:
    damaged = text.encode().decode(codec)
    assert damaged != text
    assert repair(damaged) == text


def test_a_quote_that_swallowed_the_next_letter_comes_back() -> None:
    assert repair("C鈥檈st l鈥檌d茅e d茅j脿 pr茅vue") == "C’est l’idée déjà prévue"


@pytest.mark.parametrize(("language", "pair"), PAIRS)
def test_a_post_in_one_old_encoding_read_as_another_comes_back(language: str, pair: str) -> None:
    text = TEXTS[language]
    assert misread(text, pair) != text
    assert repair(misread(text, pair)) == text


def test_damaged_lines_in_a_sound_post_come_back() -> None:
    lines = RUSSIAN.split("\n")
    damaged = [lines[0], misread(lines[1], "cp1251>cp1252"), lines[2]]
    assert repair("\n".join(damaged)) == RUSSIAN


def test_controls_that_were_quotation_marks_come_back() -> None:
    assert repair("It\x92s the user\x92s own choice") == "It’s the user’s own choice"


@pytest.mark.parametrize(
    "text",
    [
        "The word Çîrokbêj is Kurdish, and so are hejmarê, şîroveyên, rûpelê and çêkirin.",
        "Chaidh an sgoil fhosgladh, agus bha clàr-ama ùr ann: dè, ciamar, càite? Tha e sìmplidh, ròmansach.",
        "Gwir eo, ar vugale a ya d'ar skol, hag int a lenno ul levr nevez-flamm: ur pezh brav, c'hwec'h "
        "deiz'zo, gwelloc'h ùr",
        "Калектыў вёскі зрабіў “ўказальны” надпіс: «Ўваход», і ўсе былі ўдзячныя.",
        "Бўлимда янги китоблар бор; ўқувчилар ҳар куни ўқийди.",
        "Instalaţi şi reporniţi: Începeţi lectura, selectaţi capitolul, uitaţi reţeaua, anulaţi. Poziţia, "
        "distanţă, staţie.",
        "ÀÁÂÃÄÅ àáâãäå ÈÉÊË èéêë ÂâÊêÎîÔôÛû ÄäËëÏïÖöÜüŸÿ АБВГДЕЖЗ абвгдежз",
        "РСФСР, СССР, РПЦ, ПРС и ВС РФ",
        "├── src\n│   ├── index.md\n└── ════════ end ════════ ▄▄▄█████▓",
        "R(sinΦcosΘ – sinΘ), xsinΘ + ycosΘ, tanΘ, sinΦ and cosΦ",
        "Les Français, naïve façade, Noël, œuvre, garçon: voilà «déjà vu» – l’été…",
        "使用方法，请参考文档。“你好”，——再见！是说路中国人民，文字编码。",
        "–π, √2, ƒ±5, ƒ∞, ∆º, ∆µ, ∆≤5, “∞”, “π”, ‘µ’, —£7—, “ªº”, Å², Ñ², Brontë…”",
    ],
)
def test_what_no_accident_made_stays(text: str) -> None:
    assert repair(text) == text


def test_one_letter_in_one_word_is_not_repaired_without_asking() -> None:
    for found in find_repairs("Diðer sayfalarda da bunu göreceksiniz."):
        assert found.fixability is not Fixability.SAFE


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAIRS), st.sets(st.integers(0, 2)))
def test_each_word_is_what_it_was_or_what_it_is(case: tuple[str, str], hurt: set[int]) -> None:
    language, pair = case
    lines = TEXTS[language].split("\n")
    damaged = [misread(line, pair) if number in hurt else line for number, line in enumerate(lines)]
    repaired = repair("\n".join(damaged)).split("\n")
    for is_now, was, is_damaged in zip(repaired, lines, damaged, strict=True):
        for word, *known in zip(is_now.split(" "), was.split(" "), is_damaged.split(" "), strict=True):
            assert word in known


@pytest.mark.parametrize("name", [a.name for a in (*double_byte_misreadings(), *legacy_pairs())])
def test_every_accident_is_found_by_its_name_and_described(name: str) -> None:
    assert accident(name).name == name
    assert " read as " in describe((name,))


def test_chains_are_described() -> None:
    assert describe(("cp1251>koi8-r",)) == "windows-1251 read as KOI8-R"
    assert describe(("gb18030",)) == "UTF-8 read as GBK"
    assert describe(("mac_roman", "cp1251>cp1252")) == "UTF-8 read as MacRoman, then windows-1251 read as windows-1252"


def test_words_in_quotation_marks_stay_in_a_document_that_is_damaged_otherwise() -> None:
    sound = (
        "Määrä on pieni, ja välissä näkyy tyhjää. Sitä käytetään, jos syöte ei pääty. Hyvää yötä, äiti ja isä.\n"
        "Tämä työ jää kesken, sillä päivä on lyhyt. Älä jätä ääntä päälle. Ystävä löysi sienijärven “rannan” läheltä.\n"
        "Öljy säilyy lämpimässä, vesi jäätyy. Kysymys: “miksi” hän lähti? Köyhä mies söi leipää – ja lähti töihin…\n"
    ).replace("“", "\N{RIGHT DOUBLE QUOTATION MARK}")
    clean = "LTYYPPI on ~old~, ~new~ tai ~unchanged~.\n".replace("~", "\N{RIGHT DOUBLE QUOTATION MARK}")
    assert repair(sound.encode("mac_roman").decode("cp1252") + clean) == sound + clean
