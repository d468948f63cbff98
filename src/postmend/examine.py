"""One file: what is wrong with its text, and the post that it is once repaired. Pure: bytes in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from postmend.config import Policy
from postmend.edits import apply_edits
from postmend.findings import mojibake_findings
from postmend.fixer.controls import is_tie_of_controls
from postmend.fixer.mojibake import ON_PURPOSE, Guard, find_repairs
from postmend.fixer.oddity import may_hold_oddities
from postmend.fixer.patches import overlaps
from postmend.heads import head_findings
from postmend.intact import BREAKS_FRONT_MATTER, keeps_front_matter, with_front_matter_intact
from postmend.model import (
    Document,
    Edit,
    Finding,
    Fixability,
    FrontMatterFormat,
    Position,
    Post,
    RegionKind,
    Repair,
    Span,
)
from postmend.scanner.document import decode, is_binary, plain_utf8, read_document
from postmend.scanner.places import Site
from postmend.scanner.regions import split_regions
from postmend.scanner.sites import read_post
from postmend.values import dataclass, replace

if TYPE_CHECKING:
    from postmend.conversion import Conversion
    from postmend.suppressions import Unproved

_CODE = {RegionKind.CODE_FENCE, RegionKind.INLINE_CODE, RegionKind.LINK_TARGET, RegionKind.SCRIPT}
_ESCAPES = re.compile(r"&[#A-Za-z]|%[0-9A-Fa-f]|\\[uxU]")
_TWICE = re.compile("&amp;|%25")
_SIGN_OF_LOSS = {"\N{REPLACEMENT CHARACTER}"}  # what comes back where only such signs were misread: PM104 says more
_DAMAGE = {Fixability.SAFE: 1, Fixability.UNSAFE: 2, Fixability.DISPLAY: 0}  # what is only shown may be meant
_LOST = 3
_LONG_ESCAPES = {FrontMatterFormat.YAML, FrontMatterFormat.TOML}
_START = Position(1, 1, 0)
_judges_texts = lru_cache(maxsize=4)(Policy.judges_texts)  # asked for every file
LEFT_IN_CODE = "it stands in code or in an address, and these are left as they are"


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of one file. `document` has all safe repairs applied; None when it is not text.

    `damage`, whatever is selected, is 0 for sound text, 1 for what safe fixes repair, 2 for what unsafe ones do, 3 for
    what is lost. `certain` names the accidents of safe repairs, `unsure` those of repairs that lack evidence.
    `unproved` are suppressions that only the other files can show to be needed.
    """

    findings: tuple[Finding, ...]
    document: Document | None
    site: Site
    certain: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    damage: int = 0
    unproved: tuple[Unproved, ...] = ()

    @property
    def post(self) -> Post | None:
        """The document as the post that its site makes of it."""
        return read_post(self.document, self.site) if self.document else None


def examine(path: str, data: bytes, site: Site, policy: Policy, elsewhere: frozenset[str] = frozenset()) -> Examined:
    """The findings of a file and its post. `path` is POSIX and relative to the site's root. Raises nothing.

    `elsewhere` names accidents that happened for certain in other files. It matters only to files that are unsure of
    one of these.
    """
    policy = policy.at(path)
    if is_binary(data):
        found = _alone(path, "PM004", "Binary file, though its name is that of a post; it is left alone")
        return _told(None, found, site, policy)
    text = plain_utf8(data)
    if text is None:
        from postmend.conversion import convert  # which few files need

        conversion = convert(path, data, policy.encoding)
        if conversion:
            return _converted(path, conversion, site, policy, elsewhere)
        text = decode(data)
    document = read_document(path, text)
    repairs = document_repairs(document, policy, elsewhere)
    repaired = read_document(path, apply_edits(text, safe_edits(repairs))) if repairs else document
    losses = list(_losses(document, repairs))
    told = Examined((), None, site)
    if _judges_texts(policy):
        findings = [
            *text_findings(document, repairs, policy, elsewhere),
            *losses,
            *head_findings(document, repaired, site.generator, policy),
        ]
        told = _told(document, findings, site, policy)
    damage = _LOST if losses else max((_DAMAGE[r.fixability] for r in repairs), default=0)
    return replace(told, document=repaired, certain=_certain(repairs), unsure=_unsure(repairs), damage=damage)


def document_repairs(document: Document, policy: Policy, elsewhere: frozenset[str] = frozenset()) -> tuple[Repair, ...]:
    """The repairs of a document, each as far to be trusted as its place and the policy allow.

    Accidents `elsewhere` count only when the document by itself is unsure of one of them.
    """
    repairs = _repairs(document, policy, frozenset())
    return _repairs(document, policy, elsewhere) if elsewhere & _unsure(repairs) else repairs


def text_findings(
    document: Document, repairs: Sequence[Repair], policy: Policy, elsewhere: frozenset[str] = frozenset()
) -> list[Finding]:
    """What is wrong with the text of a document: its `repairs`, damage that is escaped, odd characters."""
    kept = [r for r in repairs if not is_tie_of_controls(r)]
    if policy.selects("PM107") and _ESCAPES.search(document.text):
        known = [r.span for r in kept]
        kept += [r for r in _escaped_repairs(document, policy, elsewhere) if not overlaps(r.span, known)]
    found = list(mojibake_findings(document, sorted(kept, key=lambda r: r.span))) if kept else []
    if policy.selects_any("PM1") and (may_hold_oddities(document.text) or _TWICE.search(document.text)):
        from postmend.oddities import oddity_findings

        found += (_if_front_matter_stays(document, f) for f in oddity_findings(document, kept))
    return found


def _losses(document: Document, repairs: Sequence[Repair]) -> Iterable[Finding]:
    """Text that is gone. Most posts have neither question marks within words nor a sign of loss."""
    if document.text.isascii() and "?" not in document.text:
        return ()
    from postmend.losses import lost_findings

    return lost_findings(document, repairs)


def _escaped_repairs(document: Document, policy: Policy, elsewhere: frozenset[str]) -> tuple[Repair, ...]:
    from postmend.fixer.escaped import find_escaped
    from postmend.fixer.escapes import NOWHERE

    matter = document.front_matter
    long_escapes = matter.content if matter and matter.format in _LONG_ESCAPES else NOWHERE
    repairs = find_escaped(document.text, _guard(document, policy), elsewhere, long_escapes)
    if repairs and policy.code_blocks == "leave":
        repairs = _with_code_left(repairs, _code(document))
    return tuple(_shown_where_it_breaks(document, r) for r in repairs)


def _shown_where_it_breaks(document: Document, repair: Repair) -> Repair:
    """The repair, which is written as an escape already; only shown if the front matter would not survive it."""
    matter = document.front_matter
    if not matter or not repair.span.overlaps(matter.span):
        return repair
    if keeps_front_matter(document, apply_edits(document.text, [_edit(repair)])):
        return repair
    return replace(repair, fixability=Fixability.DISPLAY, doubt=BREAKS_FRONT_MATTER)


def _if_front_matter_stays(document: Document, finding: Finding) -> Finding:
    """The finding, without its fix if that would change the keys of the front matter."""
    matter = document.front_matter
    edits = [e for e in finding.fix.edits if matter and e.span.overlaps(matter.span)] if finding.fix else []
    if not edits or keeps_front_matter(document, apply_edits(document.text, edits)):
        return finding
    return replace(finding, fix=None, after=None)


def _repairs(document: Document, policy: Policy, elsewhere: frozenset[str]) -> tuple[Repair, ...]:
    found = find_repairs(document.text, _guard(document, policy), elsewhere)
    repairs = tuple(r for r in found if {c for c in r.new if not c.isascii()} != _SIGN_OF_LOSS)
    if repairs and policy.code_blocks == "leave":
        repairs = _with_code_left(repairs, _code(document))
    return with_front_matter_intact(document, repairs)


def _guard(document: Document, policy: Policy) -> Guard:
    return (lambda _: ()) if policy.code_blocks == "repair" else (lambda _: _code(document))


def _certain(repairs: Iterable[Repair]) -> frozenset[str]:
    return frozenset(name for r in repairs if r.fixability is Fixability.SAFE for name in r.chain)


def _unsure(repairs: Iterable[Repair]) -> frozenset[str]:
    """The accidents of repairs that could become safe with more evidence."""
    doubtful = (r for r in repairs if r.fixability is Fixability.UNSAFE and r.reversible and r.doubt != ON_PURPOSE)
    return frozenset(name for r in doubtful for name in r.chain)


def _code(document: Document) -> list[Span]:
    """Code and addresses, in order."""
    return [r.span for r in split_regions(document.text, document.body) if r.kind in _CODE]


def _with_code_left(repairs: Iterable[Repair], code: Sequence[Span]) -> tuple[Repair, ...]:
    """The repairs, those in code only shown. What is shown on purpose anyway keeps its reason."""
    return tuple(
        replace(r, fixability=Fixability.DISPLAY, doubt=r.doubt if r.doubt == ON_PURPOSE else LEFT_IN_CODE)
        if overlaps(r.span, code)
        else r
        for r in repairs
    )


def safe_edits(repairs: Iterable[Repair]) -> list[Edit]:
    """What `fix` would do about the safe ones."""
    return [_edit(r) for r in repairs if r.fixability is Fixability.SAFE]


def _edit(repair: Repair) -> Edit:
    return Edit(repair.span, repair.old, repair.new)


def _converted(path: str, conversion: Conversion, site: Site, policy: Policy, elsewhere: frozenset[str]) -> Examined:
    """A file that is not UTF-8. What else is wrong with its text shows when it is."""
    if conversion.text is None:
        return _told(None, conversion.findings, site, policy)
    document = read_document(path, conversion.text)
    edits = safe_edits(document_repairs(document, policy, elsewhere))
    repaired = read_document(path, apply_edits(document.text, edits)) if edits else document
    told = _told(document, conversion.findings, site, policy)
    return replace(told, document=repaired, damage=_of_bytes(conversion))


def _of_bytes(conversion: Conversion) -> int:
    """The damage of a file that is not UTF-8: that of its worst part."""
    return max((_DAMAGE[f.fix.fixability] if f.fix else _LOST for f in conversion.findings), default=_LOST)


def _told(document: Document | None, found: Iterable[Finding], site: Site, policy: Policy) -> Examined:
    """The findings that the policy selects and the document does not ask to leave out."""
    findings = tuple(finding for finding in found if policy.selects(finding.code))
    if document is None or "postmend" not in document.text:
        return Examined(findings, None, site)
    from postmend.suppressions import quieted

    quiet = quieted(document, findings, policy)
    return Examined(quiet.findings, None, site, unproved=quiet.unproved)


def _alone(path: str, code: str, message: str) -> tuple[Finding, ...]:
    return (Finding(code, path, _START, _START, message),)
