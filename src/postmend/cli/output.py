"""Reports on the screen, and the exit code that goes with them."""

from __future__ import annotations

import sys
from typing import Any, TextIO, cast

from postmend.cli.options import OutputOptions
from postmend.cli.streams import reader_may_leave
from postmend.model import Report
from postmend.report.items import is_note
from postmend.report.summary import Verb


def show(report: Report, options: OutputOptions, verb: Verb, stream: TextIO | None = None) -> int:
    """Prints the report as the options say and returns the exit code."""
    if not options.quiet:
        with reader_may_leave():
            _print(report, options, verb, stream or sys.stdout)
    return exit_code(report, options.exit_zero)


def exit_code(report: Report, exit_zero: bool = False) -> int:
    """2 when something could not be done, else 1 when problems remain, else 0."""
    if report.failures:
        return 2
    return int(any(not is_note(f.code) for f in report.findings) and not exit_zero)


def _print(report: Report, options: OutputOptions, verb: Verb, stream: TextIO) -> None:
    if options.output_format == "full":
        from postmend.report import terminal

        terminal.render(report, terminal.console(cast(Any, options.color), stream), verb=verb)
        return
    from postmend.report.escape import make_tolerant

    make_tolerant(stream)
    stream.write(_rendered(report, options.output_format, verb, stream))
    stream.flush()


def _rendered(report: Report, output_format: str, verb: Verb, stream: TextIO) -> str:
    if output_format == "concise":
        from postmend.report import concise

        return concise.render(report, verb=verb, encoding=stream.encoding or "utf-8")
    from postmend.report import json

    return json.render(report, verb=verb) if output_format == "json" else json.render_lines(report)
