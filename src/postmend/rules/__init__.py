"""Every rule that postmend knows, sorted by code; documentation, help and messages are made from it."""

from __future__ import annotations

from postmend.rules.duplicates import DUPLICATES
from postmend.rules.files import FILES
from postmend.rules.heads import HEADS
from postmend.rules.own import OWN
from postmend.rules.rule import Rule, Severity
from postmend.rules.texts import TEXTS

RULES: tuple[Rule, ...] = (*FILES, *TEXTS, *DUPLICATES, *HEADS, *OWN)
BY_CODE = {rule.code: rule for rule in RULES}

__all__ = ["BY_CODE", "RULES", "Rule", "Severity"]
