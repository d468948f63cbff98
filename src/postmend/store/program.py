"""What tells one postmend from another: whatever is remembered is true of one program only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from postmend.version import __version__


def program() -> str:
    """The version, the files of postmend (a program in development changes without a new number), the version of
    Python, and when anything was installed beside it.
    """
    return "\0".join((__version__, sys.version, *_installed(), *_files()))


def _installed() -> Iterator[str]:
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            yield f"{folder} {os.stat(folder).st_mtime_ns}"


def _files() -> Iterator[str]:
    folders = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    for folder in folders:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:  # in a zip file: its version has to do
            continue
        for entry in entries:
            if entry.is_dir():
                folders.append(entry.path)
            elif entry.name.endswith((".py", ".model")):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
