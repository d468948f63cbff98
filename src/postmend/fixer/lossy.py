"""Damage that lost a byte on the way: a no-break space that became a plain one, and with it half a letter.

ftfy knows these patterns; the language model checks what it proposes. Such repairs are never safe, and they are looked
for only in documents where lossless damage was found: `Ã ` before a word may be Portuguese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postmend.fixer import language
from postmend.fixer.evidence import SUPPORTED
from postmend.model import Fixability, Repair, Span

# A word with the one space that may have been part of it.
_WORD = re.compile(r"[^ \t\r\n]+ ?")
_NAMES = {"sloppy-windows-1252": "cp1252", "macroman": "mac_roman"}


def find_lossy(text: str, taken: Sequence[Span], codecs: frozenset[str]) -> Iterator[Repair]:
    """Repairs for words that overlap no `taken` span and went through one of the `codecs`, in order."""
    spans = iter(sorted(taken))
    current = next(spans, None)
    for match in _WORD.finditer(text):
        while current is not None and current.end <= match.start():
            current = next(spans, None)
        if match.group().isascii() or (current is not None and current.start < match.end()):
            continue
        found = _lossy(text, Span(*match.span()))
        if found is not None and found.chain and codecs.issuperset(found.chain):
            yield found


def _lossy(text: str, span: Span) -> Repair | None:
    import ftfy

    word = span.of(text)
    fixed = ftfy.fix_encoding_and_explain(word)
    if fixed.text == word or "\N{REPLACEMENT CHARACTER}" in fixed.text:
        return None
    model = language.load()
    before, after = text[max(0, span.start - 2) : span.start] or " ", text[span.end : span.end + 2]
    was, is_now = model.score(before, word, after), model.score(before, fixed.text, after)
    if is_now - was < SUPPORTED:
        return None
    steps = [str(step.parameter) for step in fixed.explanation or () if step.action == "encode"]
    return Repair(
        span,
        word,
        fixed.text,
        tuple(_NAMES.get(step, step) for step in reversed(steps)),
        was,
        is_now,
        is_now - was,
        reversible=False,
        fixability=Fixability.UNSAFE,
        doubt="a byte was lost on the way, and this is the likeliest one",
    )
