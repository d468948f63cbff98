"""The duplicates of a corpus: candidates, exact comparison, classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from postmend.comparator.classify import ORDER, SAME_TITLE, SAME_URL, SIMILAR_SLUG, UNRELATED, classify
from postmend.comparator.fingerprints import Fingerprint, fingerprint
from postmend.comparator.join import Common, join
from postmend.comparator.metadata import Likeness, Metadata, linked
from postmend.comparator.policy import DuplicatePolicy
from postmend.comparator.similarity import Overlap, overlap
from postmend.comparator.templates import Templates, are_one_article, components, find_templates
from postmend.comparator.tokens import SHINGLE, Hashes
from postmend.comparator.verdict import keep, verdict
from postmend.model import Pair, Post

_PRODUCT = 64  # pairs between two groups of equal bodies before they are cut short


def find_duplicates(
    fingerprints: Iterable[Fingerprint],
    policy: DuplicatePolicy | None = None,
    query: frozenset[str] | None = None,
) -> tuple[Pair, ...]:
    """All pairs of posts worth a report, sorted by path; with `query` (paths) those that touch one of its
    posts.

    A pair occurs once, with its strongest code, and once more when the two also collide in their URL (PM206).
    The result does not depend on the order of the fingerprints; of two with one path the last counts.
    """
    policy = policy or DuplicatePolicy()
    known = {post.path: post for post in fingerprints if policy.include_drafts or not post.draft}
    return Corpus([known[path] for path in sorted(known)], policy).pairs(query)


def compare(left: Post, right: Post, policy: DuplicatePolicy | None = None) -> Pair:
    """Two posts, compared as if they were a whole corpus; the code is empty when they are no duplicates."""
    posts = sorted((fingerprint(left), fingerprint(right)), key=lambda post: post.path)
    corpus = Corpus(posts, policy or DuplicatePolicy(), alone=True)
    collide = posts[0].url is not None and posts[0].url == posts[1].url
    code = corpus.code(0, 1)
    return corpus.pair(0, 1, min(code, SAME_URL, key=ORDER.index) if collide else code)


class Corpus:
    """Posts, sorted by path, and what is known of them together."""

    def __init__(self, posts: Sequence[Fingerprint], policy: DuplicatePolicy, *, alone: bool = False) -> None:
        self.posts = posts
        self.policy = policy
        self.metadata = Metadata(posts)
        self._hashes = [post.hashes for post in posts]
        self._own: dict[int, int] = {}
        self._equal = self._equal_bodies()
        self._joined: list[tuple[int, int]] = []
        self._templates: Templates | None = None
        if not alone:
            self._joined, self._templates = self._join()

    def pairs(self, query: frozenset[str] | None = None) -> tuple[Pair, ...]:
        """The pairs worth a report, sorted."""
        asked = None if query is None else {n for n, post in enumerate(self.posts) if post.path in query}
        found: set[tuple[int, int, str]] = set()
        for one, other in self._candidates():
            if asked is None or one in asked or other in asked:
                found.add((one, other, self.code(one, other)))
        for one, other in self.metadata.collisions():
            if asked is None or one in asked or other in asked:
                found -= {(one, other, SIMILAR_SLUG), (one, other, SAME_TITLE)}
                found.add((one, other, SAME_URL))
        ordered = sorted(found, key=lambda entry: (entry[0], entry[1], ORDER.index(entry[2])))
        return tuple(self.pair(*entry) for entry in ordered if entry[2] != UNRELATED)

    def code(self, one: int, other: int) -> str:
        """The strongest code of two posts, URL collisions aside."""
        code = classify(
            self.posts[one],
            self.posts[other],
            self.overlap(one, other),
            self.likeness(one, other),
            self.policy,
        )
        if code in (SIMILAR_SLUG, SAME_TITLE) and not self.metadata.few_have_title(self.posts[one]):
            return UNRELATED
        return code

    def pair(self, one: int, other: int, code: str) -> Pair:
        """The pair with all its scores."""
        left, right = self.posts[one], self.posts[other]
        shared, alike = self.overlap(one, other), self.likeness(one, other)
        return Pair(
            left=left.path,
            right=right.path,
            code=code,
            body=shared.jaccard,
            containment=shared.containment,
            slug=alike.slug,
            title=alike.title,
            description=alike.description,
            shared=shared.shared,
            locales=(left.locale, right.locale),
            verdict=verdict(code, left, right, shared, alike),
            keep=keep(left, right).path,
        )

    def overlap(self, one: int, other: int) -> Overlap:
        """The exact overlap of two bodies, and what of it is no template's."""
        if self._templates is None:
            return overlap(self._hashes[one], self._hashes[other])
        own = self._own_size(one), self._own_size(other)
        return overlap(self._hashes[one], self._hashes[other], self._templates, own)

    def likeness(self, one: int, other: int) -> Likeness:
        """How alike the metadata of two posts are."""
        return self.metadata.likeness(one, other)

    def _own_size(self, number: int) -> int:
        if number not in self._own and self._templates is not None:
            self._own[number] = len(self._templates.own(self._hashes[number]))
        return self._own[number]

    def _equal_bodies(self) -> list[list[int]]:
        groups: dict[bytes, list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            groups[post.digest or post.path.encode("utf-8", "surrogateescape")].append(number)
        return list(groups.values())

    def _candidates(self) -> set[tuple[int, int]]:
        """Pairs to compare: joined by rare shingles, equal in body, or alike in metadata."""
        found = set(self.metadata.candidates())
        for group in self._equal:
            found.update(linked(group))
        for one, other in self._joined:
            both = product(self._equal[one], self._equal[other])
            found.update((min(pair), max(pair)) for pair in islice(both, _PRODUCT))
        return found

    def _join(self) -> tuple[list[tuple[int, int]], Templates]:
        """One post of each group of equal bodies is joined: all would make their shingles common."""
        hashes = [self._hashes[group[0]] for group in self._equal]
        joined, common = join(hashes)
        articles = components(len(hashes), self._one_article(joined, hashes, common))
        return joined, find_templates(common, articles)

    def _one_article(
        self, joined: Iterable[tuple[int, int]], hashes: Sequence[Hashes], common: Common
    ) -> Iterator[tuple[int, int]]:
        """Pairs (numbers of groups) that are evidently versions of one article."""
        for one, other in joined:
            left, right = self._equal[one][0], self._equal[other][0]
            alike = self.likeness(left, right)
            if alike.series:
                continue
            shared = overlap(hashes[one], hashes[other])
            if alike.supports:
                linked_up = shared.containment >= self.policy.threshold**SHINGLE
            else:
                linked_up = are_one_article(hashes[one], hashes[other], shared.jaccard, common)
            if linked_up:
                yield one, other
