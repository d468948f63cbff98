"""What all renderers say alike: the order of findings, how they can be fixed, numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

from postmend.model import Finding, Fixability
from postmend.rules import BY_CODE, Severity

MARKS = {Fixability.SAFE: "[*]", Fixability.UNSAFE: "[~]", Fixability.DISPLAY: ""}
RENAMED = frozenset({"PM106"})  # rules about names, which `fix` leaves alone without --rename


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by path, line, column and code."""
    return sorted(findings, key=lambda f: (f.path, f.start.line, f.start.column, f.code))


def is_note(code: str) -> bool:
    """Whether the rule only informs: its findings are no problems and never fail a run."""
    return BY_CODE[code].severity is Severity.INFO


def fixability(finding: Finding) -> Fixability:
    """How far this finding can be fixed; a finding without a fix is for display."""
    return finding.fix.fixability if finding.fix else Fixability.DISPLAY


def label(finding: Finding) -> str:
    """The code and the mark of its fix: `PM101 [*]`."""
    return f"{finding.code} {MARKS[fixability(finding)]}".rstrip()


def percent(share: float) -> str:
    """A share as a whole percentage, rounded down, so that only all is 100%; a little is `under 1%`."""
    return "under 1%" if 0 < share < 0.01 else f"{int(share * 100 + 1e-9)}%"


def plural(count: int, noun: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
