"""`postmend undo`: put back what a fix replaced."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from postmend.cli.options import with_options
from postmend.cli.state import journal_folder
from postmend.cli.streams import explained
from postmend.paths import shown_path
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import plural
from postmend.store import undo as journal
from postmend.store.errors import FileProblem
from postmend.store.journal import list_runs


@with_options
def undo(
    run_id: Annotated[str, typer.Argument(metavar="[RUN_ID]", help="Default: the latest fix here.")] = "",
    show_list: Annotated[bool, typer.Option("--list", help="Show the runs that can be undone.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also files that were edited since.")] = False,
) -> int:
    """Put back the bytes that a fix replaced."""
    if show_list:
        return _list()
    try:
        result = journal.undo(journal_folder(), run_id or None, now=datetime.now(), force=force, near=Path.cwd())
    except FileProblem as problem:
        sys.stderr.write(f"postmend: {explained(problem)}\n")
        return 2
    for path in result.restored:
        sys.stdout.write(f"{visible(shown_path(Path(), path))}: restored\n")
    for failure in result.skipped:
        sys.stdout.write(f"{failure_line(failure)}\n")
    skipped = f"; {plural(len(result.skipped), 'file')} left alone" if result.skipped else ""
    sys.stdout.write(f"Restored {plural(len(result.restored), 'file')} of run {result.run_id}{skipped}.\n")
    return 2 if result.skipped else 0


def _list() -> int:
    runs = list_runs(journal_folder())
    for run in runs:
        state = "undone" if run.undone else run.kind
        sys.stdout.write(f"{run.id}  {state:<6}  {plural(run.files, 'file'):>10}  {visible(str(run.root))}\n")
    if not runs:
        sys.stdout.write("No runs to undo.\n")
    return 0
