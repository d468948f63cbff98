"""Settings as text: for `postmend config`, and for the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from postmend.report.escape import visible
from postmend.settings.resolving import Value
from postmend.settings.table import GROUPS, Setting
from postmend.settings.toml import assignment, default_of, plain

_WIDEST = 50  # columns of a value beside which its source still stands


def listing(values: Mapping[str, Value]) -> str:
    """One line for each value, as a file of settings would have it, and where it comes from as a comment."""
    rows = [(visible(assignment(name, value.value)), _source(value)) for name, value in values.items()]
    width = max((len(text) for text, _ in rows if len(text) <= _WIDEST), default=0)
    return "".join(f"{text:<{width}}  # {source}\n" for text, source in rows)


def _source(value: Value) -> str:
    return visible(value.place) or value.source


def document(values: Mapping[str, Value], file: str | None) -> str:
    """The same as JSON, with the file of the settings."""
    settings = [
        {"key": name, "value": plain(name, value.value), "source": value.source, "place": value.place or None}
        for name, value in values.items()
    ]
    return json.dumps({"schema": 1, "file": file, "settings": settings}, ensure_ascii=True, indent=2) + "\n"


def markdown(groups: Mapping[str, Iterable[Setting]] = GROUPS) -> str:
    """Every key with its type, default, option and an example: a part of `docs/configuration.md`."""
    parts = []
    for heading, group in groups.items():
        parts.append(f"### {heading}")
        parts += [part for setting in group if not setting.refusal for part in _section(setting)]
    return "\n\n".join(parts)


def _section(setting: Setting) -> list[str]:
    option = f"Option: `{setting.option(setting.default is not True)}`" if setting.flag else "No option"
    facts = f"Type: {setting.kind.words}. Default: `{default_of(setting.name)}`. {option}."
    return [f"#### {setting.name}", setting.help, facts, f"```toml\n{setting.example}\n```"]
