"""`postmend-hook`: what pre-commit runs. Imports neither typer nor rich, so that a commit waits for nothing but work.

    postmend-hook [--fix] [--unsafe-fixes] [--dupes] FILES...

Without options the files are checked for broken text. `--fix` repairs them, `--dupes` compares them with the whole
site. Exit codes are those of `postmend`; with `--fix`, 1 also says that a file was changed, as pre-commit expects.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

_OPTIONS = ("--fix", "--unsafe-fixes", "--dupes")


@dataclass(frozen=True, slots=True)
class _Command:
    files: tuple[Path, ...]
    options: frozenset[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the hook and exits."""
    try:
        sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:
        if os.environ.get("POSTMEND_DEBUG"):
            raise
        from postmend.config import UsageError

        if isinstance(problem, UsageError):
            sys.stderr.write(f"postmend-hook: {problem}\n")
        else:
            sys.stderr.write(f"postmend-hook: {type(problem).__name__}: {problem} (POSTMEND_DEBUG=1 shows where)\n")
        sys.exit(2)


def _run(arguments: list[str]) -> int:
    unknown = [a for a in arguments if a.startswith("--") and a not in _OPTIONS]
    if unknown:
        sys.stderr.write(f"postmend-hook: unknown option {unknown[0]}; it takes {', '.join(_OPTIONS)} and files\n")
        return 2
    if "--dupes" in arguments and len({*arguments} & {*_OPTIONS}) > 1:
        sys.stderr.write("postmend-hook: --dupes is a hook of its own and can't be combined with other options\n")
        return 2
    command = _Command(
        tuple(Path(a) for a in arguments if not a.startswith("--")),
        frozenset(a for a in arguments if a.startswith("--")),
    )
    return _work(command) if command.files else 0


def _work(command: _Command) -> int:
    from postmend import mend, run
    from postmend.cli.state import cache_in, journal_folder, known_problems
    from postmend.config import Policy
    from postmend.model import Report
    from postmend.report import concise
    from postmend.report.escape import make_tolerant
    from postmend.report.items import is_note

    # A commit doesn't wait for git to read its past.
    request = run.Request(command.files, history=False, baseline=known_problems())
    text_only = Policy(ignore=("PM2",), unsafe_fixes="--unsafe-fixes" in command.options)
    report: Report
    if "--dupes" in command.options:
        report = run.dupes(replace(request, cache=cache_in(None)), Policy())
    elif "--fix" in command.options:
        with mend.Writer(journal_folder(), datetime.now()) as writer:
            report = replace(mend.fix(request, text_only, writer), run_id=writer.run_id)
    else:
        report = run.check(request, text_only)
    problems = [f for f in report.findings if not is_note(f.code)]
    if problems or report.failures or report.fixed:
        make_tolerant(sys.stdout)
        sys.stdout.write(concise.render(report, encoding=sys.stdout.encoding or "utf-8"))
    return 2 if report.failures else int(bool(problems or report.fixed))
