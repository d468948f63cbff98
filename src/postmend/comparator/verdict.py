"""What a pair means, in one plain sentence."""

from __future__ import annotations

from postmend.comparator.codes import (
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
from postmend.comparator.keeping import unit_of
from postmend.comparator.metadata import Likeness
from postmend.comparator.similarity import Overlap


def verdict(
    code: str, left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness, min_words: int
) -> str:
    """One sentence for the code, true of these two posts. Shorter bodies than `min_words` say little."""
    jaccard, containment = percent(overlap.jaccard), percent(overlap.containment)
    unit, runs = unit_of(left, right), _runs(left, right)
    sentences = {
        SAME_BODY: f"Same text, {unit[:-1]} for {unit[:-1]}.",
        NEAR_BODY: f"Nearly the same text: {jaccard} of their {runs} are in both posts.",
        CONTAINED: f"{containment} of the shorter post's {runs} are also in the longer one.",
        REWRITTEN: f"Same title, description and {_occasion(left, right)}: likely one post, rewritten.",
        SIMILAR_SLUG: f"{_title(likeness)} and the same slug but for its writing; different texts.",
        SAME_URL: f"Both posts are published at {left.url}.",
        SAME_TITLE: "Same title, but different texts.",
        UNTRANSLATED: f"Same text in {_locale(left)} and {_locale(right)}: not translated yet.",
    }
    return sentences.get(code) or _unrelated(left, right, overlap, likeness, min_words)


def percent(share: float) -> str:
    """A share as a whole percentage, rounded down, so that only all is 100%; a little is `under 1%`."""
    return "under 1%" if 0 < share < 0.01 else f"{int(share * 100 + 1e-9)}%"


def _runs(left: Fingerprint, right: Fingerprint) -> str:
    return f"five-{unit_of(left, right)[:-1]} runs"


def _title(likeness: Likeness) -> str:
    return "Same title" if likeness.same_title else f"Titles {percent(likeness.title)} alike"


def _occasion(left: Fingerprint, right: Fingerprint) -> str:
    return "date" if left.date is not None and left.date == right.date else "tags"


def _locale(post: Fingerprint) -> str:
    return post.locale or "the default language"


def _unrelated(left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness, min_words: int) -> str:
    if not overlap.shared:
        return f"Different texts: no run of five {unit_of(left, right)} is in both posts."
    share = f"{percent(overlap.containment)} of the shorter post's {_runs(left, right)} are in both"
    if left.locale != right.locale and left.page == right.page:
        return f"One page in two languages: {share}."
    if likeness.series:
        return f"Parts of a series: {share}."
    if min(left.tokens, right.tokens) < min_words:
        return f"Too short to be called duplicates: {share}."
    return f"No duplicates: {share}."
