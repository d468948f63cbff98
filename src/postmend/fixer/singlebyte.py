"""UTF-8 that was read as a single-byte encoding.

Read backwards through the codec, a damaged span gives bytes that are well-formed UTF-8. ASCII says nothing either way;
a character outside the codec ends a span and never blocks what stands next to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

from postmend.fixer.codecs import SingleByteCodec
from postmend.fixer.spans import Draft, Run, parts, whole
from postmend.model import Span
from postmend.values import replace

# Unicode 16, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
_SEQUENCE = (
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_RUN = re.compile(rb"(?:" + _SEQUENCE + rb")+")
_DRAWN = re.compile("[\u2500-\u259f]")
_PAIR = 2  # characters


def drafts(words: Sequence[str], codec: SingleByteCodec) -> Iterator[Draft]:
    """All spans of the words that are well-formed UTF-8 read as `codec`."""
    for draft in _drafts(words, codec):
        # What is drawn with lines and blocks becomes some text as well, though none that means anything.
        yield replace(draft, doubtful=True) if _DRAWN.search(draft.span.of(draft.word)) else draft


def runs(words: Sequence[str], codec: SingleByteCodec) -> Iterator[tuple[int, Run]]:
    """The runs of well-formed UTF-8 in the words, each with the number of its word."""
    data = codec.to_bytes(" ".join(words))
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    for match in _RUN.finditer(data):
        number = bisect_right(starts, match.start()) - 1
        span = Span(match.start() - starts[number], match.end() - starts[number])
        yield number, (span, match.group().decode("utf-8"))


def _drafts(words: Sequence[str], codec: SingleByteCodec) -> Iterator[Draft]:
    for number, group in groupby(runs(words, codec), key=itemgetter(0)):
        yield from _in_word(words[number], [run for _, run in group], codec)


def _in_word(word: str, runs: Sequence[Run], codec: SingleByteCodec) -> Iterator[Draft]:
    covered = {i for span, _ in runs for i in range(span.start, span.end)}
    strays = [i for i, c in enumerate(word) if i not in covered and c in codec.high]
    if not strays:
        yield whole(word, runs)
        return
    # Clean Ukrainian is full of pairs under windows-1251: the first two letters of its word for "he" look like a
    # superscript three, and the letter after them gives it away. Longer runs are no accident.
    letters = {i for i in strays if word[i].isalpha()}
    spans = [s for s, _ in runs if s.end - s.start > _PAIR or not (s.start - 1 in letters or s.end in letters)]
    yield from parts(word, runs, spans)
