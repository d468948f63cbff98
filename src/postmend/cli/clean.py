"""`postmend clean`: forget what is remembered between runs."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from postmend.cli.options import with_options
from postmend.cli.state import journal_folder
from postmend.cli.streams import explained
from postmend.report.escape import visible
from postmend.report.items import plural
from postmend.store.clean import clean as remove_runs
from postmend.store.database import remove_all
from postmend.store.errors import FileProblem
from postmend.store.folders import cache_folder
from postmend.store.keeping import MOST_BYTES, MOST_DAYS


@with_options
def clean(
    cache_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="Where posts are remembered.")] = None,
    journal: Annotated[bool, typer.Option("--journal", help="Old runs of the undo journal instead.")] = False,
    older_than: Annotated[int, typer.Option(metavar="DAYS", min=0, help="With --journal: runs older.")] = MOST_DAYS,
    journal_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="The journal; default: your own.")] = None,
) -> int:
    """Remove the cache; what `undo` needs stays, unless you ask for --journal."""
    return _clean_journal(journal_folder(journal_dir), older_than) if journal else _clean_cache(cache_dir)


def _clean_journal(directory: Path, days: int) -> int:
    """Removes runs that are old, and the oldest of those that take too much room."""
    try:
        removed = remove_runs(directory, now=datetime.now(), max_age=timedelta(days=days), max_bytes=MOST_BYTES)
    except FileProblem as problem:
        sys.stderr.write(f"postmend: {explained(problem)}\n")
        return 2
    where = visible(str(directory))
    if removed:
        sys.stdout.write(f"{plural(len(removed), 'run')} removed from {where}; the last one stays.\n")
    else:
        sys.stdout.write(f"No run in {where} is old enough to be removed (--older-than DAYS).\n")
    return 0


def _clean_cache(cache_dir: Path | None) -> int:
    folder = cache_dir or Path(cache_folder())
    try:
        count, size = remove_all(folder)
    except OSError as problem:
        sys.stderr.write(f"postmend: the cache in {visible(str(folder))} can't be removed: {problem.strerror}\n")
        return 2
    if not count:
        sys.stdout.write(f"Nothing is remembered in {visible(str(folder))}.\n")
        return 0
    sys.stdout.write(f"Removed {plural(count, 'file')} ({_bytes(size)}) from {visible(str(folder))}.\n")
    return 0


def _bytes(size: int) -> str:
    """`512 bytes`, `1.2 MB`."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return plural(size, "byte")
