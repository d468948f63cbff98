"""The standard streams, made safe for whatever is printed, wherever they lead."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from postmend.report.escape import make_tolerant, visible

if TYPE_CHECKING:
    from postmend.store.errors import FileProblem


def prepare() -> None:
    """Gives closed streams somewhere to go, and makes the others escape what their encoding lacks."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # `postmend check >&-`
            setattr(sys, name, _nowhere())
        make_tolerant(getattr(sys, name))


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Around what prints: that a reader has seen enough (`postmend check | head`) changes nothing of the outcome."""
    try:
        yield
    except (BrokenPipeError, SystemExit):  # rich turns the one into the other
        abandon_output()


def write_bytes(data: bytes) -> None:
    """Writes a post or a difference to stdout: byte for byte, but escaped on a terminal, which it must not steer."""
    with reader_may_leave():
        sys.stdout.flush()
        if sys.stdout.isatty():
            lines = data.decode("utf-8", "surrogateescape").split("\n")
            data = "\n".join(visible(line.replace("\t", "    "), sys.stdout.encoding) for line in lines).encode(
                sys.stdout.encoding, "backslashreplace"
            )
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def abandon_output() -> None:
    """Drops what is still to be printed; a second complaint at exit would help nobody."""
    sys.stdout = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def explained(problem: FileProblem) -> str:
    """What is wrong with a file, and what to do, as reports put it."""
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def refusal(problem: OSError) -> str | None:
    """What the system refused, in plain words; None for what only a fault of postmend explains.

    Errors of files are values by now. What is left and names no file concerns a stream or the working folder.
    """
    if problem.filename is not None:
        return None
    if isinstance(problem, FileNotFoundError):
        return "the working folder does not exist any more"
    return f"can't write the output: {problem.strerror}"
