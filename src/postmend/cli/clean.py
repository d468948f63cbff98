"""`postmend clean`: forget what is remembered between runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from postmend.cli.options import with_options
from postmend.report.escape import visible
from postmend.report.items import plural
from postmend.store.database import remove_all
from postmend.store.folders import cache_folder


@with_options
def clean(
    cache_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="Where posts are remembered.")] = None,
) -> int:
    """Remove the cache; what `undo` needs stays."""
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
