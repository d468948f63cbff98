"""Values of settings as TOML has them."""

from __future__ import annotations

import json
from typing import Any

from postmend.settings.table import SETTINGS


def plain(name: str, value: Any) -> Any:
    """The value of a setting as lists, tables and plain values: what JSON and TOML can hold, and `read` takes."""
    if name == "per-file-ignores":
        merged: dict[str, list[str]] = {}
        for glob, codes in value:
            merged.setdefault(glob, []).extend(codes)
        return merged
    if name == "not-duplicates":
        return [{"a": a, "b": b, **({"reason": reason} if reason else {})} for a, b, reason in value]
    return list(value) if isinstance(value, tuple) else value


def assignment(name: str, value: Any) -> str:
    """`name = value`, in one line."""
    return f"{name} = {written(plain(name, value))}"


def default_of(name: str) -> str:
    """The default of a setting."""
    return written(plain(name, SETTINGS[name].default))


def written(value: Any) -> str:
    """A plain value in TOML."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {written(part)}' for key, part in value.items())} }}" if value else "{}"
    # TOML's strings have the escapes of JSON's, and more; DEL has to be one of them, and JSON leaves it.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else written(key)
