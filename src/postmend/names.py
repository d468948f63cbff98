"""The names of a run: which are damaged, what they should be, and what stands against renaming.

Names that are ASCII cost nothing. Of others, only suspects have their posts read once more.
"""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from postmend.fixer.accidents import labels
from postmend.fixer.filenames import better_names, composed, is_decomposed, is_odd, prefers_composed, suspects
from postmend.fixer.misnaming import Misnaming
from postmend.model import Document, Finding, Fix, Fixability, Position, Post, RegionKind
from postmend.renames import Rename, refusal
from postmend.report.escape import visible
from postmend.scanner.discover import SUFFIXES
from postmend.scanner.links import links, spelled
from postmend.scanner.places import Site, split_source
from postmend.scanner.regions import split_regions

_NAMING = (RegionKind.LINK_TARGET, RegionKind.SCRIPT)
_START = Position(1, 1, 0)
_MOST_WITNESSES = 20  # posts that are read for the name of one folder or asset
_INDEX = ("index", "_index", "readme")
_APART = "accents apart from their letters, which the other names and the links are not"

PostReader = Callable[[str], Post | None]


@dataclass(frozen=True, slots=True)
class Names:
    """The findings about names, and the renames that nothing stands against."""

    findings: tuple[Finding, ...] = ()
    renames: tuple[Rename, ...] = ()

    def without(self, paths: Collection[str]) -> Names:
        """The rest, when nothing is to be said of these."""
        findings = tuple(f for f in self.findings if f.path not in paths)
        return Names(findings, tuple(r for r in self.renames if r.path not in paths))


def find_names(
    root: Path,
    site: Site,
    asked: Collection[str],
    others: Collection[str],
    read: PostReader,
    elsewhere: Collection[str] = (),
    *,
    with_assets: bool = False,
) -> Names:
    """The damaged names of the files `asked` about and of the folders on their way.

    Paths are relative to `root`. `others` are further posts of the site, whose links count. `read` returns a repaired
    post. `with_assets` also looks at other files in the folders, such as pictures; those that a link names count.
    """
    inside = [path for path in asked if not path.startswith("../")]
    nodes = dict(_on_the_way(inside, site))
    assets = set(_assets(root, inside)) if with_assets else set()
    nodes |= dict.fromkeys(assets, False)
    if not nodes:
        return Names()
    search = _Search(root, nodes, assets, sorted({*inside, *others}), read)
    return search.names(frozenset(elsewhere))


def _on_the_way(paths: Iterable[str], site: Site) -> Iterator[tuple[str, bool]]:
    """Files and folders below the content folder that have an odd name, each with whether it is a folder."""
    for path in paths:
        if is_odd(path):
            rest = split_source(path, site)[2]
            parts = rest.split("/")
            before = path[: len(path) - len(rest)]
            for k, part in enumerate(parts):
                if is_odd(part):
                    yield before + "/".join(parts[: k + 1]), k < len(parts) - 1


def _assets(root: Path, paths: Iterable[str]) -> Iterator[str]:
    """Files with odd names, posts excepted, in the folders of the posts."""
    for folder in sorted({posixpath.dirname(path) for path in paths}):
        for name in _listed(root / folder):
            if is_odd(name) and posixpath.splitext(name)[1].lower() not in SUFFIXES and not name.startswith("."):
                path = posixpath.join(folder, name)
                if stat.S_ISREG(_mode(root / path)):
                    yield path


@dataclass
class _Search:
    """One search, and what it has read so far."""

    root: Path
    nodes: dict[str, bool]  # path -> whether it is a folder
    assets: set[str]
    posts: list[str]
    read: PostReader
    listings: dict[str, list[str]] = field(default_factory=dict)

    def names(self, elsewhere: frozenset[str]) -> Names:
        """The findings and the renames."""
        found = dict(self._better(elsewhere))
        renames = {path: Rename(path, better.name, self.nodes[path]) for path, better in sorted(found.items())}
        against = {path: self._against(rename, list(renames.values())) for path, rename in renames.items()}
        return Names(
            (
                *(_finding(rename, found[path], against[path]) for path, rename in renames.items()),
                *self._unknown(found),
            ),
            tuple(rename for path, rename in renames.items() if not against[path]),
        )

    def _better(self, elsewhere: frozenset[str]) -> Iterator[tuple[str, Misnaming]]:
        doubtful = suspects(posixpath.basename(path) for path in self.nodes)
        texts = {name: self._witnesses(name) for name in sorted(doubtful)}
        better = better_names(doubtful, texts, elsewhere)
        for path in self.nodes:
            name = posixpath.basename(path)
            known = better.get(name) or self._composed(path, name)
            if known and not self._is_same(path, known.name) and (path not in self.assets or self._linked(name, known)):
                yield path, known

    def _unknown(self, found: Mapping[str, Misnaming]) -> Iterator[Finding]:
        """Names of which nothing is known but that they are no text."""
        for path in sorted(self.nodes.keys() - found.keys() - self.assets):
            name = posixpath.basename(path)
            if any("\udc80" <= c <= "\udcff" for c in name):
                message = f"The bytes of the name `{visible(name)}` are not UTF-8, and nothing tells what they are"
                yield Finding("PM106", path, _START, _START, message, before=name)

    def _witnesses(self, name: str) -> str:
        """What the posts say that know the name: the file's own text, or that of posts in the folder."""
        paths = [path for path in self.nodes if posixpath.basename(path) == name]
        near = [post for path in paths for post in self._near(path)]
        posts = [post for path in near[:_MOST_WITNESSES] if (post := self.read(path)) is not None]
        return "\n".join(f"{post.title}\n{_without_links(post.document)}" for post in posts)

    def _near(self, path: str) -> list[str]:
        """The posts that can vouch for the name at `path`; for a folder its index first."""
        if path not in self.assets and not self.nodes[path]:
            return [path]
        folder = posixpath.dirname(path) if path in self.assets else path
        inside = [post for post in self.posts if post.startswith(f"{folder}/" if folder else "")]
        return sorted(inside, key=lambda post: (_stem(post) not in _INDEX, post))

    def _composed(self, path: str, name: str) -> Misnaming | None:
        """A name with its accents apart, where its folder or the links to it have them on their letters."""
        if not is_decomposed(name):
            return None
        new = composed(name)
        if not prefers_composed(name, self._siblings(path)) and self._spelled.isdisjoint((new, _without_suffix(new))):
            return None
        return Misnaming(new, _APART)

    def _is_same(self, path: str, name: str) -> bool:
        """Whether the file system takes both names for one: then it hides how the name is written."""
        full = self.root / path
        try:
            return full.samefile(full.with_name(name))
        except (OSError, ValueError):
            return False

    def _linked(self, name: str, better: Misnaming) -> bool:
        return not {composed(name), better.name}.isdisjoint(self._spelled)

    @cached_property
    def _spelled(self) -> frozenset[str]:
        """The last parts of all links, as names."""
        documents = (post.document for path in self.posts if (post := self.read(path)) is not None)
        return frozenset(name for document in documents for name in _last_parts(document))

    def _siblings(self, path: str) -> list[str]:
        folder = posixpath.dirname(path)
        if folder not in self.listings:
            self.listings[folder] = _listed(self.root / folder)
        return self.listings[folder]

    def _against(self, rename: Rename, planned: list[Rename]) -> str:
        """What stands against a rename, in words."""
        full = self.root / rename.path
        mode = _mode(full)
        if stat.S_ISLNK(mode):
            return "it is a link"
        if not (stat.S_ISDIR(mode) if rename.is_folder else stat.S_ISREG(mode)):
            return "it is not there any more"
        folder = os.path.realpath(self.root)
        if os.path.realpath(full.parent) != os.path.normpath(f"{folder}/{posixpath.dirname(rename.path)}"):
            return "a link leads to it"
        if rename.is_folder and os.path.lexists(full / ".git"):
            return "it is a repository of its own"
        return refusal(rename, self._siblings(rename.path), planned)


def _finding(rename: Rename, better: Misnaming, against: str) -> Finding:
    old = posixpath.basename(rename.path)
    what = "Folder name" if rename.is_folder else "File name"
    rest = f"; not to be renamed: {against}" if against else ""
    return Finding(
        "PM106",
        rename.path,
        _START,
        _START,
        f"{what} `{visible(old)}` -> `{better.name}` ({better.story}){rest}",
        before=old,
        after=better.name,
        chain=labels(better.chain),
        fix=Fix((), Fixability.DISPLAY if against else Fixability.UNSAFE),
    )


def _without_links(document: Document) -> str:
    """The body without addresses and imports, which have the damaged names, too."""
    regions = split_regions(document.text, document.body)
    return "".join(r.span.of(document.text) for r in regions if r.kind not in _NAMING)


def _last_parts(document: Document) -> Iterator[str]:
    for link in links(document):
        part = link.target.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
        yield from map(composed, spelled(link, part))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0].lower()


def _without_suffix(name: str) -> str:
    return posixpath.splitext(name)[0]


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths
    except OSError:
        return []


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return 0
