"""What a report hands on as a fix is what `fix` does, for every rule that has one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cli_runner import run

RULES = Path(__file__).parents[2] / "fixtures" / "rules"
CONVERSIONS = {"PM001", "PM002", "PM005"}  # of files that are not UTF-8: for `fix` alone
RENAMES = {"PM106"}
WITH_FIXES = {"PM003", "PM006", "PM101", "PM102", "PM103", "PM104", "PM105", "PM107", "PM108", "PM109", "PM120",
              "PM301", "PM302"}  # fmt: skip


@pytest.mark.parametrize("code", sorted(WITH_FIXES | CONVERSIONS | RENAMES))
def test_fixes_in_sarif_are_those_that_fix_makes(code: str, tmp_path: Path) -> None:
    site = Path(shutil.copytree(RULES / code, tmp_path / "site"))
    options = ["--select", code, "--no-cache"]
    shown = run(site, "check", *options, "-o", "sarif=-")
    (made,) = json.loads(shown.stdout)["runs"]
    texts = {path: _applied((site / path).read_bytes().decode(), edits) for path, edits in _edits(made).items()}
    assert bool(texts) is (code in WITH_FIXES)
    run(site, "fix", *options, "--unsafe-fixes", "--no-backup", "-q")
    for path, text in texts.items():
        assert (site / path).read_bytes().decode() == text


def _edits(made: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for result in made["results"]:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                found.setdefault(unquote(change["artifactLocation"]["uri"]), []).extend(change["replacements"])
    return found


def _applied(text: str, replacements: list[Any]) -> str:
    lines = [0, *(found.end() for found in re.finditer("\r\n|\r|\n", text))]
    edits = []
    for replacement in replacements:
        region = replacement["deletedRegion"]
        if "charOffset" in region:
            span = region["charOffset"], region["charOffset"] + region["charLength"]
        else:
            span = tuple(lines[region[f"{end}Line"] - 1] + region[f"{end}Column"] - 1 for end in ("start", "end"))
        edits.append((*span, replacement.get("insertedContent", {}).get("text", "")))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
