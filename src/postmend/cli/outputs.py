"""Reports in files, besides the one on the screen: `-o FORMAT=FILE`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from postmend.config import UsageError
from postmend.report.escape import visible
from postmend.report.formats import FORMATS, FROM_REPOSITORY, rendered

if TYPE_CHECKING:
    from postmend.model import Report
    from postmend.report.summary import Verb

_STDOUT = "-"
_PAGES = (".html", ".htm")
_MADE_HERE = b'<meta name="generator" content="postmend '


@dataclass(frozen=True, slots=True)
class Target:
    """A report that was asked for: its format and its file, which is `-` for standard output."""

    output_format: str
    file: str

    @property
    def is_stdout(self) -> bool:
        """Whether it takes the place of the report on the screen."""
        return self.file == _STDOUT


def targets(given: Iterable[str]) -> tuple[Target, ...]:
    """What the values of `-o` ask for. Raises UsageError for one that says nothing known."""
    return tuple(map(_target, given))


def refuse_unwritable(wanted: Sequence[Target]) -> None:
    """Raises UsageError when one of the reports can't be written, before any work is done, or would replace a post."""
    files = [target.file if target.is_stdout else os.path.realpath(target.file) for target in wanted]
    for target, file in zip(wanted, files, strict=True):
        if files.count(file) > 1:
            where = "standard output" if target.is_stdout else target.file
            raise UsageError(f"-o names {where} twice; two reports can't go to one place.")
        if not target.is_stdout:
            _refuse(f"-o {target.output_format}={target.file}", Path(file))  # where a link may lead


def stdout_format(wanted: Sequence[Target]) -> str | None:
    """The format that `-o` asks for on standard output."""
    return next((target.output_format for target in wanted if target.is_stdout), None)


def write_reports(report: Report, wanted: Iterable[Target], verb: Verb) -> bool:
    """Writes the reports that go to files, in UTF-8. What can't be written is told on stderr, and makes it False."""
    written = [_written(report, target, verb) for target in wanted if not target.is_stdout]
    return all(written)


def text_of(report: Report, output_format: str, verb: Verb, encoding: str = "utf-8") -> str:
    """The report in a format, with paths as programs want them that know only the repository."""
    if output_format in FROM_REPOSITORY:
        report = _from_repository(report)
    return rendered(report, output_format, verb, encoding)


def _target(given: str) -> Target:
    output_format, equals, file = given.partition("=")
    if not (equals and file):
        raise UsageError(f"-o {given} is not FORMAT=FILE, such as sarif=postmend.sarif.")
    if output_format not in FORMATS:
        raise UsageError(f"-o {given}: there is no format {output_format}; one of {', '.join(FORMATS)}.")
    return Target(output_format, file)


def _refuse(given: str, file: Path) -> None:
    from postmend.scanner.discover import SUFFIXES

    if file.is_dir():
        raise UsageError(f"{given}: that is a folder.")
    if not file.parent.is_dir():
        raise UsageError(f"{given}: the folder for it does not exist.")
    suffix = file.suffix.lower()
    if suffix in SUFFIXES and file.exists() and not (suffix in _PAGES and _is_report(file)):
        raise UsageError(f"{given}: {file.name} exists and may be a post. Name another file, or remove it.")


def _is_report(file: Path) -> bool:
    try:
        with file.open("rb") as page:
            return _MADE_HERE in page.read(1_000)
    except OSError:
        return False


def _written(report: Report, target: Target, verb: Verb) -> bool:
    text = text_of(report, target.output_format, verb)
    try:
        Path(target.file).write_bytes(text.encode())
    except OSError as problem:
        sys.stderr.write(f"postmend: can't write {visible(target.file)}: {problem.strerror or problem}\n")
        return False
    return True


def _from_repository(report: Report) -> Report:
    """The report with paths from the top of the repository in which the run is; unchanged where that is here."""
    from postmend.report.addresses import based

    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return report if top == here else based(report, partial(_seen_from, top, here))


def _seen_from(top: Path, here: Path, path: str) -> str:
    full = Path(os.path.normpath(here / path))
    return full.relative_to(top).as_posix() if full.is_relative_to(top) else full.as_posix()
