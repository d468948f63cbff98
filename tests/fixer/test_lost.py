"""What is lost is found, what an author wrote is not, and guesses fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.examine import examine
from postmend.fixer.fitting import REPLACEMENT, fitted, skeleton
from postmend.fixer.lost import line_gaps
from postmend.model import Finding
from postmend.scanner.places import Site

FRENCH = (
    "Nous avons marché jusqu'au port, où les pêcheurs réparaient leurs filets à l'ombre.\n"
    "La crème brûlée était à côté du café, et le garçon français l'a goûtée.\n"
)
RUSSIAN = "Утром мы вышли в море.\nВетер был слабый, и лодка шла медленно.\nК вечеру показался берег.\n"

WRITTEN = [
    "What?! No?? Really???",
    "Ja?nein, was?Das, quoi?Non, who?What",
    "maybe?and then",
    "The pattern is ????-??-?? ??:??:?? and file????.txt, or ????????-????-????.",
    "Ratings: ? ?? ??? ???? ?????",
    "??? ??? ???",
    "??????????????????????",
    "1. e4 e5 2. Qh5?? Nc6 3. Bc4 Nf6??",
    "See https://example.org/a?b=c&d?e and /search?q=x or s3://bucket?region=eu",
    "`a?b:c` and `foo?.bar` and `name?: string`",
    "Use int? or nil? or empty? then; foo?.bar, name?: string, a ?? b, x ? y : z",
    "```js\nconst �x = a?b:c?d:e?f\n```",
    "`String.fromCharCode` gives `�`",
    "¿Qué? ¿Cómo? «quoi ?»",
    "File.fnmatch?의 one?이 none?und",
    "---\nurl: /x?id=1\nquestion: why?\n---\n\nWhat is the meaning of ????\n",
]


def lost(text: str) -> list[Finding]:
    found = examine("post.md", text.encode(), Site(), Policy()).findings
    return [finding for finding in found if finding.code == "PM104"]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_an_author_wrote_is_no_loss(text: str) -> None:
    assert lost(text) == []
    assert lost(FRENCH + text) == []


@pytest.mark.parametrize(
    "sign",
    [
        REPLACEMENT,
        *(REPLACEMENT.encode().decode(codec) for codec in ("cp1252", "mac_roman", "cp1251", "cp437", "koi8-r")),
    ],
)
def test_a_replacement_character_is_a_loss_in_any_form(sign: str) -> None:
    (finding,) = lost(f"---\ntitle: Le caf{sign}\n---\n\nUn café noir.\n")
    assert (finding.start.line, finding.start.column) == (2, 11)
    assert finding.message.startswith("Text is lost in `title`")


@pytest.mark.parametrize("codec", ["gbk", "cp949", "big5", "euc_jp"])
def test_two_replacement_characters_in_east_asian_disguise(codec: str) -> None:
    assert len(lost(f"Das Stra{(REPLACEMENT * 2).encode().decode(codec)}enfest\n")) == 1


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN])
@pytest.mark.parametrize("size", [lambda c: 1, lambda c: len(c.encode())])
def test_letters_that_became_question_marks_are_found_on_each_line(text, size) -> None:  # type: ignore[no-untyped-def]
    damaged = "".join(c if c.isascii() else "?" * size(c) for c in text)
    assert [finding.start.line for finding in lost(damaged)] == list(range(1, text.count("\n") + 1))


def test_a_word_that_stands_whole_elsewhere_is_the_guess() -> None:
    (finding,) = lost("On va en Bretagne, c'est tr\N{REPLACEMENT CHARACTER}s beau. Très beau.\n")
    assert finding.before == f"tr{REPLACEMENT}s"
    assert finding.after == "très"
    assert finding.message.endswith("(as elsewhere in this document)")
    assert finding.fix is not None
    assert finding.fix.fixability == "unsafe"


def test_no_guess_where_two_words_of_the_document_fit() -> None:
    (finding,) = lost(f"Le march{REPLACEMENT} est clos. Il a marché. Elle marchà.\n")
    assert finding.after is None


def test_one_word_alone_is_enough_if_the_document_has_it_whole() -> None:
    assert [f.after for f in lost("Le Fran?ais dort. Un Français rit.\n")] == ["Français"]
    assert lost("Le Fran?ais dort. Un Anglais rit.\n") == []


def test_an_apostrophe_comes_back() -> None:
    (finding,) = lost(f"We don{REPLACEMENT}t know.\n")
    assert finding.after == "don\N{RIGHT SINGLE QUOTATION MARK}t"


def test_an_article_about_encodings_gets_a_note() -> None:
    text = f"A decoder puts the replacement character {REPLACEMENT} (U+FFFD) in place of what it can't read.\n"
    (finding,) = examine("post.md", text.encode(), Site(), Policy()).findings
    assert finding.code == "PM109"
    assert finding.fix is None


@given(st.text(st.sampled_from("aé я中?\N{EM DASH}🙂 "), max_size=30), st.sampled_from(["?", REPLACEMENT]))
def test_what_was_lost_fits_into_its_gaps(text: str, sign: str) -> None:
    for size in (lambda c: 1, lambda c: len(c.encode())):
        damaged = "".join(c if c.isascii() else sign * size(c) for c in text)
        assert skeleton(damaged) == skeleton(text)
        gaps = line_gaps(damaged)
        fills = fitted(damaged, gaps, text)
        if text.isascii() or (sign != "?" and "?" in text):
            continue  # nothing lost, or two kinds of signs side by side
        assert fills is not None
        assert len(fills) == len(gaps)


@pytest.mark.parametrize("whole", ["cafe noir", "café noire", "caf noir", "caféé noir", "caf\x85 noir", "caf� noir"])
def test_another_line_does_not_fit(whole: str) -> None:
    assert fitted("caf? noir", line_gaps("caf? noir"), whole) is None
