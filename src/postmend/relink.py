"""Renaming files and folders, and putting right what names them: the second half of `fix --rename`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from postmend.edits import apply_edits
from postmend.mend import Mended, NotVerified, Output, verify
from postmend.model import Edit, Failure, Finding
from postmend.renames import Rename, Tree, in_order, link_edits, moved, own_edits
from postmend.run import Request, Survey
from postmend.scanner.document import NotUtf8, decode, read_document
from postmend.scanner.places import Site, split_source
from postmend.scanner.sites import read_post
from postmend.scope import find_scope
from postmend.store.errors import FileProblem
from postmend.store.files import FileState


def rename_all(found: Survey, request: Request, output: Output) -> list[Finding]:
    """Renames what nothing stands against, and updates the links in all posts of the site.

    Returns the findings that this settles. What could not be done is added to the failures.
    """
    scope, failures = found.scope, found.seen.failures
    if found.names is None or not found.names.renames:
        return []
    posts = {*scope.asked, *scope.corpus, *find_scope(replace(request, corpus=()), compare=True).corpus}
    done: list[Rename] = []
    for rename in in_order(found.names.renames):
        try:
            output.rename(scope.root, rename)
            done.append(rename)
        except FileProblem as problem:
            failures.append(Failure(rename.path, f"not renamed: {problem}", problem.hint))
    failures += output.renamed(scope.root, done)
    names = {rename.path: rename.name for rename in done}
    relinking = _Relinking(scope.root, scope.site, names, output)
    if names:
        failures += relinking.run(sorted(posts))
    return [f for f in found.seen.findings if (f.code == "PM106" and f.path in names) or relinking.settled(f)]


@dataclass(frozen=True, slots=True)
class _Relinking:
    """Updates links once the renames are done. Paths are those before."""

    root: Path
    site: Site
    names: dict[str, str]
    output: Output
    texts: dict[str, str] = field(default_factory=dict)  # of the posts that were updated

    def settled(self, finding: Finding) -> bool:
        """Whether the damage stood in links, and is gone with them."""
        text = self.texts.get(finding.path)
        edits = finding.fix.edits if finding.fix else ()
        return text is not None and bool(edits) and all(edit.old not in text for edit in edits)

    def run(self, posts: Sequence[str]) -> Iterator[Failure]:
        """Puts the links of all posts right; yields what could not be done."""
        tree = Tree(self.names, sorted({"", *(_content_root(path, self.site) for path in posts)}, reverse=True))
        for path in (*posts, *self.names):
            tree.add(path)
        for path in posts:
            if moved(path, self.names) != path:
                tree.publish(*self._addresses(path))
        for path in posts:
            try:
                self._relink(path, tree)
            except (FileProblem, NotVerified) as problem:
                new = moved(path, self.names)
                yield Failure(new, f"its links were not updated: {problem}", problem.hint)

    def _read(self, path: str) -> tuple[FileState, str] | None:
        """A post and its text; None for one that is no text, which has no links to update."""
        state = self.output.read(self.root, moved(path, self.names))
        try:
            return state, decode(state.data)
        except NotUtf8:
            return None

    def _addresses(self, path: str) -> tuple[str | None, str | None]:
        """The addresses of a post before and after."""
        try:
            _, text = self._read(path) or (None, "")
        except FileProblem:
            return None, None
        before = read_document(path, text)
        after = read_document(moved(path, self.names), apply_edits(text, own_edits(before, self.names)))
        return read_post(before, self.site).url, read_post(after, self.site).url

    def _relink(self, path: str, tree: Tree) -> None:
        found = self._read(path)
        if found is None:
            return
        state, text = found
        document = read_document(path, text)
        edits: list[Edit] = list(link_edits(document, read_post(document, self.site).url, tree))
        if edits:
            after = apply_edits(text, edits)
            new = moved(path, self.names)
            verify(new, text, after, edits)
            self.output(Mended(self.root, new, state, text, after))
            self.texts[path] = after


def _content_root(path: str, site: Site) -> str:
    """The folder that site-wide paths begin at, as far as the path of a post tells."""
    return path[: len(path) - len(split_source(path, site)[2])].rstrip("/")
