"""What the user asked for, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from postmend.comparator.policy import DuplicatePolicy
from postmend.model import Fixability
from postmend.rules import BY_CODE

CodeBlocks = Literal["cautious", "leave", "repair"]


class UsageError(Exception):
    """The user asked for something that does not exist; the message says what, and what was perhaps meant."""


@dataclass(frozen=True, slots=True)
class Policy:
    """All that decides what a run reports and repairs.

    `select` and `ignore` are rule codes or their beginnings (`PM2` is all of PM201 to PM208); the longer one wins.
    `code_blocks` decides on damage in code, scripts and addresses: repair it where the evidence is strong (`cautious`),
    show it and never repair it (`leave`), or treat it as any other text (`repair`). `rename` lets `fix` give files
    their better names.
    """

    select: tuple[str, ...] = ("PM",)
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    duplicates: DuplicatePolicy = field(default_factory=DuplicatePolicy)
    code_blocks: CodeBlocks = "cautious"
    rename: bool = False

    def selects(self, code: str) -> bool:
        """Whether findings of this rule are wanted."""
        chosen = max((len(p) for p in self.select if code.startswith(p)), default=0)
        refused = max((len(p) for p in self.ignore if code.startswith(p)), default=0)
        return chosen > refused

    def selects_any(self, prefix: str) -> bool:
        """Whether any rule whose code begins with `prefix` is wanted."""
        return any(self.selects(code) for code in BY_CODE if code.startswith(prefix))

    def applies(self, fixability: Fixability) -> bool:
        """Whether `fix` applies fixes of this kind."""
        return fixability is Fixability.SAFE or (fixability is Fixability.UNSAFE and self.unsafe_fixes)


def checked_codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes in capitals. Raises UsageError for one that is the beginning of no rule's code."""
    for code in codes:
        if not code or not any(known.startswith(code.upper()) for known in BY_CODE):
            near = get_close_matches(code.upper(), BY_CODE, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"There is no rule {code}.{hint} `postmend rule --all` lists them.")
    return tuple(code.upper() for code in codes)
