"""The `full` format: findings by file, each with the place in its line and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from postmend.model import Finding, Report
from postmend.report import duplicates
from postmend.report.concise import failure_line
from postmend.report.console import Color, Look, console
from postmend.report.details import change_lines, evidence
from postmend.report.items import MARKS, fixability, in_order
from postmend.report.summary import Verb, summary
from postmend.rules import BY_CODE, Severity

__all__ = ["Color", "console", "render"]

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_INDENT = "      "


def render(report: Report, console: Console, *, verb: Verb | None = None, limit: int = 10) -> None:
    """Prints the report. Of findings of one kind in one file, `limit` are shown."""
    look = Look.of(console)
    for block in _blocks(report, look, limit):
        console.print(Text("\n").join([*block, Text()]), soft_wrap=True)
    console.print(Text(look.show(summary(report, verb=verb))), soft_wrap=True)


def _blocks(report: Report, look: Look, limit: int) -> Iterator[Iterable[Text]]:
    """The parts of the report that an empty line follows."""
    pairs = duplicates.Pairs(report.pairs)
    for _, findings in groupby(in_order(report.findings), key=lambda f: f.path):
        yield _file(list(findings), pairs, look, limit)
    for pair in pairs.left_over():
        yield duplicates.headline(pair, look), *_indented(duplicates.pair_lines(pair, look))
    for cluster in report.clusters:
        if len(cluster.members) > 2:  # what is to be said of two is said with the pair
            yield duplicates.cluster_lines(cluster, look)
    if report.failures:
        yield (Text(look.show(failure_line(f)), "red") for f in report.failures)


def _file(findings: list[Finding], pairs: duplicates.Pairs, look: Look, limit: int) -> Iterator[Text]:
    """One file: its findings, of each kind no more than the limit."""
    yield Text(look.show(findings[0].path), "bold underline")
    totals = Counter(f.code for f in findings)
    seen: Counter[str] = Counter()
    said: set[str] = set()
    for finding in findings:
        pair = pairs.take(finding)
        seen[finding.code] += 1
        if seen[finding.code] > limit:
            continue
        yield headline(finding, look)
        yield from _indented(change_lines(finding, look))
        yield from _indented(Text(look.show(line), "dim") for line in _unsaid(finding, said))
        yield from _indented(duplicates.pair_lines(pair, look) if pair else ())
        if seen[finding.code] == limit < totals[finding.code]:
            more = totals[finding.code] - limit
            yield Text(f"  ... and {more:,} more like it in this file (see --output-format concise)", "dim")


def headline(finding: Finding, look: Look) -> Text:
    """Where a finding is and what it says, in one line."""
    place = f"{finding.start.line}:{finding.start.column}"
    mark = MARKS[fixability(finding)]
    return Text.assemble(
        "  ",
        (place, "cyan"),
        "  ",
        (finding.code, _STYLES[BY_CODE[finding.code].severity]),
        f" {mark} " if mark else " ",
        look.show(finding.message),
    )


def _unsaid(finding: Finding, said: set[str]) -> Iterator[str]:
    """The evidence, without what other findings in the file already said."""
    for line in evidence(finding):
        if line not in said:
            said.add(line)
            yield line


def _indented(lines: Iterable[Text]) -> Iterator[Text]:
    return (Text.assemble(_INDENT, line) for line in lines)
