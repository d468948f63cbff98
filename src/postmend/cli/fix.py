"""`postmend fix`: repair, and report what is left."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, TextIO, cast

import typer

from postmend import mend, preview
from postmend.cli import stdin
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RepairOptions,
    RuleOptions,
    policy,
    with_options,
)
from postmend.cli.output import exit_code, show
from postmend.cli.progress import ProgressBar
from postmend.cli.state import journal_folder
from postmend.cli.streams import reader_may_leave
from postmend.config import Policy, UsageError
from postmend.model import Report
from postmend.report.concise import failure_line
from postmend.report.escape import make_tolerant, visible
from postmend.report.summary import Verb, summary
from postmend.run import Request


@with_options
def fix(
    files: FileOptions,
    changes: ChangeOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    output: OutputOptions,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; write nothing.")] = False,
    interactive: Annotated[bool, typer.Option("--interactive", help="Ask about each repair.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="Also the likely, unproved ones.")] = False,
    rename: Annotated[bool, typer.Option("--rename", help="Also repair names of files, and links to them.")] = False,
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Keep nothing for `undo`.")] = False,
    exit_non_zero_on_fix: Annotated[
        bool, typer.Option("--exit-non-zero-on-fix", help="Exit 1 if anything was fixed.")
    ] = False,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="What `-` is called.")] = "stdin.md",
) -> int:
    """Repair broken text in place; `postmend undo` puts it back."""
    output.checked()
    wanted = replace(policy(rules, duplicates, repairs, unsafe_fixes), rename=rename)
    if interactive and (diff or rename or files.is_stdin):
        raise UsageError("--interactive asks about repairs in files; it goes with none of --diff, --rename and `-`.")
    if files.is_stdin:
        changes.refuse_stdin(duplicates.corpus)
        generator = files.request().generator
        return _filter(stdin_filename, wanted, generator, output, diff)
    request = replace(changes.narrow(files.request(duplicates.corpus)), writes=True)
    if diff:
        return _preview(request, wanted, output)
    with mend.Writer(None if no_backup else journal_folder(), datetime.now()) as writer:
        if interactive:
            report = _ask(request, wanted, writer, output)
        else:
            with ProgressBar(output.progress) as progress:
                report = mend.fix(request, wanted, writer, progress)
        report = replace(report, run_id=writer.run_id)
    if interactive:
        _tell(report, "fix", sys.stdout)  # what was left was seen
        code = exit_code(report, output.exit_zero)
    else:
        code = show(report, output, "fix")
    return code or int(exit_non_zero_on_fix and bool(report.fixed))


def _ask(request: Request, wanted: Policy, writer: mend.Writer, output: OutputOptions) -> Report:
    """The repairs that the person at the terminal wants."""
    from postmend.asking import fix_asking
    from postmend.cli.interactive import Terminal, require_terminal
    from postmend.report.terminal import console

    require_terminal()
    terminal = Terminal(console(cast(Any, output.color), sys.stdout))
    return fix_asking(request, wanted, writer, terminal)


def _preview(request: Request, wanted: Policy, output: OutputOptions) -> int:
    """The difference on stdout, the summary on stderr, so that the difference can go to `git apply`."""
    collector = preview.DiffCollector()
    with ProgressBar(output.progress) as progress:
        report = mend.fix(request, wanted, collector, progress)
    _write(collector.text.encode("utf-8", "surrogateescape"))
    if not output.quiet:
        if output.output_format == "full":
            _tell(report, "preview", sys.stderr)
        else:
            show(report, output, "preview", sys.stderr)
    return exit_code(replace(report, findings=())) or int(bool(collector.text) and not output.exit_zero)


def _tell(report: Report, verb: Verb, stream: TextIO) -> None:
    """What went wrong and the summary; the findings themselves are in the difference or in `postmend check`."""
    make_tolerant(stream)
    lines = [*map(failure_line, report.failures), summary(report, verb=verb)]
    stream.write("".join(f"{visible(line, stream.encoding)}\n" for line in lines))


def _filter(name: str, wanted: Policy, generator: str, output: OutputOptions, diff: bool) -> int:
    """Text from stdin, repaired or as a difference, to stdout; the report goes to stderr."""
    done = stdin.examine_input(name, wanted, generator, fix=True)
    _write(done.difference(name) if diff else done.data)
    code = show(done.report, output, "preview" if diff else "fix", sys.stderr)
    return code or int(diff and done.data != done.before and not output.exit_zero)


def _write(data: bytes) -> None:
    with reader_may_leave():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
