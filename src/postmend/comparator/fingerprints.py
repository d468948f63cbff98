"""All that the comparator needs to know of a post, small enough to keep for a hundred thousand of them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from postmend.values import dataclass

if TYPE_CHECKING:
    from postmend.comparator.tokens import Hashes
    from postmend.model import Post

# Of the hashes: to be raised with any change of tokens.py or markup.py, so that stored ones are dropped.
VERSION = 2


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A post as the comparator sees it. Picklable, and equal for equal posts."""

    path: str
    slug: str
    url: str | None
    locale: str | None
    page: str
    title: str
    description: str
    date: str | None
    tags: tuple[str, ...]
    draft: bool
    tokens: int  # words in the body, or characters where most of it is in scripts without spaces
    digest: bytes  # of the sequence of words; empty for a body without words
    shingles: bytes  # sorted unique 48-bit hashes in 64 bits of five-word runs, little-endian
    characters: bool = False  # whether most tokens are characters
    damage: int = 0  # of the text before it was repaired: 0 none, 1 for safe fixes, 2 for unsafe ones, 3 for none
    moved: bool = False  # whether the front matter names another address as the true one
    excused: tuple[str, ...] = ()  # paths of posts that the front matter says are no duplicates of it
    links: bytes = b""  # what it links to: names as packed by `linking`

    @property
    def hashes(self) -> Hashes:
        """The shingles as an array, without a copy."""
        import numpy as np

        return np.frombuffer(self.shingles, "<u8").astype(np.uint64, copy=False)


def fingerprint(post: Post) -> Fingerprint:
    """The fingerprint of a post whose text is already repaired. What only the site knows is left at its default."""
    from postmend.comparator.markup import blank_markup
    from postmend.comparator.tokens import shingles, token_hashes

    hashes, singles = token_hashes(blank_markup(post.document.body_text))
    words = hashes.astype("<u8", copy=False).tobytes()
    return Fingerprint(
        path=post.path,
        slug=post.slug,
        url=post.url,
        locale=post.locale,
        page=post.page,
        title=post.title,
        description=post.description,
        date=post.date,
        tags=post.tags,
        draft=post.draft,
        tokens=len(hashes),
        digest=blake2b(words, digest_size=16).digest() if words else b"",
        shingles=shingles(hashes).astype("<u8", copy=False).tobytes(),
        characters=2 * singles > len(hashes),
    )
