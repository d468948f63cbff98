"""The replacement character, as itself and as what wrong decoding made of it: each is a letter that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from postmend.fixer.codecs import misreadings
from postmend.fixer.fitting import REPLACEMENT, Gap
from postmend.model import Span

# East Asian encodings read two of them as three characters: six bytes, two at a time.
_PAIRS = ("锟斤拷", "占쏙옙", "嚙踝蕭", "鐃緒申")  # GBK, EUC-KR, Big5, EUC-JP
_SHIFT_JIS = "\N{REPLACEMENT CHARACTER}\N{HALFWIDTH KATAKANA LETTER SO}\N{HALFWIDTH KATAKANA LETTER SU}"
_LEAST = re.compile(r"[^\x00-\x7f]{3}")  # in all forms but the character itself


def find_relics(text: str) -> Iterator[Gap]:
    """The replacement characters of `text`, in runs, and its misread ones; in order."""
    if REPLACEMENT not in text and not _LEAST.search(text):
        return  # before any table of an encoding is read
    at = 0
    while found := _any_form().search(text, at):
        form, at = found.group(), found.end()
        while text.startswith(form, at):
            at += len(form)
        yield Gap(Span(found.start(), at), (at - found.start()) // len(form) * _forms()[form])


@cache
def _any_form() -> re.Pattern[str]:
    # Alternatives that begin with a character each: the regex engine then skips to these quickly.
    return re.compile("|".join(map(re.escape, _forms())))


@cache
def _forms() -> dict[str, int]:
    """Each form and how many replacement characters it was; those that begin with another one come first."""
    forms = {_SHIFT_JIS: 1, REPLACEMENT: 1} | dict.fromkeys(_PAIRS, 2)
    return forms | {codec.misread(REPLACEMENT): 1 for codec in misreadings()}
