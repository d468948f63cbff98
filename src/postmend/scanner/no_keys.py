"""YAML that has no keys because of one slip, such as `title:Paris`: well-formed, and text to the reader."""

from __future__ import annotations

import re

from postmend.model import FrontMatterFormat, Span, SyntaxProblem
from postmend.scanner.head_lines import KNOWN_KEYS
from postmend.scanner.lines import line_end

_LINE = re.compile(r"(?m)^(?:(?P<key>[A-Za-z_][\w.-]{0,79})[ \t]*(?P<mark>[:=])|[ \t#-]|[<=>|]{7}|$)")
_CONFLICT = re.compile(r"(?m)^<{7} ")
_MOST_LINES = 100


def without_keys(flat: str, content: Span) -> SyntaxProblem | None:
    """Why what stands between two fences has no keys; None when it is prose between two rules."""
    first = _LINE.match(flat, content.start, content.end)
    if first is None or not is_meant(flat, content):
        return None
    conflict = _CONFLICT.search(flat, content.start, content.end)
    if conflict:
        return SyntaxProblem("a merge conflict is left in it; keep one of the two versions", conflict.start())
    if first["mark"] == "=":
        return SyntaxProblem("`=` after a key is TOML; between `---` write `key: value`", content.start)
    from postmend.scanner.yaml_reasons import stuck

    at = content.start
    while at < content.end:
        end = line_end(flat, at)
        if reason := stuck(flat, at, end):
            return SyntaxProblem(*reason)
        at = end + 1
    return None


def is_meant(flat: str, content: Span, format: FrontMatterFormat = FrontMatterFormat.YAML) -> bool:
    """Whether broken front matter is meant as such.

    In YAML each line begins with a key, the first with one that front matter often has; JSON members are nothing else.
    """
    if format is not FrontMatterFormat.YAML:
        return True
    lines = flat[content.start : content.end].rstrip("\n").split("\n")[:_MOST_LINES]
    found = [_LINE.match(line) for line in lines]
    keys = [match["key"].lower() for match in found if match and match["key"]]
    return all(found) and bool(keys) and keys[0] in KNOWN_KEYS
