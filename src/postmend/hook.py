"""`postmend-hook`: what pre-commit runs. Imports neither typer nor rich, so that a commit waits for nothing but work.

    postmend-hook [--fix] [--unsafe-fixes] [--dupes] [--force-exclude] [--isolated] [--config=FILE] FILES...

Without options the files are checked for broken text. `--fix` repairs them, `--dupes` compares them with the whole
site. The other options and the files of settings are those of `postmend`. Exit codes are those of `postmend`, too;
with `--fix`, 1 also says that a file was changed, as pre-commit expects.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmend.config import Policy
    from postmend.model import Report
    from postmend.scope import Request

_OPTIONS = ("--fix", "--unsafe-fixes", "--dupes", "--force-exclude", "--isolated", "--config")
_WORK = {"--fix", "--unsafe-fixes", "--dupes"}


@dataclass(frozen=True, slots=True)
class _Command:
    files: tuple[Path, ...]
    options: frozenset[str]
    config: Path | None = None


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
            from postmend.report.escape import visible

            sys.stderr.write("".join(f"postmend-hook: {visible(line)}\n" for line in str(problem).split("\n")))
        else:
            sys.stderr.write(f"postmend-hook: {type(problem).__name__}: {problem} (POSTMEND_DEBUG=1 shows where)\n")
        sys.exit(2)


def _run(arguments: list[str]) -> int:
    given = {name: value for name, _, value in (a.partition("=") for a in arguments if a.startswith("--"))}
    unknown = [name for name, value in given.items() if name not in _OPTIONS or bool(value) != (name == "--config")]
    if unknown:
        known = ", ".join(_OPTIONS).replace("--config", "--config=FILE")
        sys.stderr.write(f"postmend-hook: unknown option {unknown[0]}; it takes {known} and files\n")
        return 2
    if "--dupes" in given and len(_WORK & given.keys()) > 1:
        sys.stderr.write("postmend-hook: --dupes is a hook of its own and can't be combined with other options\n")
        return 2
    files = tuple(Path(a) for a in arguments if not a.startswith("--"))
    config = Path(given["--config"]) if "--config" in given else None
    return _work(_Command(files, frozenset(given), config)) if files else 0


def _settled(command: _Command) -> tuple[Request, Policy, bool]:
    """What to look at and for, and whether to remember posts. Raises UsageError."""
    from postmend.config import Policy
    from postmend.scope import Request
    from postmend.store.configs import candidates

    isolated = "--isolated" in command.options
    if command.config is None and (isolated or not any(True for _ in candidates(command.files))):
        # Most sites have no file of settings. What reads them takes longer to import than to look at a small post.
        return Request(command.files), Policy(unsafe_fixes="--unsafe-fixes" in command.options), True
    from postmend.chosen import choose

    switches = {name.removeprefix("--"): True for name in command.options & {"--unsafe-fixes", "--force-exclude"}}
    chosen = choose(command.files, switches, command.config, isolated=isolated)
    return chosen.request, chosen.policy, not chosen.values["no-cache"].value


def _work(command: _Command) -> int:
    from postmend import run
    from postmend.cli.state import cache_in, journal_folder, known_problems
    from postmend.config import whole_codes

    request, policy, remembers = _settled(command)
    # A commit doesn't wait for git to read its past.
    request = replace(request, history=False, baseline=known_problems())
    text_only = replace(policy, ignore=(*policy.ignore, *whole_codes(("PM2",))))
    report: Report
    if "--dupes" in command.options:
        report = run.dupes(replace(request, cache=cache_in(None) if remembers else None), policy)
    elif "--fix" in command.options:
        from postmend import mend

        with mend.Writer(journal_folder(), datetime.now()) as writer:
            report = replace(mend.fix(request, text_only, writer), run_id=writer.run_id)
    else:
        report = run.check(request, text_only)
    return _told(report)


def _told(report: Report) -> int:
    """The exit code, once all is said that there is to say."""
    if not (report.findings or report.failures or report.fixed):
        return 0
    from postmend.report import concise
    from postmend.report.escape import make_tolerant
    from postmend.report.items import is_note

    problems = [f for f in report.findings if not is_note(f.code)]
    if problems or report.failures or report.fixed:
        make_tolerant(sys.stdout)
        sys.stdout.write(concise.render(report, encoding=sys.stdout.encoding or "utf-8"))
    return 2 if report.failures else int(bool(problems or report.fixed))
