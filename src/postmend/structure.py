"""What a Markdown parser sees in a text: counted before and after a repair, which must leave it as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST = 1_000_000  # characters of a body that are parsed, which takes a second; larger ones hold data, not prose

_TAG = re.compile(r"</?([A-Za-z][\w.:-]{0,99})")
_NAMES = {
    "heading_open": "headings",
    "fence": "code blocks",
    "code_block": "code blocks",
    "link_open": "links",
    "image": "images",
    "list_item_open": "list items",
    "blockquote_open": "quotations",
    "table_open": "tables",
    "hr": "rules",
}


def difference(before: str, after: str) -> str | None:
    """What a parser counts differently in two bodies, in words; None when they are built alike."""
    if before == after or max(len(before), len(after)) > MOST:
        return None
    old, new = _counts(before), _counts(after)
    for name in sorted({*old, *new}):
        if old[name] != new[name]:
            return f"{old[name]:,} {name} would become {new[name]:,}"
    return None


def _counts(text: str) -> Counter[str]:
    return Counter(_parts(_parser().parse(text)))


def _parts(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in _NAMES:
            level = f" of level {token.tag[1:]}" if token.type == "heading_open" else ""
            yield f"{_NAMES[token.type]}{level}"
        elif token.type in ("html_block", "html_inline"):
            yield from (f"<{name}> tags" for name in _TAG.findall(token.content))
        yield from _parts(token.children or ())


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 40 ms that only those who write need

    return MarkdownIt("commonmark").enable("table")
