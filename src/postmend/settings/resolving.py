"""Which value a setting has when defaults, a file and the command line all have a say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from postmend.settings.reading import Settings
from postmend.settings.table import SETTINGS, Setting

Source = Literal["default", "file", "environment", "option"]


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a setting, and who says so: the `place` is a file with its line, an option, or a variable."""

    value: Any
    source: Source = "default"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """The settings of a file, with its path as it is shown."""

    path: str
    settings: Settings


def resolve(options: Mapping[str, Any], file: Named | None = None) -> dict[str, Value]:
    """The value of every setting. `options` has checked values of the command line, by the names of settings."""
    from_file = _from_file(file, options)
    found: dict[str, Value] = {}
    for name, setting in SETTINGS.items():
        if name in options:
            found[name] = _joined(setting, options[name], from_file.get(name))
        else:
            found[name] = from_file.get(name, Value(setting.default))
    return found


def _from_file(file: Named | None, options: Mapping[str, Any]) -> dict[str, Value]:
    """What the file says, as far as the options leave it in force."""
    if file is None:
        return {}
    found = {
        name: Value(value, "file", f"{file.path}:{file.settings.lines[name]}")
        for name, value in file.settings.values.items()
    }
    if "select" in options:  # who asks for one rule by name wants to see it, whatever the file ignores
        found.pop("extend-select", None)
        found.pop("ignore", None)
    if "ignore" in found and "extend-select" in options:
        wanted = options["extend-select"]
        kept = tuple(code for code in found["ignore"].value if not code.startswith(wanted))
        found["ignore"] = Value(kept, "file", found["ignore"].place)
    return found


def _joined(setting: Setting, value: Any, said: Value | None) -> Value:
    """An option's value; for two of them, as in ruff, together with what the file says."""
    if said is None or setting.name not in ("extend-select", "ignore"):
        return Value(value, "option", setting.option(value))
    return Value((*said.value, *value), "option", f"{said.place} and {setting.option()}")
