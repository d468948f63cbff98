"""The report as JSON, for programs. `schema.json` beside this file describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from postmend.model import Cluster, Failure, Finding, Fixability, Pair, Passage, Position, Report
from postmend.report.escape import is_utf8
from postmend.report.items import fixability, in_order
from postmend.report.summary import Verb, count, verb_of
from postmend.rules import BY_CODE
from postmend.version import __version__

SCHEMA = 1
_DIGITS = 6

# Legal in JSON as they are, and a trap for readers that split lines at them, show them or encode them.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """The report as one document, with a final newline; `fixed` and `run` are in it when a fix ran."""
    verb = verb or verb_of(report)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "root": report.root,
        "summary": asdict(count(report)),
        "findings": [_finding(f) for f in in_order(report.findings)],
        "pairs": [_pair(p) for p in report.pairs],
        "clusters": [_cluster(c) for c in report.clusters],
        "failures": [_failure(f) for f in report.failures],
    }
    if verb in ("fix", "preview"):
        document["fixed"] = [_finding(f) for f in in_order(report.fixed)]
        document["run"] = report.run_id
    return dumped(document, encoding, indent=2) + "\n"


def render_lines(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """One object a line: findings, pairs, clusters, failures and what was fixed, told apart by `type`."""
    return "".join(dumped({"type": kind, **item}, encoding) + "\n" for kind, item in _items(report))


def _items(report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _typed("finding", map(_finding, in_order(report.findings)))
    yield from _typed("pair", map(_pair, report.pairs))
    yield from _typed("cluster", map(_cluster, report.clusters))
    yield from _typed("failure", map(_failure, report.failures))
    yield from _typed("fixed", map(_finding, in_order(report.fixed)))


def _typed(kind: str, items: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((kind, item) for item in items)


def _finding(finding: Finding) -> dict[str, Any]:
    rule, way = BY_CODE[finding.code], fixability(finding)
    return {
        "code": finding.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "path": finding.path,
        "start": _position(finding.start),
        "end": _position(finding.end),
        "message": finding.message,
        "before": finding.before,
        "after": finding.after,
        "chain": list(finding.chain),
        "fix": None if way is Fixability.DISPLAY else way.value,
        "confidence": None if finding.confidence is None else round(finding.confidence, _DIGITS),
        "fingerprint": finding.fingerprint,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "left": pair.left,
        "right": pair.right,
        "code": pair.code,
        "body": round(pair.body, _DIGITS),
        "containment": round(pair.containment, _DIGITS),
        "slug": round(pair.slug, _DIGITS),
        "title": round(pair.title, _DIGITS),
        "description": round(pair.description, _DIGITS),
        "locales": list(pair.locales),
        "verdict": pair.verdict,
        "unit": pair.unit,
        "words": list(pair.words),
        "shared_words": list(pair.shared_words),
        "passage": pair.passage and _passage(pair.passage),
        "front_matter": [asdict(change) for change in pair.fields],
        "links": pair.links and list(pair.links),
        "keep": pair.keep,
        "reasons": list(pair.reasons),
        "objections": list(pair.objections),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "words": passage.words,
        "left_lines": list(passage.left_lines),
        "right_lines": list(passage.right_lines),
        "excerpt": passage.excerpt,
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "members": list(cluster.members),
        "keep": cluster.keep,
        "code": cluster.code,
        "reasons": list(cluster.reasons),
        "objections": list(cluster.objections),
    }


def _failure(failure: Failure) -> dict[str, str]:
    return {"path": failure.path, "message": failure.message, "hint": failure.hint}


def dumped(value: object, encoding: str = "utf-8", indent: int | None = None) -> str:
    """The value as JSON, for a stream of that encoding: all ASCII unless that is UTF-8."""
    text = json.dumps(value, ensure_ascii=not is_utf8(encoding), allow_nan=False, indent=indent)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
