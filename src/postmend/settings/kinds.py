"""What values a setting may have: in words, as JSON Schema, and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from difflib import get_close_matches
from posixpath import normpath
from typing import Any

from postmend.config import UsageError, checked_codes
from postmend.rules import BY_CODE
from postmend.scanner.locales import locale_of

_LONGEST = 40  # characters of a value that a message repeats
_DRIVE = re.compile("[A-Za-z]:")


class Wrong(ValueError):
    """A value that a setting can't have. `steps` lead to the place within it: the index of an item, a key."""

    def __init__(self, message: str, *steps: str | int) -> None:
        super().__init__(message)
        self.steps = steps


Read = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `read` takes what a TOML file has and returns what the program works with; `flag` takes what the
    command line has. Both raise Wrong.
    """

    words: str
    schema: Mapping[str, Any]
    read: Read
    flag: Read


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean X?` for the known word that is most like it, nothing if none is."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean `{near[0]}`?" if near else ""


def _kind(words: str, schema: Mapping[str, Any], read: Read, flag: Read | None = None) -> Kind:
    return Kind(words, schema, read, flag or read)


def switch() -> Kind:
    """`true` or `false`."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise Wrong(f"must be `true` or `false`, not {shown(value)}")
        return value

    return _kind("`true` or `false`", {"type": "boolean"}, read)


def whole_number(least: int, most: int) -> Kind:
    """A whole number within limits."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Wrong(f"must be a whole number from {least} to {most}, not {shown(value)}")
        return value

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return _kind(f"a whole number from {least} to {most}", schema, read)


def share(least: float, most: float) -> Kind:
    """A number within limits."""

    def read(value: object) -> float:
        # `nan`, which TOML has, is not within any limits.
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Wrong(f"must be a number from {least} to {most:g}, not {shown(value)}")
        return float(value)

    schema = {"type": "number", "minimum": least, "maximum": most}
    return _kind(f"a number from {least} to {most:g}", schema, read)


def choice(options: Sequence[str]) -> Kind:
    """One of some words."""

    def read(value: object) -> str:
        if value not in options:
            hint = did_you_mean(value, options) if isinstance(value, str) else ""
            raise Wrong(f"there is no {shown(value)}; one of {', '.join(options)}.{hint}")
        return str(value)

    return _kind(", ".join(f"`{option}`" for option in options), {"enum": list(options)}, read)


def text(words: str, check: Callable[[str], str], schema: Mapping[str, Any] | None = None) -> Kind:
    """A text that `check` returns as it is to be used; it raises Wrong."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise Wrong(f"must be a text in quotes, not {shown(value)}")
        return check(value)

    return _kind(words, {"type": "string", **(schema or {})}, read)


def several(item: Kind, flag: Read | None = None) -> Kind:
    """A list. The command line has the items one by one, unless `flag` says otherwise."""

    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise Wrong(f"must be a list, such as [{shown(value) if isinstance(value, str) else '...'}]")
        return tuple(_read_at(item.read, part, k) for k, part in enumerate(value))

    return _kind(f"a list of {item.words}", {"type": "array", "items": item.schema}, read, flag)


def _read_at(read: Read, value: object, step: str | int) -> Any:
    try:
        return read(value)
    except Wrong as wrong:
        raise Wrong(str(wrong), step, *wrong.steps) from None


BEGINNINGS = tuple(sorted({code[:length] for code in BY_CODE for length in range(2, len(code) + 1)}))


def _code(value: str) -> str:
    """A code or the beginning of one. The command line takes small letters, too; a schema has one spelling."""
    known = _known_code(value)
    if value not in BEGINNINGS:
        raise Wrong(f"there is no rule {shown(value)}. Did you mean {known}?")
    return value


def _known_code(value: str) -> str:
    try:
        return checked_codes((value,))[0]
    except UsageError as problem:
        raise Wrong(str(problem)[0].lower() + str(problem)[1:]) from None


def _codes_flag(value: object) -> tuple[str, ...]:
    return tuple(_known_code(part.strip()) for part in str(value).split(",") if part.strip())


def _glob(value: str) -> str:
    if not value.strip("/ "):
        raise Wrong(f"{shown(value)} is no pattern; write one as in .gitignore")
    return value


def inside(value: str) -> str:
    """A path that does not lead out of the folder that it is relative to, POSIX.

    Files of configuration come with repositories, and a foreign one must not have postmend look elsewhere on the disk.
    """
    if "\\" in value:
        raise Wrong(f"{shown(value)}: write paths with `/`")
    path = normpath(value)
    # `a/..` leads elsewhere if `a` is a link.
    if not value.strip() or path.startswith(("/", "~")) or ".." in value.split("/") or _DRIVE.match(path):
        raise Wrong(f"{shown(value)} does not lie below the folder of the file that names it")
    return path


def _locale(value: str) -> str:
    found = locale_of(value)
    if found is None:
        raise Wrong(f"there is no language {shown(value)}; write `fr`, `pt-br` or `zh-hans`")
    return found


_NOT_EMPTY = {"pattern": r"[^/ ]"}
_INSIDE = {"pattern": r"^(?!.*\\)(?!(\./)*(/|~|[A-Za-z]:))(?!(.*/)?\.\.(/|$)).*\S"}
CODES = several(replace(text("codes or their beginnings", _code), schema={"$ref": "#/$defs/code"}), flag=_codes_flag)
GLOBS = several(text("patterns as in `.gitignore`", _glob, _NOT_EMPTY))
FOLDERS = several(
    text("folders", inside, _INSIDE),
    flag=lambda value: tuple(map(str, value)) if isinstance(value, list | tuple) else (),
)
LOCALES = several(text("languages", _locale))


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Wrong(f"must be a table, not {shown(value)}")
    return value


def _per_file(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((_not_negated(glob), _read_at(CODES.read, codes, glob)) for glob, codes in _table(value).items())


def _not_negated(glob: str) -> str:
    if glob.startswith("!"):
        raise Wrong("a pattern can't begin with `!` here", glob)
    return _read_at(text("", _glob).read, glob, glob)  # type: ignore[no-any-return]


PER_FILE = _kind(
    "a table of lists of codes, by pattern as in `.gitignore`",
    {"type": "object", "propertyNames": {"pattern": r"^[^!]*[^/ !]"}, "additionalProperties": CODES.schema},
    _per_file,
)


def _pair(value: object) -> tuple[str, str, str]:
    table = _table(value)
    for key in table:
        if key not in ("a", "b", "reason"):
            raise Wrong(f"there is no key `{key}` here; `a`, `b` and `reason` are the keys", key)
    paths = [_read_at(text("", inside).read, table[key], key) for key in ("a", "b") if key in table]
    if len(paths) < 2:
        raise Wrong("needs `a` and `b`, the paths of two posts")
    return paths[0], paths[1], _read_at(text("", str).read, table.get("reason", ""), "reason")


_PAIR_SCHEMA = {
    "type": "object",
    "properties": {
        "a": {"type": "string", **_INSIDE, "description": "The path of a post."},
        "b": {"type": "string", **_INSIDE, "description": "The path of the other one."},
        "reason": {"type": "string", "description": "Why they are alike, for those who read the file."},
    },
    "required": ["a", "b"],
    "additionalProperties": False,
}
PAIRS = several(_kind("tables with `a`, `b` and `reason`", _PAIR_SCHEMA, _pair))


def shown(value: object) -> str:
    """A value as a message repeats it: short, and as it would be written in TOML."""
    if isinstance(value, str):
        return f'"{value if len(value) <= _LONGEST else value[: _LONGEST - 3] + "..."}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return (
        f"the {'time' if isinstance(value, time) else 'date'} {value}" if isinstance(value, date | time) else str(value)
    )
