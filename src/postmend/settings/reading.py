"""Reads the settings out of the text of a file. Pure: text in, values and problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from postmend.settings.kinds import Wrong, did_you_mean
from postmend.settings.table import ONLY_OPTIONS, SETTINGS

Line = Callable[[tuple[str | int, ...]], int]
_IN_PYPROJECT = ("tool", "postmend")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file, and in which line (from 1)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file says: values by the names of settings, and the lines of their keys."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_settings(text: str, *, is_pyproject: bool = False) -> Settings | None:
    """The settings in the text of a file; None for a pyproject.toml that says nothing of postmend. Raises nothing."""
    from postmend.scanner.fields import BadFrontMatter  # which a run without a file of settings need not wait for
    from postmend.scanner.frontmatter_toml import parse_toml, toml_positions

    prefix = _IN_PYPROJECT if is_pyproject else ()
    try:
        table: Any = parse_toml(text)
        for step in prefix:
            table = table.get(step) if isinstance(table, dict) else None
        if table is None:
            return None
        positions = toml_positions(text)
    except BadFrontMatter as problem:
        line = text.count("\n", 0, problem.offset) + 1
        return Settings(problems=(Problem(line, f"can't be read as TOML: {problem.reason}"),))

    def line_of(path: tuple[str | int, ...]) -> int:
        """The line of a key or value, or of what holds it."""
        path = (*prefix, *path)
        while path and path not in positions:
            path = path[:-1]
        return text.count("\n", 0, positions[path]) + 1 if path else 1

    if not isinstance(table, dict):
        return Settings(problems=(Problem(line_of(()), "`tool.postmend` must be a table"),))
    return settings_of(table, line_of)


def settings_of(table: Mapping[str, object], line_of: Line = lambda path: 1) -> Settings:
    """The settings in a table, which may hold anything that TOML can. `line_of` gives the line of a path in it."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        try:
            values[key] = _read(key, value)
        except Wrong as wrong:
            problems.append(Problem(line_of((key, *wrong.steps)), str(wrong)))
    return Settings(values, {key: line_of((key,)) for key in values}, tuple(sorted(problems, key=lambda p: p.line)))


def _read(key: str, value: object) -> Any:
    """The checked value of a key. Raises Wrong, with a message that names the key."""
    setting = SETTINGS.get(key)
    refusal = setting.refusal if setting else ONLY_OPTIONS.get(key)
    if refusal:
        raise Wrong(f"`{key}` can't be set in a file: {refusal}")
    if setting is None:
        raise Wrong(f"there is no key `{key}`.{did_you_mean(key, _keys()) or ' `postmend config` shows all.'}")
    try:
        return setting.kind.read(value)
    except Wrong as wrong:
        raise Wrong(f"`{key}`: {wrong}", *wrong.steps) from None


def _keys() -> Iterator[str]:
    """The keys that a file may have."""
    return (name for name, setting in SETTINGS.items() if not setting.refusal)
