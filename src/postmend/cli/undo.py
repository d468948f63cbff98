"""`postmend undo`: put back what a fix replaced."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from postmend.cli.options import with_options
from postmend.cli.state import journal_folder
from postmend.cli.streams import explained, write_bytes
from postmend.config import UsageError
from postmend.edits import renaming_header, unified_diff
from postmend.paths import shown_path
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import plural
from postmend.scanner.document import decode_escaped
from postmend.store import undo as journal
from postmend.store.errors import FileProblem
from postmend.store.journal import list_runs
from postmend.store.undo_preview import Change, preview


@with_options
def undo(
    run_id: Annotated[str, typer.Argument(metavar="[RUN_ID]", help="Default: the latest fix here.")] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="PATH", help="Only this file, or the files in this folder.")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Show the runs that can be undone.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also files that were edited since.")] = False,
    journal_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="The journal; default: your own.")] = None,
) -> int:
    """Put back the bytes that a fix replaced."""
    directory = journal_folder(journal_dir)
    if show_list:
        return _list(directory)
    try:
        if diff:
            return _diff(directory, run_id, file)
        result = journal.undo(directory, run_id or None, now=datetime.now(), only=file, force=force, near=Path.cwd())
    except FileProblem as problem:
        sys.stderr.write(f"postmend: {explained(problem)}\n")
        return 2
    if file and not (result.restored or result.skipped or result.unchanged):
        raise UsageError(f"run {result.run_id} changed nothing there. `postmend undo --diff` shows what it changed.")
    for path in result.restored:
        sys.stdout.write(f"{visible(shown_path(Path(), path))}: restored\n")
    for failure in result.skipped:
        sys.stdout.write(f"{failure_line(failure)}\n")
    skipped = f"; {plural(len(result.skipped), 'file')} left alone" if result.skipped else ""
    sys.stdout.write(f"Restored {plural(len(result.restored), 'file')} of run {result.run_id}{skipped}.\n")
    return 2 if result.skipped else 0


def _diff(directory: Path, run_id: str, file: list[Path] | None) -> int:
    """What an undo would change, as `git apply` takes it; 1 if that is anything."""
    _, changes = preview(directory, run_id or None, only=file, near=Path.cwd())
    for change in changes:
        write_bytes(_difference(change).encode("utf-8", "surrogateescape"))
    return int(bool(changes))


def _difference(change: Change) -> str:
    now, before = (shown_path(Path(), path).lstrip("/") for path in (change.path, change.old_path))
    header = renaming_header(now, before) if now != before else ""
    texts = decode_escaped(change.now), decode_escaped(change.before)
    return header + unified_diff(now, *texts, new_path=before)


def _list(directory: Path) -> int:
    runs = list_runs(directory)
    for run in runs:
        state = "undone" if run.undone else run.kind
        sys.stdout.write(f"{run.id}  {state:<6}  {plural(run.files, 'file'):>10}  {visible(str(run.root))}\n")
    if not runs:
        sys.stdout.write("No runs to undo.\n")
    return 0
