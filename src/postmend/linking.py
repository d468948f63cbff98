"""Which posts a post links to, as far as its text alone tells: good enough to count links, not to change them.

A page has up to three names: its address (`/posts/cafe`), its file (`content/posts/cafe`) and its bare file name
(`@cafe`), by which `{% post_url cafe %}`, `{{< ref "cafe.md" >}}` and `[[cafe]]` mean it. A link gives the names
that it may mean; of those that exist nowhere nothing comes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from struct import pack
from unicodedata import normalize
from urllib.parse import unquote, urljoin

# Code is searched, too: an example of a link does not change which of two posts is linked more.
_LINK = re.compile(
    r"\]\([ \t]*<?(?P<inline>[^\s()<>]+)"
    r"|\bhref[ \t]*=[ \t]*[\"'](?P<href>[^\"'\n]+)"
    r"|\n[ \t]*\[[^\]\n]{1,200}\]:[ \t]*<?(?P<reference>[^\s<>]+)"
    r"|\{\{[<%-][ \t]*(?:rel)?ref[ \t]+[\"`](?P<ref>[^\"`\n]+)"
    r"|\{%-?[ \t]*(?:link|post_url)[ \t]+(?P<liquid>[^\s%]+)"
    r"|(?<!!)\[\[(?P<wiki>[^\]\n|#]{1,200})"
)
_BY_NAME = frozenset({"ref", "liquid", "wiki"})
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[{#?]")
_SOURCE = re.compile(r"\.(?:md|mdx|markdown|mkd|mdown)\Z", re.IGNORECASE)
_PAGE = re.compile(r"(?:/?\bindex)?\.html?\Z", re.IGNORECASE)
_NAMELESS = frozenset({"@index", "@_index", "@readme"})  # every folder has one


def names_of(path: str, url: str | None) -> tuple[str, ...]:
    """What links may call the post at `path` (POSIX) that is published at `url`."""
    bare = _bare_name(path)
    return tuple(name for name in (url and _page(url), _file(path), bare) if name and name not in _NAMELESS)


def linked_names(text: str, path: str, url: str | None) -> frozenset[str]:
    """What the links of a text in the post at `path`, published at `url`, may mean on the same site."""
    found: set[str] = set()
    for match in _LINK.finditer(text):
        kind = match.lastgroup or ""
        target = unquote(re.split("[?#]", match[kind], maxsplit=1)[0].strip())
        if target and not _ELSEWHERE.match(target):
            found.update((_bare_name(target),) if kind in _BY_NAME else _meant(target, path, url))
    return frozenset(found - _NAMELESS - set(names_of(path, url)))


def packed(names: Iterable[str]) -> bytes:
    """Names as sorted 63-bit hashes, eight bytes each, little-endian: what is kept of them."""
    keys = sorted(map(key_of, names))
    return pack(f"<{len(keys)}Q", *keys)


def key_of(name: str) -> int:
    """The 63-bit hash of a name."""
    return int.from_bytes(blake2b(f"link\0{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _meant(target: str, path: str, url: str | None) -> Iterator[str]:
    if _SOURCE.search(target):
        yield _file(posixpath.join(posixpath.dirname(path), target) if target[0] != "/" else target)
    elif target.startswith("/") or url:
        yield _page(urljoin(url or "/", target))


def _page(address: str) -> str:
    return "/" + _PAGE.sub("", _folded(unquote(address))).strip("/")


def _file(path: str) -> str:
    return posixpath.normpath(_SOURCE.sub("", _folded(path))).lstrip("/")


def _bare_name(path: str) -> str:
    return "@" + _SOURCE.sub("", _folded(path)).rstrip("/").rpartition("/")[2]


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()
