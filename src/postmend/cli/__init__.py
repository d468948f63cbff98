"""The command line. The only place that prints and exits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `postmend`. Exits with the code that the documentation promises."""
    gc.set_threshold(50_000)  # a run makes values by the hundred thousand, and hardly a cycle
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _run(given)
    except KeyboardInterrupt:  # while modules are still being imported; commands have their own answer
        sys.exit(130)


def _run(given: list[str]) -> None:
    from postmend.cli import streams

    streams.prepare()
    if given in (["--version"], ["-V"]):
        # Before anything heavy is imported: scripts ask for it often.
        from postmend.version import __version__

        try:
            sys.stdout.write(f"postmend {__version__}\n")
            sys.stdout.flush()
        except OSError as problem:
            streams.abandon_output()
            sys.exit(0 if isinstance(problem, BrokenPipeError) else 2)
        return
    from postmend.cli.app import run

    run(given)
