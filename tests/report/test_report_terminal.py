"""What only shows on a terminal: colours, widths, encodings, cut lines."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import CAFE, FULL, HOSTILE, finding, repair
from rich.cells import cell_len

from postmend.model import Cluster, Edit, Finding, Fix, Fixability, Report, Span
from postmend.report import concise, terminal
from postmend.report.console import Color, Look, console
from postmend.report.escape import make_tolerant, visible
from postmend.report.excerpt import excerpt
from postmend.report.graphemes import graphemes

WIDE = Look(80, "utf-8", colors=False)


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(report: Report, stream: io.StringIO | None = None, color: Color = "auto") -> str:
    stream = stream or io.StringIO()
    terminal.render(report, console(color, stream))
    return stream.getvalue()


def one(context: str | None, before: str, after: str | None, column: int = 1) -> Finding:
    made = finding("PM101", "a.md", 1, column, "Mojibake", **repair(before, after or ""), context=context)
    return replace(made, after=after)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_colours_on_a_terminal_only() -> None:
    assert "\x1b[" in shown(FULL, Tty())
    assert "\x1b" not in shown(FULL)
    assert "\x1b" not in shown(FULL, Tty(), "never")
    assert "\x1b[" in shown(FULL, color="always")


def test_no_color_and_dumb_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(FULL, Tty())
    assert "\x1b[" in shown(FULL, color="always")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in shown(FULL, Tty())


def test_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in shown(FULL)


def test_hostile_text_adds_no_escape_sequence_to_the_colours() -> None:
    text = shown(HOSTILE, Tty())
    assert "\x1b[2J" not in text
    assert "\x1b]" not in text


def test_nothing_is_wrapped_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    message = "word " * 100 + "end"
    assert message in shown(Report(".", 1, (finding("PM101", "a.md", 1, 1, message),)))


@pytest.mark.parametrize("encoding", ["cp1252", "cp866", "ascii", "utf-8", "utf-16-le", "shift_jis"])
def test_every_encoding_is_fine(encoding: str) -> None:
    for report in (FULL, HOSTILE):
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
        terminal.render(report, console("always", stream))
        stream.write(concise.render(report, encoding=encoding))
        stream.flush()
        assert "PM101" in raw.getvalue().decode(encoding)


def test_marks_stand_right_where_characters_are_escaped() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp866", newline="")
    terminal.render(Report(".", 1, (one("Слово Ã©, 東", "Ã©", "é", 7),)), console("auto", stream))
    stream.flush()
    lines = raw.getvalue().decode("cp866").splitlines()
    old = next(line for line in lines if line.startswith("      - "))
    assert old == r"      - Слово \xc3\xa9, \u6771"
    assert lines[lines.index(old) + 1].index("^") == old.index(r"\xc3")


def test_tolerant_streams_escape() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    make_tolerant(stream)
    stream.write("é")
    stream.flush()
    assert raw.getvalue() == rb"\xe9"
    make_tolerant(io.StringIO())


def test_only_what_changes_is_marked() -> None:
    found = excerpt(one("  title: CafÃ© noir", "CafÃ©", "Café", 10), WIDE, 72)
    assert found is not None
    assert found.head == "title: Caf"
    assert found.old == (("Ã©", True), (" noir", False))
    assert found.new == (("é", True), (" noir", False))


def test_each_edit_of_a_line_is_marked() -> None:
    made = one("les Ã©tÃ©s d'Ã©", "Ã©tÃ©s d'Ã©", "étés d'é", 5)
    edits = tuple(Edit(Span(at, at + 2), "Ã©", "é") for at in (14, 17, 23))
    start = replace(made.start, offset=14)
    made = replace(made, start=start, fix=Fix(edits, Fixability.SAFE))
    text = shown(Report(".", 1, (made,)))
    assert "      - les Ã©tÃ©s d'Ã©\n            ^^ ^^    ^^\n" in text
    assert "      + les étés d'é\n            ^ ^    ^\n" in text
    found = excerpt(replace(made, after="something else"), WIDE, 72)
    assert found is not None
    assert found.new == (("something else", True),)


def test_the_right_one_of_several_places_is_marked() -> None:
    found = excerpt(one("Ã© and\nthe Ã© there", "Ã©", "é", 5), WIDE, 72)
    assert found is not None
    assert (found.head, found.old) == ("the ", (("Ã©", True), (" there", False)))


def test_change_that_is_not_in_its_context() -> None:
    found = excerpt(one("something else", "Ã©", "é"), WIDE, 72)
    assert found is not None
    assert (found.head, found.old) == ("", (("Ã©", True),))


def test_next_line_controls_do_not_end_the_line() -> None:
    found = excerpt(one("a \x85 Ã© b \x85 c", "Ã©", "é", 5), WIDE, 72)
    assert found is not None
    assert (found.head, found.old) == (r"a \x85 ", (("Ã©", True), (r" b \x85 c", False)))


def test_finding_without_a_suggestion_is_shown_in_its_line() -> None:
    text = shown(Report(".", 1, (one("one \ufffd two", "\ufffd", None, 5),)))
    assert "      | one \ufffd two\n            ^\n" in text


def test_accents_and_emoji_are_not_parted() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    flags = ["\U0001f1eb\U0001f1f7", "\U0001f1e9\U0001f1ea"]
    assert graphemes("e\u0301" + family + "".join(flags) + "\U0001f44d\U0001f3fd.") == [
        "e\u0301",
        family,
        *flags,
        "\U0001f44d\U0001f3fd",
        ".",
    ]


TEXTS = st.text(st.sampled_from("ab é東京🎉\u0301\u200d\x1b\t\u202eÃ©🇫🇷\udc80"), max_size=200)


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(24, 120), st.sampled_from(["utf-8", "cp1252", "cp866"]))
def test_excerpts_fit(head: str, old: str, new: str, tail: str, width: int, encoding: str) -> None:
    look = Look(width, encoding, colors=False)
    found = excerpt(one(head + old + tail, old, new, len(head) + 1), look, width)
    assert found is not None
    for changed in (found.old, found.new or ()):
        parts = [found.head, *(text for text, _ in changed)]
        assert sum(map(cell_len, parts)) <= width
        assert all(visible(part, encoding) == part for part in parts)
    if cell_len(visible(old.replace("\t", "    "), encoding)) < width // 2:
        assert all(look.ellipsis not in text for text, changed in found.old if changed)


def test_a_line_of_a_megabyte_is_cut_around_its_damage() -> None:
    found = excerpt(one("x" * 500_000 + "Ã©" + "y" * 500_000, "Ã©", "é", 500_001), WIDE, 41)
    assert found is not None
    assert found.head == "…" + "x" * 12
    assert found.old == (("Ã©", True), ("y" * 25 + "…", False))


def test_many_of_one_kind_are_cut_short() -> None:
    many = tuple(one("l'Ã©tÃ©", "Ã©", "é", 3) for _ in range(72))
    text = shown(Report(".", 1, (*many, finding("PM301", "a.md", 9, 9, "Front matter"))))
    assert text.count("PM101") == 10
    assert "  ... and 62 more like it in this file (see --output-format concise)\n" in text
    assert "PM301" in text


def test_ten_are_not_too_many() -> None:
    assert "more like it" not in shown(Report(".", 1, tuple(one(None, "Ã©", "é") for _ in range(10))))


def test_pairs_are_shown_with_their_findings_and_once() -> None:
    text = shown(FULL)
    assert text.count("412 words, - line 5, + lines 7-32") == 1
    assert text.count(f"keep {CAFE}") == 3  # two pairs and the cluster
    assert "content/a.md and content/b.md  PM207" in text


def test_clusters_of_two_are_left_to_their_pair() -> None:
    assert "belong together" not in shown(Report(".", 2, clusters=(Cluster(("a", "b"), "a", "PM201"),)))
