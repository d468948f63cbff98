"""What a run is to do: the options of a command line together with the nearest file of settings.

Used by the commands and by the hook alike; imports nothing that only one of them needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postmend.config import Policy, UsageError
from postmend.paths import shown_path
from postmend.scope import Request, root_of
from postmend.settings.building import globs_of, policy_of
from postmend.settings.globs import Standpoint
from postmend.settings.kinds import Wrong
from postmend.settings.reading import Settings, read_settings
from postmend.settings.resolving import Named, Value, resolve
from postmend.settings.table import SETTINGS
from postmend.store import configs
from postmend.store.errors import FileProblem


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value of every setting, and what they come to. `file` is that of the settings as it is shown."""

    values: Mapping[str, Value]
    request: Request
    policy: Policy
    file: str | None = None


def choose(
    targets: Sequence[Path],
    options: Mapping[str, object],
    config: Path | None = None,
    *,
    isolated: bool = False,
) -> Chosen:
    """What a run on these files and folders is to do. Raises UsageError, with a line for each problem.

    `options` has what stands on the command line, by the names of settings. `config` is a file that counts in place
    of the nearest one; `isolated` leaves out all files.
    """
    checked = {name: _checked(name, value) for name, value in options.items()}
    if config and isolated:
        raise UsageError("--config and --isolated can't be combined.")
    found = None if isolated else _named(config) if config else _nearest(targets)
    if found is None:
        values = resolve(checked)
        return Chosen(values, _request(targets, values, Standpoint(), None), policy_of(values, Standpoint()))
    path, settings = found
    shown = shown_path(Path(), str(path))
    if settings.problems:
        raise UsageError("\n".join(f"{shown}:{problem.line}: {problem.message}" for problem in settings.problems))
    root = root_of(targets)
    folder = _base(path.parent, root, was_named=config is not None)
    standpoint = _standpoint(folder, root)
    values = resolve(checked, Named(shown, settings))
    return Chosen(values, _request(targets, values, standpoint, folder), policy_of(values, standpoint), shown)


def _checked(name: str, value: object) -> Any:
    try:
        return SETTINGS[name].kind.flag(value)
    except Wrong as wrong:
        raise UsageError(f"--{name}: {wrong}") from None


def settings_in(folder: Path) -> Path | None:
    """The file in a folder that has settings, if there is one."""
    return next((path for path, _ in _found(configs.candidates_in(folder))), None)


def _nearest(targets: Sequence[Path]) -> tuple[Path, Settings] | None:
    return next(_found(configs.candidates(targets)), None)


def _found(candidates: Iterable[Path]) -> Iterator[tuple[Path, Settings]]:
    for path in candidates:
        settings = _read(path)
        if settings is not None:
            yield path, settings


def _named(path: Path) -> tuple[Path, Settings]:
    path = Path(os.path.normpath(path.absolute()))
    settings = _read(path)
    if settings is None:
        raise UsageError(f"{shown_path(Path(), str(path))} has no table `[tool.postmend]`.")
    return path, settings


def _read(path: Path) -> Settings | None:
    """What a file says; None for a pyproject.toml that says nothing. Raises UsageError when it can't be read."""
    try:
        text = configs.read_text(path)
    except FileProblem as problem:
        hint = f" {problem.hint}" if problem.hint else ""
        raise UsageError(f"{shown_path(Path(), str(path))}: {problem.message}.{hint}") from None
    return read_settings(text, is_pyproject=path.name == configs.PYPROJECT)


def _base(folder: Path, root: Path, *, was_named: bool) -> Path:
    """The folder that paths in a file of settings are relative to: its own, if it holds posts of the run.

    A file that was named and lies elsewhere, such as ci/strict.toml, speaks of the site.
    """
    is_below = folder.is_relative_to(root) and not was_named
    return folder if root.is_relative_to(folder) or is_below else root


def _standpoint(folder: Path, root: Path) -> Standpoint:
    if root.is_relative_to(folder):
        return Standpoint(above=root.relative_to(folder).parts)
    return Standpoint(below=folder.relative_to(root).parts)


def _request(
    targets: Sequence[Path], values: Mapping[str, Value], standpoint: Standpoint, folder: Path | None
) -> Request:
    value = {name: given.value for name, given in values.items()}
    return Request(
        targets=tuple(targets) or (Path(),),
        generator=value["generator"],
        locales=value["locales"],
        include=globs_of(values["include"], standpoint),
        exclude=globs_of(values["exclude"], standpoint),
        force_exclude=value["force-exclude"],
        hidden=value["hidden"],
        respect_gitignore=value["respect-gitignore"],
        corpus=_corpus(values["corpus"], folder),
        jobs=value["jobs"],
    )


def _corpus(corpus: Value, folder: Path | None) -> tuple[Path, ...]:
    """The folders to compare with. Raises UsageError for one that a link leads to from a file of settings: reports show
    passages, and a foreign repository must not have them show what else is on the disk.
    """
    if folder is None or corpus.source != "file":
        return tuple(map(Path, corpus.value))
    for path in corpus.value:
        if not Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(folder)):
            raise UsageError(f"{corpus.place}: `corpus`: {path} is a link that leads out of the folder of the file.")
    return tuple(folder / path for path in corpus.value)
