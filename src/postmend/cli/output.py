"""Reports on the screen, and the exit code that goes with them."""

from __future__ import annotations

import sys
from typing import Any, TextIO, cast

from postmend.cli.options import OutputOptions
from postmend.cli.outputs import stdout_format, text_of, write_reports
from postmend.cli.streams import reader_may_leave
from postmend.model import Report
from postmend.report.items import is_note
from postmend.report.limit import limited
from postmend.report.summary import Verb


def show(report: Report, options: OutputOptions, verb: Verb, stream: TextIO | None = None) -> int:
    """Prints the report as the options say, writes it to the files that they name, and returns the exit code."""
    all_written = save(report, options, verb)
    on_stdout = stdout_format(options.targets)
    if on_stdout or not options.quiet:
        shown = limited(report, options.max_findings)
        with reader_may_leave():
            _print(shown, options, on_stdout or options.output_format, verb, stream or sys.stdout)
    return exit_code(report, options.exit_zero) if all_written else 2


def save(report: Report, options: OutputOptions, verb: Verb) -> bool:
    """Writes the report to the files that the options name; False when one could not be written, which was told."""
    return write_reports(limited(report, options.max_findings), options.targets, verb)


def exit_code(report: Report, exit_zero: bool = False) -> int:
    """2 when something could not be done, else 1 when problems remain, else 0."""
    if report.failures:
        return 2
    return int(any(not is_note(f.code) for f in report.findings) and not exit_zero)


def _print(report: Report, options: OutputOptions, output_format: str, verb: Verb, stream: TextIO) -> None:
    if output_format == "full" and not any((report.findings, report.pairs, report.clusters, report.failures)):
        output_format = "concise"  # the same single line, and rich takes longer to import than a small post to check
    if output_format == "full" and not options.statistics:
        from postmend.report import terminal

        terminal.render(report, terminal.console(cast(Any, options.color), stream), verb=verb)
        return
    from postmend.report.escape import make_tolerant

    make_tolerant(stream)
    encoding = stream.encoding or "utf-8"
    if options.statistics:
        from postmend.report import statistics

        stream.write(statistics.render(report.whole or report, verb=verb, encoding=encoding))
    else:
        stream.write(text_of(report, output_format, verb, encoding))
    stream.flush()
