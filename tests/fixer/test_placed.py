"""Files with signs and no letters that are not ASCII: what the signs stand between tells the encoding."""

from __future__ import annotations

import time

import pytest

from postmend.fixer.placed import is_placed
from postmend.fixer.undecodable import read_whole

NBSP, QUOTE = "\N{NO-BREAK SPACE}", "\N{RIGHT SINGLE QUOTATION MARK}"
FRENCH = "Le serveur est libre ; voir la suite.\nAttention : rien n'est perdu !\nOui ? Bonjour ! Et voici : la suite.\n"
SPACED = FRENCH.replace(" ;", f"{NBSP};").replace(" :", f"{NBSP}:").replace(" !", f"{NBSP}!").replace(" ?", f"{NBSP}?")
ENGLISH = f"It{QUOTE}s late, and the baker{QUOTE}s bread isn{QUOTE}t ready.\nWe{QUOTE}ll wait \N{EM DASH} of course.\n"
GERMAN = (
    "Sie sagte \N{DOUBLE LOW-9 QUOTATION MARK}nein\N{LEFT DOUBLE QUOTATION MARK}, und ging \N{EN DASH} wie immer.\n"
)
YEAR = "\N{COPYRIGHT SIGN} 2022 by the people of the island, who wrote all of this down within one short year.\n"
TREE = "The files:\n\n├─ posts\n│  └─ one.md\n└─ pages\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *((encoding, SPACED) for encoding in ("cp1252", "koi8-r", "cp866", "cp437", "mac_roman")),
        *((encoding, ENGLISH) for encoding in ("cp1252", "mac_roman", "big5")),
        *((encoding, GERMAN) for encoding in ("cp1252", "mac_roman", "mac_cyrillic")),
        *((encoding, YEAR) for encoding in ("cp1252", "koi8-r", "mac_roman")),
        *((encoding, TREE) for encoding in ("cp866", "cp437", "koi8-r")),
    ],
)
def test_signs_where_they_belong_are_converted(encoding: str, text: str) -> None:
    verdict = read_whole(text.encode(encoding))
    assert verdict is not None
    assert (verdict.reading.text, verdict.doubt) == (text, "")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Only 10\N{MIDDLE DOT}1024 bytes are left on that disk.\n"),  # in DOS code page 850 10 times 1024
        ("cp850", "Questo creerà un sito. La proprietà non sarà mai accessibile.\n"),  # in windows-1252 an ellipsis
        ("cp437", "No pidas nada más, el resto podrá esperar.\n"),  # in windows-1252 a no-break space
        ("koi8-u", f"The **Type{NBSP}:** of the record is known to all of us.\n"),  # in windows-1252 a letter
        ("cp1252", "On a keyboard press Ñ and nothing else.\n"),  # in MacRoman a dash
        ("cp1252", "A vida É bela demais para isso.\n"),  # in MacRoman dots
        ("big5", '"關鍵字 KEYWORDS"\nThe window of the application is destroyed, and all others stay.\n'),
    ],
)
def test_signs_and_letters_that_may_be_others_are_shown_or_right(encoding: str, text: str) -> None:
    verdict = read_whole(text.encode(encoding))
    assert verdict is not None
    assert verdict.doubt or verdict.reading.text == text


def test_a_sign_is_placed_by_what_it_stands_between() -> None:
    assert is_placed(SPACED) and is_placed(ENGLISH) and is_placed(TREE)
    assert not is_placed(f"realt{NBSP}del paese")
    assert not is_placed("a letter: é")
    assert not is_placed("\N{LEFT DOUBLE QUOTATION MARK}Never closed")


@pytest.mark.parametrize("unit", [b"\xa0", b"x\xa0", b"\x92 ", b"\xa1a ", b"\xc4\xb3 "])
def test_a_megabyte_of_one_sign_takes_no_time(unit: bytes) -> None:
    started = time.process_time()
    read_whole(b"x" + unit * (1_000_000 // len(unit)) + b"x")
    assert time.process_time() - started < 10


def test_letters_that_stand_alone_are_shown_and_not_converted() -> None:
    """`Á É Í Ó Ú` in windows-1252 was read as KOI8-R, which makes Russian words of one letter of them."""
    verdict = read_whole("The vowels are Á É Í Ó Ú.\n".encode("cp1252"))
    assert verdict is not None
    assert verdict.doubt
