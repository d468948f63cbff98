"""What a baseline knows, left out of a report; and a baseline made of one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from postmend import baseline
from postmend.baseline import STALE, Coverage
from postmend.config import Policy
from postmend.model import Report
from postmend.paths import shown_path, with_fingerprints
from postmend.report.items import in_order
from postmend.rules import BY_CODE
from postmend.scope import Scope
from postmend.store.baselinefile import BaselineFile
from postmend.suppressions import UNUSED


def without_known(report: Report, file: BaselineFile, scope: Scope, policy: Policy) -> Report:
    """The report, with paths as shown, without what the baseline knows, and with a note on what of that is gone."""
    left, rest = baseline.without_known(report, file.baseline, file.relative)
    if not policy.selects(STALE):
        return left
    name = shown_path(file.path.parent, file.path.name)
    told = baseline.stale(rest, covered(file, scope, policy), _gone(file, scope), name)
    return replace(left, findings=tuple(in_order([*left.findings, *with_fingerprints(told)])))


def covered(file: BaselineFile, scope: Scope, policy: Policy) -> Coverage:
    """What a run looks at, as the baseline names it."""
    whole = (path for path in scope.asked if scope.changes is None or scope.changes.lines[path] is None)
    paths = (unicodedata.normalize("NFC", file.relative(shown_path(scope.root, path))) for path in whole)
    judges_all = all(policy.selects(code) for code, rule in BY_CODE.items() if rule.on)

    def selects(code: str) -> bool:
        # Whether a suppression is needed shows only where all is looked for: not in a hook, which compares no posts.
        return policy.selects(code) and (judges_all or code != UNUSED)

    return Coverage(frozenset(paths), selects)


def updated(report: Report, file: BaselineFile, scope: Scope, policy: Policy, *, prune: bool) -> BaselineFile:
    """The baseline after a run that found this. What it knows of posts that are gone goes, too."""
    found = baseline.recorded(report.findings, file.relative)
    made = baseline.updated(file.baseline, found, covered(file, scope, policy), prune=prune)
    gone = frozenset(file.gone())
    return replace(file, baseline=made.only(lambda path: path not in gone))


def _gone(file: BaselineFile, scope: Scope) -> list[str]:
    """The posts that are gone. A run that was given a few files has no business with others."""
    return file.gone() if scope.of_folders and scope.changes is None else []
