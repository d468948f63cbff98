"""Puts quotes around values without which YAML front matter can't be parsed: `title: Paris: a guide`."""

from __future__ import annotations

import re

from postmend.model import Document, Edit, FrontMatterFormat, Span
from postmend.scanner.frontmatter import find_front_matter
from postmend.scanner.lines import line_end, with_line_feeds
from postmend.scanner.quoting import quoted

_MOST = 20  # values in one front matter
# One key at the margin, and text that is meant as text: it begins like text (or with a sign that begins nothing in
# YAML), and holds no comment.
_LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,79}):[ \t]+(?P<value>(?:[^\W_]|[@`%(¿¡«„…])[^\n]*?)[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"[ \t]#")
_NEEDS_QUOTES = re.compile(r":(?:[ \t]|$)|^[@`%]")


def quote_values(document: Document) -> tuple[Edit, ...]:
    """Edits after which the front matter can be parsed and each of these values reads as the text it was; else none.

    Only lines with one key and one plain value are touched, each where the parser gave up.
    """
    text = document.text[: document.front_matter.span.end] if document.front_matter else ""
    edits: list[Edit] = []
    values: dict[str, str] = {}
    for _ in range(_MOST):
        matter = find_front_matter(text)
        if matter is None or matter.format is not FrontMatterFormat.YAML:
            return ()
        if matter.problem is None:
            read = {field.key: field.value for field in matter.fields}
            return tuple(edits) if all(read.get(key) == value for key, value in values.items()) else ()
        found = _value_at(with_line_feeds(text), matter.problem.offset)
        if found is None or found["key"] in values:
            return ()
        values[found["key"]] = found["value"]
        start, end = found.span("value")
        grown = sum(len(edit.new) - len(edit.old) for edit in edits)  # the parser stops at the first fault
        edits.append(Edit(Span(start - grown, end - grown), found["value"], quoted(found["value"])))
        text = f"{text[:start]}{edits[-1].new}{text[end:]}"
    return ()


def _value_at(flat: str, offset: int) -> re.Match[str] | None:
    """The line of `offset` as key and value, if quotes are all that is missing."""
    found = _LINE.match(flat, flat.rfind("\n", 0, offset) + 1)
    if found is None or not _NEEDS_QUOTES.search(found["value"]) or _COMMENT.search(found["value"]):
        return None
    following = flat[found.end() : line_end(flat, found.end())]
    return None if following[:1] in (" ", "\t") and following.strip() else found
