"""What the user asked for, as one frozen value."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from postmend.comparator.policy import DuplicatePolicy
from postmend.model import Fixability
from postmend.rules import BY_CODE
from postmend.values import dataclass, field, replace

CodeBlocks = Literal["cautious", "leave", "repair"]


class UsageError(Exception):
    """The user asked for something that does not exist; the message says what, and what was perhaps meant."""


@dataclass(frozen=True, slots=True)
class Policy:
    """All that decides what a run reports and repairs.

    `select`, `extend_select` and `ignore` are rule codes or their beginnings (`PM2` is all of PM201 to PM208); the
    longer one wins. A rule that is off by itself needs its whole code.
    `code_blocks` decides on damage in code, scripts and addresses: repair it where the evidence is strong (`cautious`),
    show it and never repair it (`leave`), or treat it as any other text (`repair`). `encoding` is what files that
    are not UTF-8 are taken for, as Python calls it. `rename` lets `fix` give files their better names.
    `per_file_ignores` has codes to ignore by pattern, as in .gitignore and relative to the root of the run.
    """

    select: tuple[str, ...] = ("PM",)
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    duplicates: DuplicatePolicy = field(default_factory=DuplicatePolicy)
    code_blocks: CodeBlocks = "cautious"
    extend_select: tuple[str, ...] = ()
    encoding: str | None = None
    rename: bool = False
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def at(self, path: str) -> Policy:
        """The policy for one file (POSIX, relative to the root of the run)."""
        if not self.per_file_ignores:
            return self
        from postmend.scanner.discover import matcher

        ignored = {code for glob, codes in self.per_file_ignores if matcher((glob,))(path) for code in codes}
        # Whole codes: nothing that is selected outranks them.
        return replace(self, ignore=(*self.ignore, *whole_codes(ignored)), per_file_ignores=())

    def selects(self, code: str) -> bool:
        """Whether findings of this rule are wanted."""
        chosen = _longest((*self.select, *self.extend_select), code)
        return chosen > _longest(self.ignore, code) and (chosen == len(code) or BY_CODE[code].on)

    def selects_any(self, prefix: str) -> bool:
        """Whether any rule whose code begins with `prefix` is wanted."""
        return any(self.selects(code) for code in BY_CODE if code.startswith(prefix))

    def judges_texts(self) -> bool:
        """Whether any rule is wanted that is not about duplicates."""
        return any(self.selects(code) for code in BY_CODE if not code.startswith("PM2"))

    def applies(self, fixability: Fixability) -> bool:
        """Whether `fix` applies fixes of this kind."""
        return fixability is Fixability.SAFE or (fixability is Fixability.UNSAFE and self.unsafe_fixes)


def _longest(prefixes: tuple[str, ...], code: str) -> int:
    """How much of the code the prefixes name at most."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def whole_codes(beginnings: Collection[str]) -> tuple[str, ...]:
    """All codes that begin with one of these."""
    return tuple(code for code in BY_CODE if code.startswith(tuple(beginnings)))


def checked_codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes in capitals. Raises UsageError for one that is the beginning of no rule's code."""
    for code in codes:
        if not code or not any(known.startswith(code.upper()) for known in BY_CODE):
            from difflib import get_close_matches  # 3 ms that only a slip costs

            near = get_close_matches(code.upper(), BY_CODE, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"there is no rule {code}.{hint} `postmend rule --all` lists them.")
    return tuple(code.upper() for code in codes)
