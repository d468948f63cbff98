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


def find_relics(text: str) -> Iterator[Gap]:
    """The replacement characters of `text`, in runs, and its misread ones. Quick where there are none."""
    # One search for each form is quicker than one expression for all of them.
    present = [form for form in _forms() if form in text]
    if not present:
        return
    for run in re.finditer("|".join(f"(?:{re.escape(form)})+" for form in present), text):
        form = next(form for form in present if run.group().startswith(form))
        yield Gap(Span(*run.span()), len(run.group()) // len(form) * _forms()[form])


@cache
def _forms() -> dict[str, int]:
    """Each form and how many replacement characters it was; those that begin with another one come first."""
    forms = {_SHIFT_JIS: 1, REPLACEMENT: 1} | dict.fromkeys(_PAIRS, 2)
    return forms | {codec.misread(REPLACEMENT): 1 for codec in misreadings()}
