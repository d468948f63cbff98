"""Which of several posts to keep, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from postmend.comparator import slugs
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.policy import DuplicatePolicy
from postmend.model import Unit

Links = Mapping[str, int]  # by path: how many posts link to it

_UNDATED = "9999"


def as_repaired(post: Fingerprint, policy: DuplicatePolicy) -> Fingerprint:
    """The post, without damage if the run repairs it."""
    return replace(post, damage=0) if 0 < post.damage <= policy.repaired else post


def rank(post: Fingerprint, links: int = 0) -> tuple[object, ...]:
    """Sorts the post to keep to the front.

    That is the one whose text is sound, that does not point elsewhere as the original, is published, older, linked from
    more posts, without the slug of a copy, longer; else the first by path.
    """
    return (
        post.damage > 0,
        post.moved,
        post.draft,
        post.date or _UNDATED,
        -links,
        slugs.is_marked_copy(post.slug),
        -post.tokens,
        post.path,
    )


def reasons(kept: Fingerprint, others: Sequence[Fingerprint], links: Links) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for keeping a post, and what against it, compared with the best one of the others."""
    rival = min(others, key=lambda post: rank(post, links.get(post.path, 0)))
    speak_for = tuple(_advantages(kept, rival, links))
    return speak_for or ("the first by name; nothing else tells them apart",), tuple(_drawbacks(kept, rival, links))


def _advantages(kept: Fingerprint, rival: Fingerprint, links: Links) -> Iterator[str]:
    if rival.damage and not kept.damage:
        yield "its text is not damaged"
    if rival.moved and not kept.moved:
        yield "the other one points elsewhere as the original"
    if rival.draft and not kept.draft:
        yield "not a draft"
    if kept.date and (kept.date < (rival.date or _UNDATED)):
        yield f"older ({kept.date}, the other {rival.date or 'has no date'})"
    if _linked(kept, links) > _linked(rival, links):
        yield f"more links to it ({_counts(kept, rival, links)})"
    if slugs.is_marked_copy(rival.slug) and not slugs.is_marked_copy(kept.slug):
        yield f"better slug (the other is `{rival.slug}`)"
    if kept.tokens > rival.tokens:
        yield f"longer by {_amount(kept.tokens - rival.tokens, kept)}"


def _drawbacks(kept: Fingerprint, rival: Fingerprint, links: Links) -> Iterator[str]:
    """Those of the same that a person may weigh differently."""
    if kept.draft and not rival.draft:
        yield "a draft"
    if rival.date and rival.date < (kept.date or _UNDATED):
        yield f"newer ({kept.date or 'has no date'}, the other {rival.date})"
    if _linked(kept, links) < _linked(rival, links):
        yield f"fewer links to it ({_counts(kept, rival, links)})"
    if slugs.is_marked_copy(kept.slug) and not slugs.is_marked_copy(rival.slug):
        yield f"slug of a copy (`{kept.slug}`)"
    if kept.tokens < rival.tokens:
        yield f"shorter by {_amount(rival.tokens - kept.tokens, kept)}"


def _linked(post: Fingerprint, links: Links) -> int:
    return links.get(post.path, 0)


def _counts(kept: Fingerprint, rival: Fingerprint, links: Links) -> str:
    return f"{_linked(kept, links):,}, to the other {_linked(rival, links):,}"


def _amount(count: int, post: Fingerprint) -> str:
    return f"{count:,} {unit_of(post)[: -1 if count == 1 else None]}"


def unit_of(*posts: Fingerprint) -> Unit:
    """What the texts are counted in."""
    return "characters" if all(post.characters for post in posts) else "words"
