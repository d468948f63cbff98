"""The tables of misread encodings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from postmend.fixer.accidents import describe, labels
from postmend.fixer.codecs import codec, misreadings


@pytest.mark.parametrize("damage", misreadings(), ids=lambda c: c.name)
def test_every_byte_has_its_own_character(damage) -> None:  # type: ignore[no-untyped-def]
    assert len(damage.table) == 256
    assert len(set(damage.table)) == 256
    assert damage.table[:128] == bytes(range(128)).decode("ascii")
    assert damage.to_bytes(damage.table) == bytes(range(256))


def test_undefined_bytes_become_c1_controls_as_in_browsers() -> None:
    assert codec("cp1252").table[0x81] == "\x81"
    assert codec("cp1251").table[0x98] == "\x98"


def test_characters_outside_become_question_marks_and_keep_their_place() -> None:
    assert codec("cp1252").to_bytes("a日é🚀b") == b"a?\xe9?b"


def test_misreading_is_what_the_seed_of_this_project_went_through() -> None:
    assert codec("mac_roman").misread("Привет") == "–ü—Ä–∏–≤–µ—Ç"


def test_nothing_is_registered_globally() -> None:
    code = "import codecs, postmend.fixer.codecs as c; c.misreadings(); codecs.lookup('sloppy-windows-1252')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "LookupError" in done.stderr


def test_chains_in_words() -> None:
    assert describe(("cp1252",)) == "UTF-8 read as windows-1252"
    assert describe(("cp1252", "cp1252")) == "UTF-8 read as windows-1252, twice"
    assert describe(("cp1252",) * 3) == "UTF-8 read as windows-1252, 3 times"
    assert labels(("mac_roman", "latin-1")) == ("MacRoman", "ISO-8859-1")
