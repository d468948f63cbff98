"""`postmend dupes`: duplicates only."""

from __future__ import annotations

import typer

from postmend import run
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    ConfigOptions,
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RuleOptions,
    with_options,
)
from postmend.cli.output import show
from postmend.cli.progress import ProgressBar


@with_options
def dupes(
    context: typer.Context,
    files: FileOptions,
    changes: ChangeOptions,
    rules: RuleOptions,
    duplicates: DuplicateOptions,
    output: OutputOptions,
    config: ConfigOptions,
) -> int:
    """Report posts that are the same article; write nothing."""
    output.checked()
    chosen = config.chosen(context, files.paths, known=files.known)
    with ProgressBar(output.progress) as progress:
        report = run.dupes(changes.narrow(chosen.request), chosen.policy, progress)
    return show(report, output.settled(chosen), "dupes")
