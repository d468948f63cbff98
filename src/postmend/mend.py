"""Repairs of a run: chosen, applied, verified, and handed to what writes or shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from postmend.config import Policy
from postmend.edits import EditMismatch, apply_edits, joint_edits, verify_repair
from postmend.examine import examine
from postmend.fixer.mojibake import MOST_PASSES
from postmend.intact import changed_elsewhere, keeps_front_matter
from postmend.model import Edit, Failure, Finding, Fix, Report, Span
from postmend.run import Progress, Request, Survey, survey
from postmend.scanner.document import decode_escaped, encode_escaped, is_utf8, read_document
from postmend.scanner.places import Site
from postmend.standing import standing_links
from postmend.store import files
from postmend.store.errors import FileProblem
from postmend.store.files import FileState
from postmend.structure import difference
from postmend.unnoticed import unnoticed
from postmend.values import dataclass, replace

if TYPE_CHECKING:
    from postmend.renames import Rename

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


class StructureChanges(NotVerified):
    """Repairs after which a Markdown parser would see something else."""


class Outdated(NotVerified):
    """Repairs of a text that is no longer there."""

    hint = "Nothing was changed in it. Run postmend again."


class Output(Protocol):
    """What writes or shows the outcome of a run."""

    def __call__(self, mended: Mended) -> None:
        """Takes a repaired file. Raises FileProblem; the file then is as it was."""

    def rename(self, root: Path, rename: Rename) -> None:
        """Takes a new name. Raises FileProblem; the old name then stays."""

    def renamed(self, root: Path, renames: Sequence[Rename]) -> Iterable[Failure]:
        """Takes note that these, in that order, were all. Returns what went wrong with that."""

    def read(self, root: Path, path: str) -> FileState:
        """The version of a file that repairs and renames have brought about, by its new path. Raises FileProblem."""


def fix(request: Request, policy: Policy, put: Output, progress: Progress | None = None) -> Report:
    """Repairs what the policy allows and reports what is left. `put` gets each repaired file to write or show.

    A file that can't be repaired or written stays as it is and is among the failures.
    """
    found = survey(request, _after_repair(policy), progress)
    fixed: list[Finding] = []
    for path, findings in _fixable(found, policy):
        try:
            others = found.seen.elsewhere.than(path)
            mended = mend(found.scope.root, path, findings, policy, others, found.scope.site)
            if mended.after == mended.before:
                continue  # all of it stands in links that lead somewhere, or would change the structure
            put(mended)
            remaining = left(path, mended.after, policy, others, found.scope.site)
            still = {(f.code, f.before, f.after) for f in remaining}
            done = [f for f in findings if (f.code, f.before, f.after) not in still]
            kept = ids(done) | ids(doubt.finding for _, doubt in found.seen.unproved)
            rest = [f for f in found.seen.findings if f.path != path or id(f) in kept or not is_of_text(f)]
            chosen = ids(findings)
            unrepaired = (f for f in found.seen.findings if f.path == path and id(f) not in chosen)
            remaining += unnoticed(unrepaired, remaining, mended.after)
            found.seen.findings[:] = [*rest, *remaining]
            fixed += done
        except (FileProblem, NotVerified) as problem:
            found.seen.failures.append(Failure(path, f"not repaired: {problem}", problem.hint))
    if policy.rename:
        from postmend.relink import rename_all  # which builds upon this module

        known = set(map(id, fixed))
        fixed += [f for f in rename_all(found, request, put) if id(f) not in known]
    return found.report(fixed)


def left(
    path: str, text: str, policy: Policy, elsewhere: frozenset[str] = frozenset(), site: Site = _ANY_SITE
) -> list[Finding]:
    """What is wrong with the text of a file once it is repaired: some of it shows only then, some is gone with it."""
    from postmend.losses import gathered

    found = examine(path, encode_escaped(text), site, policy, elsewhere).findings
    return [f for f in gathered(found) if is_of_text(f)]


def is_of_text(finding: Finding) -> bool:
    """Whether a finding is about the text of one file, and not about its name or other files."""
    return finding.code[:3] in ("PM0", "PM1", "PM3", "PM9") and finding.code != "PM106"


def ids(findings: Iterable[Finding]) -> set[int]:
    """What tells these very findings from others that are equal."""
    return set(map(id, findings))


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
    spared = partial(standing_links, root, path)
    return Mended(root, path, state, *repaired(path, state.data, findings, policy, elsewhere, site, spared))


def repaired(
    path: str,
    data: bytes,
    findings: Iterable[Finding],
    policy: Policy,
    elsewhere: frozenset[str] = frozenset(),
    site: Site = _ANY_SITE,
    spared: Callable[[str], Sequence[Span]] = lambda _: (),
) -> tuple[str, str]:
    """The text of a file before, and after the fixes of its findings and of what they bring to light.

    `spared` tells the spans of a text in which nothing is to be changed.

    Each pass is verified by itself; the last one finds nothing, so a second run changes nothing. Raises NotVerified.
    """
    try:
        before = current = decode_escaped(data)
        fixes = [finding.fix for finding in findings if finding.fix]
        for _ in range(MOST_PASSES):
            after = applied(path, current, fixes, spared)
            if after == current:
                return before, current
            current = after
            fixes = list(_further(path, current, policy, elsewhere, site))
    except EditMismatch:
        raise Outdated("it changed while postmend was at work") from None
    raise NotVerified("its repairs do not settle")


def applied(path: str, text: str, fixes: Sequence[Fix], spared: Callable[[str], Sequence[Span]] = lambda _: ()) -> str:
    """A text with fixes, verified. Those that would change its structure are left out. Raises NotVerified."""
    edits = _outside(joint_edits(fixes), spared, text)
    if not edits:
        return text
    after = apply_edits(text, edits)
    try:
        verify(path, text, after, edits)
    except StructureChanges:
        edits = _outside(joint_edits(_harmless(path, text, fixes)), spared, text)
        after = apply_edits(text, edits)
        verify(path, text, after, edits)
    return after


def _harmless(path: str, text: str, fixes: Sequence[Fix], others: Sequence[Fix] = ()) -> Sequence[Fix]:
    """Of fixes that change the structure of a text together, those that leave it as it is, also with the `others`.

    Looked for by halves: a large text has thousands of fixes, and each look parses all of it.
    """
    if len(fixes) < 2:
        return ()
    kept: list[Fix] = []
    for half in (fixes[: len(fixes) // 2], fixes[len(fixes) // 2 :]):
        before = [*others, *kept]
        kept += half if _keep_structure(path, text, [*before, *half]) else _harmless(path, text, half, before)
    return kept


def _keep_structure(path: str, text: str, fixes: Sequence[Fix]) -> bool:
    edits = joint_edits(fixes)
    try:
        verify(path, text, apply_edits(text, edits), edits)
    except StructureChanges:
        return False
    return True


def _outside(edits: list[Edit], spared: Callable[[str], Sequence[Span]], text: str) -> list[Edit]:
    """The edits of `text` that touch none of its spared spans."""
    spans = spared(text) if edits else ()
    return [edit for edit in edits if not any(edit.span.overlaps(span) for span in spans)]


def _further(path: str, text: str, policy: Policy, elsewhere: frozenset[str], site: Site) -> Iterator[Fix]:
    """What a further pass would fix, with the evidence of the first: with less, a second run could find more."""
    for finding in examine(path, encode_escaped(text), site, policy, elsewhere).findings:
        if finding.fix and policy.applies(finding.fix.fixability):
            yield finding.fix


def verify(path: str, before: str, after: str, edits: list[Edit]) -> None:
    """Raises NotVerified when the repaired text must not be written."""
    reason = verify_repair(before, after, edits)
    if reason:
        raise NotVerified(reason)
    old, new = read_document(path, before), read_document(path, after)
    if not is_utf8(before):  # what keys and markup were in another encoding is not known
        if old.front_matter and not old.front_matter.problem and (not new.front_matter or new.front_matter.problem):
            raise NotVerified("its front matter would no longer parse")
        return
    if not keeps_front_matter(old, after):
        raise NotVerified("its front matter would no longer parse to the same keys")
    field = changed_elsewhere(old, new, edits)
    if field:
        raise NotVerified(f"`{field}` in its front matter would change, where nothing is repaired")
    # A damaged byte order mark can hide front matter, which then was body.
    is_same_part = (old.front_matter is None) == (new.front_matter is None)
    changed = difference(old.body_text, new.body_text) if is_same_part else None
    if changed:
        raise StructureChanges(f"its structure would change: {changed}")


def _after_repair(policy: Policy) -> Policy:
    """The policy for a comparison of posts as they will be: what is told of pairs is to hold after the run."""
    level = (1 + policy.unsafe_fixes) * policy.selects_any("PM1")
    return replace(policy, duplicates=replace(policy.duplicates, repaired=level))


def _fixable(found: Survey, policy: Policy) -> Iterator[tuple[str, list[Finding]]]:
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in found.seen.findings:
        if finding.fix and finding.fix.edits and policy.applies(finding.fix.fixability):
            by_path[finding.path].append(finding)
    yield from sorted(by_path.items())
