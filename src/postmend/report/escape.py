"""Text that is safe to show: nothing in a file may steer the terminal or hide from the reader."""

from __future__ import annotations

import io
import re
from typing import TextIO

_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, escape sequences among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029"  # line and paragraph separators
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible, joiners excepted
    "\ud800-\udfff"  # lone surrogates: bytes of a file name that is not UTF-8
    "\U000e0000-\U000e007f"  # tags: a whole hidden alphabet
    "]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, encoding: str = "utf-8") -> str:
    r"""`text` with escapes (`\n`, `\x1b`, `\u202e`) for what steers a terminal, hides, or can't be encoded.

    >>> visible("a\x1b[31mb\u202e")
    'a\\x1b[31mb\\u202e'
    """
    shown = _HIDDEN.sub(_escaped, text)
    if shown.isascii() or is_utf8(encoding):
        return shown
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def is_utf8(encoding: str) -> bool:
    """Whether an encoding has all characters, so that nothing has to be escaped for it."""
    return encoding.lower() in ("utf-8", "utf8")


def make_tolerant(stream: TextIO) -> None:
    """Makes a stream write backslash escapes for what its encoding lacks, where it would fail otherwise."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _escaped(found: re.Match[str]) -> str:
    char, code = found[0], ord(found[0])
    if char in _SHORT:
        return _SHORT[char]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
