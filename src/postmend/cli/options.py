"""Options that commands share, as groups: a command names the groups it takes and gets each as one value."""

from __future__ import annotations

import functools
import inspect
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from os import environ
from pathlib import Path
from typing import Annotated, Any, cast, get_args, get_type_hints

import typer

from postmend.cli.state import cache_in, known_problems
from postmend.cli.streams import abandon_output, refusal
from postmend.comparator.policy import DuplicatePolicy
from postmend.config import CodeBlocks, Policy, UsageError, checked_codes
from postmend.run import Request
from postmend.scanner.generators import BY_NAME

_DEFAULTS = DuplicatePolicy()
FORMATS = ("full", "concise", "json", "json-lines")
_CODE_BLOCKS: tuple[str, ...] = get_args(CodeBlocks)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Which files to look at."""

    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATHS]...", help="Files and folders; default: this folder."),
    ] = None
    generator: Annotated[str, typer.Option(metavar="NAME", help=f"auto, {', '.join(BY_NAME)}.")] = "auto"
    include: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only files that match.")] = None
    exclude: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="No files that match.")] = None
    hidden: Annotated[bool, typer.Option("--hidden", help="Also hidden files and folders.")] = False
    respect_gitignore: Annotated[bool, typer.Option(help="Leave out what git ignores.")] = True
    jobs: Annotated[int, typer.Option("-j", "--jobs", metavar="N", min=0, help="Processes; 0: one a processor.")] = 0
    cache_dir: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to remember posts between runs.")] = None
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every file, remember nothing.")] = False
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Known problems, left out; default: the nearest baseline.")
    ] = None
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Also known problems.")] = False

    @property
    def is_stdin(self) -> bool:
        """Whether the paths stand for standard input. Raises UsageError when it is named next to files."""
        given = [str(path) for path in self.paths or ()]
        if "-" in given and len(given) > 1:
            raise UsageError("`-` is standard input and can't be mixed with files.")
        return given == ["-"]

    def request(self, corpus: list[Path] | None = None, *, known: bool = True) -> Request:
        """What the run is to look at; what is `known` is left out. Raises UsageError."""
        if self.generator not in ("auto", *BY_NAME):
            raise UsageError(f"There is no generator {self.generator}; one of auto, {', '.join(BY_NAME)}.")
        return Request(
            targets=tuple(self.paths or [Path()]),
            generator=self.generator,
            include=tuple(self.include or ()),
            exclude=tuple(self.exclude or ()),
            hidden=self.hidden,
            respect_gitignore=self.respect_gitignore,
            corpus=tuple(corpus or ()),
            jobs=self.jobs,
            cache=None if self.no_cache else cache_in(self.cache_dir),
            baseline=known_problems(self.baseline) if known and not self.no_baseline else None,
        )


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Which rules count."""

    select: Annotated[str, typer.Option(metavar="CODES", help="Only these rules (PM101,PM2).")] = "PM"
    extend_select: Annotated[str, typer.Option(metavar="CODES", help="Also these, which may be off (PM006).")] = ""
    ignore: Annotated[str, typer.Option(metavar="CODES", help="Not these rules.")] = ""

    def applied_to(self, policy: Policy) -> Policy:
        """The policy with these rules. Raises UsageError for unknown ones, and when nothing is selected."""
        if not _listed(self.select):
            raise UsageError("--select names no rule. Is a variable unset?")
        select, extend, ignore = (
            checked_codes(_listed(codes)) for codes in (self.select, self.extend_select, self.ignore)
        )
        return replace(policy, select=select, extend_select=extend, ignore=ignore)


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What is repaired."""

    code_blocks: Annotated[
        str, typer.Option(metavar="HOW", help=f"Damage in code and addresses: {', '.join(_CODE_BLOCKS)}.")
    ] = "cautious"
    encoding: Annotated[str, typer.Option(metavar="ENC", help="Assumed for files that aren't UTF-8.")] = ""

    def known_encoding(self) -> str | None:
        """The encoding as Python calls it. Raises UsageError for one that does not exist, or is no old one."""
        if not self.encoding:
            return None
        from postmend.fixer.charsets import lookup

        found = lookup(self.encoding)
        if found is None:
            raise UsageError(f"--encoding {self.encoding} is unknown. Try windows-1252, koi8-r, shift_jis, gbk ...")
        if found.startswith(("utf-8", "utf-16", "utf-32")):
            raise UsageError(f"--encoding {self.encoding} is recognised without it. Name an older encoding.")
        return found

    def checked(self) -> CodeBlocks:
        """The way to treat code. Raises UsageError for one that does not exist."""
        if self.code_blocks not in _CODE_BLOCKS:
            raise UsageError(f"--code-blocks {self.code_blocks} does not exist; one of {', '.join(_CODE_BLOCKS)}.")
        return cast(CodeBlocks, self.code_blocks)


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

    def policy(self) -> DuplicatePolicy:
        """The same as the comparator takes it. Raises UsageError."""
        if not 0 < self.threshold <= 1:  # typer lets `nan` through
            raise UsageError("--threshold must be above 0 and at most 1.")
        return DuplicatePolicy(self.threshold, self.min_words, self.cross_language, self.include_drafts)


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How results are shown."""

    output_format: Annotated[str, typer.Option(metavar="FORMAT", help=", ".join(FORMATS) + ".")] = "full"
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto"
    progress: Annotated[str, typer.Option(metavar="WHEN", help="auto or never.")] = "auto"
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No report; the exit code tells.")] = False
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 though problems remain.")] = False

    def checked(self) -> OutputOptions:
        """The options themselves. Raises UsageError for a value that does not exist."""
        for given, known, name in (
            (self.output_format, FORMATS, "--output-format"),
            (self.color, ("auto", "always", "never"), "--color"),
            (self.progress, ("auto", "never"), "--progress"),
        ):
            if given not in known:
                raise UsageError(f"{name} {given} does not exist; one of {', '.join(known)}.")
        return self


def policy(
    rules: RuleOptions,
    duplicates: DuplicateOptions,
    repairs: RepairOptions | None = None,
    unsafe_fixes: bool = False,
) -> Policy:
    """What the options ask for. Raises UsageError."""
    repairs = repairs or RepairOptions()
    return rules.applied_to(
        Policy(
            unsafe_fixes=unsafe_fixes,
            duplicates=duplicates.policy(),
            code_blocks=repairs.checked(),
            encoding=repairs.known_encoding(),
        )
    )


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
        sys.stderr.write(f"postmend: {problem}\n")
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


def _listed(codes: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in codes.split(",") if code.strip())
