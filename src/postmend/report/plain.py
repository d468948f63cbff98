"""The `full` format as plain text, for a file."""

from __future__ import annotations

import io

from postmend.model import Report
from postmend.report import terminal
from postmend.report.escape import visible
from postmend.report.summary import Verb


def render(report: Report, *, verb: Verb | None = None, encoding: str = "utf-8") -> str:
    """The report as `full` prints it into a pipe, without colours."""
    stream = io.StringIO()
    terminal.render(report, terminal.console("never", stream), verb=verb)
    return "".join(f"{visible(line, encoding)}\n" for line in stream.getvalue().split("\n")[:-1])
