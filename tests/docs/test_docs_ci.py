"""The jobs in docs/ci.md and the action: they parse, name what exists, and take no command from an input."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from docs_pages import DOCS, ROOT, blocks

from postmend.report.formats import FORMATS

PAGE = (DOCS / "ci.md").read_text("utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


def jobs() -> list[Any]:
    return [yaml.safe_load(block.text) for block in blocks(PAGE) if block.info == "yaml"]


def calls() -> list[str]:
    """Every call of postmend in the jobs and in the scripts for a shell."""
    lines = [line for block in blocks(PAGE) for line in block.text.splitlines()]
    return [found[1] for line in lines if (found := re.search(r"(?:^|[-$:] |/)(postmend check .*)$", line))]


def test_jobs_parse_and_check_posts() -> None:
    assert len(jobs()) == 3
    assert len(calls()) == 5


@pytest.mark.parametrize("call", calls())
def test_formats_in_the_jobs_exist(call: str) -> None:
    words = shlex.split(call)
    named = [words[n + 1].partition("=")[0] for n, word in enumerate(words) if word in ("-o", "--output-format")]
    assert named or "--exit-zero" in words
    assert set(named) <= set(FORMATS)


def test_artifacts_are_files_that_the_job_writes() -> None:
    gitlab = next(job for job in jobs() if "postmend" in job)["postmend"]
    written = {word.partition("=")[2] for line in gitlab["script"] for word in shlex.split(line) if "=" in word}
    assert set(gitlab["artifacts"]["reports"].values()) <= written


def test_inputs_of_the_action_are_documented_with_their_defaults() -> None:
    table = PAGE.partition("| Input |")[2].partition("\n\n")[0]
    rows = re.findall(r"(?m)^\| `([\w-]+)` \|([^|]*)\|", table)
    assert {name: default.strip(" `") for name, default in rows} == {
        name: item["default"] for name, item in ACTION["inputs"].items()
    }
    used = next(step for job in jobs() for step in job.get("jobs", {}).get("postmend", {}).get("steps", ())
                if "OWNER" in step.get("uses", ""))  # fmt: skip
    assert set(used["with"]) <= set(ACTION["inputs"])


def test_scripts_of_the_action_take_inputs_as_variables_only() -> None:
    scripts = [step for step in STEPS if "run" in step]
    assert len(scripts) == 2
    for step in scripts:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        assert set(re.findall(r"\$\{?(POSTMEND_\w+)", step["run"])) == set(step["env"])
    told = "".join(value for step in STEPS for value in (*step.get("env", {}).values(), step.get("if", "")))
    assert set(re.findall(r"inputs\.([\w-]+)", told)) == set(ACTION["inputs"])


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """What stands in for Python and for postmend: each notes its arguments."""
    for program in ("python3", "postmend/bin/python", "postmend/bin/postmend"):
        file = tmp_path / program
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'#!/bin/sh\nfor a in "$@"; do printf "%s\\0" "$a"; done > "{file}.args"\nexit 3\n', "utf-8")
        file.chmod(0o755)
    (tmp_path / "work").mkdir()
    return tmp_path


def perform(runner: Path, step: dict[str, Any], **variables: str) -> int:
    empty = dict.fromkeys(step["env"], "")
    environment = {
        **os.environ,
        **empty,
        **variables,
        "PATH": f"{runner}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(runner),
        "GITHUB_ACTION_PATH": "/actions/post mend",
        "GITHUB_OUTPUT": str(runner / "output"),
    }
    # As the runner of GitHub starts it.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=runner / "work", env=environment, check=False).returncode


def told(runner: Path, program: str) -> list[str]:
    return (runner / f"{program}.args").read_text("utf-8").split("\0")[:-1]


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize(
    ("version", "installed"), [("", "/actions/post mend"), ("1.2; touch x", "postmend==1.2; touch x")]
)
def test_the_action_installs_itself_or_a_version(version: str, installed: str, runner: Path) -> None:
    (runner / "python3").write_text("#!/bin/sh\n", "utf-8")
    assert perform(runner, STEPS[0], POSTMEND_VERSION=version) == 3
    assert told(runner, "postmend/bin/python")[-1] == installed
    assert list((runner / "work").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
def test_the_action_hands_its_inputs_on_and_runs_none_of_them(runner: Path) -> None:
    code = perform(
        runner,
        STEPS[1],
        POSTMEND_ARGS="--ignore PM2\n $(touch a) `touch b` * '--x y'",
        POSTMEND_PATHS="content/\n\nmy posts\n-q; touch c\n$(touch d)",
        POSTMEND_SARIF='a"b $(touch e).sarif',
        POSTMEND_UPLOAD="true",
    )
    assert code == 3
    start = ["check", "--output-format", "github", "-o", 'sarif=a"b $(touch e).sarif']
    args = ["--ignore", "PM2", "$(touch", "a)", "`touch", "b`", "*", "'--x", "y'"]
    paths = ["content/", "my posts", "-q; touch c", "$(touch d)"]
    assert told(runner, "postmend/bin/postmend") == [*start, *args, "--", *paths]
    assert (runner / "output").read_text("utf-8") == 'sarif=a"b $(touch e).sarif\n'
    assert list((runner / "work").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize(("upload", "reports"), [("true", 1), ("false", 0), ("", 0)])
def test_what_is_uploaded_is_written_first(upload: str, reports: int, runner: Path) -> None:
    assert perform(runner, STEPS[1], POSTMEND_PATHS=".", POSTMEND_UPLOAD=upload) == 3
    call = told(runner, "postmend/bin/postmend")
    assert call[-2:] == ["--", "."]
    assert call.count(f"sarif={runner}/postmend.sarif") == reports
    assert (runner / "output").exists() is bool(reports)


def test_reports_of_the_examples_are_what_the_page_says(tmp_path: Path) -> None:
    """The first example is run by test_docs_examples; this reads what such a run leaves behind."""
    from docs_console import Step, fresh_console

    with fresh_console(tmp_path.resolve()) as console:
        console.run(Step("postmend check src/content/blog/fr -o sarif=postmend.sarif -o html=postmend.html", ()))
        made = json.loads((console.folder / "postmend.sarif").read_text("utf-8"))
        assert made["runs"][0]["results"]
        assert "<h2>What to look at</h2>" in (console.folder / "postmend.html").read_text("utf-8")
