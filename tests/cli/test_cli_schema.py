"""What programs read fits the published schema, whatever command wrote it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import Outcome, run
from jsonschema import Draft202012Validator

SCHEMA = json.loads(files("postmend.report").joinpath("schema.json").read_text("utf-8"))
DOCUMENT = Draft202012Validator(SCHEMA)
LINE = Draft202012Validator({"$ref": "#/$defs/line", "$defs": SCHEMA["$defs"]})
COMMANDS = [["check"], ["dupes"], ["fix"], ["fix", "--unsafe-fixes"], ["fix", "--no-backup"], ["check", "nowhere.md"]]


def valid(shown: Outcome, output_format: str) -> None:
    if output_format == "json":
        DOCUMENT.validate(shown.json)
        return
    lines = shown.out.split("\n")
    assert lines.pop() == ""
    for line in lines:
        LINE.validate(json.loads(line))


@pytest.mark.parametrize("output_format", ["json", "json-lines"])
def test_demo_site(output_format: str, demo: Path) -> None:
    for command in (["check"], ["dupes"], ["fix"], ["check"]):
        valid(run(demo, *command, "--output-format", output_format).expect(1), output_format)


@pytest.mark.parametrize("output_format", ["json", "json-lines"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_odd_files(command: list[str], output_format: str, posts: Path, put: Put) -> None:
    put("a.md")
    put("b.md", CLEAN * 20)
    put("c.md", CLEAN * 20)
    put("d.md", CLEAN.encode("latin-1"))
    put("e.md", b"\x89PNG\r\n\x1a\n\x00")
    put("f.md", "---\ntitle: [\n---\n" + DAMAGED)
    put(b"caf\xe9\x1b.md", DAMAGED + "\ud7ff\ue000\U0010ffff\x9d\n")
    shown = run(posts, *command, "--output-format", output_format)
    assert shown.code in (1, 2)
    valid(shown, output_format)


@pytest.mark.parametrize("output_format", ["json", "json-lines"])
def test_nothing_to_report(output_format: str, posts: Path, put: Put) -> None:
    for command in ("check", "dupes", "fix"):
        valid(run(posts, command, "--output-format", output_format).expect(0), output_format)
    put("a.md", CLEAN)
    for command in ("check", "dupes", "fix"):
        valid(run(posts, command, "--output-format", output_format).expect(0), output_format)


def test_standard_input(posts: Path) -> None:
    valid(run(posts, "check", "-", "--output-format", "json", stdin=DAMAGED.encode()).expect(1), "json")


def test_same_findings_in_both_formats(demo: Path) -> None:
    whole = run(demo, "check", "--output-format", "json").json
    lines = [json.loads(line) for line in run(demo, "check", "--output-format", "json-lines").out.splitlines()]
    for kind in ("finding", "pair", "cluster", "failure"):
        alone = [line for line in lines if line["type"] == kind]
        assert [{"type": kind, **item} for item in whole[f"{kind}s"]] == alone


def test_fingerprints_are_unique_and_stay_when_lines_move(posts: Path, put: Put) -> None:
    def fingerprints() -> list[str]:
        return [f["fingerprint"] for f in run(posts, "check", "--output-format", "json").json["findings"]]

    put("a.md", DAMAGED + DAMAGED.split("---", 2)[2])
    before = fingerprints()
    assert len(set(before)) == len(before) >= 3
    put("a.md", DAMAGED.replace("\n---\n", "\ndate: 2026-01-01\n---\n\nBonjour.\n") + DAMAGED.split("---", 2)[2])
    assert fingerprints() == before
