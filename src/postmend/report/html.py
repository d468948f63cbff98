"""The report as one HTML page, for people: it needs no network, runs no script and can be sent by mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from postmend.model import Cluster, Finding, Fixability, Pair, Report
from postmend.report.changes import change
from postmend.report.concise import failure_line
from postmend.report.items import fixability, in_order, percent, plural
from postmend.report.markup import encoded, markup
from postmend.report.rules import repairs
from postmend.report.summary import Verb, summary
from postmend.rules import BY_CODE
from postmend.version import __version__

_MARKS = {
    Fixability.SAFE: ' <span class="safe">safe to repair</span>',
    Fixability.UNSAFE: ' <span class="unsafe">a suggestion</span>',
    Fixability.DISPLAY: "",
}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --old: #c0392b; --new: #1e8449; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td, th { text-align: start; padding: .2rem 1rem .2rem 0; vertical-align: top; }
ol, ul { list-style: none; padding: 0; } li { margin: 0 0 1rem; overflow-wrap: anywhere; }
p { margin: .2rem 0; } .place { font-variant-numeric: tabular-nums; opacity: .7; }
.text, .old, .new { margin: .2rem 0 .2rem 1rem; padding-left: .7rem; white-space: pre-wrap; }
.text, .old, .new { border-left: 3px solid var(--line); } .old { border-color: var(--old); }
.new { border-color: var(--new); }
del, ins { text-decoration: none; font-weight: bold; } del { color: var(--old); } ins { color: var(--new); }
.safe, .unsafe { font-size: .8rem; border: 1px solid; border-radius: .6rem; padding: 0 .5rem; }
.safe { color: var(--new); } .unsafe { opacity: .8; } .keep { color: var(--new); }
"""


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """The page: summary, rules by frequency, findings by file, duplicates, failures, and what the rules mean."""
    findings = in_order(report.findings)
    parts = [
        *_head(),
        f"<h1>postmend</h1>\n<p>{markup(summary(report, verb=verb))}</p>",
        *_statistics(findings),
        *_failures(report),
        *_files("What to look at", findings),
        *_files("What was repaired", in_order(report.fixed)),
        *_duplicates(report),
        *_rules({f.code for f in (*findings, *report.fixed)} | {p.code for p in report.pairs if p.code}),
        "</body>\n</html>\n",
    ]
    return encoded("\n".join(parts), encoding)


def _head() -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="generator" content="postmend {__version__}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="robots" content="noindex">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>postmend: report</title>\n<style>{_STYLE}</style>\n</head>\n<body>"


def _statistics(findings: Iterable[Finding]) -> Iterator[str]:
    counts = Counter(f.code for f in findings)
    if not counts:
        return
    yield "<table>\n<tr><th>Findings</th><th>Rule</th><th>What it is</th></tr>"
    for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        link = f'<a href="#{code}">{code}</a>'
        yield f"<tr><td>{number:,}</td><td>{link}</td><td>{markup(BY_CODE[code].summary)}</td></tr>"
    yield "</table>"


def _failures(report: Report) -> Iterator[str]:
    if report.failures:
        yield "<h2>What could not be done</h2>\n<ul>"
        yield from (f"<li>{markup(failure_line(f))}</li>" for f in report.failures)
        yield "</ul>"


def _files(title: str, findings: Iterable[Finding]) -> Iterator[str]:
    """The findings under a heading, those of one file together."""
    for number, (path, group) in enumerate(groupby(findings, key=lambda f: f.path)):
        if number == 0:
            yield f"<h2>{title}</h2>"
        yield f"<h3><bdi>{markup(path)}</bdi></h3>\n<ol>"
        yield from map(_finding, group)
        yield "</ol>"


def _finding(finding: Finding) -> str:
    place = f'<span class="place">line {finding.start.line}, column {finding.start.column}</span>'
    name = f'<a href="#{finding.code}">{finding.code}</a>'
    mark = _MARKS[fixability(finding)]
    lines = [f"<li>{place} {name}{mark} <span>{markup(finding.message)}</span>"]
    shown = change(finding)
    for kind, tag, segments in (("old" if shown.new else "text", "del", shown.old), ("new", "ins", shown.new)):
        if segments:
            text = "".join(f"<{tag}>{markup(t)}</{tag}>" if changed else markup(t) for t, changed in segments)
            lines.append(f'<p class="{kind}" dir="auto">{text}</p>')
    return "\n".join([*lines, "</li>"])


def _duplicates(report: Report) -> Iterator[str]:
    if report.pairs:
        yield "<h2>Duplicates</h2>"
        yield f"<p>{plural(len(report.pairs), 'pair')} of posts, and why.</p>\n<ol>"
        yield from map(_pair, report.pairs)
        yield "</ol>"
    groups = [c for c in report.clusters if len(c.members) > 2]  # what is to be said of two is said with the pair
    if groups:
        yield "<h2>Posts that belong together</h2>\n<ol>"
        yield from map(_cluster, groups)
        yield "</ol>"


def _pair(pair: Pair) -> str:
    lines = [f'<li><p><a href="#{pair.code}">{pair.code}</a> {markup(pair.verdict)}</p>' if pair.code else "<li>"]
    for path, title in zip((pair.left, pair.right), pair.titles, strict=True):
        lines.append(f'<p><b dir="auto">{markup(title) or "no title"}</b> {_path(path, pair.keep)}</p>')
    scores = (("body", pair.body), ("slug", pair.slug), ("title", pair.title), ("description", pair.description))
    lines.append(f"<p>Alike: {', '.join(f'{name} {percent(score)}' for name, score in scores)}</p>")
    if pair.passage:
        lines.append(f"<p>Longest shared passage: {plural(pair.passage.words, 'word')}</p>")
        lines.append(f'<p class="text" dir="auto">{markup(pair.passage.excerpt)}</p>')
    return "\n".join([*lines, "</li>"])


def _cluster(cluster: Cluster) -> str:
    members = "".join(f"<p>{_path(path, cluster.keep)}</p>" for path in cluster.members)
    return f'<li><p><a href="#{cluster.code}">{cluster.code}</a></p>{members}</li>'


def _path(path: str, keep: str) -> str:
    kept = ' <span class="keep">keep</span>' if path == keep else ""
    return f"<bdi>{markup(path)}</bdi>{kept}"


def _rules(codes: Iterable[str]) -> Iterator[str]:
    """What the rules mean, in the words of the documentation."""
    for number, code in enumerate(sorted(codes)):
        rule = BY_CODE[code]
        if number == 0:
            yield "<h2>What the rules mean</h2>"
        yield f'<h3 id="{code}">{code} {markup(rule.summary)}</h3>'
        yield f"<p>{markup(rule.explanation)}</p>\n<p>{markup(repairs(rule))}</p>"
