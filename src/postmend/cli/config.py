"""`postmend config`: the value of each setting and where it comes from."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from postmend.cli.options import (
    ConfigOptions,
    DuplicateOptions,
    RepairOptions,
    RuleOptions,
    SelectionOptions,
    with_options,
)
from postmend.config import UsageError
from postmend.report.settings import document, listing
from postmend.settings.kinds import did_you_mean
from postmend.settings.resolving import Value
from postmend.settings.table import SETTINGS
from postmend.store.folders import cache_folder

_CACHE = "POSTMEND_CACHE_DIR"


@with_options
def config(
    context: typer.Context,
    selection: SelectionOptions,
    rules: RuleOptions,
    repairs: RepairOptions,
    duplicates: DuplicateOptions,
    sources: ConfigOptions,
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="threshold, for example; default: all.")] = "",
    shape: Annotated[str, typer.Option("--output-format", metavar="FORMAT", help="full or json.")] = "full",
) -> int:
    """Show the settings that count here, and where each comes from."""
    if shape not in ("full", "json"):
        raise UsageError(f"--output-format {shape} does not exist; one of full, json.")
    if key and key not in SETTINGS:
        raise UsageError(f"there is no setting {key}.{did_you_mean(key, SETTINGS)}")
    chosen = sources.chosen(context, None)
    values = {name: _with_place(name, value) for name, value in chosen.values.items() if key in ("", name)}
    sys.stdout.write(document(values, chosen.file) if shape == "json" else listing(values))
    return 0


def _with_place(name: str, value: Value) -> Value:
    """The value; for the folder that this machine or a variable has for all runs, that folder."""
    if name != "cache-dir" or value.source != "default":
        return value
    folder = str(cache_folder())
    return Value(folder, "environment", _CACHE) if os.environ.get(_CACHE) else Value(folder)
