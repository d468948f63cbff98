"""The report as GitLab Code Quality, which shows it in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format describes the format.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from postmend.model import Failure, Finding, Report
from postmend.report.addresses import sayable
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import in_order
from postmend.report.json import dumped
from postmend.report.summary import Verb
from postmend.rules import BY_CODE, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """All findings and failures as one JSON array."""
    issues = [_finding(f) for f in in_order(report.findings)]
    issues += (_failure(f) for f in dict.fromkeys(report.failures))  # GitLab drops what has a fingerprint that it knows
    return dumped(issues, encoding) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    rule = BY_CODE[finding.code]
    return {
        "description": visible(f"{finding.code} {finding.message}"),
        "check_name": f"{rule.code} {rule.name}",
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[rule.severity],
        "location": {"path": sayable(finding.path), "lines": {"begin": finding.start.line, "end": finding.end.line}},
    }


def _failure(failure: Failure) -> dict[str, Any]:
    text = "\0".join(("failure", failure.path, failure.message, failure.hint))
    return {
        "description": visible(failure_line(failure)),
        "check_name": "failure",
        "fingerprint": blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        "severity": "critical",
        "location": {"path": sayable(failure.path), "lines": {"begin": 1}},
    }
