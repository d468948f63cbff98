"""The demo site through the command line: what is found, what is repaired, what comes back."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from cli_runner import report, run, tree_bytes

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPECTED: dict[str, Any] = json.loads((FIXTURES / "expected.json").read_text("utf-8"))
TRUTH = tree_bytes(FIXTURES / "truth")


@pytest.fixture(scope="module")
def checked() -> Any:
    return report(FIXTURES / "demo-site", "check")


def pairs(made: Any) -> set[tuple[str, str, str]]:
    return {(pair["left"], pair["right"], pair["code"]) for pair in made["pairs"]}


def test_damaged_lines_are_those_expected(checked: Any) -> None:
    lines: dict[str, set[int]] = defaultdict(set)
    for finding in checked["findings"]:
        if finding["code"] == "PM101":
            lines[finding["path"]].add(finding["start"]["line"])
    assert {path: sorted(found) for path, found in lines.items()} == {
        path: case["lines"] for path, case in EXPECTED["damaged"].items()
    }


def test_damage_is_all_safe_to_repair_and_names_its_chain(checked: Any) -> None:
    names = {"cp1252": "windows-1252", "mac_roman": "MacRoman", "latin-1": "ISO-8859-1", "cp1251": "windows-1251"}
    chains: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for finding in checked["findings"]:
        if finding["code"] == "PM101":
            assert finding["fix"] == "safe"
            chains[finding["path"]].add(tuple(finding["chain"]))
    for path, case in EXPECTED["damaged"].items():
        wanted = tuple(names[name] for name in case["chain"])
        # Where both say the same, windows-1252 may be named for ISO-8859-1.
        assert chains[path] <= {wanted, tuple(n.replace("ISO-8859-1", "windows-1252") for n in wanted)}, path


def test_pairs_are_those_expected(checked: Any) -> None:
    assert pairs(checked) == {(p["left"], p["right"], p["code"]) for p in EXPECTED["pairs"]}


def test_untouched_posts_fail_no_run(checked: Any) -> None:
    loud = {f["path"] for f in checked["findings"] if f["severity"] != "info"}
    assert loud.isdisjoint(EXPECTED["untouched"])


def test_nothing_else_is_found(checked: Any) -> None:
    known = {(path, "PM101") for path in EXPECTED["damaged"]}
    known |= {(p[side], p["code"]) for p in EXPECTED["pairs"] for side in ("left", "right")}
    assert {(f["path"], f["code"]) for f in checked["findings"] if f["severity"] != "info"} <= known


def test_check_writes_nothing_and_exits_1(demo: Path, state: Path) -> None:
    before = tree_bytes(demo)
    run(demo, "check").expect(1)
    assert tree_bytes(demo) == before
    assert not state.exists()


def test_fix_gives_the_truth_and_undo_gives_the_damage_back(demo: Path) -> None:
    damaged = tree_bytes(demo)
    pairs_before = scored(report(demo, "dupes"))

    first = run(demo, "fix").expect(1)  # the duplicates stay
    assert "Undo with `postmend undo" in first.out
    assert tree_bytes(demo) == damaged | TRUTH
    assert set(TRUTH) == set(EXPECTED["damaged"])

    second = run(demo, "fix", "--output-format", "json").expect(1).json
    assert (second["fixed"], second["run"]) == ([], None)
    assert tree_bytes(demo) == damaged | TRUTH
    assert scored(report(demo, "dupes")) == pairs_before

    run(demo, "undo").expect(0)
    assert tree_bytes(demo) == damaged


def scored(made: Any) -> list[Any]:
    """The pairs without which of the two to keep, for damage counts against a post."""
    choice = ("keep", "reasons", "objections", "front_matter")
    return [{key: value for key, value in pair.items() if key not in choice} for pair in made["pairs"]]


def test_diff_writes_nothing_and_git_applies_it(demo: Path, state: Path) -> None:
    damaged = tree_bytes(demo)
    shown = run(demo, "fix", "--diff").expect(1)
    assert tree_bytes(demo) == damaged
    assert not state.exists()
    assert "Would fix" in shown.err

    apply = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(apply, cwd=demo, input=shown.stdout, check=True)
    assert tree_bytes(demo) == damaged | TRUTH
    assert run(demo, "fix", "--diff").expect(0).stdout == b""


def test_one_post_is_compared_with_the_whole_site(demo: Path) -> None:
    made = report(demo, "check", "src/content/blog/ru/korotkie-volny-podrobno.md")
    assert made["summary"]["files"] == 1
    assert [pair["code"] for pair in made["pairs"]] == ["PM204"]
    assert {f["path"] for f in made["findings"]} == {"src/content/blog/ru/korotkie-volny-podrobno.md"}


def test_paths_are_relative_to_the_working_folder(demo: Path) -> None:
    made = report(demo / "src" / "content", "check", "blog/de")
    assert {f["path"].split("/")[0] for f in made["findings"]} == {"blog"}
