"""`postmend check`: report only."""

from __future__ import annotations

from typing import Annotated

import typer

from postmend import run
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RepairOptions,
    RuleOptions,
    policy,
    with_options,
)
from postmend.cli.output import show
from postmend.cli.progress import ProgressBar


@with_options
def check(
    files: FileOptions,
    changes: ChangeOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    output: OutputOptions,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="What `-` is called.")] = "stdin.md",
) -> int:
    """Report broken text and duplicate posts; write nothing."""
    output.checked()
    wanted = policy(rules, duplicates, repairs)
    if files.is_stdin:
        from postmend.cli import stdin

        changes.refuse_stdin(duplicates.corpus)
        generator = files.request().generator
        return show(stdin.examine_input(stdin_filename, wanted, generator).report, output, "check")
    with ProgressBar(output.progress) as progress:
        report = run.check(changes.narrow(files.request(duplicates.corpus)), wanted, progress)
    return show(report, output, "check")
