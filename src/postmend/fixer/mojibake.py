"""Finds UTF-8 that was read in a wrong encoding, once or several times, and what it was.

Repair is a choice between two stories: the text is as its author wrote it, or a span of it went through a chain of
wrong decodings. Each round undoes one step wherever that is convincing; text that was damaged twice takes two rounds.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence

from postmend.fixer import language, patches
from postmend.fixer.codecs import codec
from postmend.fixer.evidence import Choice, choose
from postmend.fixer.lossy import find_lossy
from postmend.fixer.patches import Patch
from postmend.fixer.places import places
from postmend.fixer.screen import Found, find_candidates
from postmend.fixer.spans import distinct_words
from postmend.fixer.specimens import shown_on_purpose
from postmend.model import Fixability, Repair, Span

MOST_ROUNDS = 12  # four layers of three different accidents
MOST_PASSES = 12
Guard = Callable[[str], Sequence[Span]]

ON_PURPOSE = "the article seems to show damaged text on purpose"
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}  # controls, unassigned, private, surrogates
GUARDED = 36.0  # nats that a span in code or in an address needs when nothing outside of code has the same damage
LEAST_LEAD = 6.0  # nats between the best reading and the next


def _nothing(text: str) -> Sequence[Span]:
    return ()


def find_repairs(text: str, guard: Guard = _nothing) -> tuple[Repair, ...]:
    """All damaged spans of `text`, in order and without overlap.

    `guard` tells the spans of a text (code, addresses), sorted, that are repaired safely only where the text outside of
    them shows the same damage; it is called when there is damage at all.
    """
    if text.isascii():
        return ()
    found: Found = {}
    done: list[Patch] = []
    for _ in range(MOST_ROUNDS):
        current = patches.apply(text, done)
        placed = list(places(current, _round(current, found)))
        done = patches.merge(text, done, placed)
        if not any(p.choice.convincing for p in placed):
            break
    if not done:
        return ()
    guarded = guard(text)
    vouched = {p.undone for p in done if p.convincing and (p.gain >= GUARDED or not _overlaps(p.span, guarded))}
    shown = shown_on_purpose(text, [p.span for p in done])
    repairs = [_judged(text, patch, _doubt(patch, text, vouched, guarded, shown)) for patch in done]
    if vouched and not shown:
        repairs += find_lossy(text, repairs, {chain[0] for chain in vouched if len(chain) == 1})
    return tuple(sorted(repairs, key=lambda r: r.span))


def repair(text: str, guard: Guard = _nothing, unsafe: bool = False) -> str:
    """`text` with its safe repairs applied, and the unsafe ones too when asked for. Repairing twice changes no more.

    What stays doubtful in one pass may be clear in the next, when the rest of the document no longer points to another
    accident. So passes follow one another until one finds nothing.
    """
    wanted = {Fixability.SAFE, Fixability.UNSAFE} if unsafe else {Fixability.SAFE}
    for _ in range(MOST_PASSES):
        repairs = [r for r in find_repairs(text, guard) if r.fixability in wanted]
        if not repairs:
            break
        text = patches.splice(text, ((r.span, r.new) for r in repairs))
    return text


def _round(text: str, found: Found) -> list[Choice]:
    """What one step back would repair. `found` remembers the candidates of words seen in earlier rounds."""
    words = distinct_words(text)
    found |= find_candidates(sorted(word for word in words if word not in found))
    return choose(words, found) if any(found[word] for word in words) else []


def _doubt(patch: Patch, text: str, vouched: set[tuple[str, ...]], guarded: Sequence[Span], shown: bool) -> str:
    """Why the patch is not safe to apply; empty when it is."""
    if shown:
        return ON_PURPOSE
    if not patch.convincing:
        return "too little evidence for it in this document"
    if _misread(patch.new, patch.undone) != patch.span.of(text):
        return "the damage is mixed and can't be proved step by step"
    if patch.lead < LEAST_LEAD:
        return "another reading is nearly as likely"
    if any(c == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(c) in _NO_TEXT for c in patch.new):
        return "what comes out is no text either"
    if patch.gain < GUARDED and _overlaps(patch.span, guarded) and not _is_vouched(patch, text, vouched):
        return "it stands in code or in an address, and the text around it is not damaged"
    return ""


def _judged(text: str, patch: Patch, doubt: str) -> Repair:
    """The patch as a repair, scored in the context in which it stands."""
    model = language.load()
    start, end = patch.span.start, patch.span.end
    before, old, after = text[max(0, start - 2) : start], text[start:end], text[end : end + 2]
    was, is_now = model.score(before, old, after), model.score(before, patch.new, after)
    return Repair(
        patch.span,
        old,
        patch.new,
        patch.undone[::-1],
        was,
        is_now,
        min(patch.lead, is_now - was),
        reversible=_misread(patch.new, patch.undone) == old,
        fixability=Fixability.UNSAFE if doubt else Fixability.SAFE,
        doubt=doubt,
    )


def _is_vouched(patch: Patch, text: str, vouched: set[tuple[str, ...]]) -> bool:
    """Whether the same accident, by this or a sibling codec that explains the patch alike, happened elsewhere."""
    return any(_misread(patch.new, chain) == patch.span.of(text) for chain in vouched)


def _misread(text: str, undone: tuple[str, ...]) -> str:
    """Repaired text pushed forward through the chain again."""
    for name in reversed(undone):
        text = codec(name).misread(text)
    return text


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span overlaps one of the others, which are sorted and don't overlap one another."""
    at = bisect_left(others, span.end, key=lambda other: other.start)
    return at > 0 and others[at - 1].end > span.start
