"""The standard streams, made safe for whatever is printed, wherever they lead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from postmend.report.escape import make_tolerant


def prepare() -> None:
    """Gives closed streams somewhere to go, and makes the others escape what their encoding lacks."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # `postmend check >&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        make_tolerant(getattr(sys, name))


def abandon_output() -> None:
    """Drops what is still to be printed; a second complaint at exit would help nobody."""
    sys.stdout = None  # type: ignore[assignment]


def refusal(problem: OSError) -> str | None:
    """What the system refused, in plain words; None for what only a fault of postmend explains.

    Errors of files are values by now. What is left and names no file concerns a stream or the working folder.
    """
    if problem.filename is not None:
        return None
    if isinstance(problem, FileNotFoundError):
        return "the working folder does not exist any more"
    return f"can't write the output: {problem.strerror}"
