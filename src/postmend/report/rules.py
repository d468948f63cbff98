"""The table of rules as text, for `postmend rule` and for the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from postmend.model import Fixability
from postmend.report.items import MARKS, RENAMED
from postmend.rules import Rule

_WIDTH = 80

_REPAIRS = {
    Fixability.SAFE: "`postmend fix` repairs it.",
    Fixability.UNSAFE: "`postmend fix --unsafe-fixes` repairs it; look at each change.",
    Fixability.DISPLAY: "It is reported and never changed.",
}
_BY_RENAMING = "`postmend fix --rename` repairs it; look at each name."
_KEY = f"{MARKS[Fixability.SAFE]} repaired by `postmend fix`   {MARKS[Fixability.UNSAFE]} with `--unsafe-fixes`"


def _repair(rule: Rule) -> str:
    return _BY_RENAMING if rule.code in RENAMED else _REPAIRS[rule.fixability]


def explain(rule: Rule) -> str:
    """All that there is to say about one rule, wrapped for a terminal."""
    return (
        f"{rule.code} {rule.name} ({rule.severity}): {rule.summary}\n\n"
        f"{textwrap.fill(rule.explanation, _WIDTH)}\n\n"
        f"{_repair(rule)}\n\n"
        f"Example:\n  {rule.example}\n"
    )


def table(rules: Iterable[Rule]) -> str:
    """One line a rule, and a key to the marks."""
    rows = list(rules)
    longest = max((len(r.name) for r in rows), default=0)
    lines = [f"{r.code}  {r.name:<{longest}}  {MARKS[r.fixability]:<3}  {r.severity:<7}  {r.summary}" for r in rows]
    return "\n".join([*lines, "", _KEY]) + "\n"


def markdown(rules: Iterable[Rule]) -> str:
    """The page `docs/rules.md`."""
    rows = list(rules)
    lines = [
        "# Rules",
        "",
        f"{_KEY}.",
        "",
        "| Code | Name | Fix | Severity | What it finds |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {MARKS[r.fixability]} | {r.severity} | {r.summary} |"
        for r in rows
    ]
    return "\n".join(lines) + "\n" + "".join(map(_section, rows))


def _section(rule: Rule) -> str:
    # Four spaces make the example a code block whatever backticks it holds.
    return (
        f"\n## {rule.code} {rule.name}\n\n"
        f"{rule.summary}. Severity: {rule.severity}. {_repair(rule)}\n\n"
        f"{rule.explanation}\n\n"
        f"    {rule.example}\n"
    )
