"""Which bracket or quote a line lacks at one place, where a character of it is gone."""

from __future__ import annotations

import re

_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_TAG = re.compile(r"/?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")


def missing(before: str, after: str) -> set[str]:
    """What a line that consists of the two halves lacks between them."""
    if _TAG.match(after):
        return {"<"}
    if after[:1].isalnum() or after[:1] == " ":
        return set()  # what closes stands before a sign or at the end
    lacked = {close for close, opener in _OPENED_BY.items() if _opened(before + after, opener, close) > 0}
    return lacked | {quote for quote in "\"'" if _is_open(before, quote) and not _is_open(after, quote)}


def _opened(text: str, opener: str, close: str) -> int:
    return text.count(opener) - text.count(close)


def _is_open(text: str, quote: str) -> bool:
    """Whether the number of quotes is odd, without apostrophes inside words."""
    found = [m.start() for m in re.finditer(quote, text)]
    inside = sum(at > 0 and text[at - 1].isalnum() and text[at + 1 : at + 2].isalnum() for at in found)
    return (len(found) - inside) % 2 == 1
