"""What a pair means, in one plain sentence, and which of the two posts to keep."""

from __future__ import annotations

from postmend.comparator import slugs
from postmend.comparator.classify import (
    CONTAINED,
    NEAR_BODY,
    REWRITTEN,
    SAME_BODY,
    SAME_TITLE,
    SAME_URL,
    SIMILAR_SLUG,
    UNTRANSLATED,
)
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.metadata import Likeness
from postmend.comparator.similarity import Overlap


def verdict(code: str, left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness) -> str:
    """One sentence for the code, true of these two posts."""
    jaccard, containment = percent(overlap.jaccard), percent(overlap.containment)
    sentences = {
        SAME_BODY: "Same text, word for word.",
        NEAR_BODY: f"Nearly the same text: {jaccard} of their five-word runs are in both posts.",
        CONTAINED: f"{containment} of the shorter post's five-word runs are also in the longer one.",
        REWRITTEN: f"Same title, description and {_occasion(left, right)}: likely one post, rewritten.",
        SIMILAR_SLUG: f"{_title(likeness)} and the same slug but for its writing; different texts.",
        SAME_URL: f"Both posts are published at {left.url}.",
        SAME_TITLE: "Same title, but different texts.",
        UNTRANSLATED: f"Same text in {_locale(left)} and {_locale(right)}: not translated yet.",
    }
    return sentences.get(code) or _unrelated(left, right, overlap, likeness)


def percent(share: float) -> str:
    """A share as a whole percentage, rounded down, so that only all is 100%; a little is `under 1%`."""
    return "under 1%" if 0 < share < 0.01 else f"{int(share * 100 + 1e-9)}%"


def keep(left: Fingerprint, right: Fingerprint) -> Fingerprint:
    """The better one of two posts: see `rank`."""
    return min(left, right, key=rank)


def rank(post: Fingerprint) -> tuple[bool, str, bool, int, str]:
    """Sorts the post to keep to the front: published, older, with a clean slug, longer, then by path."""
    return post.draft, post.date or "9999", slugs.is_marked_copy(post.slug), -post.tokens, post.path


def _title(likeness: Likeness) -> str:
    return "Same title" if likeness.same_title else f"Titles {percent(likeness.title)} alike"


def _occasion(left: Fingerprint, right: Fingerprint) -> str:
    return "date" if left.date is not None and left.date == right.date else "tags"


def _locale(post: Fingerprint) -> str:
    return post.locale or "the default language"


def _unrelated(left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness) -> str:
    if not overlap.shared:
        return "Different texts: no run of five words is in both posts."
    share = f"{percent(overlap.containment)} of the shorter post's five-word runs are in both"
    if left.locale != right.locale and left.page == right.page:
        return f"One page in two languages: {share}."
    if likeness.series:
        return f"Parts of a series: {share}."
    return f"No duplicates: {share}."
