"""Parallel pages: two texts in the same words about two different things, such as methods of one interface.

`GroupByDate` and `GroupByExpiryDate` share nine of ten sentences, and each is needed. What tells them from copies: what
only one of the two titles names is what that post speaks of, and not the other one, on both sides. A copy under
another title speaks of the same things as its original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.distance import Indel

from postmend.comparator.codes import CONTAINED, NEAR_BODY, UNRELATED
from postmend.comparator.tokens import fold
from postmend.model import Pair, Post

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
# Japanese words from abroad are told by their script.
_PIECE = re.compile(rf"[\u30a0-\u30ff]+|[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
_OFTEN = 2  # as often as the other post does, at least


def judged(pair: Pair, left: Post, right: Post) -> Pair:
    """The pair, which is none if its posts, repaired, are parallel pages."""
    if pair.code not in (NEAR_BODY, CONTAINED) or not are_parallel(left, right):
        return pair
    verdict = "Parallel pages: much the same text, but each speaks of what only its own title names."
    return replace(pair, code=UNRELATED, verdict=verdict)


def are_parallel(left: Post, right: Post) -> bool:
    """Whether either post speaks of something that its title names, and the other post neither in title nor text."""
    ours, theirs = (fold(post.document.body_text) for post in (left, right))
    return any(_is_subject(name, ours, theirs) for name in _own_names(left.title, right.title)) and any(
        _is_subject(name, theirs, ours) for name in _own_names(right.title, left.title)
    )


def _own_names(title: str, other: str) -> Iterator[str]:
    """What only the first title has: words, and stretches of two characters and more where no spaces part words."""
    pieces, others = _PIECE.findall(fold(title)), _PIECE.findall(fold(other))
    for op in Indel.opcodes(pieces, others):
        stretch = pieces[op.src_start : op.src_end] if op.tag != "equal" else []
        yield from (word for word in stretch if len(word) > 1)
        yield from re.findall(rf"[{_SPACELESS}]{{2,}}", "".join(stretch))


def _is_subject(name: str, own: str, other: str) -> bool:
    return _times(name, own) >= max(1, _OFTEN * _times(name, other))


def _times(name: str, text: str) -> int:
    """How often a name stands in a text as a whole word."""
    edge = r"\b" if name.isascii() else ""
    return len(re.findall(f"{edge}{re.escape(name)}{edge}", text))
