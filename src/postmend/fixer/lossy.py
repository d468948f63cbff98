"""Damage that lost a byte on the way: a no-break space that became a plain one, and with it half a letter.

ftfy knows where byte A0 may have stood; the language model checks what comes out. Such repairs are never safe, and they
are looked for only under codecs that damaged the same document losslessly: an A with a tilde alone may be Portuguese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from postmend.fixer import language
from postmend.fixer.codecs import codec
from postmend.fixer.evidence import SUPPORTED
from postmend.model import Fixability, Repair, Span

_WORD = re.compile(r"[^ \t\r\n]+ ?")  # with the space that may have been half a letter
# UTF-8 that lacks its last byte, and a space instead.
_HALF_LETTER = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}) ")


def find_lossy(text: str, known: Sequence[Repair], names: Iterable[str]) -> Iterator[Repair]:
    """Repairs for what the `known` ones, sorted, leave of words that went through one of the codecs `names`."""
    order = sorted(names)
    waiting = list(reversed(known))
    for match in _WORD.finditer(text):
        inside = []
        while waiting and waiting[-1].span.start < match.end():
            inside.append(waiting.pop())
        if not match.group().isascii():
            found = (_lossy(text, Span(*match.span()), inside, name) for name in order)
            yield from [f for f in found if f is not None][:1]


def _lossy(text: str, word: Span, inside: Sequence[Repair], name: str) -> Repair | None:
    """The repair of what stands in a word after the last known repair, if the word lost a byte A0."""
    whole = _restored(word.of(text), name)
    if whole is None:
        return None
    start = inside[-1].span.end if inside else word.start
    head = _repaired_head(text, word.start, inside)
    old, new = text[start : word.end], whole[len(head) :]
    if whole.isascii() or not whole.startswith(head) or new == old or "?" in new.replace("?", "", old.count("?")):
        return None
    return _judged(text, Span(start, word.end), new, name)


@lru_cache(maxsize=1 << 14)
def _restored(word: str, name: str) -> str | None:
    """The word with byte A0 where there is a space now, decoded; None when that gives no UTF-8."""
    data = codec(name).to_bytes(word)
    if not _HALF_LETTER.search(data):
        return None  # nearly always, and then ftfy need not be imported
    from ftfy.fixes import restore_byte_a0

    try:
        return restore_byte_a0(data).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _repaired_head(text: str, start: int, inside: Sequence[Repair]) -> str:
    """The beginning of a word up to the last known repair, with the repairs in place."""
    head, at = "", start
    for repair in inside:
        head += text[at : repair.span.start] + repair.new
        at = repair.span.end
    return head


def _judged(text: str, span: Span, new: str, name: str) -> Repair | None:
    model = language.load()
    before, after = text[max(0, span.start - 2) : span.start] or " ", text[span.end : span.end + 2]
    was, is_now = model.score(before, span.of(text), after), model.score(before, new, after)
    if is_now - was < SUPPORTED:
        return None
    return Repair(
        span,
        span.of(text),
        new,
        (name,),
        was,
        is_now,
        is_now - was,
        reversible=False,
        fixability=Fixability.UNSAFE,
        doubt="a byte was lost on the way, and this is the likeliest one",
    )
