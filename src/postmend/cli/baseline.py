"""`postmend baseline`: what is wrong today is known, and fails no run from now on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from postmend import run
from postmend.cli.options import ConfigOptions, DuplicateOptions, FileOptions, RepairOptions, RuleOptions, with_options
from postmend.cli.progress import ProgressBar
from postmend.cli.state import BASELINE, nearest_baseline, told_as_usage
from postmend.knowing import updated
from postmend.model import Report
from postmend.paths import shown_path
from postmend.report.concise import failure_line
from postmend.report.escape import visible
from postmend.report.items import plural
from postmend.store import baselinefile
from postmend.store.baselinefile import BaselineFile


@with_options
def baseline(
    context: typer.Context,
    files: FileOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    config: ConfigOptions,
    prune: Annotated[bool, typer.Option("--prune", help="Only take out what is gone; add nothing.")] = False,
) -> int:
    """Record the findings of today, so that runs report new ones only."""
    chosen = config.chosen(context, files.paths)
    path = files.baseline or nearest_baseline(Path.cwd()) or Path(BASELINE)
    with told_as_usage(path):
        old = baselinefile.read_or_empty(path)
    with ProgressBar("auto") as progress:
        survey = run.survey(chosen.request, chosen.policy, progress)
    report = survey.report()
    new = updated(report, old, survey.scope, chosen.policy, prune=prune)
    if new.baseline.known or old.baseline.known:
        with told_as_usage(path):
            baselinefile.write(new)
    _tell(report, old, new, path)
    return 2 if report.failures else 0


def _tell(report: Report, old: BaselineFile, new: BaselineFile, path: Path) -> None:
    before, after = old.baseline.known, new.baseline.known
    added = sum((after - before).values())
    removed = sum((before - after).values())
    lines = [failure_line(failure) for failure in report.failures]
    if not before and not after:
        if report.files or not report.failures:
            lines.append(f"No {'problems' if report.files else 'posts found'}, so there is nothing to record.")
    else:
        name = shown_path(path.absolute().parent, path.name)
        holds = f"{name} holds {plural(sum(after.values()), 'problem')} of {plural(len(new.baseline.paths), 'file')}"
        lines.append(f"{holds}: {added:,} added, {removed:,} taken out.")
    sys.stdout.write("".join(f"{visible(line, sys.stdout.encoding)}\n" for line in lines))
