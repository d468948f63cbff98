"""The `full` format: findings by file, each with the place in its line and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


def render(report: Report, console: Console, *, verb: Verb | None = None, limit: int = 10) -> None:
    """Prints the report. Of findings of one kind in one file, `limit` are shown."""
    writer = _Writer(report, console, limit)
    for path, findings in groupby(in_order(report.findings), key=lambda f: f.path):
        writer.file(path, list(findings))
    writer.rest_of_pairs()
    writer.clusters()
    writer.failures()
    writer.print(Text(writer.look.show(summary(report, verb=verb))))


class _Writer:
    """Prints the parts of one report."""

    def __init__(self, report: Report, console: Console, limit: int) -> None:
        self.look = Look.of(console)
        self._report = report
        self._console = console
        self._limit = limit
        self._pairs = duplicates.Pairs(report.pairs)

    def print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)

    def file(self, path: str, findings: Sequence[Finding]) -> None:
        """One file: its findings, of each kind no more than the limit."""
        self.print(Text(self.look.show(path), "bold underline"))
        totals = Counter(f.code for f in findings)
        seen: Counter[str] = Counter()
        said: set[str] = set()
        for finding in findings:
            pair = self._pairs.take(finding)
            seen[finding.code] += 1
            if seen[finding.code] > self._limit:
                continue
            self.print(self._headline(finding))
            self._indented(change_lines(finding, self.look))
            self._indented(self._unsaid(finding, said))
            self._indented(duplicates.pair_lines(pair, self.look) if pair else ())
            if seen[finding.code] == self._limit < totals[finding.code]:
                self.print(_more(totals[finding.code] - self._limit))
        self.print(Text())

    def rest_of_pairs(self) -> None:
        """Pairs that no finding speaks of."""
        for pair in self._pairs.left_over():
            self.print(duplicates.headline(pair, self.look))
            self._indented(duplicates.pair_lines(pair, self.look))
            self.print(Text())

    def clusters(self) -> None:
        """Clusters of three and more; what is to be said of two is said with the pair."""
        for cluster in self._report.clusters:
            if len(cluster.members) > 2:
                for line in duplicates.cluster_lines(cluster, self.look):
                    self.print(line)
                self.print(Text())

    def failures(self) -> None:
        for failure in self._report.failures:
            self.print(Text(self.look.show(failure_line(failure)), "red"))
        if self._report.failures:
            self.print(Text())

    def _headline(self, finding: Finding) -> Text:
        place = f"{finding.start.line}:{finding.start.column}"
        mark = MARKS[fixability(finding)]
        return Text.assemble(
            "  ",
            (place, "cyan"),
            "  ",
            (finding.code, _STYLES[BY_CODE[finding.code].severity]),
            f" {mark} " if mark else " ",
            self.look.show(finding.message),
        )

    def _unsaid(self, finding: Finding, said: set[str]) -> Iterator[Text]:
        """The evidence, without what other findings in the file already said."""
        for line in evidence(finding):
            if line not in said:
                said.add(line)
                yield Text(self.look.show(line), "dim")

    def _indented(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self.print(Text.assemble("      ", line))


def _more(count: int) -> Text:
    return Text(f"  ... and {count:,} more like it in this file (see --output-format concise)", "dim")
