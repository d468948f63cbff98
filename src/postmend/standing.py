"""Links that lead to a file as they stand. To repair such a link alone would break it: the file has the damaged name,
and only `fix --rename` gives both the better one.
"""

from __future__ import annotations

import os
from pathlib import Path

from postmend.model import Span
from postmend.scanner.document import is_utf8, read_document
from postmend.scanner.links import Link, links, spelled

_SUFFIXES = ("", ".md", ".mdx")  # which links leave out


def standing_links(root: Path, path: str, text: str) -> list[Span]:
    """The spans of links in `text`, the post at `path` below the root, that name a file next to it or on the way to
    another folder. Addresses from the top of the site name no file for certain and are not among them.
    """
    if text.isascii() or not is_utf8(text):
        return []
    folder = (root / path).parent
    found = links(read_document(path, text))
    return [link.span for link in found if not link.target.isascii() and _leads_somewhere(folder, link)]


def _leads_somewhere(folder: Path, link: Link) -> bool:
    target = link.target.partition("#")[0].partition("?")[0]
    if not target or target.startswith("/"):
        return False
    names = (f"{name}{suffix}" for name in spelled(link, target) for suffix in _SUFFIXES)
    return any(os.path.lexists(folder / name) for name in names if "\0" not in name)
