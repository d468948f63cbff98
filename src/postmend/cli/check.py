"""`postmend check`: report only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from postmend import run
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    ConfigOptions,
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RepairOptions,
    RuleOptions,
    with_options,
)
from postmend.cli.output import show
from postmend.cli.progress import ProgressBar


@with_options
def check(
    context: typer.Context,
    files: FileOptions,
    changes: ChangeOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    output: OutputOptions,
    config: ConfigOptions,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="What `-` is called.")] = "stdin.md",
) -> int:
    """Report broken text and duplicate posts; write nothing."""
    output.checked()
    if files.is_stdin:
        from postmend.cli import stdin

        changes.refuse_stdin(duplicates.corpus)
        chosen = config.chosen(context, [Path(stdin_filename)])
        return show(stdin.examine_input(stdin_filename, chosen).report, output.settled(chosen), "check")
    chosen = config.chosen(context, files.paths, known=files.known)
    with ProgressBar(output.progress) as progress:
        report = run.check(changes.narrow(chosen.request), chosen.policy, progress)
    return show(report, output.settled(chosen), "check")
