"""What a post's front matter says of other pages: where it really lives, and which posts are no copies of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from postmend.linking import names_of
from postmend.model import Post
from postmend.scanner.metadata import Meta

_EXCUSED = "postmend.not-duplicate-of"
_ELSEWHERE = ("redirect_to", "redirectto", "redirect", "canonical", "canonical_url", "canonicalurl", "seo.canonical")
_SIGNS = ("postmend", "redirect", "canonical")  # few posts have any, and the others need no closer look


@dataclass(frozen=True, slots=True)
class Remarks:
    """`excused` are paths of posts that are no duplicates of this one, as they are written; `moved` says whether the
    post redirects to another page, or names another one as the original.
    """

    excused: tuple[str, ...] = ()
    moved: bool = False


def remarks_of(post: Post) -> Remarks:
    """What the front matter of a post says of others."""
    matter = post.document.front_matter
    head = matter.content.of(post.document.text).lower() if matter else ""
    if not any(sign in head for sign in _SIGNS):
        return Remarks()
    meta = Meta(post.document)
    return Remarks(meta.strings(_EXCUSED), _is_elsewhere(meta.text(*_ELSEWHERE), post))


def _is_elsewhere(written: str, post: Post) -> bool:
    """Whether an address is not the post's own. A page that names itself is the rule with some themes."""
    if not written or post.url is None:
        return False
    named, own = (names_of(post.path, url)[0] for url in (urlsplit(written).path or "/", post.url))
    return not named.endswith(own)
