"""What is left of UTF-8 that lost a byte, and is nothing else: it names its accident where no other evidence is left.

After the safe repairs of a post, a letter whose second half became a space stays alone. `Ã` behind a small letter is in
no orthography, and `â€` is the beginning of a dash or a quotation mark.
"""

from __future__ import annotations

import re

from postmend.fixer.codecs import codec

_CHAIN = ("cp1252",)
_SECOND = re.escape("".join(codec("cp1252").table[0x80:0xC0]))
_HALF_A = "\N{LATIN CAPITAL LETTER A WITH TILDE} "
_HALF_SIGN = "\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\N{EURO SIGN}"
BEGINNINGS = (_HALF_A, _HALF_SIGN)
_REMAINS = re.compile(f"(?<=[a-z\xdf-\xf6\xf8-\xff]){_HALF_A}(?! ?[A-Z])|{_HALF_SIGN}(?![{_SECOND}])")


def accidents_of_remains(text: str) -> set[tuple[str, ...]]:
    """The chains of accidents that left a part of a character which is nothing else."""
    if not any(both in text for both in BEGINNINGS):
        return set()
    return {_CHAIN} if _REMAINS.search(text) else set()
