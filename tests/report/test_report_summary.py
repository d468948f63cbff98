"""The last line: numbers, plurals, what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_sample import CLUSTERS, EMPTY, FIXED, FULL, PAIRS, finding, repair

from postmend.model import Failure, Finding, Fixability, Report
from postmend.report.summary import Verb, summary

SAFE = finding("PM101", "a.md", 1, 1, "x", **repair("Ã©", "é"))
UNSAFE = finding("PM103", "b.md", 1, 1, "x", **repair("Ã©", "é", Fixability.UNSAFE))
PLAIN = finding("PM206", "c.md", 1, 1, "x")
NOTE = finding("PM208", "d.md", 1, 1, "x")


def report(*findings: Finding, files: int = 1204) -> Report:
    return Report(".", files, findings)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), "No problems in 1,204 files."),
        ((PLAIN,), "Found 1 problem in 1 of 1,204 files."),
        (
            (SAFE, PLAIN, PLAIN),
            "Found 3 problems in 2 of 1,204 files. 1 fixable with `postmend fix`.",
        ),
        (
            (SAFE, SAFE, UNSAFE, UNSAFE, UNSAFE),
            "Found 5 problems in 2 of 1,204 files. 2 fixable with `postmend fix` (3 more with `--unsafe-fixes`).",
        ),
        (
            (UNSAFE,),
            "Found 1 problem in 1 of 1,204 files. 1 fixable with `postmend fix --unsafe-fixes`.",
        ),
        ((NOTE,), "No problems in 1,204 files. Also 1 note that does not fail a run."),
        ((NOTE, NOTE), "No problems in 1,204 files. Also 2 notes that do not fail a run."),
    ],
)
def test_check(findings: tuple[Finding, ...], expected: str) -> None:
    assert summary(report(*findings), verb="check") == expected


def test_one_file() -> None:
    assert summary(report(files=1)) == "No problems in 1 file."
    assert summary(report(PLAIN, files=1)) == "Found 1 problem in 1 file."


def test_no_files() -> None:
    assert summary(report(files=0)) == "No posts found."
    gone = Report(".", 0, failures=(Failure("a.md", "It does not exist"),))
    assert summary(gone) == "1 file could not be read."


def test_clusters_are_counted() -> None:
    made = replace(report(PLAIN), clusters=CLUSTERS)
    assert summary(made) == "Found 1 problem in 1 of 1,204 files (1 duplicate cluster)."


@pytest.mark.parametrize(
    ("fixed", "left", "verb", "expected"),
    [
        (2, (PLAIN, PLAIN), "fix", "Fixed 2 problems in 1 file; 2 remain. Undo with `postmend undo R`."),
        (1, (PLAIN,), "fix", "Fixed 1 problem in 1 file; 1 remains. Undo with `postmend undo R`."),
        (1, (), "fix", "Fixed 1 problem in 1 file; none remain. Undo with `postmend undo R`."),
        (0, (PLAIN,), "fix", "Fixed nothing; 1 problem remains."),
        (0, (), "fix", "No problems in 1,204 files."),
        (2, (PLAIN,), "preview", "Would fix 2 problems in 1 file; 1 would remain."),
        (
            2,
            (UNSAFE,),
            "fix",
            "Fixed 2 problems in 1 file; 1 remains. Undo with `postmend undo R`. "
            "1 more fixable with `postmend fix --unsafe-fixes`.",
        ),
    ],
)
def test_fix(fixed: int, left: tuple[Finding, ...], verb: Verb, expected: str) -> None:
    run = "R" if fixed and verb == "fix" else None
    assert summary(replace(report(*left), fixed=(SAFE,) * fixed, run_id=run), verb=verb) == expected


def test_the_verb_shows_in_the_report() -> None:
    assert summary(FULL) == summary(FULL, verb="check")
    assert summary(FIXED) == summary(FIXED, verb="fix")


def test_dupes() -> None:
    assert summary(EMPTY, verb="dupes") == "No duplicates in 1,204 files."
    made = replace(EMPTY, pairs=PAIRS, clusters=CLUSTERS)
    assert summary(made, verb="dupes") == "Found 3 duplicate pairs in 1,204 files (1 duplicate cluster)."
    assert summary(replace(EMPTY, pairs=PAIRS[:1]), verb="dupes") == "Found 1 duplicate pair in 1,204 files."
