"""Reading and examining files, in as many processes as are worth it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from postmend.comparator.fingerprints import Fingerprint
from postmend.config import Policy
from postmend.examine import Examined, examine
from postmend.model import Failure, Post
from postmend.scanner.fragments import is_fragment
from postmend.scanner.places import Site
from postmend.store import files
from postmend.store.errors import FileProblem
from postmend.values import dataclass, field, replace

Progress = Callable[[int, int], None]  # files done, files in all
Task: TypeAlias = tuple[str, frozenset[str]]  # a file, and the accidents that happened for certain in others
Outcome: TypeAlias = tuple[Examined, Fingerprint | None] | Failure
Work: TypeAlias = Callable[[Sequence[Task]], list[tuple[str, Outcome]]]

_CHUNK = 32  # files that a process takes at a time
_WORTH_PROCESSES = 200  # files from which starting processes pays


@dataclass(frozen=True, slots=True)
class Folder:
    """Where files are read: below a root, but for those that git has other bytes of (`--staged`)."""

    root: Path
    staged: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """The bytes of the file at `path`, relative to the root. Raises FileProblem."""
        data = self.staged.get(path)
        return files.read_bytes(self.root / path).data if data is None else data


def read_one(
    folder: Folder, path: str, site: Site, policy: Policy, elsewhere: frozenset[str] = frozenset()
) -> Examined:
    """Reads and examines the file at `path`, relative to the folder. Raises FileProblem."""
    return examine(path, folder.read(path), site, policy, elsewhere)


def read_chunk(
    folder: Folder, site: Site, policy: Policy, compare: bool, tasks: Sequence[Task]
) -> list[tuple[str, Outcome]]:
    """Runs in a process of its own. Texts stay there: what comes back is small."""
    return [(path, _outcome(folder, site, policy, compare, path, others)) for path, others in tasks]


def _outcome(
    folder: Folder, site: Site, policy: Policy, compare: bool, path: str, elsewhere: frozenset[str]
) -> Outcome:
    try:
        examined = read_one(folder, path, site, policy, elsewhere)
    except FileProblem as problem:
        return replace(problem.failure(), path=path)
    fingerprint = None
    post = examined.post if compare else None
    if post is not None and not is_fragment(post, site):
        fingerprint = fingerprint_of(post, damage=examined.damage)
    return replace(examined, document=None), fingerprint


def fingerprint_of(post: Post, *, damage: int) -> Fingerprint:
    """The fingerprint of a post that was read, with all that the comparison of a site asks for."""
    from postmend.comparator.fingerprints import fingerprint
    from postmend.linking import linked_names, packed
    from postmend.scanner.remarks import remarks_of

    remarks = remarks_of(post)
    return replace(
        fingerprint(post),
        damage=damage,
        moved=remarks.moved,
        excused=remarks.excused,
        links=packed(linked_names(post.document.text, post.path, post.url)),
    )


def mapped(
    work: Work, tasks: Sequence[Task], jobs: int, progress: Progress | None, before: int = 0
) -> Iterator[tuple[str, Outcome]]:
    """The outcomes in the order of the tasks. `before` is the number of those that `progress` knows to be done."""
    done = before
    for chunk in _worked(work, list(_chunks(tasks)), jobs, len(tasks)):
        yield from chunk
        done += len(chunk)
        if progress:
            progress(done, before + len(tasks))


def _worked(work: Work, chunks: list[list[Task]], jobs: int, count: int) -> Iterator[list[tuple[str, Outcome]]]:
    """The chunks' results in order, from as many processes as are worth it."""
    workers = min(jobs or os.cpu_count() or 1, len(chunks))
    if workers <= 1 or count < _WORTH_PROCESSES:
        yield from map(work, chunks)
        return
    from concurrent.futures import ProcessPoolExecutor  # 10 ms that one post need not wait for

    with ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_parent) as pool:
        try:
            yield from pool.map(work, chunks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts_to_parent() -> None:
    """Ctrl-C reaches every process of the terminal; one of them is to say so."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
