"""The report as GitHub workflow commands, which become annotations at the files of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands describes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from postmend.model import Finding, Report
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import in_order
from postmend.report.summary import Verb, summary
from postmend.rules import BY_CODE, Severity

MOST = 10  # of one level in one step; GitHub drops what comes after
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """At most `MOST` annotations of each level, how many more there are, and the summary."""
    shown: list[str] = []
    levels: Counter[str] = Counter()
    for level, command in _commands(report):
        levels[level] += 1
        if levels[level] <= MOST:
            shown.append(command)
    rest = {level: number - MOST for level, number in levels.items() if number > MOST}
    if rest:
        shown.append(f"Not annotated: {', '.join(f'{n:,} more of level {level}' for level, n in rest.items())}.")
    shown.append(summary(report, verb=verb))
    return "".join(f"{visible(line, encoding)}\n" for line in shown)


def _commands(report: Report) -> Iterator[tuple[str, str]]:
    # What could not be read comes first: it must not be among those that are left out.
    for failure in report.failures:
        yield "error", _command("error", failure_line(failure), {"file": failure.path, "title": "postmend"})
    for finding in in_order(report.findings):
        level = _LEVELS[BY_CODE[finding.code].severity]
        yield level, _command(level, finding.message, _place(finding))


def _place(finding: Finding) -> dict[str, str]:
    start, end = finding.start, finding.end
    place = {"file": finding.path, "line": str(start.line), "col": str(start.column)}
    if end.line == start.line and end.column > start.column:
        place |= {"endLine": str(end.line), "endColumn": str(end.column)}
    return {**place, "title": f"{finding.code} {BY_CODE[finding.code].name}"}


def _command(level: str, message: str, properties: dict[str, str]) -> str:
    # Escapes of control characters come first: an escaped line break would come out of the runner as a real one.
    told = ",".join(f"{key}={visible(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{level} {told}::{visible(message).translate(_IN_MESSAGE)}"
