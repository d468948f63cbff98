"""`-`: one post on standard input, for editors and pipes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from postmend.chosen import Chosen
from postmend.config import UsageError
from postmend.edits import unified_diff
from postmend.examine import examine
from postmend.losses import gathered
from postmend.mend import NotVerified, left, repaired
from postmend.model import Failure, Report
from postmend.paths import with_fingerprints
from postmend.scanner.discover import matcher
from postmend.scanner.document import decode_escaped, encode_escaped
from postmend.scope import root_of, site_of


@dataclass(frozen=True, slots=True)
class Input:
    """What came in, repaired if that was asked for, and the report on it."""

    before: bytes
    data: bytes
    report: Report

    def difference(self, name: str) -> bytes:
        """What was repaired, as a unified diff."""
        if self.data == self.before:
            return b""
        text = unified_diff(name.lstrip("/"), decode_escaped(self.before), decode_escaped(self.data))
        return text.encode("utf-8", "surrogateescape")


def examine_input(name: str, settled: Chosen, fix: bool = False) -> Input:
    """Reads all of stdin and examines it as the post `name` of the site in which that name lies; what can't be repaired
    comes back as it is.
    """
    root = root_of([Path(name)])
    path = Path(os.path.relpath(name, root)).as_posix()  # by which settings know it; editors give absolute ones
    if sys.stdin is None:
        raise UsageError("standard input is closed.")
    data = before = sys.stdin.buffer.read()
    if settled.request.force_exclude and matcher(settled.request.exclude)(path):
        return Input(before, data, Report(".", 0, ()))
    policy, site = settled.policy.at(path), site_of(settled.request, root)
    findings = gathered(examine(name, data, site, policy).findings)
    chosen = [f for f in findings if fix and f.fix and policy.applies(f.fix.fixability)]
    failures: tuple[Failure, ...] = ()
    if chosen:
        try:
            text = repaired(name, data, chosen, policy, site=site)[1]
            data = encode_escaped(text)
        except NotVerified as problem:
            failures, chosen = (Failure(name, f"not repaired: {problem}"),), []
    rest = findings
    if chosen:
        rest = left(name, decode_escaped(data), policy, site=site)
    return Input(
        before,
        data,
        Report(".", 1, with_fingerprints(rest), failures=failures, fixed=with_fingerprints(chosen)),
    )
