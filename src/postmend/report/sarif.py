"""The report as SARIF 2.1.0, for code scanning and for editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html is the standard; what GitHub makes of it is in its
documentation of SARIF support for code scanning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postmend.model import Edit, Failure, Finding, Fixability, Position, Report
from postmend.report.addresses import uri
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.inline import in_line, portable_edits
from postmend.report.items import fixability, in_order, plural
from postmend.report.json import dumped
from postmend.report.rules import repairs
from postmend.report.summary import Verb
from postmend.rules import BY_CODE, RULES, Rule, Severity
from postmend.version import __version__

MOST = 5_000  # code scanning shows no more, and takes the worst ones
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_REPAIRS = {Fixability.SAFE: "Safe repair", Fixability.UNSAFE: "Likely repair: look at it first"}
_WORST_FIRST = list(_LEVELS)
_INDEX = {rule.code: index for index, rule in enumerate(RULES)}


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """The report as one log with one run, of at most `MOST` findings; a notification says how many more there are."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return dumped(log, encoding) + "\n"


def _run(report: Report) -> dict[str, Any]:
    chosen = _worst(report.findings)
    left_out = len((report.whole or report).findings) - len(chosen)
    notes = [_notification("error", failure_line(f), f) for f in report.failures]
    if left_out:
        notes.append(_notification("warning", f"{plural(left_out, 'finding')} left out of this report"))
    return {
        "tool": {"driver": {"name": "postmend", "version": __version__, "rules": [_rule(r) for r in RULES]}},
        "invocations": [{"executionSuccessful": not report.failures, "toolExecutionNotifications": notes}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The top of the repository; without one, the folder of the run"}}
        },
        "results": [_result(f) for f in chosen],
    }


def _worst(findings: Sequence[Finding]) -> list[Finding]:
    """As many findings as are wanted, the worst ones if there are more, in the order of all reports."""
    ordered = in_order(findings)
    if len(ordered) <= MOST:
        return ordered
    return in_order(sorted(ordered, key=lambda f: _WORST_FIRST.index(BY_CODE[f.code].severity))[:MOST])


def _rule(rule: Rule) -> dict[str, Any]:
    """What is said of a rule, as text and as Markdown."""
    example = visible(rule.example)
    help_text = f"{rule.explanation}\n\n{repairs(rule)}\n\nExample:\n\n"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"{help_text}  {example}", "markdown": f"{help_text}    {example}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.on},
        "properties": {"tags": ["duplicates" if rule.code.startswith("PM2") else "text"]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": _LEVELS[BY_CODE[finding.code].severity],
        "message": {"text": visible(finding.message)},
        "locations": [{"physicalLocation": {**_artifact(finding.path), "region": _region(finding.start, finding.end)}}],
        "partialFingerprints": {"postmend/v1": finding.fingerprint},
    }
    if finding.other:
        result["relatedLocations"] = [
            {"id": 1, "physicalLocation": _artifact(finding.other), "message": {"text": "The other post"}}
        ]
    edits = portable_edits(finding)
    if edits:
        result["fixes"] = [_fix(finding, edits)]
    return result


def _fix(finding: Finding, edits: Sequence[Edit]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _deleted(finding, edit), "insertedContent": {"text": edit.new}}
        if edit.new
        else {"deletedRegion": _deleted(finding, edit)}
        for edit in edits
    ]
    change = {**_artifact(finding.path), "replacements": replacements}
    return {"description": {"text": _REPAIRS[fixability(finding)]}, "artifactChanges": [change]}


def _deleted(finding: Finding, edit: Edit) -> dict[str, int]:
    """Line and columns where they are known, else the offset in the file."""
    place = in_line(finding, edit)
    if place is None:
        return {"charOffset": edit.span.start, "charLength": len(edit.old)}
    line, column = finding.start.line, place.column
    return {"startLine": line, "startColumn": column, "endLine": line, "endColumn": column + len(edit.old)}


def _region(start: Position, end: Position) -> dict[str, int]:
    """The place of a finding; of one without length, only where it begins."""
    region = {"startLine": start.line, "startColumn": start.column}
    return region if start >= end else {**region, "endLine": end.line, "endColumn": end.column}


def _artifact(path: str) -> dict[str, Any]:
    address, is_relative = uri(path)
    return {"artifactLocation": {"uri": address, "uriBaseId": _ROOT} if is_relative else {"uri": address}}


def _notification(level: str, text: str, failure: Failure | None = None) -> dict[str, Any]:
    where = {"locations": [{"physicalLocation": _artifact(failure.path)}]} if failure else {}
    return {"level": level, "message": {"text": visible(text)}, **where}
