"""Tells an article that explains damaged text from one that is damaged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from postmend.model import Span

# One of the first kind is enough. Of the names of encodings it takes an old one besides UTF-8: that one, and words such
# as "charset" and "encoding", stand in many a page about web development.
_SUBJECT = re.compile(
    r"mojibake|кракозябр|文字化け|乱码|亂碼|krzaczk|zeichensalat|\bftfy\b|double[- ]encod|wrong encoding",
    re.IGNORECASE,
)
_OLD_ENCODING = re.compile(
    r"\b(latin-?1|iso-?8859|windows-?125\d|cp-?(125\d|437|85\d|866|932|949)|mac[-_ ]?roman|koi8|shift[-_]?jis"
    r"|gbk|gb18030|big5)",
    re.IGNORECASE,
)
_REPLACEMENT = re.compile(r"replacement char|\bU\+FFFD\b|\\ufffd|\bEF BF BD\b", re.IGNORECASE)
_UTF8 = re.compile(r"\butf-?8\b", re.IGNORECASE)
_MOST_EXAMPLES = 10  # lines; who explains mojibake shows a few lines of it, an accident spares none
_SPARED = 0.2


def shown_on_purpose(text: str, damaged: Sequence[Span]) -> bool:
    """Whether `text` is about encodings and holds the damaged spans as examples, not by accident."""
    return bool(damaged) and is_about_encodings(text) and _are_few(text, damaged)


def lost_on_purpose(text: str, lost: Sequence[Span]) -> bool:
    """Whether `text` is about encodings, or about what they lose, and holds the lost spans as examples."""
    if not lost or not (_REPLACEMENT.search(text) or is_about_encodings(text)):
        return False
    return _are_few(text, lost)


def is_about_encodings(text: str) -> bool:
    """Whether `text` names what damages text."""
    return bool(_SUBJECT.search(text) or (_OLD_ENCODING.search(text) and _UTF8.search(text)))


def _are_few(text: str, spans: Sequence[Span]) -> bool:
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    hurt = {bisect_right(starts, span.start) - 1 for span in spans}
    foreign = {i for i, line in enumerate(lines) if not line.isascii()}
    return len(hurt) < _MOST_EXAMPLES or len(foreign - hurt) > _SPARED * len(foreign)
