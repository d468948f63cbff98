"""Renaming as a plan: what must not be renamed, what else has to change, and how. Pure: values in, values out."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from postmend.model import Document, Edit
from postmend.scanner.discover import SUFFIXES
from postmend.scanner.links import Link, links, own_address, spelled, spelling

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r"[<>:\"|?*\\/\x00-\x1f]")
_MOST_BYTES = 255
_PAGES = ("index.html", "index.htm")


@dataclass(frozen=True, slots=True, order=True)
class Rename:
    """A file or folder by its path (POSIX, relative to the root), and the name that it is to have."""

    path: str
    name: str
    is_folder: bool = False

    @property
    def target(self) -> str:
        """The path with the new name, in the folder as it is called now."""
        return posixpath.join(posixpath.dirname(self.path), self.name)


def key(name: str) -> str:
    """What two names have in common that some file system takes for one: neither case nor composition counts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def refusal(rename: Rename, siblings: Iterable[str], planned: Sequence[Rename]) -> str:
    """Why the name can't be given, in words; empty if it can.

    `siblings` are the names in the same folder, `planned` all renames of the run.
    """
    old, new = posixpath.basename(rename.path), rename.name
    if _RESERVED.match(new) or _NOT_ON_WINDOWS.search(new) or new.endswith((".", " ")):
        return "Windows does not allow that name"
    if len(new.encode("utf-8", "surrogateescape")) > _MOST_BYTES:
        return "the name would be too long"
    if any(other != old and key(other) == key(new) for other in siblings):
        return f"`{new}` is there already"
    if any(other.path != rename.path and key(other.target) == key(rename.target) for other in planned):
        return f"another file would be called `{new}`, too"
    return ""


def in_order(renames: Iterable[Rename]) -> list[Rename]:
    """The renames such that each path still holds when its turn comes: what is inside of a folder first."""
    return sorted(renames, key=lambda r: (-r.path.count("/"), r.path))


def moved(path: str, names: Mapping[str, str]) -> str:
    """Where the file at `path` is once all renames are done; `names` holds the new names by path."""
    parts = path.split("/")
    return "/".join(names.get("/".join(parts[: k + 1]), part) for k, part in enumerate(parts))


@dataclass(slots=True)
class Tree:
    """The files that links may name, and what they will be called. Paths are those before the renames."""

    names: Mapping[str, str]  # new name by path
    roots: Sequence[str] = ("",)  # folders that `/` may stand for
    addresses: dict[str, tuple[str, str]] = field(default_factory=dict)  # old and new, by the old one's key
    _children: dict[str, dict[str, str]] = field(default_factory=dict)
    _by_name: dict[str, set[str]] = field(default_factory=dict)

    def add(self, path: str) -> None:
        """Takes in a file, and the folders that it lies in."""
        while path:
            parent, _, name = path.rpartition("/")
            known = self._children.setdefault(parent, {})
            if known.get(_composed(name)) == name:
                return
            known[_composed(name)] = name
            if path in self.names:
                known.setdefault(_composed(self.names[path]), name)
            self._by_name.setdefault(_composed(name), set()).add(path)
            path = parent

    def publish(self, old: str | None, new: str | None) -> None:
        """Takes in the address of a post, before and after."""
        if old and new and old != new:
            self.addresses[_address_key(old)] = old, new

    def child(self, folder: str, name: str) -> str | None:
        """The path of what is, or will be, called `name` in the folder."""
        found = self._children.get(folder, {}).get(_composed(name))
        return None if found is None else posixpath.join(folder, found)

    def by_name(self, name: str) -> str | None:
        """The only file of that name on the site."""
        found = self._by_name.get(_composed(name), set())
        return next(iter(found)) if len(found) == 1 else None


def link_edits(document: Document, address: str | None, tree: Tree) -> tuple[Edit, ...]:
    """What has to change in a document so that its links lead where they led, or were meant to lead.

    `document.path` is that before the renames, and `address` its address on the site then. Raises nothing.
    """
    edits = list(own_edits(document, tree.names))
    for link in links(document):
        new = _changed(link, document.path, address, tree)
        if new is not None and new != link.target:
            edits.append(Edit(link.span, link.target, new))
    return tuple(_apart(edits))


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits in order, without those that overlap the one before."""
    end = -1
    for edit in sorted(edits):
        if edit.span.start >= end:
            yield edit
            end = edit.span.end


def _changed(link: Link, path: str, address: str | None, tree: Tree) -> str | None:
    """The link as it is to be; None if it names nothing that is known."""
    for end in _ends(link.target):
        written, rest = link.target[:end], link.target[end:]
        for base in tree.roots if written.startswith("/") else (posixpath.dirname(path), *_bases(link, tree)):
            new = _walked(link, written, base, tree)
            if new is not None:
                return new + rest
        new = _found_by_name(link, written, tree) or _published(link, written, address, tree)
        if new is not None:
            return new + rest
    return None


def _bases(link: Link, tree: Tree) -> Sequence[str]:
    """Paths without a slash in front may begin at the content folder, too; addresses never do."""
    return () if link.is_address else tree.roots


def _ends(target: str) -> Iterator[int]:
    """Where the path of a target may end: with it, as a name may hold `#`, and before `?` and `#`."""
    yield len(target)
    if match := re.search("[?#]", target):
        yield match.start()


def _walked(link: Link, written: str, base: str, tree: Tree) -> str | None:
    """The target with renamed parts replaced, if it leads to a file or folder of the tree; else None."""
    parts = written.split("/")
    new = list(parts)
    folder = base
    last = max((k for k, part in enumerate(parts) if part not in ("", ".", "..")), default=-1)
    if last < 0:
        return None
    for k, part in enumerate(parts):
        if part == "..":
            if not folder:
                return None
            folder = posixpath.dirname(folder)
        elif part not in ("", "."):
            step = _step(link, part, folder, tree, is_last=k == last)
            if step is None:
                return None
            folder, new[k] = step
    return "/".join(new)


def _step(link: Link, part: str, folder: str, tree: Tree, *, is_last: bool) -> tuple[str, str] | None:
    """The path that a part of a link leads to, and how the part is to be written."""
    for name in spelled(link, part):
        for suffix in ("", *SUFFIXES) if is_last else ("",):
            found = tree.child(folder, name + suffix)
            if found is None:
                continue
            new = tree.names.get(found)
            if new is not None and new != name + suffix:
                return found, spelling(link, new.removesuffix(suffix), escaped=name != part)
            return found, part
    return None


def _found_by_name(link: Link, written: str, tree: Tree) -> str | None:
    """References such as `{% post_url 2026-01-02-name %}`, by the name of a file wherever it is."""
    if not link.by_name or "/" in written:
        return None
    for suffix in ("", *SUFFIXES):
        found = tree.by_name(written + suffix)
        if found is not None and found in tree.names:
            return tree.names[found].removesuffix(suffix)
    return None


def _published(link: Link, written: str, address: str | None, tree: Tree) -> str | None:
    """The target as the new address of a post, if it is the old one; relative to the document's own address, too."""
    if not link.is_address or not written or (address is None and not written.startswith("/")):
        return None
    plain = "/".join(spelled(link, part)[0] for part in written.split("/"))
    known = tree.addresses.get(_address_key(urljoin(address or "/", plain)))
    if known is None:
        return None
    old, new = (a.strip("/").split("/") for a in known)
    parts = written.split("/")
    places = [k for k, part in enumerate(parts) if part not in ("", ".", "..", *_PAGES)]
    if len(old) != len(new) or len(places) > len(old):
        return None
    for k, was, now in zip(reversed(places), reversed(old), reversed(new), strict=False):
        if was != now:
            parts[k] = spelling(link, now, escaped=spelled(link, parts[k])[0] != parts[k])
    return "/".join(parts)


def _address_key(address: str) -> str:
    """What addresses of one page have in common."""
    path, last = posixpath.split(_composed(address).lower())
    return (path if last in _PAGES else f"{path}/{last}").strip("/")


def own_edits(document: Document, names: Mapping[str, str]) -> Iterator[Edit]:
    """Slug and the like of a document that is renamed itself, where they repeat its old name."""
    renamed: dict[str, str] = {}
    path = document.path
    while path:
        if path in names:
            old, new = posixpath.basename(path), names[path]
            renamed[_composed(old)] = new
            stem, suffix = posixpath.splitext(old)
            if path == document.path:
                renamed[_composed(stem)] = new.removesuffix(suffix)
        path = posixpath.dirname(path)
    if renamed:
        for span, value in own_address(document):
            new = "/".join(renamed.get(_composed(part), part) for part in value.split("/"))
            if new != value:
                yield Edit(span, value, new)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
