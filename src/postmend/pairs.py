"""Duplicates as findings: each pair is told at the post that can go, in the words of its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from postmend.comparator.fingerprints import Fingerprint
from postmend.config import Policy
from postmend.model import Cluster, Finding, Pair, Position, Post
from postmend.position import LineIndex
from postmend.report.items import percent
from postmend.suppressions import asks_to_leave_out
from postmend.values import dataclass, replace

_FIELDS = {"PM205": ("slug",), "PM206": ("slug", "permalink", "url", "id", "path"), "PM207": ("title",)}
_REMEMBERED = 64  # posts kept in memory while pairs are explained

PostReader = Callable[[str], Post | None]  # path -> the repaired post


class Comparison(Protocol):
    """Posts that can be compared."""

    def pairs(self, asked: frozenset[str]) -> Sequence[Pair]:
        """The pairs that touch a post of `asked`, by path."""
        ...

    def post(self, path: str) -> Fingerprint:
        """One of the posts of a pair."""
        ...


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The pairs of a run, their clusters, and a finding for each pair."""

    pairs: tuple[Pair, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()  # paths of posts that ask for it, and the codes


def find_pairs(
    posts: Comparison,
    asked: frozenset[str],
    policy: Policy,
    read: PostReader,
    show: Callable[[str], str],
) -> Duplicates:
    """All pairs that touch a post of `asked`. `read` is called for the posts of each pair found; `show` gives a path as
    messages have it.
    """
    wanted = [pair for pair in posts.pairs(asked) if _selected(pair, policy)]
    if not wanted:
        return Duplicates()
    from postmend.comparator import as_repaired, find_clusters

    paths = {path for pair in wanted for path in (pair.left, pair.right)}
    known = {path: as_repaired(posts.post(path), policy.duplicates) for path in paths}
    explain = _Explainer(known, asked, lru_cache(maxsize=_REMEMBERED)(read), show)
    pairs: list[Pair] = []
    left_out: list[tuple[str, str]] = []
    for pair in wanted:
        pair = explain.explained(pair)
        if pair.code:
            asking = [path for path in (pair.left, pair.right) if asks_to_leave_out(explain.read(path), pair.code)]
            left_out += ((path, pair.code) for path in asking)
            pairs += () if asking else (pair,)
    findings = tuple(map(explain.finding, pairs))
    return Duplicates(tuple(pairs), find_clusters(pairs, known.values()), findings, tuple(left_out))


def _selected(pair: Pair, policy: Policy) -> bool:
    """Whether the code of the pair is selected for both posts."""
    return all(policy.at(path).selects(pair.code) for path in (pair.left, pair.right))


def explained(pair: Pair, left: Post, right: Post) -> Pair:
    """The pair of two posts with what only their texts tell: what they share, and whether they are a pair after all."""
    from postmend.comparator import changed_fields, judged, longest_shared, shared_words

    one, other = left.document, right.document
    words, shared = shared_words(one, other)
    passage = longest_shared(one, other) if pair.shared else None
    pair = judged(pair, left, right)
    titles, fields = (left.title, right.title), changed_fields(one, other)
    return replace(pair, titles=titles, passage=passage, words=words, shared_words=shared, fields=fields)


@dataclass(frozen=True, slots=True)
class _Explainer:
    known: dict[str, Fingerprint]
    asked: frozenset[str]
    read: PostReader
    show: Callable[[str], str]

    def explained(self, pair: Pair) -> Pair:
        """The pair with what its posts have in common, and what differs in their front matter."""
        left, right = self.read(pair.left), self.read(pair.right)
        return pair if left is None or right is None else explained(pair, left, right)

    def finding(self, pair: Pair) -> Finding:
        """The finding, at the post that can go if it was asked about, else at the other."""
        spare = pair.left if pair.keep == pair.right else pair.right
        path = spare if spare in self.asked else pair.keep
        place = self._place(path, _FIELDS.get(pair.code, ()))
        other = pair.right if path == pair.left else pair.left
        return Finding(pair.code, path, place, place, self._message(pair, path), other=other)

    def _message(self, pair: Pair, path: str) -> str:
        other_path = pair.right if path == pair.left else pair.left
        other = self.show(other_path)
        likeness = f"(slug {pair.slug:.2f}, title {pair.title:.2f})"
        if pair.code == "PM203":
            share = percent(pair.containment)
            shorter = self.known[path].tokens <= self.known[other_path].tokens
            return f"{share} of it stands in {other}" if shorter else f"Holds {share} of {other}"
        return {
            "PM201": f"Same text as {other} {likeness}",
            "PM202": f"{percent(pair.body)} same body as {other} {likeness}",
            "PM204": f"Same title and description as {other}, other text",
            "PM205": f"Slug and title much like {other} {likeness}",
            "PM206": f"URL {self.known[path].url} is also produced by {other}",
            "PM207": f"Same title as {other}",
            "PM208": f"Same text as {other}, in another locale",
        }[pair.code]

    def _place(self, path: str, keys: Iterable[str]) -> Position:
        """The first of these front matter values, else the beginning of the file."""
        post = self.read(path) if keys else None
        matter = post.document.front_matter if post else None
        fields = {field.key.casefold(): field.span for field in (matter.fields if matter else ())}
        for key in keys:
            if post is not None and key in fields:
                return LineIndex(post.document.text).position(fields[key].start)
        return Position(1, 1, 0)
