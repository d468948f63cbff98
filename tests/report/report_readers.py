"""Reads each format as a program would that knows nothing but the format: which rule found something where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from jsonschema import Draft202012Validator

Found = tuple[str, int, int | None, str]  # path, line, column where the format has it in code points, code

_SCHEMAS = Path(__file__).parent / "schemas"
_VOID = {"meta"}


def valid(name: str, text: str) -> Any:
    """The JSON of a format, when it fits its schema in `schemas/`."""
    made = json.loads(text)
    Draft202012Validator(json.loads((_SCHEMAS / f"{name}.json").read_text("utf-8"))).validate(made)
    return made


def full(text: str) -> list[Found]:
    found, path = [], ""
    for line in text.split("\n"):
        place = re.match(r"  (\d+):(\d+)  (PM\d{3})\b", line)
        if place:
            found.append((path, int(place[1]), int(place[2]), place[3]))
        elif line and not line.startswith(" "):
            path = line
    return found


def concise(text: str) -> list[Found]:
    places = re.findall(r"(?m)^(.+?):(\d+):(\d+): (PM\d{3})\b", text)
    return [(path, int(line), int(column), code) for path, line, column, code in places]


def as_json(text: str) -> list[Found]:
    return [_of_json(finding) for finding in json.loads(text)["findings"]]


def json_lines(text: str) -> list[Found]:
    items = [json.loads(line) for line in text.split("\n")[:-1]]
    return [_of_json(item) for item in items if item["type"] == "finding"]


def _of_json(finding: Any) -> Found:
    return finding["path"], finding["start"]["line"], finding["start"]["column"], finding["code"]


def sarif(text: str) -> list[Found]:
    (run,) = valid("sarif", text)["runs"]
    found = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        path = unquote(place["artifactLocation"]["uri"], errors="surrogateescape")
        found.append((path, place["region"]["startLine"], place["region"]["startColumn"], rule["id"]))
    return found


def github(text: str) -> list[Found]:
    found = []
    for line in text.split("\n"):
        command = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::(.*)", line)
        if command:
            told = dict(part.split("=", 1) for part in command[1].split(","))
            if "line" in told:
                code = told["title"].split()[0]
                found.append((unquote(told["file"]), int(told["line"]), int(told["col"]), code))
    return found


def gitlab(text: str) -> list[Found]:
    issues = valid("gitlab", text)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return [
        (issue["location"]["path"], issue["location"]["lines"]["begin"], None, issue["check_name"].split()[0])
        for issue in issues
        if issue["check_name"] != "failure"
    ]


def junit(text: str) -> list[Found]:
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    assert {suite.tag for suite in root} <= {"testsuite"}
    for part in (root, *root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(part.attrib[name]) == len(part.findall(f".//{tag}")), (name, part.attrib)
    found = []
    for case in root.iterfind(".//testcase"):
        place = re.fullmatch(r"(PM\d{3}) at (\d+):(\d+)", case.attrib["name"])
        if place:
            assert case.attrib["line"] == place[2]
            found.append((case.attrib["file"], int(place[2]), int(place[3]), place[1]))
    return found


def rdjson(text: str) -> list[Found]:
    return [
        (item["location"]["path"], item["location"]["range"]["start"]["line"], None, item["code"]["value"])
        for item in valid("rdjson", text)["diagnostics"]
        if item["code"]["value"] != "failure"
    ]


def html(text: str) -> list[Found]:
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    found, path = [], ""
    place = r'<h3><bdi>(.*?)</bdi></h3>|<span class="place">line (\d+), column (\d+)</span> <a href="#(PM\d{3})">'
    for heading, line, column, code in re.findall(place, text.partition("<h2>What was repaired</h2>")[0]):
        path = unescape(heading) or path
        if code:
            found.append((path, int(line), int(column), code))
    return found


class _Page(HTMLParser):
    """A page in which every tag is closed, and nothing is loaded or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "link", "img", "iframe", "object", "base", "form")
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("src", "style", "srcset", "action")
            assert name != "href" or (value or "").startswith("#")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


READERS: dict[str, Callable[[str], list[Found]]] = {
    "full": full,
    "concise": concise,
    "json": as_json,
    "json-lines": json_lines,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "rdjson": rdjson,
    "html": html,
}
