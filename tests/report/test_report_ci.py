"""The formats for CI systems and editors: what holds for whatever stands in the posts, and what each promises."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_readers import READERS, valid
from report_sample import EMPTY, FIXED, FULL, HOSTILE, finding

from postmend.model import Cluster, Edit, Failure, Finding, Fix, Fixability, Pair, Passage, Position, Report, Span
from postmend.position import LineIndex
from postmend.report import github, gitlab, html, junit, rdjson, sarif, statistics
from postmend.report.formats import FORMATS, rendered
from postmend.report.limit import limited
from postmend.rules import BY_CODE

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE_TEXTS = st.sampled_from(
    [
        "\x1b[2J\x1b]0;title\x07",
        "[red]:smile:[/red][link=x]",
        "\u202egnp.exe\u2066",
        "a\r\n::error file=x::injected",
        "%0A::stop-commands::x%25,title=y",
        "##[error]no",
        "<script>alert(1)</script>",
        "]]><failure/>&lt;&#0;",
        "\"' onmouseover=alert(1) x='",
        "\ufffe\uffff\x00\x85\u2028\u2029",
        "caf\udce9.md",
        "\ud800",
        "https://x/..//?a=%20#b",
        "C:/x.md",
        "/abs/x.md",
    ]
)
TEXTS = st.lists(HOSTILE_TEXTS | st.text(st.characters(), max_size=8), min_size=1, max_size=3).map("".join)
FILLED = TEXTS.filter(str.strip)
WAYS = st.sampled_from(Fixability)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding in a text, with an edit that fits it; everything that a post or a file name could say is arbitrary."""
    text, before, after = draw(TEXTS), draw(TEXTS), draw(TEXTS)
    whole = text + before + draw(TEXTS)
    lines, span = LineIndex(whole), Span(len(text), len(text) + len(before))
    return Finding(
        draw(st.sampled_from(list(BY_CODE))),
        draw(FILLED),
        lines.position(span.start),
        lines.position(span.end),
        draw(FILLED),
        before,
        after,
        fix=Fix((Edit(span, before, after),), draw(WAYS)),
        fingerprint=str(draw(st.integers(0))),
        context=lines.around(span),
        detail=draw(TEXTS),
        other=draw(st.none() | FILLED),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report on such findings, with pairs, clusters and failures."""
    text = draw(st.lists(FILLED, min_size=8, max_size=8))
    passage = Passage(5, (1, 2), (3, 4), text[0])
    return Report(
        text[1],
        3,
        tuple(draw(st.lists(findings(), max_size=3, unique_by=lambda finding: finding.fingerprint))),
        (Pair(text[2], text[3], "PM201", 1, 1, 1, 1, 1, 9, (None, text[4]), text[5], text[2], passage, (text[6], "")),),
        (Cluster((text[2], text[3], text[7]), text[2], "PM201"),),
        (Failure(text[4], text[5], text[6]),),
        tuple(draw(st.lists(findings(), max_size=1))),
    )


@pytest.mark.parametrize("output_format", FORMATS)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(report=reports(), encoding=st.sampled_from(["utf-8", "cp1252", "cp866"]))
def test_whatever_a_post_says_the_report_is_whole_and_harmless(
    output_format: str, report: Report, encoding: str
) -> None:
    text = rendered(report, output_format, "check", encoding).encode(encoding).decode(encoding)
    bad = {c for c in text if c in BIDI or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    assert bad <= {"\n"}
    assert text.endswith("\n")
    found = READERS[output_format](text)
    if output_format not in ("full", "concise"):  # which can be read only as far as names are tame
        assert [code for *_, code in found] == [f.code for f in sorted(report.findings, key=_order)]


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.start.line, finding.start.column, finding.code


@pytest.mark.parametrize("report", [FULL, FIXED, EMPTY, HOSTILE])
@pytest.mark.parametrize("name", ["sarif", "gitlab", "rdjson"])
def test_schemas_fit(name: str, report: Report) -> None:
    valid(name, rendered(report, name, "check"))


@pytest.mark.parametrize("name", ["github", "gitlab", "junit", "rdjson"])
@pytest.mark.parametrize("report", ["full", "hostile", "empty"])
def test_golden(name: str, report: str, golden: Callable[[str, str], None]) -> None:
    made = {"full": FULL, "hostile": HOSTILE, "empty": EMPTY}[report]
    golden(f"{report}.{name}.txt", rendered(made, name, "check"))


# ---------------------------------------------------------------- fixes and places


def placed(text: str, *edits: tuple[str, str], code: str = "PM101") -> Finding:
    """A finding about the first place of each `old` in a text, as the rules make them."""
    spans = [Span(text.index(old), text.index(old) + len(old)) for old, _ in edits]
    made = tuple(Edit(span, *edit) for span, edit in zip(spans, edits, strict=True))
    lines, span = LineIndex(text), Span(spans[0].start, spans[-1].end)
    start, end = lines.position(span.start), lines.position(span.end)
    return Finding(
        code, "a.md", start, end, "x", fix=Fix(made, Fixability.SAFE), fingerprint="1", context=lines.around(span)
    )


def replacements(made: Finding) -> list[dict[str, Any]]:
    (run,) = valid("sarif", sarif.render(Report(".", 1, (made,))))["runs"]
    fixes = run["results"][0].get("fixes", [])
    return [r for fix in fixes for change in fix["artifactChanges"] for r in change["replacements"]]


def diagnostic(made: Finding) -> dict[str, Any]:
    (item,) = valid("rdjson", rdjson.render(Report(".", 1, (made,))))["diagnostics"]
    return dict(item)


def region(line: int, start: int, end: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}


def test_columns_count_code_points_in_sarif_and_bytes_in_rdjson() -> None:
    made = placed("Zeile\r\n🍞 Ж Ã© e\u0301 Ã¼ x\n", ("Ã©", "é"), ("Ã¼", "ü"))
    assert [r["deletedRegion"] for r in replacements(made)] == [region(2, 5, 7), region(2, 11, 13)]
    (suggestion,) = diagnostic(made)["suggestions"]
    # 4 bytes, a space, 2 bytes, a space
    assert suggestion["range"] == {"start": {"line": 2, "column": 9}, "end": {"line": 2, "column": 22}}
    assert suggestion["text"] == "é e\u0301 ü"


def test_of_a_fix_in_several_lines_offsets_are_given_and_no_half_of_it_is_suggested() -> None:
    made = placed("a\x01b\n\nc\x02d\n", ("\x01", ""), ("\x02", "\N{HORIZONTAL ELLIPSIS}"), code="PM105")
    assert replacements(made) == [
        {"deletedRegion": region(1, 2, 3)},
        {"deletedRegion": {"charOffset": 6, "charLength": 1}, "insertedContent": {"text": "…"}},
    ]
    assert "suggestions" not in diagnostic(made)


def test_far_right_in_a_line_bytes_are_not_known() -> None:
    made = placed("я" * 5_000 + " Ã©", ("Ã©", "é"))
    assert [r["deletedRegion"] for r in replacements(made)] == [region(1, 5_002, 5_004)]
    assert diagnostic(made)["location"]["range"] == {"start": {"line": 1}}
    assert "suggestions" not in diagnostic(made)


@pytest.mark.parametrize(
    "made",
    [
        placed("a\udce9b", ("\udce9", "é"), code="PM005"),
        placed("f\x00e\x00", ("f\x00e\x00", "fe"), code="PM002"),
        replace(placed("Ã©", ("Ã©", "é")), fix=Fix((Edit(Span(0, 2), "Ã©", "é"),), Fixability.DISPLAY)),
        replace(placed("Ã©", ("Ã©", "é")), fix=None),
    ],
)
def test_no_fix_is_handed_on_that_another_program_could_not_make(made: Finding) -> None:
    assert replacements(made) == []
    assert "suggestions" not in diagnostic(made)


def test_findings_without_length_have_no_end() -> None:
    made = replace(finding("PM202", "a b/ü#?.md", 1, 1, "x", other="c.md"), end=Position(1, 1, 11))
    (result,) = valid("sarif", sarif.render(Report(".", 1, (made,))))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 1}
    assert place["artifactLocation"] == {"uri": "a%20b/%C3%BC%23%3F.md", "uriBaseId": "%SRCROOT%"}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c.md"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/srv/ü.md", "file:///srv/%C3%BC.md"),
        ("C:/a b.md", "file:///C:/a%20b.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("a:b.md", "a%3Ab.md"),
    ],
)
def test_uris(path: str, uri: str) -> None:
    made = json.loads(sarif.render(Report(".", 1, (finding("PM101", path, 1, 1, "x"),))))
    place = made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == uri


# ---------------------------------------------------------------- limits


def many(number: int) -> Report:
    """A report with that many errors, and as many warnings before them."""
    codes = ("PM207", "PM101")
    found = (finding(code, f"{code[2:]}.md", 1 + n, 1, "x") for code in codes[::-1] for n in range(number))
    return Report(".", 2, tuple(found))


def test_sarif_keeps_the_worst_and_says_what_it_left_out() -> None:
    (run,) = json.loads(sarif.render(many(3_000)))["runs"]
    levels = [result["level"] for result in run["results"]]
    assert (levels.count("error"), levels.count("warning")) == (3_000, 2_000)
    assert levels == sorted(levels)  # errors are in 101.md
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "1,000 findings left out of this report"


def test_github_shows_ten_of_each_level() -> None:
    lines = github.render(many(12)).splitlines()
    assert [line.split()[0] for line in lines[:-2]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[-2] == "Not annotated: 2 more of level error, 2 more of level warning."
    assert lines[-1].startswith("Found 24 problems")


def test_no_command_can_be_put_into_a_command() -> None:
    made = finding("PM101", "a,line=9:%2C\r\n::set-output name=x::y.md", 1, 1, "50% \r\n::error::more")
    first, *rest = github.render(Report(".", 1, (made,))).splitlines()
    file = "a%2Cline=9%3A%252C\\r\\n%3A%3Aset-output name=x%3A%3Ay.md"
    assert first.startswith(f"::error file={file},line=1,col=1,")
    assert first.endswith("::50%25 \\r\\n::error::more")
    assert not [line for line in rest if line.startswith("::")]


def test_limited_counts_all_and_shows_some() -> None:
    shown = limited(FULL, 3)
    assert len(shown.findings) == 3
    assert [f.path for f in shown.findings] == sorted(f.path for f in FULL.findings)[:3]
    assert shown.pairs == shown.clusters == ()
    made = json.loads(rendered(shown, "json", "check"))
    assert len(made["findings"]) == 3
    assert made["summary"]["left_out"] == len(FULL.findings) - 3
    before = json.loads(rendered(FULL, "json", "check"))["summary"]
    assert {**made["summary"], "left_out": 0} == before
    assert "are not shown (--max-findings)." in rendered(shown, "concise", "check")
    assert limited(FULL, 100) is FULL
    assert limited(FULL, None) is FULL


def test_limited_keeps_the_pairs_of_its_findings() -> None:
    only = replace(FULL, findings=tuple(f for f in FULL.findings if f.code in ("PM201", "PM202")))
    shown = limited(only, 1)
    assert [pair.code for pair in shown.pairs] == [shown.findings[0].code]
    assert shown.clusters == FULL.clusters


def test_statistics() -> None:
    lines = statistics.render(FULL).splitlines()
    assert lines[0] == "16  PM101  mojibake                 [*] 16"
    assert " 1  PM103  uncertain-mojibake       [~] 1" in lines
    assert lines[-2].startswith("content/gone.md: error:")
    assert statistics.render(EMPTY) == "No problems in 1,204 files.\n"


# ---------------------------------------------------------------- single formats


def test_a_clean_run_is_a_passed_test() -> None:
    root = ElementTree.fromstring(junit.render(EMPTY))
    (case,) = root.iter("testcase")
    assert case.attrib["name"] == "1,204 files"
    assert [part.tag for part in case] == ["system-out"]
    assert (root.attrib["tests"], root.attrib["failures"]) == ("1", "0")


def test_rules_are_explained_in_sarif() -> None:
    (run,) = valid("sarif", sarif.render(EMPTY))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == set(BY_CODE)
    assert rules["PM101"]["help"]["markdown"].count(BY_CODE["PM101"].explanation) == 1
    assert "`postmend fix` repairs it." in rules["PM101"]["help"]["markdown"]


def test_failures_make_a_run_of_sarif_unsuccessful() -> None:
    (run,) = valid("sarif", sarif.render(FULL))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(FULL.failures)


def test_fingerprints_in_gitlab_are_those_of_the_findings() -> None:
    made = valid("gitlab", gitlab.render(FULL))
    assert {f.fingerprint for f in FULL.findings} < {issue["fingerprint"] for issue in made}


def test_page_shows_before_after_and_both_titles() -> None:
    pair = replace(FULL.pairs[0], titles=("Café <b>", ""))
    made = placed("Viel KÃ¤se & Brot, KÃ¼che", ("Ã¤", "ä"), ("Ã¼", "ü"))
    page = html.render(Report(".", 2, (made,), (pair,)))
    assert '<p class="old" dir="auto">Viel K<del>Ã¤</del>se &amp; Brot, K<del>Ã¼</del>che</p>' in page
    assert '<p class="new" dir="auto">Viel K<ins>ä</ins>se &amp; Brot, K<ins>ü</ins>che</p>' in page
    assert '<b dir="auto">Café &lt;b&gt;</b>' in page
    assert "no title" in page
    assert BY_CODE["PM101"].explanation.split("`")[0] in page
