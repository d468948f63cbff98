"""How many findings each rule has, in place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from postmend.model import Fixability, Report
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import MARKS, fixability
from postmend.report.summary import Verb, summary
from postmend.rules import BY_CODE


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """One line a rule, the most frequent first, with how many of its findings can be fixed; failures; the summary."""
    lines = [*_table(report), *map(failure_line, report.failures), summary(report, verb=verb)]
    return "".join(f"{visible(line, encoding)}\n" for line in lines)


def _table(report: Report) -> Iterator[str]:
    counts = Counter(f.code for f in report.findings)
    ways = Counter((f.code, fixability(f)) for f in report.findings)
    digits = max((len(f"{n:,}") for n in counts.values()), default=0)
    longest = max((len(BY_CODE[code].name) for code in counts), default=0)
    for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        marks = (f"{MARKS[way]} {ways[code, way]:,}" for way in (Fixability.SAFE, Fixability.UNSAFE) if ways[code, way])
        yield f"{number:>{digits},}  {code}  {BY_CODE[code].name:<{longest}}  {'  '.join(marks)}".rstrip()
