"""The encoding that a post names for itself, and where it does so.

Read from front matter (`encoding`, `charset`), from a comment for Emacs or Vim in one of the first two lines, from an
XML declaration, and in HTML from `<meta>`. A Markdown post that shows a `<meta>` is no HTML: there it is an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmend.model import Edit, Span
from postmend.scanner.document import read_document

_HEAD = 4096  # characters; browsers look at 1,024 bytes
_NAME = r"[\"']?([A-Za-z][A-Za-z0-9_.:-]{1,30})"
_FIELD = re.compile(rf"(?im)^[\"']?(?:encoding|charset|codepage)[\"']?[ \t]*[:=][ \t]*{_NAME}")
_XML = re.compile(rf"\s*<\?xml[^<>?]{{0,80}}?\sencoding\s*=\s*{_NAME}")
_EDITOR = re.compile(r"(?:-\*-[^\n]{0,80}?coding:|vim?:[^\n]{0,80}?fileencoding=)[ \t]*([A-Za-z][A-Za-z0-9_.-]{1,30})")
_META = re.compile(rf"(?i)<meta\s[^<>]{{0,200}}?charset\s*=\s*{_NAME}")
_IS_HTML = re.compile(r"(?i)\s*(?:<!--[^<>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|meta)\b")
_UTF8 = {"utf-8", "utf8"}


def declared_encodings(path: str, text: str) -> list[str]:
    """The names that a post gives for its encoding, other than UTF-8, as they are written.

    ASCII is all that `text` must have right: bytes read as anything will do.
    """
    return [edit.old for edit in _declarations(path, text)]


def with_utf8_declared(path: str, text: str) -> str:
    """The text with each of these names replaced by `utf-8`: a browser that believes the old one shows mojibake."""
    for edit in sorted(_declarations(path, text), reverse=True):
        text = text[: edit.span.start] + edit.new + text[edit.span.end :]
    return text


def _declarations(path: str, text: str) -> list[Edit]:
    found = dict.fromkeys(match.span(1) for match in _matches(path, text))
    edits = (Edit(Span(*span), text[slice(*span)], "utf-8") for span in found)
    return [edit for edit in edits if edit.old.lower() not in _UTF8]


def _matches(path: str, text: str) -> Iterator[re.Match[str]]:
    head = text[:_HEAD]
    if match := _XML.match(head):
        yield match
    start = 0
    for _ in range(2):
        end = head.find("\n", start) % (len(head) + 1)
        yield from _EDITOR.finditer(head, start, end)
        start = min(end + 1, len(head))
    if re.search("(?i)encoding|charset|codepage", head):
        matter = read_document(path, text).front_matter
        if matter:
            yield from _FIELD.finditer(text, matter.content.start, min(matter.content.end, _HEAD))
    if path.lower().endswith((".html", ".htm", ".xhtml")) or _IS_HTML.match(head):
        yield from _META.finditer(head)
