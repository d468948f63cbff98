"""What is wrong with TOML that can't be parsed, for people who write posts and no programs."""

from __future__ import annotations

import re

from postmend.scanner.lines import line_end
from postmend.scanner.quoting import in_quotes

_PAIR = re.compile(r"[ \t]*(?P<key>[^=\n]{1,80}?)[ \t]*=[ \t]*(?P<value>[^\n]*)")
_COLON = re.compile(r"[ \t]*[A-Za-z_][\w-]*[ \t]*:")
_TRUTH = re.compile(r"(?i)(?:true|false)[ \t]*(?:#|$)")


def explain_toml(message: str, flat: str, at: int) -> tuple[str, int]:
    """The reason in plain words and the offset at which to look. `message` is the parser's, in small letters."""
    start, end = flat.rfind("\n", 0, at) + 1, line_end(flat, at)
    pair = _PAIR.match(flat, start, end)
    if message.startswith("invalid date"):
        return f"`{flat[at:end].strip()}` has the form of a date, but no calendar has it", at
    if pair and message.startswith("invalid value"):
        return _value(pair, at)
    if message.startswith("expected '=' after a key"):
        return _no_equals(flat, start, end, at)
    if pair and message.startswith("illegal character '\\n'"):
        return f"the quote that opens the value of `{pair['key']}` is not closed", pair.start("value")
    if pair and message.startswith("cannot overwrite"):
        return f"the key `{pair['key']}` is there twice", start
    if message.startswith("cannot declare"):
        return f"the table `{flat[start:end].strip()}` is there twice", start
    return next((plain for said, plain in _PLAIN if message.startswith(said)), message), at


def _value(pair: re.Match[str], at: int) -> tuple[str, int]:
    value = pair["value"].rstrip()
    if not value:
        return f"no value after `{pair['key']} =`", pair.string.index("=", pair.end("key")) + 1
    if _TRUTH.match(value):
        return "`true` and `false` are written in small letters", at
    if at == pair.start("value"):
        return f"text without quotes; {in_quotes(pair['key'] + ' = ', value)}", at
    return "text needs quotes, in lists too", at


def _no_equals(flat: str, start: int, end: int, at: int) -> tuple[str, int]:
    if _COLON.match(flat, start, end):
        return "`:` after a key is YAML; TOML has `key = value`", at
    return "expected `=` after the key; a key of several words needs quotes", at


_PLAIN = (
    ("unescaped '\\'", "a backslash means something else in double quotes; write two of them, or use single quotes"),
    ("unclosed array", "a list is not closed; put `]` after the last item, and commas between"),
    ("unclosed inline table", "a table is not closed; put `}` after the last item, and commas between"),
    ("expected newline or end", "something stands after the value; put quotes around all of it"),
)
