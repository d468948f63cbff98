"""`postmend dupes`: duplicates only."""

from __future__ import annotations

from postmend import run
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RuleOptions,
    policy,
    with_options,
)
from postmend.cli.output import show
from postmend.cli.progress import ProgressBar


@with_options
def dupes(
    files: FileOptions, changes: ChangeOptions, rules: RuleOptions, duplicates: DuplicateOptions, output: OutputOptions
) -> int:
    """Report posts that are the same article; write nothing."""
    output.checked()
    with ProgressBar(output.progress) as progress:
        request = changes.narrow(files.request(duplicates.corpus))
        report = run.dupes(request, policy(rules, duplicates), progress)
    return show(report, output, "dupes")
