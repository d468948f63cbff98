"""`postmend-hook`: what pre-commit runs. Imports neither typer nor rich, so that a commit waits for nothing but work.

Without options the files are checked for broken text. `--fix` repairs them, `--dupes` compares them with the whole
site. Files of settings and exit codes are those of `postmend`; with `--fix`, 1 also says that a file was changed, as
pre-commit expects.

Files that were in order the last time, and did not change since, cost next to nothing: `store/passed.py` knows them.
What is imported at the top of this module, every commit waits for.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmend.config import Policy
    from postmend.model import Report
    from postmend.scope import Request

_USAGE = """\
Usage: postmend-hook [OPTIONS] FILES...

Reports broken text in the files; for pre-commit. Prints nothing when all is well.

  --fix            Repair what is safe to repair; exit 1 if a file was changed.
  --unsafe-fixes   With --fix: also the likely repairs that are not proved.
  --dupes          Report duplicates of the files on the whole site instead.
  --force-exclude  Leave out what the settings exclude, though it is named.
  --config=FILE    Read the settings in this file.
  --isolated       Read no file of settings.
  --no-cache       Read every file, remember nothing.
  -h, --help       Show this and exit.
  -V, --version    Show the version and exit.

Exit codes: 0 clean, 1 problems remain or files were changed, 2 something could not be done, 130 interrupted.
"""
_OPTIONS = (
    *("--fix", "--unsafe-fixes", "--dupes", "--force-exclude", "--isolated", "--no-cache"),
    *("-h", "--help", "-V", "--version"),
)
_CONFIG = "--config="


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the hook and exits."""
    gc.set_threshold(50_000)  # as in `postmend`: what is imported and made is kept until the end
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
    options, files = _sorted_out(arguments)
    unknown = [option for option in options if not _is_known(option)]
    if unknown:
        return _refused(f"unknown option {unknown[0]}; `postmend-hook --help` lists them")
    if {"-h", "--help"} & options:
        sys.stdout.write(_USAGE)
        return 0
    if {"-V", "--version"} & options:
        from postmend.version import __version__

        sys.stdout.write(f"postmend {__version__}\n")
        return 0
    if "--dupes" in options and {"--fix", "--unsafe-fixes"} & options:
        return _refused("--dupes is a hook of its own and can't be combined with other options")
    if "--unsafe-fixes" in options and "--fix" not in options:
        return _refused("--unsafe-fixes needs --fix")
    if "" in files:
        return _refused("one of the files has no name. Is a variable unset?")
    return _judged(files, options) if files else 0


def _sorted_out(arguments: Sequence[str]) -> tuple[set[str], list[str]]:
    """Options and files. A file may begin with a dash, as pre-commit passes it; what follows `--` is a file anyway."""
    options, files, only_files = set(), [], False
    for argument in arguments:
        if argument == "--" and not only_files:
            only_files = True
        elif argument.startswith("-") and not only_files and (_is_known(argument) or not os.path.lexists(argument)):
            options.add(argument)
        else:
            files.append(argument)
    return options, files


def _is_known(option: str) -> bool:
    return option in _OPTIONS or (option.startswith(_CONFIG) and len(option) > len(_CONFIG))


def _refused(reason: str) -> int:
    sys.stderr.write(f"postmend-hook: {reason}\n")
    return 2


def _judged(files: Sequence[str], options: set[str]) -> int:
    """The exit code for the files: 0 at once where all of them have passed before."""
    if {"--dupes", "--no-cache"} & options:  # whether a post is a duplicate depends on all others
        return _work(files, options)
    from postmend.store.folders import cache_folder
    from postmend.store.passed import Passed

    way = sorted(options - {"--fix", "--unsafe-fixes"})  # where nothing is found, there is nothing to repair
    passed = Passed(cache_folder(), files, *way, settings=_config(options))
    if passed.all_did():
        return 0
    code = _work(files, options)
    if code == 0:
        passed.remember()
    return code


def _work(files: Sequence[str], options: set[str]) -> int:
    from postmend import run
    from postmend.cli.state import cache_in, journal_folder, known_problems
    from postmend.config import whole_codes
    from postmend.values import replace

    request, policy, remembers = _settled(files, options)
    # A commit doesn't wait for git to read its past.
    cache = cache_in(None) if remembers and "--no-cache" not in options else None
    request = replace(request, history=False, cache=cache, baseline=known_problems())
    text_only = replace(policy, ignore=(*policy.ignore, *whole_codes(("PM2",))))
    if "--dupes" in options:
        report = run.dupes(request, policy)
    elif "--fix" in options:
        from datetime import datetime

        from postmend import mend
        from postmend.writing import Writer

        with Writer(journal_folder(), datetime.now()) as writer:
            report = replace(mend.fix(request, text_only, writer), run_id=writer.run_id)
    else:
        report = run.check(request, text_only)
    return _shown(report, "--fix" in options)


def _settled(files: Sequence[str], options: set[str]) -> tuple[Request, Policy, bool]:
    """What to look at and for, and whether to remember posts. Raises UsageError."""
    from pathlib import Path

    from postmend.config import Policy
    from postmend.scope import Request
    from postmend.store.configs import candidates

    targets, config = tuple(map(Path, files)), _config(options)
    isolated = "--isolated" in options
    if not config and (isolated or not any(True for _ in candidates(targets))):
        # Most sites have no file of settings. What reads them takes longer to import than to look at a small post.
        return Request(targets), Policy(unsafe_fixes="--unsafe-fixes" in options), True
    from postmend.chosen import choose

    switches = {name.removeprefix("--"): True for name in options & {"--unsafe-fixes", "--force-exclude"}}
    chosen = choose(targets, switches, Path(config) if config else None, isolated=isolated)
    return chosen.request, chosen.policy, not chosen.values["no-cache"].value


def _config(options: set[str]) -> str:
    """The file of settings that was named; empty for none."""
    return next((option.removeprefix(_CONFIG) for option in sorted(options) if option.startswith(_CONFIG)), "")


def _shown(report: Report, fixing: bool) -> int:
    """Prints the report, if there is anything to say, and returns the exit code."""
    from postmend.report.items import is_note

    has_problems = any(not is_note(finding.code) for finding in report.findings)
    if has_problems or report.failures or report.fixed:
        from postmend.report import concise
        from postmend.report.escape import make_tolerant

        make_tolerant(sys.stdout)
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(concise.render(report, verb="fix" if fixing else "check", encoding=encoding))
    return 2 if report.failures else int(has_problems or bool(report.fixed))
