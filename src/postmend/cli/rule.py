"""`postmend rule`: what a rule means."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from postmend.cli.options import with_options
from postmend.config import UsageError, checked_codes
from postmend.report.rules import explain, table
from postmend.rules import BY_CODE, RULES


@with_options
def rule(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="PM101, for example.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="List all rules.")] = False,
) -> int:
    """Explain a rule, or list them all."""
    if everything or not code:
        sys.stdout.write(table(RULES))
        return 0
    known = checked_codes((code,))[0]
    if known not in BY_CODE:
        matching = [r for r in RULES if r.code.startswith(known)]
        if not matching:
            raise UsageError(f"there is no rule {code}.")
        sys.stdout.write(table(matching))
        return 0
    sys.stdout.write(explain(BY_CODE[known]))
    return 0
