"""Findings that a site has long had and that are not to fail its runs: recorded, left out, and told when they are gone.

A baseline holds neither line numbers nor dates: text may move, and two branches that both repair posts merge without
conflict. Of findings that are alike, it counts how many there are.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

from postmend.model import Finding, Pair, Position, Report
from postmend.report.items import is_note, plural

STALE = "PM902"

Key: TypeAlias = tuple[str, str, str]  # path relative to the baseline's folder, POSIX; code; what the finding says
Relative: TypeAlias = Callable[[str], str]  # a path as shown -> the same relative to the baseline's folder

_SCHEMA = 1
_START = Position(1, 1, 0)
_NAMED = 3  # posts in a message


class BadBaseline(ValueError):
    """A file that is no baseline; the message says why."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How many findings of each kind are known."""

    known: Counter[Key]

    @property
    def paths(self) -> list[str]:
        """The posts that have known findings, sorted."""
        return sorted({path for path, _, _ in self.known})

    def only(self, keep: Callable[[str], bool]) -> Baseline:
        """What is known of some posts."""
        return Baseline(Counter({key: count for key, count in self.known.items() if keep(key[0])}))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a run looked at: the posts, as the baseline names them, and which rules."""

    paths: frozenset[str]
    selects: Callable[[str], bool]

    def holds(self, key: Key) -> bool:
        """Whether the run would have found this."""
        return key[0] in self.paths and self.selects(key[1])


def parse(text: str) -> Baseline:
    """The baseline that a text holds. Raises BadBaseline."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadBaseline(f"it is not JSON: {problem}") from None
    if not isinstance(whole, dict) or whole.get("schema") != _SCHEMA:
        raise BadBaseline(f'it is no baseline of this version, which begins with `"schema": {_SCHEMA}`')
    return Baseline(Counter(_keys(whole.get("findings"))))


def _keys(findings: Any) -> Iterator[Key]:
    for path, codes in _members(findings):
        for code, marks in _members(codes):
            if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
                raise BadBaseline(f"what it says of {code} in {path} is no list of marks")
            for mark in marks:
                yield path, code, mark


def _members(value: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise BadBaseline("it has another structure than postmend gives it")
    return value.items()


def render(baseline: Baseline) -> str:
    """The text of a baseline: sorted, a line for each finding, so that it merges well."""
    findings: dict[str, dict[str, list[str]]] = {}
    for (path, code, mark), count in sorted(baseline.known.items()):
        if count > 0:
            findings.setdefault(path, {}).setdefault(code, []).extend([mark] * count)
    whole = {"schema": _SCHEMA, "findings": findings}
    return f"{json.dumps(whole, indent=1, ensure_ascii=False)}\n".encode("utf-8", "backslashreplace").decode()


def recorded(findings: Iterable[Finding], relative: Relative) -> Baseline:
    """The baseline of these findings. Mere notes fail no run and are left out, as is what it says of baselines."""
    kept = (f for f in findings if f.code != STALE and not is_note(f.code))
    return Baseline(Counter(_key(finding, relative) for finding in kept))


def updated(old: Baseline, new: Baseline, coverage: Coverage, *, prune: bool = False) -> Baseline:
    """The old baseline with what a run found in place of what it would have found; with `prune`, nothing is added."""
    known = {key: count for key, count in old.known.items() if not coverage.holds(key)}
    for key, count in new.known.items():
        before = old.known.get(key, 0)
        known[key] = min(count, before) if prune else max(count, known.get(key, 0))
    return Baseline(+Counter(known))


def without_known(report: Report, baseline: Baseline, relative: Relative) -> tuple[Report, Baseline]:
    """The report without what the baseline knows, and what of the baseline was not met."""
    rest = Counter(baseline.known)
    new: list[Finding] = []
    known: set[tuple[str, frozenset[str]]] = set()
    for finding in report.findings:
        key = _key(finding, relative)
        if rest[key] > 0:
            rest[key] -= 1
            known.add((finding.code, frozenset((finding.path, finding.other or ""))))
        else:
            new.append(finding)
    pairs = tuple(p for p in report.pairs if (p.code, frozenset((p.left, p.right))) not in known)
    left = replace(report, findings=tuple(new), pairs=pairs, known=len(report.findings) - len(new))
    return replace(left, clusters=_with_pairs(report, pairs)), Baseline(+rest)


def _with_pairs(report: Report, pairs: Sequence[Pair]) -> tuple[Any, ...]:
    """The clusters that still hold a pair."""
    linked = {(pair.left, pair.right) for pair in pairs}
    return tuple(c for c in report.clusters if any({left, right} <= set(c.members) for left, right in linked))


def stale(rest: Baseline, coverage: Coverage, gone: Collection[str], name: str) -> Iterator[Finding]:
    """What to say of entries that a run did not meet, and of those for posts that are `gone`; all in one.

    `name` is the path of the baseline as shown.
    """
    missed = {key: count for key, count in rest.known.items() if coverage.holds(key) or key[0] in gone}
    if missed:
        paths = sorted({path for path, _, _ in missed})
        named = ", ".join(paths[:_NAMED]) + (f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else "")
        count = sum(missed.values())
        what = f"{plural(count, 'finding')} that {'is' if count == 1 else 'are'} gone"
        said = f"The baseline holds {what}, of {named}; `postmend baseline --prune` takes such entries out"
        yield Finding(STALE, name, _START, _START, said)


def _key(finding: Finding, relative: Relative) -> Key:
    """What makes a finding the same one tomorrow. That of a pair stands with the post whose path comes first."""
    place = partial(_plain, relative)
    path, what = place(finding.path), finding.before or finding.message
    if finding.other is not None:
        path, what = sorted((path, place(finding.other)))
    mark = hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return path, finding.code, mark


def _plain(relative: Relative, path: str) -> str:
    """One spelling on all file systems: macOS takes letters and their accents apart."""
    return unicodedata.normalize("NFC", relative(path))
