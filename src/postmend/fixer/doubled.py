"""What was escaped once more by mistake: `caf&amp;eacute;` shows the reader `caf&eacute;`.

Pages about HTML write this on purpose. So it counts only inside of words, and in no page that speaks of entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmend.fixer.escapes import read
from postmend.fixer.oddity import Oddity
from postmend.model import Span

_ENTITY = re.compile(r"&(?:amp;)+(#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PERCENT = re.compile(r"(?:%25(?:25)*[89A-Fa-f][0-9A-Fa-f])+")
_ABOUT_ENTITIES = re.compile(r"\bentit|\bescap|unescap|htmlspecialchars|htmlentit|double[- ]encod|&amp;[lg]t;", re.I)
_LONGEST_ADDRESS = 2_000
_QUERY = re.compile(r"[?#=]|://.*://")


def find_doubled(text: str) -> Iterator[Oddity]:
    """Letters and signs in words that were escaped twice or more, in order. All are to be escaped once."""
    if "&" in text and "&amp;" in text and not _ABOUT_ENTITIES.search(text):
        for found in _ENTITY.finditer(text):
            new = f"&{found[1]};"
            if _is_text(text, Span(*found.span()), new):
                yield Oddity(Span(*found.span()), "HTML entity escaped twice", None if found[1] == "amp" else new)


def find_doubled_percents(address: str, start: int) -> Iterator[Oddity]:
    """The same in an address, which begins at `start` of its text: `caf%25C3%25A9`.

    Not in a query or after a second scheme: what stands there is an address in an address, and has to be like that.
    """
    for found in _PERCENT.finditer(address):
        if _QUERY.search(address, max(0, found.start() - _LONGEST_ADDRESS), found.start()):
            return
        new = re.sub("%(?:25)+", "%", found[0])
        if read(new) is not None:
            span = Span(start + found.start(), start + found.end())
            yield Oddity(span, "Percent-encoding encoded twice", new)


def _is_text(text: str, span: Span, new: str) -> bool:
    """Whether what stands there once unescaped belongs to the words beside it."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    reading = read(new)
    if reading is not None and reading.text.isalpha():
        return before.isalpha() or after.isalpha()
    return (reading is not None or new == "&amp;") and before.isalnum() and after.isalnum()
