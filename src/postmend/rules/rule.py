"""What a rule is."""

from __future__ import annotations

from enum import StrEnum

from postmend.model import Fixability
from postmend.values import dataclass


class Severity(StrEnum):
    """How much a finding matters. Findings of severity INFO never fail a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem: its code, its name, what it means, how bad it is and how far postmend may repair it.

    `example` is a line of `concise` output, and what the post in `fixtures/rules/CODE/` gives. A rule that is not
    `on` by itself is only looked for when its whole code is selected.
    """

    code: str
    name: str
    summary: str
    severity: Severity
    fixability: Fixability
    explanation: str
    example: str
    on: bool = True
