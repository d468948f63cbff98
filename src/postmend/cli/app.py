"""The commands, put together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import typer

# Each is a function of that name in the module of that name.
_COMMANDS = ("check", "fix", "dupes", "diff", "undo", "rule", "baseline", "config", "init", "clean")


def run(arguments: Sequence[str]) -> None:
    """Runs the command that the arguments name, `check` if they name none, and exits."""
    given = list(arguments)
    if "" in given:
        # An unset variable in a script: taken as a path, it would mean the whole working folder.
        sys.stderr.write("postmend: one of the arguments is empty. Is a variable unset?\n")
        sys.exit(2)
    if given and not given[0].startswith("-") and given[0] not in _COMMANDS:
        _refuse_slip(given[0])
        given.insert(0, "check")  # `postmend content/`
    wanted = given[:1] if given and given[0] in _COMMANDS else _COMMANDS
    make_app(wanted)(args=given, prog_name="postmend")


def _refuse_slip(word: str) -> None:
    """Exits when what stands in the place of a command is neither one nor a path, but much like a command."""
    near = get_close_matches(word, _COMMANDS, n=1, cutoff=0.7)
    if near and not Path(word).exists():
        sys.stderr.write(f"postmend: there is no command or path {word}. Did you mean `postmend {near[0]}`?\n")
        sys.exit(2)


def make_app(names: Sequence[str] = _COMMANDS) -> typer.Typer:
    """The application with these commands. To import all would make each of them wait for the others."""
    app = typer.Typer(
        help="Finds and repairs broken text and duplicate articles in folders of posts.",
        epilog="Exit codes: 0 clean or all fixed, 1 problems remain, 2 something could not be done, 130 interrupted.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in names:
        app.command(name)(getattr(import_module(f"postmend.cli.{name}"), name))
    app.callback()(_version_in_help)
    return app


def _version_in_help(
    version: bool = typer.Option(False, "--version", "-V", help="Show the version and exit."),
) -> None:
    """Finds and repairs broken text and duplicate articles in folders of posts."""
