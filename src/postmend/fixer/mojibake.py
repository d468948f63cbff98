"""Finds UTF-8 that was read in a wrong encoding, once or several times, and what it was.

Repair is a choice between two stories: the text is as its author wrote it, or a span of it went through a chain of
wrong decodings. Each round undoes one step wherever that is convincing; text that was damaged twice takes two rounds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Sequence

from postmend.fixer import language, patches
from postmend.fixer.accidents import is_guess, misread
from postmend.fixer.choosing import Choice, choose
from postmend.fixer.decomposed import find_decomposed
from postmend.fixer.doublebyte import ODD_BYTES
from postmend.fixer.indentation import indentation
from postmend.fixer.patches import Patch, overlaps
from postmend.fixer.places import Place, places
from postmend.fixer.recurring import recurring
from postmend.fixer.remainder import left_over
from postmend.fixer.remains import accidents_of_remains
from postmend.fixer.screen import find_candidates, is_clear
from postmend.fixer.specimens import shown_on_purpose
from postmend.model import Fixability, Repair, Span

MOST_ROUNDS = 12  # four layers of three different accidents
MOST_PASSES = 12
Guard = Callable[[str], Sequence[Span]]

ON_PURPOSE = "the article seems to show damaged text on purpose"
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}  # controls, unassigned, private, surrogates
GUARDED = 36.0  # nats that a span in code or in an address needs when nothing outside of code has the same damage
LEAST_LEAD = 6.0  # nats between the best reading and the next
TIE = 1.0  # nats within which two readings are as good as each other: neither is for a machine to choose
LEAST_LEAD_OF_GUESS = 10.0  # the same where no UTF-8 proves either


def _nothing(text: str) -> Sequence[Span]:
    return ()


def find_repairs(text: str, guard: Guard = _nothing, elsewhere: Collection[str] = ()) -> tuple[Repair, ...]:
    """All damaged spans of `text`, in order and without overlap.

    `guard` tells the spans of a text (code, addresses), sorted, that are repaired safely only where the text outside of
    them shows the same damage; it is called when there is damage at all. `elsewhere` are accidents (names as in the
    chains of repairs) that happened for certain in other files of the folder, which makes them a little likelier here.
    """
    return _found(text, guard, elsewhere, safe_only=False)


def _found(text: str, guard: Guard, elsewhere: Collection[str], *, safe_only: bool) -> tuple[Repair, ...]:
    if text.isascii() or (is_clear(text) and not recurring(text)):
        return ()
    apart = find_decomposed(text, lambda whole: _find(whole, guard, elsewhere, safe_only))
    return _find(text, guard, elsewhere, safe_only) if apart is None else apart


def _find(text: str, guard: Guard, elsewhere: Collection[str], safe_only: bool) -> tuple[Repair, ...]:
    """The repairs of a text whose letters are whole; if `safe_only`, others may be missing."""
    done = patches.merge(text, [], indentation(text))
    for _ in range(MOST_ROUNDS):
        current = patches.apply(text, done)
        placed = list(places(current, _round(current, elsewhere)))
        if done:
            placed = _not_guessed(placed, done)
        settled = not any(p.choice.convincing for p in placed)
        if settled:
            placed = _with_others(placed, left_over(text, done) if done else recurring(text))
        done = patches.merge(text, done, placed)
        if settled:
            break
    guarded = guard(text) if done else ()
    vouched = {p.undone for p in done if p.convincing and (p.gain >= GUARDED or not overlaps(p.span, guarded))}
    shown = shown_on_purpose(text, [p.span for p in done])
    repairs = [_judged(text, patch, _doubt(patch, text, vouched, guarded, shown)) for patch in done]
    vouched = vouched or accidents_of_remains(text)
    if not repairs and (safe_only or not (vouched or ODD_BYTES.search(text))):
        return ()
    from postmend.fixer.lossy import find_lossy  # which most posts do without

    known = tuple(sorted(repairs, key=lambda r: r.span))
    found = find_lossy(text, known, vouched, safe_only=safe_only)
    return known if found == known or shown_on_purpose(text, [r.span for r in found]) else found


def repair(text: str, guard: Guard = _nothing, unsafe: bool = False, elsewhere: Collection[str] = ()) -> str:
    """`text` with its safe repairs applied, and the unsafe ones too when asked for. Repairing twice changes no more.

    What stays doubtful in one pass may be clear in the next, when the rest of the document no longer points to another
    accident. So passes follow one another until one finds nothing.
    """
    wanted = {Fixability.SAFE, Fixability.UNSAFE} if unsafe else {Fixability.SAFE}
    for _ in range(MOST_PASSES):
        found = _found(text, guard, elsewhere, safe_only=not unsafe)
        repairs = [r for r in found if r.fixability in wanted]
        if not repairs:
            break
        text = patches.splice(text, ((r.span, r.new) for r in repairs))
    return text


def _not_guessed(placed: Sequence[Place], done: Sequence[Patch]) -> list[Place]:
    """Without guesses about what is repaired already: old spelling of Romanian looks like Turkish that was misread."""
    repaired = patches.new_spans(done)
    return [p for p in placed if not (is_guess(p.choice.candidate.codec) and overlaps(p.span, repaired))]


def _with_others(doubtful: Sequence[Place], certain: Sequence[Place]) -> list[Place]:
    """Places found in other ways, and of those that are only worth showing the ones that stand elsewhere."""
    spans = [place.span for place in certain]
    return sorted([*certain, *(p for p in doubtful if not overlaps(p.span, spans))], key=lambda p: p.span)


def _round(text: str, elsewhere: Collection[str]) -> list[Choice]:
    """What one step back would repair."""
    words, found = find_candidates(text)
    return choose(words, found, elsewhere) if found else []


def _doubt(patch: Patch, text: str, vouched: set[tuple[str, ...]], guarded: Sequence[Span], shown: bool) -> str:
    """Why the patch is not safe to apply; empty when it is."""
    if shown:
        return ON_PURPOSE
    if not patch.convincing:
        return "too little evidence for it in this document"
    if misread(patch.new, patch.undone) != patch.span.of(text):
        return "the damage is mixed and can't be proved step by step"
    if patch.lead < (LEAST_LEAD_OF_GUESS if any(map(is_guess, patch.undone)) else LEAST_LEAD):
        return "another reading is nearly as likely"
    if _is_no_text(patch.new):
        return "what comes out is no text either"
    if patch.gain < GUARDED and overlaps(patch.span, guarded) and not _is_vouched(patch, text, vouched):
        return "it stands in code or in an address, and the text around it is not damaged"
    return ""


def _is_no_text(new: str) -> bool:
    return any(c == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(c) in _NO_TEXT for c in new)


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
        reversible=misread(patch.new, patch.undone) == old,
        fixability=_fixability(patch, doubt),
        doubt=doubt,
    )


def _fixability(patch: Patch, doubt: str) -> Fixability:
    if not doubt:
        return Fixability.SAFE
    hopeless = patch.lead < TIE or (_is_no_text(patch.new) and any(map(is_guess, patch.undone)))
    return Fixability.DISPLAY if hopeless else Fixability.UNSAFE


def _is_vouched(patch: Patch, text: str, vouched: set[tuple[str, ...]]) -> bool:
    """Whether the same accident, by this or a sibling codec that explains the patch alike, happened elsewhere."""
    return any(misread(patch.new, chain) == patch.span.of(text) for chain in vouched)
