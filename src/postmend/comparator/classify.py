"""The class of a pair of posts, from the overlap of their bodies and the likeness of their metadata."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from postmend.comparator import titles
from postmend.comparator.codes import (
    CONTAINED,
    NEAR_BODY,
    REWRITTEN,
    SAME_BODY,
    SAME_TITLE,
    SIMILAR_SLUG,
    UNRELATED,
    UNTRANSLATED,
)
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.metadata import Likeness
from postmend.comparator.policy import DuplicatePolicy
from postmend.comparator.similarity import Overlap
from postmend.comparator.tokens import SHINGLE
from postmend.comparator.vocabulary import LANGUAGES

_SAME_TEXT = 0.90  # Jaccard from which a page in another locale has not been translated
EVIDENCE = 0.8  # of `min_words`: shared shingles that are more than a quotation
_EXCERPT = 0.60  # of the longer body: a shorter one is a part rather than a version
_VERSION = re.compile(
    r"v?(?!(?:19|20)\d\d\Z)\d+(?:[._-](?:\d+|x))*|v\d{4}|version(?:ed|s)?[-_].+|next|latest|stable|current"
)
_STUB = 5  # tokens below which equal bodies mean nothing
_SIMILAR_TITLE = 0.80
_TITLE_WORDS = 3  # a title of fewer words is likely to fit several posts


def classify(
    left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness, policy: DuplicatePolicy
) -> str:
    """The strongest code of two posts, URL collisions aside; empty when they are no duplicates."""
    # Translations share their code, but never most of their text.
    copied = policy.cross_language and overlap.containment >= policy.threshold
    if not copied and are_translations(left, right, policy):
        return _untranslated(left, right, overlap, policy)
    if are_versions(left, right):
        return UNRELATED
    if _same_body(left, right, likeness, policy):
        return SAME_BODY
    if likeness.series or (likeness.sequel and overlap.jaccard < _SAME_TEXT):
        return UNRELATED
    if _same_text(left, right, overlap, likeness, policy):
        shorter, longer = sorted((left.tokens, right.tokens))
        return CONTAINED if shorter < _EXCERPT * longer else NEAR_BODY
    if likeness.rewritten:
        return REWRITTEN
    return _alike_outside(left, right, likeness)


def are_translations(left: Fingerprint, right: Fingerprint, policy: DuplicatePolicy) -> bool:
    """Whether two posts are for readers of different languages.

    A post without a locale is the default language's page when the other one has the same page, and else may
    be of any. When neither has one, their folders may tell: `docs/en/setup.md` and `docs/fr/setup.md`.
    """
    if left.locale is None and right.locale is None:
        return _in_language_folders(left.path, right.path)
    if left.locale == right.locale:
        return False
    if left.page == right.page:
        return True
    return not policy.cross_language and left.locale is not None and right.locale is not None


def _in_language_folders(left: str, right: str) -> bool:
    """Whether two paths differ in a folder only, and that is named after a language."""
    ours, theirs = PurePosixPath(left).parts, PurePosixPath(right).parts
    if len(ours) != len(theirs):
        return False
    differ = [pair for pair in zip(ours[:-1], theirs[:-1], strict=True) if pair[0] != pair[1]]
    languages = {re.split("[-_]", part)[0].lower() for pair in differ for part in pair}
    return len(differ) == 1 and ours[-1] == theirs[-1] and languages <= LANGUAGES


def are_versions(left: Fingerprint, right: Fingerprint) -> bool:
    """Whether two posts are one page in two versions of the documentation: `v1/setup.md` and `v2/setup.md`.

    The file name must be the same, lest `about.md` and `about.mdx`, which are one page too, pass as versions;
    and a folder must be named like a version, lest a copy in another folder does.
    """
    one, other = PurePosixPath(left.path), PurePosixPath(right.path)
    if left.page != right.page or one.name != other.name:
        return False
    return any(_VERSION.fullmatch(part) for part in set(one.parts) ^ set(other.parts))


def _untranslated(left: Fingerprint, right: Fingerprint, overlap: Overlap, policy: DuplicatePolicy) -> str:
    long_enough = min(left.tokens, right.tokens) >= policy.min_words
    same = left.digest == right.digest or overlap.jaccard >= _SAME_TEXT
    return UNTRANSLATED if long_enough and same else UNRELATED


def _same_body(left: Fingerprint, right: Fingerprint, likeness: Likeness, policy: DuplicatePolicy) -> bool:
    if not left.digest or left.digest != right.digest:
        return False
    return left.tokens >= policy.min_words or (
        left.tokens >= _STUB and (likeness.same_title or likeness.same_description) and not likeness.series
    )


def _same_text(
    left: Fingerprint, right: Fingerprint, overlap: Overlap, likeness: Likeness, policy: DuplicatePolicy
) -> bool:
    """Whether the posts share text, templates aside, to a degree that chance and quotations do not reach."""
    tokens = min(left.tokens, right.tokens)
    if tokens < policy.min_words:
        return False
    evidence = EVIDENCE * policy.min_words
    if likeness.same_title and overlap.containment >= policy.threshold and overlap.shared >= evidence:
        return True  # whatever part of it is a template
    if overlap.residual_shared >= 2 * evidence and overlap.mutual >= policy.threshold**SHINGLE:
        return True
    # Two characters say about as much as a word: a hundred of them are a short text.
    words = tokens // 2 if left.characters and right.characters else tokens
    needed = policy.containment(words, supported=likeness.supports)
    # Residual containment alone would report two posts that are all template but for one quotation.
    share = min(overlap.residual, overlap.containment)
    return overlap.residual_shared >= evidence and share >= needed


def _alike_outside(left: Fingerprint, right: Fingerprint, likeness: Likeness) -> str:
    if left.page == right.page or likeness.periodic or likeness.recurring or min(left.tokens, right.tokens) < _STUB:
        return UNRELATED
    if left.locale and right.locale and left.locale != right.locale:
        return UNRELATED
    words = titles.word_count(left.title)
    # An equal slug alone says little: in two public folders 375 of 752 such pairs had nothing else in common.
    least = _TITLE_WORDS - 1 if likeness.same_title and left.slug != right.slug else _TITLE_WORDS
    if likeness.same_slug and likeness.title >= _SIMILAR_TITLE and words >= least:
        return SIMILAR_SLUG
    return SAME_TITLE if likeness.same_title and words >= _TITLE_WORDS else UNRELATED
