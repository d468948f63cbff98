"""The table of rules as help and as documentation."""

from __future__ import annotations

from postmend.report import rules as pages
from postmend.report.escape import visible
from postmend.rules import BY_CODE, RULES


def test_explain() -> None:
    text = pages.explain(BY_CODE["PM101"])
    assert text.startswith("PM101 mojibake (error): Text was decoded in the wrong encoding\n\n")
    assert "`postmend fix` repairs it." in text
    assert text.endswith(f"Example:\n  {BY_CODE['PM101'].example}\n")


def test_explanations_are_wrapped() -> None:
    for rule in RULES:
        text = pages.explain(rule).rsplit("Example:", 1)[0]
        assert max(map(len, text.splitlines()[1:])) <= 80
        assert visible(text.replace("\n", "")) == text.replace("\n", "")


def test_table_has_a_line_for_each_rule() -> None:
    lines = pages.table(RULES).splitlines()
    assert [line[:5] for line in lines[: len(RULES)]] == [rule.code for rule in RULES]
    assert len({line.index(rule.summary) for line, rule in zip(lines, RULES, strict=False)}) == 1


def test_markdown_links_to_its_sections() -> None:
    text = pages.markdown(RULES)
    for rule in RULES:
        assert f"(#{rule.code.lower()}-{rule.name})" in text
        assert f"\n## {rule.code} {rule.name}\n" in text


def test_no_rules() -> None:
    assert pages.table(()).startswith("\n")
