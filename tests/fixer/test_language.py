"""The language model: what it holds, and that it tells writing from noise."""

from __future__ import annotations

import pytest

from postmend.fixer import alphabet, language

MODEL = language.load()


@pytest.mark.parametrize(
    ("written", "noise"),
    [
        ("Привет", "–ü—Ä–∏–≤–µ—Ç"),
        ("für", "fÃ¼r"),
        ("日本", "æ—¥æœ¬"),
        ("“so”", "â€œsoâ€\x9d"),
        ("łódź", "Å‚Ã³dÅº"),
    ],
)
def test_writing_is_likelier_than_noise(written: str, noise: str) -> None:
    assert MODEL.score(" ", written, " ") > MODEL.score(" ", noise, " ") + 20


def test_a_formula_is_likelier_than_the_letter_that_it_could_have_been() -> None:
    assert MODEL.score(" ", "√π", " ") > MODEL.score(" ", "ù", " ") - 24


def test_unassigned_and_private_characters_are_all_but_impossible() -> None:
    for char in "\u0378\ue123\uffff\ufffd":
        assert MODEL.score(" ", char, " ") < -25


def test_languages_that_the_model_never_saw_are_classes_of_letters() -> None:
    assert alphabet.class_of("ქ") == alphabet.UNSEEN_SCRIPTS["GEORGIAN"]
    assert alphabet.class_of("ꓐ") == alphabet.LETTER  # Lisu
    assert alphabet.class_of("Ⅻ") == alphabet.NUMBER
    assert alphabet.class_of("\U0001f680") == alphabet.EMOJI


def test_the_model_is_small() -> None:
    from importlib.resources import files

    assert len(files("postmend.fixer").joinpath("language.model").read_bytes()) < 800_000
