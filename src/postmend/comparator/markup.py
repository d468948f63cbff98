"""Markup of posts replaced by spaces, so that what is left is what a reader reads.

The length stays the same: an offset in the result is an offset in the text. Code stays, because the code of a
post is part of what it says; its fence lines go, because their titles and highlight marks are not.
"""

from __future__ import annotations

import re

_BLOCKS = (("<!--", "-->"), ("{/*", "*/}"), ("<style", "</style>"), ("<script", "</script>"))

# Every pattern begins with a literal, which the re module searches for at the speed of memchr; with `^` it
# would try each position. That is why the text gets a line break in front.
_LINES = re.compile(
    r"\n[ \t>]*(?:(?:```|~~~)[^\n]*"
    r"|import\s[^\n]*['\"][^'\"\n]+['\"];?[ \t]*(?=[\r\n]|\Z)"
    r"|export\s+(?:const|default|let|var|function|async)\b[^\n]*"
    r"|\[[^\]\n]+\]:[ \t]*\S[^\n]*)"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_AUTOLINK = re.compile(r"<[a-z]+:[^\s<>]*>")
_TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)")
_REFERENCE = re.compile(r"\]\[[^\]\n]*\]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TEMPLATE = re.compile(r"\{(?:%[^%\n]*%|\{[^{}\n]*\})\}")

_INLINE = (
    ("<", _AUTOLINK),
    ("<", _TAG),
    ("](", _TARGET),
    ("][", _REFERENCE),
    ("&", _ENTITY),
    ("{{", _TEMPLATE),
    ("{%", _TEMPLATE),
)
_SIGNS = {opener[0] for opener, _ in (*_BLOCKS, *_INLINE)}


def blank_markup(body: str) -> str:
    """The body with tags, comments, link targets, fence lines, imports and template calls as spaces."""
    text = "\n" + body
    signs = {sign for sign in _SIGNS if sign in text}  # one character is found at the speed of memchr, two are not
    for opener, closer in _BLOCKS:
        if opener[0] in signs and opener in text:
            text = _blank_blocks(text, opener, closer)
    text = _LINES.sub(_spaces, text)
    for opener, pattern in _INLINE:
        if opener[0] in signs and opener in text:
            text = pattern.sub(_spaces, text)
    return text[1:]


def _spaces(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())


def _blank_blocks(text: str, opener: str, closer: str) -> str:
    """An opener that is never closed stays: it is most likely an example in code."""
    pieces: list[str] = []
    at = 0
    while (start := text.find(opener, at)) >= 0 and (end := text.find(closer, start)) >= 0:
        end += len(closer)
        pieces += (text[at:start], " " * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
