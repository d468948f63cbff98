"""Golden outputs of the formats, and what holds for all of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest
from report_sample import EMPTY, FIXED, FULL, HOSTILE, finding

from postmend.model import Report
from postmend.report import concise, terminal
from postmend.report import json as json_report

REPORTS = {"full": FULL, "fixed": FIXED, "empty": EMPTY, "hostile": HOSTILE}


def full(report: Report) -> str:
    stream = io.StringIO()
    terminal.render(report, terminal.console("auto", stream))
    return stream.getvalue()


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_report, "__version__", "0.0.0")
    report = REPORTS[name]
    golden(f"{name}.concise.txt", concise.render(report))
    golden(f"{name}.full.txt", full(report))
    golden(f"{name}.json", json_report.render(report))
    golden(f"{name}.jsonl", json_report.render_lines(report))


def test_concise_line_is_the_one_promised() -> None:
    lines = concise.render(FULL).splitlines()
    message = "Mojibake in `title`: `CafÃ©` -> `Café` (UTF-8 read as windows-1252)"
    assert f"content/posts/cafe.md:2:8: PM101 [*] {message}" in lines
    assert "content/locked.md: error: No permission to read it (chmod u+r content/locked.md)" in lines


def test_concise_sorts_lines_as_numbers() -> None:
    report = Report(
        ".",
        1,
        tuple(finding("PM101", "a.md", line, column, "x") for line, column in ((10, 1), (9, 2), (9, 1))),
    )
    places = [line.split(" ")[0] for line in concise.render(report).splitlines()[:-1]]
    assert places == ["a.md:9:1:", "a.md:9:2:", "a.md:10:1:"]


@pytest.mark.parametrize("text", [concise.render(HOSTILE), full(HOSTILE)], ids=["concise", "full"])
def test_hostile_text_can_not_steer_the_terminal(text: str) -> None:
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert bad == {"\n"}


def test_hostile_json_is_one_line_an_object_and_loses_nothing() -> None:
    lines = json_report.render_lines(HOSTILE).splitlines()
    items = [json.loads(line) for line in lines]
    assert [i["type"] for i in items] == ["finding", "pair", "cluster", "failure"]
    assert items[0]["path"] == HOSTILE.findings[0].path
    assert items[0]["before"] == HOSTILE.findings[0].before
    assert items[3]["hint"] == "\udcff"
    json_report.render(HOSTILE).encode()  # no lone surrogate is left


def test_markup_is_printed_as_it_is() -> None:
    assert "[bold]evil" in full(HOSTILE)
    assert ":smile: [link=x][/red]" in full(HOSTILE)


@pytest.mark.parametrize("module", ["concise", "json", "rules"])
def test_only_terminal_formats_import_rich(module: str) -> None:
    code = f"import sys, postmend.report.{module}; sys.exit('rich' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
