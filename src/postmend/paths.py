"""Paths as they are shown: POSIX, relative to the working folder where the file lies in it."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from postmend.model import Failure, FieldChange, Finding, Pair, Report
from postmend.values import replace


def shown_path(root: Path, path: str) -> str:
    """A path relative to the root as it is shown."""
    full = os.path.normpath(root / path)
    inside = os.path.relpath(full) if os.path.splitdrive(full)[0] == os.path.splitdrive(Path.cwd())[0] else full
    return Path(full if inside.startswith("..") else inside).as_posix()


def displayed(report: Report, root: Path) -> Report:
    """The report with all paths, which are relative to `root`, as they are shown; sorted, with fingerprints."""
    show = partial(shown_path, root)
    pairs = tuple(sorted((_shown_pair(p, show) for p in report.pairs), key=lambda p: (p.left, p.right, p.code)))
    return replace(
        report,
        root=shown_path(root, "."),
        findings=_shown_findings(report.findings, show),
        fixed=_shown_findings(report.fixed, show),
        pairs=pairs,
        clusters=tuple(
            replace(c, members=tuple(sorted(map(show, c.members))), keep=show(c.keep)) for c in report.clusters
        ),
        failures=tuple(sorted((_shown_failure(f, show) for f in report.failures), key=lambda f: (f.path, f.message))),
    )


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted, each with a fingerprint that stays when lines move: a hash of its path, of what it says, and
    of how many like it stand before it in the same file. What says that two posts are alike is known by the other one.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    done = []
    for finding in sorted(findings, key=lambda f: (f.path, f.start.offset, f.code, f.message)):
        key = finding.path, finding.code, finding.other or finding.before or finding.message
        text = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
        seen[key] += 1
        done.append(replace(finding, fingerprint=hashlib.blake2b(text, digest_size=16).hexdigest()))
    return tuple(done)


def _shown_findings(findings: Iterable[Finding], show: Callable[[str], str]) -> tuple[Finding, ...]:
    """The findings with their paths as shown. Their fingerprints are of the paths in the site, wherever one stands."""
    shown = (_shown_finding(finding, show) for finding in with_fingerprints(findings))
    return tuple(sorted(shown, key=lambda f: (f.path, f.start.offset, f.code, f.message)))


def _shown_finding(finding: Finding, show: Callable[[str], str]) -> Finding:
    return replace(finding, path=show(finding.path), other=show(finding.other) if finding.other else None)


def _shown_pair(pair: Pair, show: Callable[[str], str]) -> Pair:
    """The pair with its paths as shown, the smaller one on the left again."""
    left, right = show(pair.left), show(pair.right)
    shown = replace(pair, left=left, right=right, keep=show(pair.keep))
    return shown if left <= right else turned(shown)


def turned(pair: Pair) -> Pair:
    """The pair with its two sides exchanged."""
    passage = pair.passage and replace(
        pair.passage, left_lines=pair.passage.right_lines, right_lines=pair.passage.left_lines
    )
    return replace(
        pair,
        left=pair.right,
        right=pair.left,
        locales=pair.locales[::-1],
        titles=pair.titles[::-1],
        passage=passage,
        words=pair.words[::-1],
        shared_words=pair.shared_words[::-1],
        links=pair.links and pair.links[::-1],
        fields=tuple(FieldChange(field.key, field.right, field.left) for field in pair.fields),
    )


def _shown_failure(failure: Failure, show: Callable[[str], str]) -> Failure:
    return replace(failure, path=show(failure.path))
