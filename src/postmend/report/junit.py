"""The report as JUnit XML, which Jenkins, GitLab and most other CI systems show as test results.

There is no standard; https://github.com/testmoapp/junitxml describes what programs agree on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from postmend.model import Failure, Finding, Report
from postmend.report.concise import failure_line, finding_line
from postmend.report.items import in_order, is_note, plural
from postmend.report.markup import encoded, markup
from postmend.report.summary import Verb, summary
from postmend.rules import BY_CODE


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """A suite for each file: findings are failed tests, notes skipped ones, failures errors.

    A run that found nothing is one passed test: systems take a report without tests for a mistake.
    """
    findings = in_order(report.findings)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(_tag("testsuites", name="postmend", **_counts(findings, report.failures)))
    for path, group in groupby(findings, key=lambda f: f.path):
        lines += _suite(path, list(group))
    for failure in report.failures:
        lines += _failed_suite(failure)
    if not (findings or report.failures):
        lines += _clean(report, verb)
    return encoded("\n".join([*lines, "</testsuites>", ""]), encoding)


def _suite(path: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"  {_tag('testsuite', name=path, **_counts(findings, ()))}"
    for finding in findings:
        name = f"{finding.code} at {finding.start.line}:{finding.start.column}"
        yield f"    {_tag('testcase', name=name, classname=path, file=path, line=finding.start.line)}"
        yield f"      {_outcome(finding)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(finding: Finding) -> str:
    if is_note(finding.code):
        return f"{_tag('skipped', message=finding.message)}</skipped>"
    kind = f"{finding.code} {BY_CODE[finding.code].name}"
    return f"{_tag('failure', message=finding.message, type=kind)}{markup(finding_line(finding))}</failure>"


def _failed_suite(failure: Failure) -> Iterator[str]:
    yield f"  {_tag('testsuite', name=failure.path, **_counts((), (failure,)))}"
    yield f"    {_tag('testcase', name='readable', classname=failure.path, file=failure.path)}"
    yield f"      {_tag('error', message=failure.message, type='failure')}{markup(failure_line(failure))}</error>"
    yield "    </testcase>"
    yield "  </testsuite>"


def _clean(report: Report, verb: Verb | None) -> Iterator[str]:
    yield f"  {_tag('testsuite', name='postmend', tests=1, failures=0, errors=0, skipped=0)}"
    yield f"    {_tag('testcase', name=plural(report.files, 'file'), classname='postmend')}"
    yield f"      <system-out>{markup(summary(report, verb=verb))}</system-out>"
    yield "    </testcase>"
    yield "  </testsuite>"


def _counts(findings: Sequence[Finding], failures: Sequence[Failure]) -> dict[str, int]:
    notes = sum(is_note(f.code) for f in findings)
    tests = len(findings) + len(failures)
    return {
        "tests": tests or 1,
        "failures": len(findings) - notes,
        "errors": len(failures),
        "skipped": notes,
    }


def _tag(element: str, **attributes: object) -> str:
    told = (f'{key}="{markup(str(value))}"' for key, value in attributes.items())
    return f"<{' '.join((element, *told))}>"
