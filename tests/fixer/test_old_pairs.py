"""Pairs of old encodings: what is proved by the rest of the document rather than by a word alone."""

from __future__ import annotations

import pytest

from postmend.fixer.accidents import accident
from postmend.fixer.indentation import stand_ins
from postmend.fixer.legacy import LegacyPair
from postmend.fixer.mojibake import find_repairs, repair

GERMAN = """Wer über die Brücke geht, hört den Fluß schon von weitem.
Die Häuser am Ufer gehören den Bäckern, die früh aufstehen müssen.
Später öffnen die Läden, und die Schüler kaufen süße Brötchen.
Gewöhnlich führt der Weg am Gästehaus vorbei, das schönste am Plätzchen.
Im Frühling blühen Bäume, und die Vögel zwitschern fröhlich darüber.
"""
FRENCH = """Les élèves ont préparé la fête à l'école.
Le départ est prévu à huit heures, après le déjeuner.
Il a été décidé de répéter la même pièce à la mairie.
Ça ne gêne personne, même là où le théâtre est fermé.
"""
RUSSIAN = """Новый проект создан, и настройки сохранены в файле.
Команда читает список и выводит его на экран.
Каждый пользователь может изменить свой пароль.
"""
DAGGER = "\N{DAGGER}"
LINE = "\N{BOX DRAWINGS DOUBLE HORIZONTAL}"
PAGE = """To see the entries, open a page{nbsp}
and copy this:

{four}const response = await fetch(address, {{
{eight}method: 'POST',
{eight}headers: {{
{twelve}'Content-Type': 'text/plain',
{eight}}},
{four}}})
"""


def _damaged(text: str, name: str) -> str:
    pair = accident(name)
    assert isinstance(pair, LegacyPair)
    return pair.misread(text)


def _indented(char: str) -> str:
    return PAGE.format(nbsp=char, four=char * 4, eight=char * 8, twelve=char * 12)


@pytest.mark.parametrize("name", ["mac_roman>cp1252", "cp437>cp1252", "cp1252>mac_roman", "cp850>cp1252"])
@pytest.mark.parametrize("text", [GERMAN, FRENCH], ids=["german", "french"])
def test_short_words_go_with_the_long_ones(text: str, name: str) -> None:
    try:
        damaged = _damaged(text, name)
    except UnicodeError:
        pytest.skip("the encoding does not have all characters of the text")
    assert repair(damaged) == text


@pytest.mark.parametrize("name", ["cp1251>cp1252", "koi8-r>latin-1", "cp866>cp1251", "koi8-r>cp1251"])
def test_words_of_one_letter_go_with_the_long_ones(name: str) -> None:
    assert repair(_damaged(RUSSIAN, name)) == RUSSIAN


@pytest.mark.parametrize(
    "char", ["\N{LATIN CAPITAL LETTER E WITH CIRCUMFLEX}", "\N{DAGGER}", "\N{CYRILLIC SMALL LETTER YA}", "\x9a"]
)
def test_no_break_spaces_that_indent(char: str) -> None:
    assert repair(_indented(char)) == _indented("\N{NO-BREAK SPACE}")


def test_no_stand_in_of_a_no_break_space_is_ascii() -> None:
    """Texts without runs of other characters are passed over."""
    assert "\N{LATIN CAPITAL LETTER E WITH CIRCUMFLEX}" in stand_ins()
    assert not any(map(str.isascii, stand_ins()))


@pytest.mark.parametrize(
    "text",
    [
        _indented("\N{DAGGER}") + "The dagger \N{DAGGER} marks the dead, as in Bach\N{DAGGER}Brahms.\n",
        "\N{DAGGER}One footnote,\n\N{DAGGER}\N{DAGGER}another,\n\N{DAGGER}\N{DAGGER}\N{DAGGER}and a third.\n",
        "".join(f"{LINE * n}Part{LINE * n}\n" for n in (4, 6, 8)),
        _indented("\N{MIDDLE DOT}"),
        "Prices are given as €, €€, €€€, €€€€: Chez Paul €€, Noma €€€€, Bob €€€.\n",
        "".join(f"{DAGGER * n}Note {n}\n" for n in range(1, 7)),
        "".join(f"A {LINE * n}> B\n" for n in range(2, 12)),
        "áh! áááh! áááááh, áááááááááá! And then áááááááá...\n",
    ],
    ids=["elsewhere, too", "footnotes", "drawn", "spaces made visible", "prices", "a legend", "arrows", "a scream"],
)
def test_what_only_looks_like_indentation_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("title", "sound"),
    [
        ("Narz\N{LATIN SMALL LETTER E WITH CIRCUMFLEX}dzia", "Narzędzia"),
        ("v\N{RIGHT SINGLE QUOTATION MARK}deos", "vídeos"),
        ("aufgel\N{RIGHT DOUBLE QUOTATION MARK}st", "aufgelöst"),
    ],
)
def test_a_word_that_the_document_has_undamaged(title: str, sound: str) -> None:
    body = f"\n\n{sound} and once more {sound}.\n"
    text = f"---\ntitle: {title}\n---{body}"
    assert repair(text) == f"---\ntitle: {sound}\n---{body}"


@pytest.mark.parametrize(
    "text",
    [
        "Les côtes de la Bretagne ont la cote.",
        "avô e avó, pôde e pode",
        "“word” and «word» and ‘word’",
        "resumé, résumé",
    ],
)
def test_words_that_differ_by_an_accent_stay(text: str) -> None:
    assert not find_repairs(text)


def test_quotation_marks_at_the_end_of_words_are_no_half_utf8() -> None:
    quoted = RUSSIAN.replace("файле", "«файле»").replace("экран", "«Экране»") + "«Все» и «каждое» «слово»\n"
    assert repair(_damaged(quoted, "cp1251>cp1252")) == quoted


GREEK = """Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.
Τα παιδιά παίζουν στον κήπο κάτω από τα δέντρα.
Οι μαθητές πηγαίνουν στο σχολείο κάθε πρωί.
"""


@pytest.mark.parametrize(
    ("text", "name"), [(GREEK, "cp1253>cp1252"), (RUSSIAN, "cp1251>cp1252")], ids=["greek", "russian"]
)
@pytest.mark.parametrize("line", ["El señor Núñez comió piñas.", "Straße, Übung, Köln, Größe.", "François, Noël."])
def test_a_line_of_another_language_stays_in_a_damaged_document(text: str, name: str, line: str) -> None:
    assert repair(f"{_damaged(text, name)}\n{line}\n") == f"{text}\n{line}\n"
