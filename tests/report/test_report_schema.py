"""The published schema fits what is written, and nothing else."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report_sample import EMPTY, FIXED, FULL, HOSTILE

from postmend.model import Report
from postmend.report import json as json_report

SCHEMA = json.loads(files("postmend.report").joinpath("schema.json").read_text("utf-8"))
DOCUMENT = Draft202012Validator(SCHEMA)
LINE = Draft202012Validator({"$ref": "#/$defs/line", "$defs": SCHEMA["$defs"]})
REPORTS = [FULL, FIXED, EMPTY, HOSTILE]


def document(report: Report) -> Any:
    return json.loads(json_report.render(report))


def test_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", REPORTS)
def test_document_fits(report: Report) -> None:
    DOCUMENT.validate(document(report))


@pytest.mark.parametrize("report", REPORTS)
def test_lines_fit(report: Report) -> None:
    for line in json_report.render_lines(report).splitlines():
        LINE.validate(json.loads(line))


@pytest.mark.parametrize("part", ["summary", "findings", "pairs", "clusters", "failures", None])
def test_unknown_members_are_refused(part: str | None) -> None:
    made = document(FULL)
    place = made if part is None else made[part]
    (place[0] if isinstance(place, list) else place)["surprise"] = 1
    assert not DOCUMENT.is_valid(made)


@pytest.mark.parametrize("part", ["findings", "pairs", "clusters", "failures"])
def test_missing_members_are_refused(part: str) -> None:
    for key in document(FULL)[part][0]:
        made = document(FULL)
        del made[part][0][key]
        assert not DOCUMENT.is_valid(made), key


def test_names_and_order_are_those_of_the_documentation() -> None:
    made = document(FULL)
    assert list(made) == [
        "schema", "version", "root", "summary", "findings", "pairs", "clusters", "failures"
    ]  # fmt: skip
    assert list(made["findings"][0]) == [
        "code", "name", "severity", "path", "start", "end", "message", "before", "after", "chain", "fix",
        "confidence", "fingerprint",
    ]  # fmt: skip
    assert list(made["pairs"][0]) == [
        "left", "right", "code", "body", "containment", "slug", "title", "description", "locales", "verdict", "unit",
        "words", "shared_words", "passage", "front_matter", "links", "keep", "reasons", "objections",
    ]  # fmt: skip
    assert list(made["clusters"][0]) == ["members", "keep", "code", "reasons", "objections"]


def test_scores_have_six_digits() -> None:
    assert document(FULL)["pairs"][1]["body"] == 0.941235


def test_fix_tells_how_far_it_can_be_trusted() -> None:
    ways = {f["code"]: f["fix"] for f in document(FULL)["findings"]}
    assert (ways["PM101"], ways["PM103"], ways["PM202"]) == ("safe", "unsafe", None)


def test_fixed_and_run_are_there_when_a_fix_ran() -> None:
    assert document(FIXED)["run"] == "20261121-211502"
    assert len(document(FIXED)["fixed"]) == 2
    nothing_to_do = json.loads(json_report.render(EMPTY, verb="fix"))
    DOCUMENT.validate(nothing_to_do)
    assert (nothing_to_do["fixed"], nothing_to_do["run"]) == ([], None)
