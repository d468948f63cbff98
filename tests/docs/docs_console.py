"""Runs the examples of the documentation.

A block fenced as `console` is an example that runs. Lines that begin with `$ ` are commands, the lines below one are
what it prints. The blocks of a page run in order, in one fresh copy of the demo site, with an undo journal of its own.
A line `[...]` stands for any lines; names of runs are compared by their form only. Commands are `postmend`,
`postmend-hook` (both may read a file with `< FILE`) and `echo $?`.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from docs_pages import ROOT, blocks

from postmend import cli, hook

ELISION = "[...]"
RUN_ID = re.compile(r"\d{8}-\d{6}(?:-\d+)?")
_SHOWN_FOLDER = "/home/you/site"
_SETTINGS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "POSTMEND_DEBUG")


@dataclass(frozen=True, slots=True)
class Step:
    """A command of an example and what the page says that it prints."""

    command: str
    output: tuple[str, ...]


@dataclass(slots=True)
class Console:
    """A place in which the examples of one page run."""

    folder: Path
    code: int = 0
    runs: dict[str, str] = field(default_factory=dict)  # names of runs in the page -> real ones

    def run(self, step: Step) -> tuple[str, ...]:
        """The lines that the command prints, stdout and stderr together."""
        if step.command == "echo $?":
            return (str(self.code),)
        command = RUN_ID.sub(lambda found: self.runs.get(found[0], found[0]), step.command)
        words = shlex.split(command)
        data = b""
        if "<" in words:
            at = words.index("<")
            data = (self.folder / words[at + 1]).read_bytes()
            del words[at : at + 2]
        printed, self.code = _call(words, data)
        printed = printed.replace(str(self.folder), _SHOWN_FOLDER)
        self._learn(step, printed)
        return lines_of(printed)

    def _learn(self, step: Step, printed: str) -> None:
        told = list(dict.fromkeys(RUN_ID.findall("\n".join(step.output))))
        real = list(dict.fromkeys(RUN_ID.findall(printed)))
        self.runs.update((t, r) for t, r in zip(told, real, strict=False) if t not in self.runs)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of an output without blanks at their ends and without empty lines at the end."""
    return tuple(line.rstrip() for line in text.rstrip().split("\n")) if text.strip() else ()


def steps(block: str) -> Iterator[Step]:
    """The commands of a block with their outputs."""
    parts = re.split(r"(?m)^\$ (.*)\n", block)
    if parts[0].strip():
        raise ValueError("an example begins with a command")
    for command, output in zip(parts[1::2], parts[2::2], strict=True):
        yield Step(command.strip(), lines_of(output))


def examples(page: str) -> list[str]:
    """The blocks of a page that run."""
    return [block.text for block in blocks(page) if block.info == "console"]


def matches(told: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether the output is as the page has it."""
    masked = "\n".join(_masked(printed)) + "\n"
    parts = ("\n".join(_masked(told)) + "\n").split(f"{ELISION}\n")
    if len(parts) == 1:
        return parts[0] == masked
    first, *middle, last = parts
    if not (masked.startswith(first) and masked.endswith(last)):
        return False
    at = len(first)
    for part in middle:
        at = masked.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at + len(last) <= len(masked)


def elided(told: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """The output with as many lines before and after the gap as the page had.

    One with several gaps stays if it is right, and is printed in full if not.
    """
    if told.count(ELISION) != 1:
        return told if ELISION in told and matches(told, printed) else printed
    before = told.index(ELISION)
    after = len(told) - before - 1
    if before + after >= len(printed):
        return printed
    return (*printed[:before], ELISION, *printed[len(printed) - after :])


def _masked(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield RUN_ID.sub("RUN", line)


@contextmanager
def fresh_console(parent: Path, original: Path = ROOT / "fixtures" / "demo-site") -> Iterator[Console]:
    """A copy of the demo site, or another, below `parent`; it becomes the working folder for the time being."""
    site, state = parent / "site", parent / "state"
    shutil.copytree(original, site)
    saved, here = dict(os.environ), Path.cwd()
    for name in _SETTINGS:
        os.environ.pop(name, None)
    os.environ["POSTMEND_STATE_DIR"] = str(state)
    os.environ["POSTMEND_CACHE_DIR"] = str(state / "cache")
    os.chdir(site)
    try:
        yield Console(site)
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(saved)


def _call(words: list[str], data: bytes) -> tuple[str, int]:
    """Output and exit code of a command line, run in this process."""
    entry = {"postmend": cli.main, "postmend-hook": hook.main}[words[0]]
    printed = io.BytesIO()
    streams = sys.stdin, sys.stdout, sys.stderr
    screen = io.TextIOWrapper(printed, "utf-8", newline="", write_through=True)
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(data), "utf-8"), screen, screen
    try:
        entry(words[1:])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        screen.flush()
        sys.stdin, sys.stdout, sys.stderr = streams
    return printed.getvalue().decode("utf-8"), code
