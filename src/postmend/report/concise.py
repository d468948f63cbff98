"""One line a finding: `path:line:column: CODE [*] message`. For editors, grep and the pre-commit hook."""

from __future__ import annotations

from postmend.model import Failure, Finding, Report
from postmend.report.escape import visible
from postmend.report.items import in_order, label
from postmend.report.summary import Verb, summary


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """All findings, all failures and the summary, each on one line, with a final newline.

    `encoding` is that of the stream that the text is for: what it lacks is escaped.
    """
    lines = [finding_line(f) for f in in_order(report.findings)]
    lines += [failure_line(f) for f in report.failures]
    lines.append(summary(report, verb=verb))
    return "".join(f"{visible(line, encoding)}\n" for line in lines)


def finding_line(finding: Finding) -> str:
    """`content/a.md:2:9: PM101 [*] Mojibake ...`, not yet escaped."""
    place = f"{finding.path}:{finding.start.line}:{finding.start.column}"
    return f"{place}: {label(finding)} {finding.message}"


def failure_line(failure: Failure) -> str:
    """`content/a.md: error: No permission to read it (run chmod u+r)`, not yet escaped."""
    hint = f" ({failure.hint})" if failure.hint else ""
    return f"{failure.path}: error: {failure.message}{hint}"
