"""Control characters: their names, what stood there, and where they are left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer.controls import find_controls
from postmend.fixer.oddity import Oddity, Where, may_hold_oddities


def found(text: str, where: Where = Where.PROSE) -> list[Oddity]:
    return list(find_controls(text, lambda _: where))


def mended(text: str) -> str:
    for oddity in reversed(found(text)):
        if oddity.new is not None:
            text = text[: oddity.span.start] + oddity.new + text[oddity.span.end :]
    return text


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("It\x92s the \x93new\x94 one\x85", "It’s the “new” one…"),
        ("price \x80 5 \x96 l\x92\xe9t\xe9", "price € 5 – l’\xe9t\xe9"),
        ("A\x01b\x7f c\x08", "Ab c"),
        ("one line\x0btwo, end\x0b\nnext", "one line two, end\nnext"),
        ("the \x1b[1;31mred\x1b[0m word", "the red word"),
        ("\x00start", "start"),
    ],
)
def test_what_stood_there_is_suggested(damaged: str, sound: str) -> None:
    assert mended(damaged) == sound


@pytest.mark.parametrize("text", ["f\xc3\x83\x99", "\xe2\x80 and", "\x81\x8d"])
def test_halves_of_mojibake_are_named_and_kept(text: str) -> None:
    assert {oddity.new for oddity in found(text)} == {None}


def test_what_a_terminal_printed_stays_in_code() -> None:
    assert found("\x1b[31mred\x1b[0m N\x08NA\x08A", Where.CODE) == []
    assert [oddity.new for oddity in found("\x02", Where.CODE)] == [None]


def test_tabs_line_breaks_and_form_feeds_are_no_fault() -> None:
    assert found("a\tb\r\nc\rd\x0ce\xa0") == []


def test_each_has_its_name() -> None:
    controls = [chr(n) for n in range(0xA0) if unicodedata.category(chr(n)) == "Cc" and chr(n) not in "\t\n\r\f"]
    names = [found(c)[0].name for c in controls]
    assert names[1] == "START OF HEADING (U+0001)"
    assert names[-1] == "APPLICATION PROGRAM COMMAND (U+009F)"
    assert "DELETE (U+007F)" in names and "PRIVATE USE TWO (U+0092)" in names and "NEXT LINE (U+0085)" in names
    assert len(set(names)) == len(controls) == 61


@given(st.text())
def test_the_screen_misses_none(text: str) -> None:
    assert may_hold_oddities(text) or not found(text)
