"""All formats over the demo site: the same findings in the same order, and fixes that give the right text."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from contextlib import chdir
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from report_readers import READERS, Found, json_lines

from postmend.cli import main
from postmend.report.formats import FORMATS
from postmend.rules import BY_CODE, Severity

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo site with one file that can't be read."""
    folder = tmp_path_factory.mktemp("reports")
    shutil.copytree(FIXTURES / "demo-site", folder / "site")
    return folder


@pytest.fixture(scope="module")
def reports(site: Path) -> dict[str, str]:
    """The demo site in every format, written by one run."""
    files = {name: site / f"report.{name}" for name in FORMATS}
    with pytest.MonkeyPatch.context() as patch, chdir(site / "site"):
        patch.setenv("POSTMEND_CACHE_DIR", str(site / "cache"))
        with pytest.raises(SystemExit) as stop:
            main(["check", "-q", "nowhere.md", ".", *(f"-o{name}={file}" for name, file in files.items())])
    assert stop.value.code == 2
    return {name: file.read_bytes().decode() for name, file in files.items()}


def expected(output_format: str, found: list[Found]) -> list[Found]:
    """What a format that shows only so many of a kind has of the findings."""
    kept, seen = [], Counter[Any]({Severity.ERROR: 1})  # a file that can't be read is an error to GitHub
    for finding in found:
        kind = {
            "full": (finding[0], finding[3]),
            "github": BY_CODE[finding[3]].severity,
        }.get(output_format, finding)
        seen[kind] += 1
        if output_format not in ("full", "github") or seen[kind] <= 10:
            kept.append(finding)
    return kept


@pytest.mark.parametrize("output_format", FORMATS)
def test_same_findings_in_the_same_order(output_format: str, reports: dict[str, str]) -> None:
    wanted = expected(output_format, json_lines(reports["json-lines"]))
    found = READERS[output_format](reports[output_format])
    if output_format in ("gitlab", "rdjson"):  # lines only, and columns in bytes
        wanted = [(path, line, None, code) for path, line, _, code in wanted]
    assert found == wanted
    assert len(found) > 15


@pytest.mark.parametrize("output_format", FORMATS)
def test_what_could_not_be_read_is_in_every_format(output_format: str, reports: dict[str, str]) -> None:
    assert "nowhere.md" in reports[output_format]


def test_pairs_are_in_the_formats_that_can_say_them(reports: dict[str, str]) -> None:
    pairs = json.loads(reports["json"])["pairs"]
    assert len(pairs) > 5
    (run,) = json.loads(reports["sarif"])["runs"]
    linked = {
        frozenset(unquote(place["physicalLocation"]["artifactLocation"]["uri"]) for place in places)
        for result in run["results"]
        if "relatedLocations" in result
        for places in [[*result["locations"], *result["relatedLocations"]]]
    }
    assert linked == {frozenset((pair["left"], pair["right"])) for pair in pairs}
    for pair in pairs:
        assert reports["html"].count(f"<bdi>{pair['left']}</bdi>") >= 1
        assert len(re.findall(f'<b dir="auto">[^<]+</b> <bdi>{re.escape(pair["right"])}</bdi>', reports["html"])) >= 1
    assert "no title" not in reports["html"]


def lines_of(text: str) -> list[str]:
    return re.split(r"(?<=\n)", text)


def test_fixes_in_sarif_give_the_repaired_posts(site: Path, reports: dict[str, str]) -> None:
    """As an editor would make them: by line and column in code points, the last one first."""
    (run,) = json.loads(reports["sarif"])["runs"]
    texts: dict[str, list[str]] = {}
    changes = [
        (change["artifactLocation"]["uri"], replacement)
        for result in run["results"]
        for fix in result.get("fixes", ())
        if fix["description"]["text"] == "Safe repair"
        for change in fix["artifactChanges"]
        for replacement in change["replacements"]
    ]
    for address, replacement in sorted(changes, key=lambda c: c[1]["deletedRegion"]["startColumn"], reverse=True):
        path, region = unquote(address), replacement["deletedRegion"]
        lines = texts.setdefault(path, lines_of((site / "site" / path).read_bytes().decode()))
        line = lines[region["startLine"] - 1]
        new = replacement["insertedContent"]["text"]
        lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    assert_truth({path: "".join(lines).encode() for path, lines in texts.items()})


def test_suggestions_in_rdjson_give_the_repaired_posts(site: Path, reports: dict[str, str]) -> None:
    """As reviewdog would make them: by line and column in bytes."""
    texts: dict[str, list[bytes]] = {}
    diagnostics = [d for d in json.loads(reports["rdjson"])["diagnostics"] if d["code"]["value"] == "PM101"]
    for item in sorted(diagnostics, key=lambda d: d["suggestions"][0]["range"]["start"]["column"], reverse=True):
        path, (suggestion,) = item["location"]["path"], item["suggestions"]
        lines = texts.setdefault(path, re.split(rb"(?<=\n)", (site / "site" / path).read_bytes()))
        start, end = suggestion["range"]["start"], suggestion["range"]["end"]
        line = lines[start["line"] - 1]
        lines[start["line"] - 1] = line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]
    assert_truth({path: b"".join(lines) for path, lines in texts.items()})


def assert_truth(made: dict[str, bytes]) -> None:
    truth = FIXTURES / "truth"
    files = {file.relative_to(truth).as_posix(): file.read_bytes() for file in truth.rglob("*") if file.is_file()}
    assert made == files


def test_columns_in_rdjson_lead_to_the_damage(site: Path, reports: dict[str, str]) -> None:
    findings = json.loads(reports["json"])["findings"]
    diagnostics = json.loads(reports["rdjson"])["diagnostics"]
    ends = 0
    for finding, item in zip(findings, diagnostics, strict=False):
        place = item["location"]["range"]
        if "end" in place and finding["before"]:
            line = (site / "site" / finding["path"]).read_bytes().split(b"\n")[place["start"]["line"] - 1]
            covered = line[place["start"]["column"] - 1 : place["end"]["column"] - 1]
            assert covered.decode() == finding["before"]
            ends += 1
    assert ends > 200


def test_github_annotates_ten_of_a_level_and_counts_the_rest(reports: dict[str, str]) -> None:
    lines = reports["github"].splitlines()
    levels = Counter(line.split(" ")[0] for line in lines if line.startswith("::"))
    assert levels["::error"] == 10
    assert max(levels.values()) == 10
    summary = json.loads(reports["json"])["summary"]
    total = summary["problems"] + summary["notes"] + summary["failures"]
    told = [int(n) for n in re.findall(r"(\d+) more of level", lines[-2])]
    assert sum(told) + sum(levels.values()) == total


def test_junit_has_a_suite_for_each_file(reports: dict[str, str]) -> None:
    names = re.findall(r'<testsuite name="([^"]+)"', reports["junit"])
    found = json_lines(reports["json-lines"])
    assert names == [path for path, _ in groupby(path for path, *_ in found)] + ["nowhere.md"]
