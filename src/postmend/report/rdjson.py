"""The report in the format of reviewdog, with fixes as suggestions.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf describes the format. Columns count bytes of UTF-8.
"""

from __future__ import annotations

from typing import Any

from postmend.model import Failure, Finding, Report
from postmend.report.addresses import sayable
from postmend.report.escape import visible
from postmend.report.inline import byte_column, in_line, portable_edits, start_in_context, utf8_length
from postmend.report.items import in_order
from postmend.report.json import dumped
from postmend.report.summary import Verb
from postmend.rules import BY_CODE, Severity

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """All findings and failures as one result."""
    diagnostics = [_finding(f) for f in in_order(report.findings)] + [_failure(f) for f in report.failures]
    return dumped({"source": {"name": "postmend"}, "diagnostics": diagnostics}, encoding) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": visible(finding.message),
        "location": {"path": sayable(finding.path), "range": _range(finding)},
        "severity": _SEVERITIES[BY_CODE[finding.code].severity],
        "code": {"value": finding.code},
    }
    suggestion = _suggestion(finding)
    return {**made, "suggestions": [suggestion]} if suggestion else made


def _range(finding: Finding) -> dict[str, Any]:
    """The range of a finding; only lines where the bytes before it are not known."""
    line, at = finding.start.line, start_in_context(finding)
    column = byte_column(finding, at)
    if column is None:
        return {"start": {"line": line}}
    length = finding.end.column - finding.start.column
    covered = (finding.context or "")[at : at + max(length, 0)]
    if finding.end.line != line or len(covered) < length:
        return {"start": _position(line, column)}
    return {"start": _position(line, column), "end": _position(line, column + utf8_length(covered))}


def _suggestion(finding: Finding) -> dict[str, Any] | None:
    """All edits as one replacement; None unless all stand in the line, and its bytes are known.

    A part of a fix must not be offered: a line half repaired is a line that nobody can repair any more.
    """
    found = [in_line(finding, edit) for edit in portable_edits(finding)]
    places = [place for place in found if place is not None]
    column = byte_column(finding, places[0].at) if places and len(places) == len(found) else None
    if column is None:
        return None
    context, line, done, new = finding.context or "", finding.start.line, places[0].at, ""
    for place in places:
        new += context[done : place.at] + place.edit.new
        done = place.end
    old = context[places[0].at : done]
    return {
        "range": {"start": _position(line, column), "end": _position(line, column + utf8_length(old))},
        "text": new,
    }


def _position(line: int, column: int) -> dict[str, int]:
    return {"line": line, "column": column}


def _failure(failure: Failure) -> dict[str, Any]:
    hint = f" ({failure.hint})" if failure.hint else ""
    return {
        "message": visible(f"{failure.message}{hint}"),
        "location": {"path": sayable(failure.path)},
        "severity": "ERROR",
        "code": {"value": "failure"},
    }
