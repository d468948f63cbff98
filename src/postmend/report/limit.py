"""A part of a report, for those who want to see no more than so many findings."""

from __future__ import annotations

from dataclasses import replace

from postmend.model import Report
from postmend.report.items import in_order


def limited(report: Report, most: int | None) -> Report:
    """The report with its first `most` findings, all if that is None, and the pairs and clusters that these tell of.

    What is left out still counts: the summary is that of the whole.
    """
    if most is None or len(report.findings) <= most:
        return report
    findings = in_order(report.findings)[:most]
    told = {(f.code, f.path, f.other) for f in findings if f.other}
    pairs = tuple(p for p in report.pairs if told & {(p.code, p.left, p.right), (p.code, p.right, p.left)})
    paths = {path for pair in pairs for path in (pair.left, pair.right)}
    clusters = tuple(c for c in report.clusters if not paths.isdisjoint(c.members))
    return replace(report, findings=tuple(findings), pairs=pairs, clusters=clusters, whole=report)
