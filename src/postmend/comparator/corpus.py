"""Posts compared with all others of a library: candidates, exact comparison, classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from postmend.comparator.classify import EVIDENCE, classify
from postmend.comparator.codes import CONTAINED, ORDER, SAME_TITLE, SAME_URL, SIMILAR_SLUG, UNRELATED
from postmend.comparator.excuses import are_excused
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.keeping import as_repaired, rank, reasons, unit_of
from postmend.comparator.library import Library, body_key, description_key, slug_key, title_key, url_key
from postmend.comparator.metadata import SOME, Metadata, linked
from postmend.comparator.policy import DuplicatePolicy
from postmend.comparator.similarity import Overlap, overlap, without_templates
from postmend.comparator.templates import Side, are_one_article, own_shingles
from postmend.comparator.tokens import SHINGLE
from postmend.comparator.verdict import verdict
from postmend.model import Pair

COLLECTED = 4  # articles that a post holds most of before it is a collection of them
_PRODUCT = 64  # pairs between two groups of equal bodies before they are cut short
_REMEMBERED = 1 << 16  # comparisons

Two = tuple[int, int]  # numbers of posts, the one with the lower path first


class Corpus:
    """A library, and what is known of pairs of its posts. What is found of a pair depends on no other question."""

    def __init__(self, library: Library, policy: DuplicatePolicy) -> None:
        self.library = library
        self.policy = policy
        self.metadata = Metadata(library)
        self.whole = lru_cache(maxsize=_REMEMBERED)(self._whole)
        self.likeness = lru_cache(maxsize=_REMEMBERED)(self.metadata.likeness)
        self._families: dict[int, frozenset[int]] = {}
        self._versions = lru_cache(maxsize=_REMEMBERED)(self._find_versions)
        self._parts = lru_cache(maxsize=256)(self._find_parts)
        self._side = lru_cache(maxsize=256)(self._find_side)

    def pairs(self, asked: Iterable[int]) -> tuple[Pair, ...]:
        """The pairs worth a report that hold one of the posts asked about, sorted by path."""
        candidates: set[Two] = set()
        collisions: set[Two] = set()
        for number in asked:
            candidates.update(self._candidates(number))
            collisions.update(pair for pair in self._linked_by(url_key(self._post(number))) if number in pair)
        found: set[tuple[int, int, str]] = {(*pair, self.code(*pair)) for pair in candidates}
        found = {entry for entry in found if entry[2] != UNRELATED and not self._is_excused(*entry[:2])}
        found = {entry for entry in found if entry[2] != CONTAINED or not self._is_from_collection(*entry[:2])}
        for one, other in collisions:
            found -= {(one, other, SIMILAR_SLUG), (one, other, SAME_TITLE)}
            found.add((one, other, SAME_URL))
        pairs = [self.pair(*entry) for entry in found]
        return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right, ORDER.index(pair.code))))

    def code(self, one: int, other: int) -> str:
        """The strongest code of two posts, URL collisions aside."""
        left, right = self._post(one), self._post(other)
        code = classify(left, right, self.overlap(one, other), self.likeness(one, other), self.policy)
        if code in (SIMILAR_SLUG, SAME_TITLE) and not self.metadata.few_have_title(left):
            return UNRELATED
        return code

    def pair(self, one: int, other: int, code: str) -> Pair:
        """The pair with all its scores."""
        left, right = self._post(one), self._post(other)
        shared, alike = self.whole(one, other), self.likeness(one, other)
        links = {left.path: self.library.linking(one), right.path: self.library.linking(other)}
        both = (as_repaired(post, self.policy) for post in (left, right))
        kept, spare = sorted(both, key=lambda post: rank(post, links[post.path]))
        speak_for, against = reasons(kept, [spare], links)
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
            verdict=verdict(code, left, right, shared, alike, self.policy.min_words),
            keep=kept.path,
            unit=unit_of(left, right),
            words=(left.tokens, right.tokens),
            links=(links[left.path], links[right.path]),
            reasons=speak_for,
            objections=against,
        )

    def overlap(self, one: int, other: int) -> Overlap:
        """The exact overlap of two bodies, and what of it is no template's, if there is enough to matter."""
        whole = self.whole(one, other)
        first, second = self._first(one), self._first(other)
        if whole.shared < EVIDENCE * self.policy.min_words or first == second:
            return whole
        family = self._family(first)
        linked_up = second in family
        both = family if linked_up else family | self._family(second)
        shared, *own = own_shingles(self._side(first), self._side(second), both, linked=linked_up)
        return without_templates(whole, shared, (own[0], own[1]))

    def _is_excused(self, one: int, other: int) -> bool:
        return are_excused(self._post(one), self._post(other), self.policy.not_duplicates)

    def _is_from_collection(self, one: int, other: int) -> bool:
        """Whether the longer of two posts holds other articles as well: a changelog, a review of the year."""
        longer, shorter = sorted((one, other), key=lambda number: -self._post(number).tokens)
        return len(self._parts(self._first(longer)) - {self._family(self._first(shorter))}) >= COLLECTED - 1

    def _find_parts(self, whole: int) -> frozenset[frozenset[int]]:
        """The articles, each as its family, that stand inside of a longer post."""
        length = self._post(whole).tokens
        inside = (number for number in self.library.partners(whole) if self._post(number).tokens < length)
        pairs = ((number, self._in_order(whole, number)) for number in inside)
        return frozenset(self._family(number) for number, pair in pairs if self.code(*pair) == CONTAINED)

    def _post(self, number: int) -> Fingerprint:
        return self.library.post(number)

    def _whole(self, one: int, other: int) -> Overlap:
        return overlap(self._post(one).hashes, self._post(other).hashes)

    def _copies(self, number: int) -> Sequence[int]:
        """The posts with the same body as this one, which is among them."""
        return self.library.having(body_key(self._post(number))) or (number,)

    def _first(self, number: int) -> int:
        return self._copies(number)[0]

    def _candidates(self, number: int) -> Iterator[Two]:
        """Pairs of this post and others: joined by rare shingles, equal in body, or alike in metadata."""
        post = self._post(number)
        for key in (title_key, description_key, slug_key):
            group = self.library.having(key(post, post.locale))
            if len(group) <= SOME:
                yield from (pair for pair in combinations(group, 2) if number in pair)
        yield from (pair for pair in self._linked_by(body_key(post)) if number in pair)
        first = self._first(number)
        for partner in self.library.partners(first):
            both = islice(product(*map(self._copies, self._in_order(first, partner))), _PRODUCT)
            yield from (self._in_order(*pair) for pair in both if number in pair)

    def _linked_by(self, key: int | None) -> Iterable[Two]:
        return linked(self.library.having(key))

    def _in_order(self, one: int, other: int) -> Two:
        return (one, other) if self._post(one).path < self._post(other).path else (other, one)

    def _family(self, first: int) -> frozenset[int]:
        """The firsts that are evidently versions of the same article as this one, and itself."""
        if first not in self._families:
            family = {first}
            todo = [first]
            while todo:
                new = self._versions(todo.pop()) - family
                family |= new
                todo += new
            self._families.update(dict.fromkeys(family, frozenset(family)))
        return self._families[first]

    def _find_versions(self, first: int) -> frozenset[int]:
        """The firsts that are directly linked with this one as versions of one article."""
        return frozenset(other for other in self.library.partners(first) if self._is_version(first, other))

    def _is_version(self, one: int, other: int) -> bool:
        alike = self.likeness(*self._in_order(one, other))
        if alike.series:
            return False
        shared = self.whole(*self._in_order(one, other))
        if alike.supports:
            return shared.containment >= self.policy.threshold**SHINGLE
        return are_one_article(self._side(one), self._post(other).hashes, shared.jaccard)

    def _find_side(self, first: int) -> Side:
        return Side(self._post(first).hashes, self.library.owners(first))
