"""From settings to what a run works with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postmend.comparator.policy import DuplicatePolicy
from postmend.config import Policy
from postmend.settings.globs import Standpoint
from postmend.settings.resolving import Value


def policy_of(values: Mapping[str, Value], standpoint: Standpoint) -> Policy:
    """The policy that the values ask for. `standpoint` is that of the file that they come from."""
    value = {name: given.value for name, given in values.items()}
    return Policy(
        select=value["select"],
        extend_select=value["extend-select"],
        ignore=value["ignore"],
        per_file_ignores=tuple(
            (glob, codes) for pattern, codes in value["per-file-ignores"] for glob in standpoint.globs((pattern,))
        ),
        unsafe_fixes=value["unsafe-fixes"],
        code_blocks=value["code-blocks"],
        encoding=value["encoding"] or None,
        duplicates=_duplicates(value, standpoint),
    )


def _duplicates(value: Mapping[str, Any], standpoint: Standpoint) -> DuplicatePolicy:
    return DuplicatePolicy(
        threshold=value["threshold"],
        min_words=value["min-words"],
        cross_language=value["cross-language"],
        include_drafts=value["include-drafts"],
        not_duplicates=tuple((standpoint.path(a), standpoint.path(b)) for a, b, _ in value["not-duplicates"]),
    )


def globs_of(value: Value, standpoint: Standpoint) -> tuple[str, ...]:
    """The patterns of a setting, relative to the root of the run; those of the command line are so already."""
    return standpoint.globs(value.value) if value.source == "file" else value.value
