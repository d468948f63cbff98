"""Posts that are one article, grouped, with the one to keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from postmend.comparator.codes import ORDER, VERIFIED
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.keeping import rank, reasons
from postmend.comparator.templates import components
from postmend.model import Cluster, Pair


def find_clusters(pairs: Iterable[Pair], fingerprints: Iterable[Fingerprint]) -> tuple[Cluster, ...]:
    """The groups of posts that pairs of PM201 to PM204 link, sorted by their first path.

    Weaker codes link nothing: two posts with one title are not one article. `fingerprints` must hold every
    post of the pairs.
    """
    links = [pair for pair in pairs if pair.code in VERIFIED]
    paths = sorted({path for pair in links for path in (pair.left, pair.right)})
    number = {path: index for index, path in enumerate(paths)}
    roots = components(len(paths), ((number[pair.left], number[pair.right]) for pair in links))
    posts = {post.path: post for post in fingerprints if post.path in number}
    members: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    for path, root in zip(paths, roots, strict=True):
        members[root].append(path)
    for pair in links:
        codes[roots[number[pair.left]]].append(pair.code)
    counts = [(p.left, p.links[0]) for p in links if p.links] + [(p.right, p.links[1]) for p in links if p.links]
    linked = dict(counts)
    return tuple(
        _cluster([posts[path] for path in group], min(codes[root], key=ORDER.index), linked)
        for root, group in sorted(members.items())
    )


def _cluster(group: list[Fingerprint], code: str, links: Mapping[str, int]) -> Cluster:
    best, *others = sorted(group, key=lambda post: rank(post, links.get(post.path, 0)))
    return Cluster(tuple(post.path for post in group), best.path, code, *reasons(best, others, links))
