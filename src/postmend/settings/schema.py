"""The JSON Schema of the files of settings, from the table."""

from __future__ import annotations

from typing import Any

from postmend.settings.kinds import BEGINNINGS, PER_FILE
from postmend.settings.table import SETTINGS, Setting


def schema() -> dict[str, Any]:
    """The schema of postmend.toml, and of `tool.postmend` in pyproject.toml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of postmend",
        "description": "postmend.toml, .postmend.toml, or the table tool.postmend of pyproject.toml",
        "type": "object",
        "properties": {
            name: {**setting.kind.schema, "description": setting.help, "default": _plain(setting)}
            for name, setting in SETTINGS.items()
            if not setting.refusal
        },
        "additionalProperties": False,
        "$defs": {"code": {"description": "The code of a rule, or its beginning.", "enum": list(BEGINNINGS)}},
    }


def _plain(setting: Setting) -> Any:
    """The default as JSON has it."""
    if setting.kind is PER_FILE:
        return dict(setting.default)
    return list(setting.default) if isinstance(setting.default, tuple) else setting.default
