"""Where lost text may still be found: other posts of the run, and the git history of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postmend.config import Policy
from postmend.elsewhere import Elsewhere
from postmend.examine import document_repairs, examine
from postmend.model import Document, Post, Repair
from postmend.offers import Donor
from postmend.paths import shown_path
from postmend.reading import Folder
from postmend.scanner.document import NotUtf8, decode, read_document
from postmend.scanner.places import Site
from postmend.store.errors import FileProblem
from postmend.store.githistory import History, Version


@dataclass(frozen=True, slots=True)
class Sources:
    """Reads damaged files again, and what may hold their text. Paths are relative to the root."""

    folder: Folder
    site: Site
    policy: Policy
    elsewhere: Elsewhere
    twins: Mapping[str, tuple[str, ...]]
    history: History | None  # None: git is not asked

    def damaged(self, path: str) -> tuple[Document, tuple[Repair, ...]] | None:
        """The document at `path` and its repairs; None if it is no longer there."""
        try:
            document = read_document(path, decode(self.folder.read(path)))
        except (FileProblem, NotUtf8):
            return None
        return document, document_repairs(document, self.policy, self.elsewhere.than(path))

    def donors(self, path: str) -> Iterator[Donor]:
        """The twins of a post, then the earlier versions of its file, newest first; each is read when asked for."""
        for twin in self.twins.get(path, ()):
            yield from self._twin(twin)
        for version in self.history.versions(self.folder.root / path) if self.history else ():
            yield from self._version(path, version)

    def _twin(self, path: str) -> Iterator[Donor]:
        try:
            post = self._post(path, self.folder.read(path))
        except FileProblem:
            return
        shown = shown_path(self.folder.root, path)
        if post is not None:
            yield Donor(post.document.text, lambda line: f"{shown}:{line}")

    def _version(self, path: str, version: Version) -> Iterator[Donor]:
        post = self._post(path, version.data)
        if post is not None:
            yield Donor(post.document.text, lambda _: f"commit {version.commit} of {version.date}")

    def _post(self, path: str, data: bytes) -> Post | None:
        """The post, decoded and repaired: what a file had lost may have been mojibake before that."""
        return examine(path, data, self.site, self.policy, self.elsewhere.than(path)).post
