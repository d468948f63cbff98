"""The comparison as its rules say it, without hashes, indexes or shortcuts: every pair of posts, sets of words.

Slow, and for plain texts only: words are what stands between spaces. Of the comparator itself it uses what judges a
pair once all is counted: `classify` and the likeness of metadata.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from statistics import median

from postmend.comparator.classify import EVIDENCE, classify
from postmend.comparator.codes import CONTAINED, SAME_TITLE, SAME_URL, SIMILAR_SLUG, UNRELATED
from postmend.comparator.corpus import COLLECTED
from postmend.comparator.fingerprints import Fingerprint, fingerprint
from postmend.comparator.library import keys
from postmend.comparator.metadata import Metadata
from postmend.comparator.policy import DuplicatePolicy
from postmend.comparator.similarity import Overlap
from postmend.model import Post

Run = tuple[str, ...]
Row = tuple[str, str, str, float, float, int]  # left, right, code, Jaccard, containment, shared runs


def runs(words: Sequence[str]) -> frozenset[Run]:
    """All runs of five words; the one shorter run when there are fewer."""
    length = min(5, len(words))
    return frozenset(tuple(words[n : n + length]) for n in range(len(words) - length + 1)) if words else frozenset()


def all_pairs(posts: Sequence[Post], policy: DuplicatePolicy) -> list[Row]:
    """The pairs of a few posts, sorted as in reports."""
    return sorted(_Naive(posts, policy).rows())


class _Naive:
    def __init__(self, posts: Sequence[Post], policy: DuplicatePolicy) -> None:
        posts = sorted((p for p in posts if policy.include_drafts or not p.draft), key=lambda post: post.document.path)
        self.policy = policy
        self.prints = [fingerprint(post) for post in posts]
        self.words = [tuple(post.document.body_text.split()) for post in posts]
        self.runs = [runs(words) for words in self.words]
        self.firsts = [n for n, words in enumerate(self.words) if not words or words not in self.words[:n]]
        self.owners: dict[Run, set[int]] = {}
        for number in self.firsts:
            for run in self.runs[number]:
                self.owners.setdefault(run, set()).add(number)
        self.metadata = Metadata(self)  # type: ignore[arg-type]
        self.likeness = cache(self.metadata.likeness)
        self.family = cache(self._family)
        self.are_versions = cache(self._are_versions)

    def post(self, number: int) -> Fingerprint:
        return self.prints[number]

    def having(self, key: int | None) -> Sequence[int]:
        found = [n for n, post in enumerate(self.prints) if key in keys(post)]
        return found if len(found) > 1 else ()

    def rows(self) -> list[Row]:
        found: list[Row] = []
        for one, other in combinations(range(len(self.prints)), 2):
            left, right = self.prints[one], self.prints[other]
            code = self.code(one, other)
            if code == CONTAINED and self.is_from_collection(one, other):
                code = UNRELATED
            collide = left.url is not None and left.url == right.url
            codes = {code} - ({SIMILAR_SLUG, SAME_TITLE} if collide else set())
            for each in codes - {UNRELATED} | ({SAME_URL} if collide else set()):
                whole = self.whole(one, other)
                found.append((left.path, right.path, each, whole.jaccard, whole.containment, whole.shared))
        return found

    def code(self, one: int, other: int) -> str:
        left, right = self.prints[one], self.prints[other]
        code = classify(left, right, self.overlap(one, other), self.likeness(one, other), self.policy)
        rare = self.metadata.few_have_title(left)
        return UNRELATED if code in (SIMILAR_SLUG, SAME_TITLE) and not rare else code

    def is_from_collection(self, one: int, other: int) -> bool:
        """Whether the longer of two posts holds several other articles as well."""
        longer, shorter = sorted((one, other), key=lambda n: -len(self.words[n]))
        longer, shorter = (self.words.index(self.words[n]) for n in (longer, shorter))
        parts = {
            frozenset(self.family(self.words.index(self.words[n])))
            for n in range(len(self.words))
            if len(self.words[n]) < len(self.words[longer]) and self.code(*sorted((n, longer))) == CONTAINED
        }
        return len(parts - {frozenset(self.family(shorter))}) >= COLLECTED - 1

    def whole(self, one: int, other: int) -> Overlap:
        ours, theirs = self.runs[one], self.runs[other]
        shared = len(ours & theirs)
        if not shared:
            return Overlap(0, 0.0, 0.0, 0, 0.0, 0.0)
        few, many = sorted((len(ours), len(theirs)))
        return Overlap(shared, shared / len(ours | theirs), shared / few, shared, shared / few, shared / many)

    def overlap(self, one: int, other: int) -> Overlap:
        whole = self.whole(one, other)
        one, other = (self.words.index(self.words[n]) for n in (one, other))
        if whole.shared < EVIDENCE * self.policy.min_words or one == other:
            return whole
        family, theirs = self.family(one), self.family(other)
        linked = other in family
        both = family | theirs
        left, right = (self.own(n, one, other, both, linked) for n in (one, other))
        shared = len(left & self.runs[other])
        if not shared:
            return Overlap(whole.shared, whole.jaccard, whole.containment, 0, 0.0, 0.0)
        few, many = sorted((len(left), len(right)))
        return Overlap(whole.shared, whole.jaccard, whole.containment, shared, shared / few, shared / many)

    def own(self, number: int, one: int, other: int, family: set[int], linked: bool) -> set[Run]:
        """The runs of a post that are no template's: fewer than three distinct articles have them."""
        shared = self.runs[one] & self.runs[other]
        own = set()
        for run in self.runs[number]:
            strangers = len(self.owners[run] - family)
            allowed = 1 if run in shared and not linked else 2
            if len(self.owners[run]) < 3 or strangers < allowed:
                own.add(run)
        return own

    def _family(self, first: int) -> set[int]:
        family = {first}
        while new := {n for n in self.firsts for m in family if n not in family and self.are_versions(*sorted((n, m)))}:
            family |= new
        return family

    def _are_versions(self, one: int, other: int) -> bool:
        """Whether two different texts are evidently versions of one article."""
        alike, whole = self.likeness(one, other), self.whole(one, other)
        shared = self.runs[one] & self.runs[other]
        if alike.series or sum(len(self.owners[run]) <= 16 for run in shared) < 10:
            return False
        if alike.supports:
            return whole.containment >= self.policy.threshold**5
        if whole.jaccard < 0.33:
            return False
        common = [len(self.owners[run]) for run in shared if len(self.owners[run]) >= 3]
        private = 1 - len(common) / len(shared) >= 0.10
        return private or (whole.jaccard >= 0.60 and median(common) <= 5)
