"""One file: what is wrong with its text, and the post that it is once repaired. Pure: bytes in, values out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from postmend.config import Policy
from postmend.edits import apply_edits
from postmend.findings import mojibake_findings
from postmend.fixer.accidents import labels
from postmend.fixer.mojibake import ON_PURPOSE, find_repairs
from postmend.fixer.undecodable import likeliest_reading
from postmend.model import Document, Edit, Finding, Fixability, Position, Post, RegionKind, Repair, Span
from postmend.position import LineIndex
from postmend.scanner.document import NotUtf8, decode, is_binary, read_document
from postmend.scanner.frontmatter import shape
from postmend.scanner.places import Site
from postmend.scanner.regions import split_regions
from postmend.scanner.sites import read_post

_CODE = {RegionKind.CODE_FENCE, RegionKind.INLINE_CODE, RegionKind.LINK_TARGET, RegionKind.SCRIPT}
_START = Position(1, 1, 0)
BREAKS_FRONT_MATTER = "the repaired value would break the front matter"
LEFT_IN_CODE = "it stands in code or in an address, and these are left as they are"


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of one file. `post` is None when it is not text; its text has all safe repairs applied.

    `certain` names the accidents of safe repairs, `unsure` those of repairs that lack evidence.
    """

    findings: tuple[Finding, ...]
    post: Post | None
    certain: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def examine(path: str, data: bytes, site: Site, policy: Policy, elsewhere: frozenset[str] = frozenset()) -> Examined:
    """The findings of a file and its post. `path` is POSIX and relative to the site's root. Raises nothing.

    `elsewhere` names accidents that happened for certain in other files. It matters only to files that are unsure of
    one of these.
    """
    examined = _examined(path, data, site, policy, elsewhere)
    return replace(examined, findings=tuple(f for f in examined.findings if policy.selects(f.code)))


def _examined(path: str, data: bytes, site: Site, policy: Policy, elsewhere: frozenset[str]) -> Examined:
    if is_binary(data):
        return Examined(_alone(path, "PM004", "Binary file, though its name is that of a post; it is left alone"), None)
    try:
        text = decode(data)
    except NotUtf8 as problem:
        return _undecodable(path, data, problem, site)
    if "\0" in text:  # what is not binary and yet has NULs; ASCII in UTF-16 is valid UTF-8, byte for byte
        return Examined(_alone(path, "PM001", "Not UTF-8 but UTF-16 or UTF-32, without a byte order mark"), None)
    document = read_document(path, text)
    repairs = document_repairs(document, policy, elsewhere)
    repaired = read_document(path, apply_edits(text, safe_edits(repairs))) if repairs else document
    findings = [*(mojibake_findings(document, repairs) if repairs else ()), *_front_matter(document, repaired)]
    return Examined(tuple(findings), read_post(repaired, site), _certain(repairs), _unsure(repairs))


def document_repairs(document: Document, policy: Policy, elsewhere: frozenset[str] = frozenset()) -> tuple[Repair, ...]:
    """The repairs of a document, each as far to be trusted as its place and the policy allow.

    Accidents `elsewhere` count only when the document by itself is unsure of one of them.
    """
    repairs = _repairs(document, policy, frozenset())
    return _repairs(document, policy, elsewhere) if elsewhere & _unsure(repairs) else repairs


def _repairs(document: Document, policy: Policy, elsewhere: frozenset[str]) -> tuple[Repair, ...]:
    guard = (lambda _: ()) if policy.code_blocks == "repair" else (lambda _: _code(document))
    repairs = find_repairs(document.text, guard, elsewhere)
    if repairs and policy.code_blocks == "leave":
        repairs = _with_code_left(repairs, _code(document))
    return _with_front_matter_intact(document, repairs)


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
        if _overlaps(r.span, code)
        else r
        for r in repairs
    )


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether the span overlaps one of the others, which are sorted and don't overlap one another."""
    at = bisect_left(others, span.end, key=lambda other: other.start)
    return at > 0 and others[at - 1].end > span.start


def safe_edits(repairs: Iterable[Repair]) -> list[Edit]:
    """What `fix` would do about the safe ones."""
    return [_edit(r) for r in repairs if r.fixability is Fixability.SAFE]


def _edit(repair: Repair) -> Edit:
    return Edit(repair.span, repair.old, repair.new)


def _undecodable(path: str, data: bytes, problem: NotUtf8, site: Site) -> Examined:
    reading = likeliest_reading(data)
    where = f"Not UTF-8 (byte 0x{problem.byte:02X} at {problem.offset})"
    if reading is None:
        return Examined(_alone(path, "PM001", f"{where}, nor any other encoding that fits"), None)
    findings = _alone(path, "PM001", f"{where}; reads as {_label(reading.encoding)}")
    return Examined(findings, read_post(read_document(path, reading.text), site))


def _label(encoding: str) -> str:
    """An encoding, named as Python does it, as people know it."""
    dashed = encoding.replace("_", "-")
    return next((label for label in labels((encoding, dashed)) if label not in (encoding, dashed)), dashed.upper())


def _alone(path: str, code: str, message: str) -> tuple[Finding, ...]:
    return (Finding(code, path, _START, _START, message),)


def _with_front_matter_intact(document: Document, repairs: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """The repairs; those of the front matter only shown if they would break it: a quotation mark that comes back may
    end a YAML string early.
    """
    matter = document.front_matter
    inside = [r for r in repairs if matter and r.span.overlaps(matter.span)]
    if not inside or keeps_front_matter(document, apply_edits(document.text, [_edit(r) for r in inside])):
        return repairs
    return tuple(
        replace(r, fixability=Fixability.DISPLAY, doubt=BREAKS_FRONT_MATTER) if r in inside else r for r in repairs
    )


def keeps_front_matter(document: Document, text: str) -> bool:
    """Whether `text`, the repaired document, has front matter with the same keys and kinds of values."""
    before, after = document.front_matter, read_document(document.path, text).front_matter
    if after is None:
        return before is None
    if before is None:
        return after.problem is None  # a damaged byte order mark hid it
    if before.problem is not None:
        return True
    return after.problem is None and shape(before) == shape(after)


def _front_matter(document: Document, repaired: Document) -> Iterator[Finding]:
    matter = document.front_matter
    if (
        matter is None
        or matter.problem is None
        or repaired.front_matter is None
        or repaired.front_matter.problem is None
    ):
        return
    lines = LineIndex(document.text)
    place = lines.position(min(matter.problem.offset, len(document.text)))
    yield Finding(
        "PM301",
        document.path,
        place,
        place,
        f"Front matter can't be parsed: {matter.problem.reason}",
        context=lines.line_text(place.line),
    )
