"""`postmend fix`: repair, and report what is left."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TextIO, cast

import typer

from postmend import mend, preview
from postmend.chosen import Chosen
from postmend.cli import stdin
from postmend.cli.changes import ChangeOptions
from postmend.cli.options import (
    ConfigOptions,
    DuplicateOptions,
    FileOptions,
    OutputOptions,
    RepairOptions,
    RuleOptions,
    with_options,
)
from postmend.cli.output import exit_code, save, show
from postmend.cli.progress import ProgressBar
from postmend.cli.state import journal_folder, warn_of_journal
from postmend.cli.streams import write_bytes
from postmend.config import Policy, UsageError
from postmend.excusing import Marker
from postmend.model import Report
from postmend.report.concise import failure_line
from postmend.report.escape import make_tolerant, visible
from postmend.report.summary import Verb, summary
from postmend.run import Request
from postmend.writing import Writer


@with_options
def fix(
    context: typer.Context,
    files: FileOptions,
    changes: ChangeOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    output: OutputOptions,
    config: ConfigOptions,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; write nothing.")] = False,
    interactive: Annotated[bool, typer.Option("--interactive", help="Ask about each repair.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="Also the likely, unproved ones.")] = False,
    rename: Annotated[bool, typer.Option("--rename", help="Also repair names of files, and links to them.")] = False,
    no_backup: Annotated[bool, typer.Option("--no-backup", help="Keep nothing for `undo`.")] = False,
    journal_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="Where `undo` finds the old bytes.")] = None,
    exit_non_zero_on_fix: Annotated[
        bool, typer.Option("--exit-non-zero-on-fix", help="Exit 1 if anything was fixed.")
    ] = False,
    stdin_filename: Annotated[str, typer.Option(metavar="NAME", help="What `-` is called.")] = "stdin.md",
) -> int:
    """Repair broken text in place; `postmend undo` puts it back."""
    output.checked(stdout_is_free=not (diff or interactive or files.is_stdin))
    if interactive and (diff or rename or files.is_stdin):
        raise UsageError("--interactive asks about repairs in files; it goes with none of --diff, --rename and `-`.")
    if files.is_stdin:
        changes.refuse_stdin(duplicates.corpus)
        chosen = config.chosen(context, [Path(stdin_filename)])
        return _filter(stdin_filename, chosen, output.settled(chosen), diff)
    chosen = config.chosen(context, files.paths, known=files.known)
    output = output.settled(chosen)
    request = replace(changes.narrow(chosen.request), writes=True)
    wanted = replace(chosen.policy, rename=rename)
    if diff:
        return _preview(request, wanted, output)
    with Writer(None if no_backup else journal_folder(journal_dir), datetime.now()) as writer:
        if interactive:
            was_named = config.config is not None
            marker = Marker.of(request.targets, None if config.isolated else chosen.file, was_named=was_named)
            report = _ask(request, wanted, writer, output, marker)
        else:
            with ProgressBar(output.progress) as progress:
                report = mend.fix(request, wanted, writer, progress)
        report = replace(report, run_id=writer.run_id)
    if report.run_id:
        warn_of_journal(journal_folder(journal_dir))
    if interactive:
        _tell(report, "fix", sys.stdout)  # what was left was seen
        code = exit_code(report, output.exit_zero) if save(report, output, "fix") else 2
    else:
        code = show(report, output, "fix")
    return code or int(exit_non_zero_on_fix and bool(report.fixed))


def _ask(request: Request, wanted: Policy, writer: Writer, output: OutputOptions, marker: Marker) -> Report:
    """The repairs that the person at the terminal wants."""
    from postmend.asking import fix_asking
    from postmend.cli.interactive import Terminal, require_terminal
    from postmend.report.terminal import console

    require_terminal()
    terminal = Terminal(console(cast(Any, output.color), sys.stdout), marker)
    return fix_asking(request, wanted, writer, terminal)


def _preview(request: Request, wanted: Policy, output: OutputOptions) -> int:
    """The difference on stdout, the summary on stderr, so that the difference can go to `git apply`."""
    collector = preview.DiffCollector()
    with ProgressBar(output.progress) as progress:
        report = mend.fix(request, wanted, collector, progress)
    write_bytes(collector.text.encode("utf-8", "surrogateescape"))
    if not output.quiet:
        if output.output_format == "full":
            _tell(report, "preview", sys.stderr)
        else:
            show(report, output, "preview", sys.stderr)
    if not save(report, output, "preview"):
        return 2
    return exit_code(replace(report, findings=())) or int(bool(collector.text) and not output.exit_zero)


def _tell(report: Report, verb: Verb, stream: TextIO) -> None:
    """What went wrong and the summary; the findings themselves are in the difference or in `postmend check`."""
    make_tolerant(stream)
    lines = [*map(failure_line, report.failures), summary(report, verb=verb)]
    stream.write("".join(f"{visible(line, stream.encoding)}\n" for line in lines))


def _filter(name: str, chosen: Chosen, output: OutputOptions, diff: bool) -> int:
    """Text from stdin, repaired or as a difference, to stdout; the report goes to stderr."""
    done = stdin.examine_input(name, chosen, fix=True)
    write_bytes(done.difference(name) if diff else done.data)
    code = show(done.report, output, "preview" if diff else "fix", sys.stderr)
    return code or int(diff and done.data != done.before and not output.exit_zero)
