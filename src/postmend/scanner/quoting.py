"""Values as front matter writes them: quoted, escaped, and no more changed than they must be."""

from __future__ import annotations

import json

from postmend.model import FrontMatterFormat

_Format = FrontMatterFormat
TYPOGRAPHIC = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
_SHOWN = 40  # characters of a value in a message
_STYLES = ('"""', "'''", '"', "'")


def quoted(value: str) -> str:
    """A one-line value in the quotes that need the fewest escapes.

    >>> print(quoted("Paris: a guide"), quoted('The "C:" drive'), quoted('It\\'s "C:"'))
    "Paris: a guide" 'The "C:" drive' "It's \\"C:\\""
    """
    if ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    return f'"{in_double_quotes(value)}"'


def in_double_quotes(value: str) -> str:
    """The value as it stands between double quotes: quotes, backslashes and control characters escaped."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def shortened(text: str) -> str:
    """The beginning of a text, short enough for a message."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"


def in_quotes(key: str, value: str) -> str:
    """What to do about a value that needs quotes. `key` has all that stands before the value."""
    if value[0] in TYPOGRAPHIC:
        value = value.strip(TYPOGRAPHIC)
    return f"put it in quotes: `{key}{quoted(shortened(value))}`"


def style_of(written: str, format: FrontMatterFormat) -> str:
    """The quotes in which a value is written; empty for one without."""
    known = _STYLES if format is _Format.TOML else _STYLES[2:]
    return next((s for s in known if len(written) >= 2 * len(s) and written.startswith(s) and written.endswith(s)), "")


def fitting(piece: str, style: str, format: FrontMatterFormat) -> str:
    """A piece of text as it is written between quotes of this style, where that can be done within the piece."""
    if style in ('"', '"""'):
        return in_double_quotes(piece)
    return piece.replace("'", "''") if style == "'" and format is _Format.YAML else piece
