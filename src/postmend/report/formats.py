"""The formats by their names. A renderer is imported when its format is asked for, and not before."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmend.model import Report
    from postmend.report.summary import Verb

# Functions that take (report, verb=..., encoding=...).
_RENDERERS = {
    "full": "plain.render",
    "concise": "concise.render",
    "json": "json.render",
    "json-lines": "json.render_lines",
    "sarif": "sarif.render",
    "junit": "junit.render",
    "github": "github.render",
    "gitlab": "gitlab.render",
    "rdjson": "rdjson.render",
    "html": "html.render",
}
FORMATS = tuple(_RENDERERS)

# Those in which a path leads from the top of the repository, wherever in it postmend was started.
FROM_REPOSITORY = frozenset({"sarif", "github", "gitlab"})


def rendered(report: Report, output_format: str, verb: Verb, encoding: str = "utf-8") -> str:
    """The report in a format, with a final newline. What `encoding` lacks is escaped as the format has it."""
    module, name = _RENDERERS[output_format].split(".")
    text: str = getattr(import_module(f"postmend.report.{module}"), name)(report, verb=verb, encoding=encoding)
    return text
