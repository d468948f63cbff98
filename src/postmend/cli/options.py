"""Options that commands share, as groups: a command names the groups it takes and gets each as one value."""

from __future__ import annotations

import functools
import inspect
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from os import environ
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from postmend.chosen import Chosen, choose
from postmend.cli.outputs import Target, refuse_unwritable, stdout_format, targets
from postmend.cli.state import cache_in, known_problems
from postmend.cli.streams import abandon_output, refusal
from postmend.comparator.policy import DuplicatePolicy
from postmend.config import CodeBlocks, UsageError
from postmend.report.escape import visible
from postmend.report.formats import FORMATS
from postmend.scanner.generators import BY_NAME
from postmend.settings.table import SETTINGS

_DEFAULTS = DuplicatePolicy()
_CODE_BLOCKS: tuple[str, ...] = get_args(CodeBlocks)


@dataclass(frozen=True, slots=True)
class SelectionOptions:
    """How to choose among files, and how to read them."""

    generator: Annotated[str, typer.Option(metavar="NAME", help=f"auto, {', '.join(BY_NAME)}.")] = "auto"
    include: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only files that match.")] = None
    exclude: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="No files that match.")] = None
    hidden: Annotated[bool, typer.Option("--hidden", help="Also hidden files and folders.")] = False
    respect_gitignore: Annotated[bool, typer.Option(help="Leave out what git ignores.")] = True
    force_exclude: Annotated[bool, typer.Option("--force-exclude", help="Exclude files that are named, too.")] = False
    jobs: Annotated[int, typer.Option("-j", "--jobs", metavar="N", min=0, help="Processes; 0: one a processor.")] = 0
    cache_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to remember posts between runs.")] = None
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every file, remember nothing.")] = False
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Known problems, left out; default: the nearest baseline.")
    ] = None
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Also known problems.")] = False


@dataclass(frozen=True, slots=True)
class FileOptions(SelectionOptions):
    """Which files to look at."""

    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATHS]...", help="Files and folders; default: this folder."),
    ] = None

    @property
    def known(self) -> Path | bool:
        """The baseline that counts: one that was named, the nearest (True), or none."""
        return not self.no_baseline and (self.baseline or True)

    @property
    def is_stdin(self) -> bool:
        """Whether the paths stand for standard input. Raises UsageError when it is named next to files."""
        given = [str(path) for path in self.paths or ()]
        if "-" in given and len(given) > 1:
            raise UsageError("`-` is standard input and can't be mixed with files.")
        return given == ["-"]


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Which rules count."""

    select: Annotated[str, typer.Option(metavar="CODES", help="Only these rules (PM101,PM2).")] = "PM"
    extend_select: Annotated[str, typer.Option(metavar="CODES", help="Also these, which may be off (PM006).")] = ""
    ignore: Annotated[str, typer.Option(metavar="CODES", help="Not these rules.")] = ""


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What is repaired."""

    code_blocks: Annotated[
        str, typer.Option(metavar="HOW", help=f"Damage in code and addresses: {', '.join(_CODE_BLOCKS)}.")
    ] = "cautious"
    encoding: Annotated[str, typer.Option(metavar="ENC", help="Assumed for files that aren't UTF-8.")] = ""


@dataclass(frozen=True, slots=True)
class DuplicateOptions:
    """How posts are compared."""

    corpus: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="Compare with these; default: the whole site.")
    ] = None
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", min=0.01, max=1.0, help="Share of words that must have survived.")
    ] = _DEFAULTS.threshold
    min_words: Annotated[int, typer.Option(metavar="N", min=1, help="Shortest body that is compared.")] = (
        _DEFAULTS.min_words
    )
    cross_language: Annotated[bool, typer.Option("--cross-language", help="Also across locales.")] = False
    include_drafts: Annotated[bool, typer.Option("--include-drafts", help="Also drafts.")] = False


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How results are shown."""

    output_format: Annotated[str, typer.Option(metavar="FORMAT", help=", ".join(FORMATS) + ".")] = "full"
    output: Annotated[
        list[str] | None, typer.Option("-o", "--output", metavar="FORMAT=FILE", help="Also write this. Repeatable.")
    ] = None
    statistics: Annotated[bool, typer.Option("--statistics", help="Only how many findings each rule has.")] = False
    max_findings: Annotated[int | None, typer.Option(metavar="N", min=0, help="Report no more than so many.")] = None
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto"
    progress: Annotated[str, typer.Option(metavar="WHEN", help="auto or never.")] = "auto"
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No report; the exit code tells.")] = False
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 though problems remain.")] = False

    @property
    def targets(self) -> tuple[Target, ...]:
        """The reports that are asked for besides that on the screen. Raises UsageError for what says nothing known."""
        return targets(self.output or ())

    def checked(self, stdout_is_free: bool = True) -> OutputOptions:
        """The options themselves. Raises UsageError for a value that does not exist, or does not go with others."""
        for given, known, name in (
            (self.color, ("auto", "always", "never"), "--color"),
            (self.progress, ("auto", "never"), "--progress"),
        ):
            if given not in known:
                raise UsageError(f"{name} {given} does not exist; one of {', '.join(known)}.")
        refuse_unwritable(self.targets)
        on_stdout = stdout_format(self.targets)
        if on_stdout and not stdout_is_free:
            raise UsageError("-o can't write to standard output here: something else goes there.")
        if self.statistics and (on_stdout or self.output_format) not in ("full", "concise"):
            raise UsageError("--statistics is for people: it goes with --output-format full or concise.")
        return self

    def settled(self, chosen: Chosen) -> OutputOptions:
        """The options as the settings have them."""
        return replace(self, output_format=chosen.values["output-format"].value)


@dataclass(frozen=True, slots=True)
class ConfigOptions:
    """Where settings come from besides the command line.

    The other groups say which options a command has; their values, where they are settings, are those of `chosen`.
    """

    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings; default: the nearest postmend.toml.")
    ] = None
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no file of settings.")] = False

    def chosen(self, context: typer.Context, paths: Sequence[Path] | None, *, known: Path | bool = False) -> Chosen:
        """What the command line and the settings come to for these paths; what is `known` by the nearest baseline, or
        the one named, is left out. Raises UsageError.
        """
        options = {name: value for name, value in _settings(context) if _is_given(context, name)}
        chosen = choose(paths or [Path()], options, self.config, isolated=self.isolated)
        no_cache, folder = (chosen.values[name].value for name in ("no-cache", "cache-dir"))
        cache = None if no_cache else cache_in(Path(folder) if folder else None)
        baseline = known_problems(known if isinstance(known, Path) else None) if known else None
        return replace(chosen, request=replace(chosen.request, cache=cache, baseline=baseline))


def _settings(context: typer.Context) -> Iterator[tuple[str, object]]:
    """The parameters of a command that are settings, by their names there."""
    for parameter, value in context.params.items():
        name = parameter.replace("_", "-")
        if name in SETTINGS:
            yield name, value


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether an option stands on the command line, though it may be with the value that it has by default."""
    source = context.get_parameter_source(name.replace("-", "_"))
    return source is not None and source.name == "COMMANDLINE"


def with_options(command: Callable[..., int]) -> Callable[..., None]:
    """Turns parameters that are option groups into the groups' options, and the command's answer into the exit code.

    Typer reads options off a signature; written out, each command would have twenty parameters.
    """
    hints = get_type_hints(command, include_extras=True)
    given = inspect.signature(command).parameters
    groups = {name: hints[name] for name in given if hasattr(hints[name], "__dataclass_fields__")}
    parameters: list[inspect.Parameter] = []
    for name, parameter in given.items():
        group = groups.get(name)
        parameters += _group_parameters(group) if group else [_keyword(name, parameter.default, hints[name])]

    @functools.wraps(command)
    def wrapper(**values: Any) -> None:
        arguments = {name: values[name] for name in given if name not in groups}
        for name, group in groups.items():
            arguments[name] = group(**{f.name: values[f.name] for f in fields(group)})
        sys.exit(_guarded(command, arguments))

    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    return wrapper


def _group_parameters(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [_keyword(f.name, f.default, hints[f.name]) for f in fields(group)]


def _keyword(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _guarded(command: Callable[..., int], arguments: dict[str, Any]) -> int:
    """Runs the command; the one place where errors become exit codes."""
    try:
        code = command(**arguments)
        sys.stdout.flush()
        return code
    except UsageError as problem:
        # The words may come from a file of settings.
        sys.stderr.write("".join(f"postmend: {visible(line)}\n" for line in str(problem).split("\n")))
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("postmend: interrupted. Each file is either as it was or repaired.\n")
        return 130
    except BrokenPipeError:
        abandon_output()  # who reads it has seen enough (`postmend rule --all | head`)
        return 0
    except Exception as problem:
        # Python wraps what interrupts the making of a class, as an import does, into an error of its own.
        return 130 if isinstance(problem.__cause__, KeyboardInterrupt) else _fault(problem)


def _fault(problem: Exception) -> int:
    """Says what the system refused, or owns up to a fault of postmend."""
    reason = refusal(problem) if isinstance(problem, OSError) else None
    if reason:
        abandon_output()
        sys.stderr.write(f"postmend: {reason}\n")
        return 2
    if environ.get("POSTMEND_DEBUG"):
        traceback.print_exc()
    sys.stderr.write(
        f"postmend: internal error: {type(problem).__name__}: {problem}\n"
        "This is a fault of postmend. Set POSTMEND_DEBUG=1 to see where it happened, and please report it.\n"
    )
    return 2
