"""What earlier runs learnt of the posts: recalled from the index where there is one, and kept for the next run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import unidata_version

from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.policy import DuplicatePolicy
from postmend.config import Policy
from postmend.elsewhere import Elsewhere
from postmend.model import Finding, Pair
from postmend.pairs import Comparison, Duplicates
from postmend.scope import Scope
from postmend.store.cache import Cache, Entry, Hints
from postmend.version import __version__

if TYPE_CHECKING:
    from postmend.store.results import Known


Run = tuple[list[Finding], Elsewhere, Duplicates]


class Unusable(Exception):
    """The index failed while it was read. Who asked for it has been told; the run is to do without."""


class Memory:
    """No memory at all: every file is read."""

    def recall(self, scope: Scope, paths: Sequence[str], must: Collection[str]) -> list[str]:
        """The files to read: those of `must`, and those of `paths` (sorted) that are not known as they are now."""
        return list(paths)

    def hints(self) -> Mapping[str, Hints]:
        """What files that are not read say of accidents, by path."""
        return {}

    def forget(self, path: str) -> None:
        """A file that was recalled is read after all."""

    def keep(self, entry: Entry) -> None:
        """Remembers what was learnt of a file."""

    def comparison(self, read: Sequence[Fingerprint], policy: DuplicatePolicy) -> Comparison:
        """The posts that were recalled and those that were read, to be compared."""
        return Together(read, policy)

    def posts(self, read: Sequence[Fingerprint]) -> Sequence[Fingerprint]:
        """All posts: those that were recalled, and those that were read."""
        return read

    def settle(self, read: Sequence[Fingerprint]) -> None:
        """At the end of a run: makes ready for the next one."""


class Forgetful:
    """No memory of what was found; `recalling.py` has the one on disk."""

    def run(self) -> Run | None:
        """What an earlier run brought that looked at the very same files; None if there was none."""
        return None

    def files(self) -> Mapping[str, Known]:
        """What is known of the files that were asked about and did not change since."""
        return {}

    def keep(self, path: str, findings: Sequence[Finding], hints: Hints) -> None:
        """Takes in what was found in a file."""

    def settle(self, run: Run | None) -> None:
        """At the end of a run: writes what was taken in, and what the run brought unless it depends on more than files
        and options.
        """


class Together:
    """All posts in memory."""

    def __init__(self, posts: Sequence[Fingerprint], policy: DuplicatePolicy) -> None:
        self._posts = posts
        self._policy = policy
        self._known: dict[str, Fingerprint] = {}

    def pairs(self, asked: frozenset[str]) -> Sequence[Pair]:
        """See `Comparison`."""
        if not self._posts:
            return ()
        from postmend.comparator import find_duplicates

        return find_duplicates(self._posts, self._policy, asked)

    def post(self, path: str) -> Fingerprint:
        """See `Comparison`."""
        self._known = self._known or {post.path: post for post in self._posts}
        return self._known[path]


@contextmanager
def remembering(cache: Cache, scope: Scope, policy: Policy) -> Iterator[Memory]:
    """The memory of a site in the cache folder. Raises Unusable when reading it fails."""
    import sqlite3

    from postmend.indexed import IndexMemory
    from postmend.store import database, index

    # The texts that posts have once repaired depend on the program as a whole, on what is repaired in code, and on what
    # files that are not UTF-8 are taken for.
    facts = (str(scope.root), repr(scope.site), policy.code_blocks, str(policy.encoding), __version__, unidata_version)
    name = index.name_of(*facts)
    opened = index.open_index(cache, name)
    if opened is None:
        yield Memory()
        return
    try:
        yield IndexMemory(opened, cache.warn)
    except sqlite3.Error as problem:
        cache.warn(database.complaint(cache.folder, problem))
        opened.close()
        if database.is_damage(problem):
            database.discard(cache.folder / name)
        raise Unusable from problem
    finally:
        opened.close()
