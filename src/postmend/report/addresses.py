"""Paths as other programs take them: as URIs, and seen from the top of a repository."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote_from_bytes

from postmend.model import Report
from postmend.report.escape import visible

_DRIVE = re.compile("[A-Za-z]:/")
_SURROGATE = re.compile("[\ud800-\udfff]")


def uri(path: str) -> tuple[str, bool]:
    """The address of a POSIX path, percent-encoded, and whether it is relative. Bytes that are not UTF-8 stay."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as Windows allows in names
        data = visible(path).encode()
    if path.startswith("/"):
        return f"file://{quote_from_bytes(data)}", False
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote_from_bytes(data[2:])}", False
    return quote_from_bytes(data), True


def sayable(path: str) -> str:
    """The path as a JSON string can hold it: exactly, but for bytes that are not UTF-8, which are escaped."""
    return _SURROGATE.sub(lambda found: visible(found[0]), path)


def based(report: Report, move: Callable[[str], str]) -> Report:
    """The report with each path of a finding or a failure as `move` gives it; messages stay as they are."""
    moved = lru_cache(maxsize=None)(move)
    return replace(
        report,
        findings=tuple(
            replace(f, path=moved(f.path), other=moved(f.other) if f.other else None) for f in report.findings
        ),
        failures=tuple(replace(f, path=moved(f.path)) for f in report.failures),
    )
