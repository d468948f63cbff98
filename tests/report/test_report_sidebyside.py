"""Two posts next to each other."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from report_sample import PAIRS
from rich.cells import cell_len
from rich.console import Console

from postmend.comparator import Row
from postmend.model import FieldChange
from postmend.report import sidebyside
from postmend.report.console import console


def same(text: str, line: int) -> Row:
    return Row(((text, False),), ((text, False),), 1.0, line, line + 2)


ROWS = (
    same("Intro.", 5),
    same("Second.", 7),
    Row(
        (("The old café on the ", False), ("corner", True), (" sold cake.", False)),
        (("The old café on the ", False), ("東京🎉", True), (" sold cake\nand tea.", False)),
        0.93,
        9,
        11,
    ),
    Row((("Only \x1b[31m[red]left\u202e.", True),), (), 0.0, 11, 0),
    Row((), (("```\n\tonly right " + "長い" * 60 + "\n```", True),), 0.0, 0, 14),
    same("The end.", 1312),
)
FIELDS = (FieldChange("draft", None, "true"), FieldChange("title", "Café\x07", "Café 2"))


def shown(width: int | None = None, *, color: bool = False, every: bool = False) -> str:
    stream = io.StringIO()
    made = console("auto", stream)
    if width is not None:
        system = "standard" if color else None
        made = Console(file=stream, force_terminal=True, color_system=system, width=width, soft_wrap=True, _environ={})
    sidebyside.render(replace(PAIRS[1], fields=FIELDS), ROWS, made, every=every)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "width"), [("pipe", None), ("narrow", 60), ("wide", 100)])
def test_golden(name: str, width: int | None, golden: Callable[[str, str], None]) -> None:
    # Versions of rich differ in where they put the padding of columns.
    golden(f"diff.{name}.txt", re.sub(" +", " ", shown(width)))


def test_columns_stay_inside_the_terminal() -> None:
    text = shown(80, every=True)
    rows = text[text.index("Intro") :].splitlines()
    assert max(map(cell_len, rows)) <= 80


def test_colours_take_the_place_of_brackets() -> None:
    text = shown(100, color=True)
    assert "\x1b[1;31mcorner\x1b[0m" in text
    assert "[-corner-]" not in text
    assert "[-corner-]" in shown(100)


def test_hostile_text_is_escaped() -> None:
    for text in (shown(), shown(100)):
        assert r"Only \x1b[31m[red]left\u202e." in text
        assert "\x1b" not in text


def test_equal_paragraphs_are_counted_or_shown() -> None:
    assert "= 2 paragraphs are the same, from line 5 on the left, 7 on the right" in shown()
    assert "Intro." not in shown()
    assert "Intro." in shown(every=True)


def test_posts_that_are_no_duplicates_are_both_kept() -> None:
    stream = io.StringIO()
    pair = replace(PAIRS[1], code="", passage=None)
    sidebyside.render(pair, (), console("auto", stream))
    assert "keep" not in stream.getvalue()
