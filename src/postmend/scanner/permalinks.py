"""Patterns of addresses such as `/:year/:month/:title/`, which Jekyll and Hexo share."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r":([a-z_]+)")
_SLASHES = re.compile(r"/{2,}")


def expand(pattern: str, values: Mapping[str, str]) -> str | None:
    """The address that a pattern gives; None if it needs a value that is not there (no date, `:hash` ...)."""
    if any(name not in values for name in _PLACEHOLDER.findall(pattern)):
        return None
    filled = _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)
    return _SLASHES.sub("/", f"/{filled}")
