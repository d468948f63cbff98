"""Text for XML and HTML: nothing in it can open a tag, and nothing is hidden."""

from __future__ import annotations

import re
from html import escape

from postmend.report.escape import is_utf8, visible

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML 1.0 forbids them even as references, like most controls


def markup(text: str) -> str:
    """The text for a place between tags, or between quotation marks in one."""
    return escape(_NO_CHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text)))


def encoded(page: str, encoding: str) -> str:
    """A whole page for a stream of that encoding: with references for what is not ASCII unless that is UTF-8."""
    return page if is_utf8(encoding) else page.encode("ascii", "xmlcharrefreplace").decode("ascii")
