"""The baseline as a value: what of a report it knows, how it grows and shrinks, and what is no baseline."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.baseline import BadBaseline, Baseline, Coverage, parse, recorded, render, stale, updated, without_known
from postmend.model import Cluster, Finding, Pair, Position, Report

PATHS, CODES, WORDS = ("a.md", "b/c.md", "d é.md"), ("PM101", "PM104", "PM301"), ("x", "y")


def finding(path: str, code: str, before: str, line: int = 1) -> Finding:
    place = Position(line, 1, line * 100)
    return Finding(code, path, place, place, f"{code}: {before}", before=before)


def pair_finding(path: str, other: str, code: str = "PM202") -> Finding:
    return Finding(code, path, Position(1, 1, 0), Position(1, 1, 0), f"like {other}", other=other)


def pair(left: str, right: str, code: str = "PM202") -> Pair:
    return Pair(left, right, code, 0.9, 0.9, 0.5, 0.5, 0.5, 100, (None, None), "", left)


def report(*findings: Finding) -> Report:
    return Report(".", 3, findings)


def of(*findings: Finding) -> Baseline:
    return recorded(findings, str)


def everything(*paths: str) -> Coverage:
    return Coverage(frozenset(paths or PATHS), lambda _: True)


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(PATHS), st.sampled_from(CODES), st.sampled_from(WORDS)), max_size=9
)


@given(FINDINGS)
def test_a_baseline_comes_back_as_it_was_written(findings: list[Finding]) -> None:
    assert parse(render(of(*findings))) == of(*findings)
    assert render(of(*findings)) == render(of(*reversed(findings)))


@given(FINDINGS, FINDINGS)
def test_only_what_is_new_is_left(old: list[Finding], new: list[Finding]) -> None:
    left, rest = without_known(report(*old, *new), of(*old), str)
    assert Counter(map(str, left.findings)) == Counter(map(str, new))
    assert (left.known, rest) == (len(old), of())


@given(FINDINGS, FINDINGS)
def test_what_is_gone_is_taken_out_and_told(old: list[Finding], new: list[Finding]) -> None:
    assert updated(of(*old), of(*new), everything()) == of(*new)
    pruned = updated(of(*old), of(*new), everything(), prune=True)
    assert pruned.known == of(*old).known & of(*new).known
    _, rest = without_known(report(*new), of(*old), str)
    assert bool(list(stale(rest, everything(), (), "x.json"))) == (pruned != of(*old))


def test_lines_may_move_and_a_second_one_like_it_is_new() -> None:
    known = of(finding("a.md", "PM101", "cafÃ©", 3))
    left, _ = without_known(
        report(finding("a.md", "PM101", "cafÃ©", 70), finding("a.md", "PM101", "cafÃ©", 80)), known, str
    )
    assert [f.start.line for f in left.findings] == [80]


def test_a_run_over_some_posts_leaves_the_others_alone() -> None:
    known = of(finding("a.md", "PM101", "x"), finding("b/c.md", "PM101", "y"))
    assert updated(known, of(), everything("a.md")) == of(finding("b/c.md", "PM101", "y"))
    only_pairs = Coverage(frozenset(PATHS), lambda code: code.startswith("PM2"))
    assert updated(known, of(), only_pairs) == known
    assert not list(stale(known, only_pairs, (), "x.json"))


def test_a_pair_is_the_same_at_either_post() -> None:
    known = of(pair_finding("b.md", "a.md"))
    assert known == of(pair_finding("a.md", "b.md"))
    whole = Report(
        ".",
        3,
        (pair_finding("a.md", "b.md"), pair_finding("a.md", "c.md")),
        (pair("a.md", "b.md"), pair("a.md", "c.md"), pair("b.md", "c.md", "PM205")),
        (Cluster(("a.md", "b.md", "c.md"), "a.md", "PM202"),),
    )
    left, _ = without_known(whole, known, str)
    assert [(p.left, p.right) for p in left.pairs] == [("a.md", "c.md"), ("b.md", "c.md")]
    assert left.clusters == whole.clusters
    left, _ = without_known(Report(".", 2, whole.findings[:1], whole.pairs[:1], whole.clusters), known, str)
    assert (left.findings, left.pairs, left.clusters, left.known) == ((), (), (), 1)


def test_letters_and_accents_apart_are_one_path() -> None:
    composed, apart = "e\N{COMBINING ACUTE ACCENT}.md", "\N{LATIN SMALL LETTER E WITH ACUTE}.md"
    assert of(finding(composed, "PM101", "x")) == of(finding(apart, "PM101", "x"))


def test_notes_are_not_recorded() -> None:
    assert of(finding("a.md", "PM109", "x"), finding("a.md", "PM902", "y")) == of()


def test_many_that_are_gone_are_one_note() -> None:
    known = of(*(finding(f"{n}.md", "PM101", "x") for n in range(9)))
    (note,) = stale(known, everything("1.md"), ["2.md", "3.md", "4.md"], "x.json")
    assert note.message.startswith("The baseline holds 4 findings that are gone, of 1.md, 2.md, 3.md and 1 more")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "{}",
        '{"schema": 2}',
        '{"schema": 1}',
        '{"schema": 1, "findings": {"a": []}}',
        '{"schema": 1, "findings": {"a": {"PM101": {}}}}',
        '{"schema": 1, "findings": {"a": {"PM101": [1]}}}',
    ],
)
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(BadBaseline):
        parse(text)
