"""Repairs of a run: chosen, applied, verified, and handed to what writes or shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from postmend.config import Policy
from postmend.edits import EditMismatch, apply_edits, joint_edits, unified_diff, verify_repair
from postmend.examine import examine
from postmend.fixer.mojibake import MOST_PASSES
from postmend.intact import keeps_front_matter
from postmend.model import Edit, Failure, Finding, Fix, Report
from postmend.paths import shown_path
from postmend.run import Progress, Request, Survey, survey
from postmend.scanner.document import decode_escaped, encode_escaped, is_utf8, read_document
from postmend.scanner.places import Site
from postmend.store import files
from postmend.store.errors import FileProblem
from postmend.store.files import FileState
from postmend.store.journal import Journal

_ANY_SITE = Site()


@dataclass(frozen=True, slots=True)
class Mended:
    """One file whose repairs stood every check."""

    root: Path
    path: str  # relative to the root
    state: FileState
    before: str
    after: str


class NotVerified(Exception):
    """Repairs that did not stand the last check; the file is to stay as it is."""

    hint = "Nothing was changed in it. Please report this."


class Outdated(NotVerified):
    """Repairs of a text that is no longer there."""

    hint = "Nothing was changed in it. Run postmend again."


def fix(request: Request, policy: Policy, put: Callable[[Mended], None], progress: Progress | None = None) -> Report:
    """Repairs what the policy allows and reports what is left. `put` gets each repaired file to write or show.

    A file that can't be repaired or written stays as it is and is among the failures.
    """
    found = survey(request, policy, progress)
    fixed: list[Finding] = []
    for path, findings in _fixable(found, policy):
        try:
            others = found.seen.elsewhere.than(path)
            put(mend(found.scope.root, path, findings, policy, others, found.scope.site))
            fixed += findings
        except (FileProblem, NotVerified) as problem:
            found.seen.failures.append(Failure(path, f"not repaired: {problem}", problem.hint))
    return found.report(fixed)


def mend(
    root: Path,
    path: str,
    findings: Iterable[Finding],
    policy: Policy,
    elsewhere: frozenset[str] = frozenset(),
    site: Site = _ANY_SITE,
) -> Mended:
    """Reads the file again and applies the fixes of its findings. Raises FileProblem and NotVerified.

    `elsewhere` names the accidents that happened for certain in other files of the run.
    """
    state = files.read_bytes(root / path)
    return Mended(root, path, state, *repaired(path, state.data, findings, policy, elsewhere, site))


def repaired(
    path: str,
    data: bytes,
    findings: Iterable[Finding],
    policy: Policy,
    elsewhere: frozenset[str] = frozenset(),
    site: Site = _ANY_SITE,
) -> tuple[str, str]:
    """The text of a file before, and after the fixes of its findings and of what they bring to light.

    Each pass is verified by itself; the last one finds nothing, so a second run changes nothing. Raises NotVerified.
    """
    try:
        before = current = decode_escaped(data)
        edits = joint_edits(finding.fix for finding in findings if finding.fix)
        for _ in range(MOST_PASSES):
            if not edits:
                return before, current
            after = apply_edits(current, edits)
            _verify(path, current, after, edits)
            current = after
            edits = joint_edits(_further(path, current, policy, elsewhere, site))
    except EditMismatch:
        raise Outdated("it changed while postmend was at work") from None
    raise NotVerified("its repairs do not settle")


def _further(path: str, text: str, policy: Policy, elsewhere: frozenset[str], site: Site) -> Iterator[Fix]:
    """What a further pass would fix, with the evidence of the first: with less, a second run could find more."""
    for finding in examine(path, encode_escaped(text), site, policy, elsewhere).findings:
        if finding.fix and policy.applies(finding.fix.fixability):
            yield finding.fix


def _verify(path: str, before: str, after: str, edits: list[Edit]) -> None:
    """Raises NotVerified when the repaired text must not be written."""
    reason = verify_repair(before, after, edits)
    if reason:
        raise NotVerified(reason)
    if not _keeps_front_matter(path, before, after):
        raise NotVerified("its front matter would no longer parse to the same keys")


def _keeps_front_matter(path: str, before: str, after: str) -> bool:
    """Whether it has the same keys; whether it still parses, where the keys were in another encoding, too."""
    old = read_document(path, before)
    if is_utf8(before):
        return keeps_front_matter(old, after)
    new = read_document(path, after).front_matter
    return old.front_matter is None or old.front_matter.problem is not None or (new is not None and new.problem is None)


def _fixable(found: Survey, policy: Policy) -> Iterator[tuple[str, list[Finding]]]:
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in found.seen.findings:
        if finding.fix and policy.applies(finding.fix.fixability):
            by_path[finding.path].append(finding)
    yield from sorted(by_path.items())


class Writer:
    """Puts repaired files in place, through a journal when there is a folder for it."""

    def __init__(self, journal_folder: Path | None, now: datetime) -> None:
        self._folder = journal_folder
        self._now = now
        self._journal: Journal | None = None

    @property
    def run_id(self) -> str | None:
        """The name by which `undo` knows the run; None when nothing was written or without a journal."""
        return self._journal.run_id if self._journal else None

    def __call__(self, mended: Mended) -> None:
        """Writes one file. Raises FileProblem; the file then is as it was."""
        new = encode_escaped(mended.after)
        if self._folder is None:
            files.replace(mended.state, new, root=mended.root)
            return
        if self._journal is None:
            self._journal = Journal.begin(self._folder, self._now, mended.root)
        self._journal.replace(mended.state, new)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._journal:
            self._journal.close()


class DiffCollector:
    """Shows repaired files as a unified diff."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def __call__(self, mended: Mended) -> None:
        """Adds the difference of one file."""
        name = shown_path(mended.root, mended.path).lstrip("/")
        self._parts.append(unified_diff(name, mended.before, mended.after))

    @property
    def text(self) -> str:
        """All differences so far."""
        return "".join(self._parts)
