"""The table of rules as text, for `postmend rule` and for the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from postmend.model import Fixability
from postmend.report.escape import visible
from postmend.report.items import MARKS, RENAMED
from postmend.rules import Rule

_WIDTH = 80
_MOST_LINES = 12  # of a post in the documentation

_REPAIRS = {
    Fixability.SAFE: "`postmend fix` repairs it.",
    Fixability.UNSAFE: "`postmend fix --unsafe-fixes` repairs it; look at each change.",
    Fixability.DISPLAY: "It is reported and never changed.",
}
_BY_RENAMING = "`postmend fix --rename` repairs it; look at each name."
_KEY = f"{MARKS[Fixability.SAFE]} repaired by `postmend fix`   {MARKS[Fixability.UNSAFE]} with `--unsafe-fixes`"


def explain(rule: Rule) -> str:
    """All that there is to say about one rule, wrapped for a terminal."""
    return (
        f"{rule.code} {rule.name} ({rule.severity}): {rule.summary}\n\n"
        f"{textwrap.fill(rule.explanation, _WIDTH)}\n\n"
        f"{textwrap.fill(repairs(rule), _WIDTH)}\n\n"
        f"Example:\n  {rule.example}\n"
    )


def table(rules: Iterable[Rule]) -> str:
    """One line a rule, and a key to the marks."""
    rows = list(rules)
    longest = max((len(r.name) for r in rows), default=0)
    lines = [f"{r.code}  {r.name:<{longest}}  {MARKS[r.fixability]:<3}  {r.severity:<7}  {_summary(r)}" for r in rows]
    return "\n".join([*lines, "", _KEY]) + "\n"


def markdown(rules: Iterable[Rule], posts: Mapping[str, Sequence[tuple[str, str]]] | None = None) -> str:
    """The page `docs/rules.md`. `posts` has the names and texts of each rule's examples, by its code."""
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
        f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {MARKS[r.fixability]} | {r.severity} | {_summary(r)} |"
        for r in rows
    ]
    return "\n".join(lines) + "\n" + "".join(_section(r, (posts or {}).get(r.code, ())) for r in rows)


def _summary(rule: Rule) -> str:
    return rule.summary if rule.on else f"{rule.summary} (off)"


def _section(rule: Rule, posts: Sequence[tuple[str, str]]) -> str:
    fine = [post for post in posts if _is_fine(post[0])]
    parts = [
        f"## {rule.code} {rule.name}",
        f"{rule.summary}. Severity: {rule.severity}. {repairs(rule)}",
        rule.explanation,
        *_shown_posts(post for post in posts if post not in fine),
        *(["postmend says:"] if posts else []),
        f"    {rule.example}",
        *(["It says nothing of this:"] if fine else []),
        *_shown_posts(fine),
    ]
    return "".join(f"\n{part}\n" for part in parts)


def repairs(rule: Rule) -> str:
    """What is done about its findings, and whether they are looked for at all."""
    off = "" if rule.on else f" It is off until it is asked for with `--extend-select {rule.code}`."
    return f"{_BY_RENAMING if rule.code in RENAMED else _REPAIRS[rule.fixability]}{off}"


def _shown_posts(posts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each post's name, and its first lines with escapes for what can't be seen."""
    for name, text in posts:
        lines = text.rstrip("\n").split("\n")
        gap = ["..."] if len(lines) > _MOST_LINES else []
        # Four spaces make it a code block whatever backticks it holds.
        shown = (f"    {visible(line)}".rstrip() for line in [*lines[:_MOST_LINES], *gap])
        yield f"`{name}`:"
        yield "\n".join(shown)


def _is_fine(name: str) -> bool:
    return name.rpartition("/")[2].startswith("fine")
