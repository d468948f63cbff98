"""The duplicates among posts, and two posts compared with one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from postmend.comparator.codes import ORDER, SAME_URL
from postmend.comparator.corpus import Corpus
from postmend.comparator.fingerprints import Fingerprint, fingerprint
from postmend.comparator.library import Library, Shelf
from postmend.comparator.parallel import judged
from postmend.comparator.policy import DuplicatePolicy
from postmend.model import Pair, Post


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
    shelf = Shelf(known.values())
    asked = (number for number, post in enumerate(shelf.posts) if query is None or post.path in query)
    return find_among(shelf, asked, policy)


def find_among(library: Library, asked: Iterable[int], policy: DuplicatePolicy) -> tuple[Pair, ...]:
    """The same for the posts of a library with the numbers `asked`."""
    return Corpus(library, policy).pairs(asked)


def compare(left: Post, right: Post, policy: DuplicatePolicy | None = None) -> Pair:
    """Two posts, compared as if they were a whole corpus; the code is empty when they are no duplicates."""
    return judged(compare_fingerprints(fingerprint(left), fingerprint(right), policy), left, right)


def compare_fingerprints(left: Fingerprint, right: Fingerprint, policy: DuplicatePolicy | None = None) -> Pair:
    """The same of fingerprints. What links to the posts is not known."""
    shelf = Shelf(replace(post, links=b"") for post in (left, right))
    corpus = Corpus(shelf, policy or DuplicatePolicy())
    one, other = shelf.posts
    code = corpus.code(0, 1)
    collide = one.url is not None and one.url == other.url
    pair = corpus.pair(0, 1, min(code, SAME_URL, key=ORDER.index) if collide else code)
    return replace(pair, links=None)
