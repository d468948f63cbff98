"""Findings that a post asks to leave out, and requests of that kind that leave out nothing (PM901)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from postmend.config import Policy
from postmend.edits import apply_edits
from postmend.model import Document, Edit, Finding, Fix, Fixability, Post, Span
from postmend.position import LineIndex
from postmend.rules import BY_CODE
from postmend.scanner.directives import MARK, Directive, line_of, read_comment, read_directives
from postmend.scanner.lines import next_line, with_line_feeds
from postmend.structure import difference
from postmend.values import dataclass

UNUSED = "PM901"
_ABOUT_FILES = ("PM106", "PM2")  # what is found by looking at more than the text of one file


@dataclass(frozen=True, slots=True)
class Unproved:
    """A suppression of findings that only all files together bring about, and the finding if there are none."""

    codes: tuple[str, ...]  # rule codes or their beginnings
    finding: Finding


@dataclass(frozen=True, slots=True)
class Quieted:
    """The findings of a file that are left, and what can't be said before the other files are known."""

    findings: tuple[Finding, ...]
    unproved: tuple[Unproved, ...] = ()


def quieted(document: Document, findings: Sequence[Finding], policy: Policy) -> Quieted:
    """The findings that the document doesn't ask to leave out, and one for each request that was for nothing."""
    directives = read_directives(document)
    if not directives:
        return Quieted(tuple(findings))
    used: dict[int, set[str]] = {n: set() for n in range(len(directives))}
    left = tuple(f for f in findings if not _left_out(f, directives, used))
    if not policy.selects(UNUSED):
        return Quieted(left)
    judge = _Judge(document, policy)
    verdicts = [v for n, directive in enumerate(directives) for v in judge.unused(directive, used[n])]
    sure = tuple(v.finding for v in verdicts if not v.codes)
    return Quieted((*left, *sure), tuple(v for v in verdicts if v.codes))


def asks_to_leave_out(post: Post | None, code: str) -> bool:
    """Whether a post asks to leave out what a rule finds in all of the file."""
    if post is None or "postmend" not in post.document.text:
        return False
    return any(d.whole_file and _names(d, code) is not None for d in read_directives(post.document))


def still_unused(unproved: Iterable[tuple[str, Unproved]], used: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """The findings for suppressions, by path, that left out nothing. `used` are paths and codes that were left out."""
    served = set(used)
    for path, doubt in unproved:
        if not any(path == where and code.startswith(doubt.codes) for where, code in served):
            yield doubt.finding


def _left_out(finding: Finding, directives: Sequence[Directive], used: dict[int, set[str]]) -> bool:
    """Whether a directive covers the finding; all that do are noted as used."""
    found = False
    for n, directive in enumerate(directives):
        name = _names(directive, finding.code)
        if name is not None and directive.covers.start <= finding.start.offset < max(directive.covers.end, 1):
            used[n].add(name)
            found = True
    return found


def _names(directive: Directive, code: str) -> str | None:
    """The code of a directive that a rule's code begins with; empty for a directive that means all."""
    if directive.problem:
        return None
    return next((name for name in directive.codes or ("",) if code.startswith(name)), None)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says which suppressions were for nothing."""

    document: Document
    policy: Policy

    def unused(self, directive: Directive, used: set[str]) -> Iterator[Unproved]:
        """What is wrong with a directive, of whose codes some were `used`."""
        if directive.problem:
            yield Unproved((), self._finding(directive, f"Suppression not understood: {directive.problem}", ()))
            return
        for code in directive.codes:
            said = self._mistaken(directive, code)
            if said:
                yield Unproved((), self._finding(directive, said, ()))
        idle = [c for c in directive.codes or ("",) if c not in used and self._is_judged(directive, c)]
        of_files = [code for code in idle if directive.whole_file and _may_be_about_files(code)]
        sure = [code for code in idle if code not in of_files]
        if sure:
            yield Unproved((), self._idle(directive, sure))
        for code in of_files:
            yield Unproved((code,), self._idle(directive, [code], with_fix=len(directive.codes) < 2))

    def _mistaken(self, directive: Directive, code: str) -> str:
        """Why a code can't be left out where it stands."""
        if not any(known.startswith(code) for known in BY_CODE):
            from difflib import get_close_matches  # which only a slip costs

            near = get_close_matches(code, BY_CODE, n=1, cutoff=0.5)
            return f"Suppression of `{code}`, which is no rule{f'; did you mean {near[0]}?' if near else ''}"
        if code.startswith(_ABOUT_FILES) and not directive.whole_file:
            return f"{code} is about whole files; leave it out with `ignore-file`, or in the front matter"
        return ""

    def _is_judged(self, directive: Directive, code: str) -> bool:
        """Whether all rules that a code means are looked for in this run, and may be left out there."""
        rules = [
            rule.code for rule in BY_CODE.values() if rule.code.startswith(code) and (rule.on or rule.code == code)
        ]
        return bool(rules) and all(map(self.policy.selects, rules)) and not (code and self._mistaken(directive, code))

    def _idle(self, directive: Directive, codes: Sequence[str], with_fix: bool = True) -> Finding:
        where = "in this file" if directive.whole_file else "between the two" if len(directive.places) > 1 else ""
        where = where or ("on this line" if directive.covers.start <= directive.places[0].start else "on the next line")
        what = f"nothing of {', '.join(codes)}" if all(codes) else "nothing"
        return self._finding(directive, f"Unused suppression: {what} is found {where}", codes if with_fix else ())

    def _finding(self, directive: Directive, said: str, codes: Sequence[str]) -> Finding:
        lines = LineIndex(self.document.text)
        place = directive.places[0]
        edits = self._edits(directive, codes) if codes and directive.is_comment else ()
        edits = edits if edits and self._keep_structure(edits) else ()
        return Finding(
            UNUSED,
            self.document.path,
            lines.position(place.start),
            lines.position(place.end),
            said,
            fix=Fix(edits, Fixability.SAFE) if edits else None,
            context=lines.around(place),
        )

    def _keep_structure(self, edits: Sequence[Edit]) -> bool:
        """Whether the text is built as before: without a comment in front, ``` begins a code block."""
        after = apply_edits(self.document.text, edits)
        return difference(self.document.body_text, after[self.document.body.start :]) is None

    def _edits(self, directive: Directive, codes: Sequence[str]) -> tuple[Edit, ...]:
        """Takes away the comments, or the codes that are not needed."""
        kept = [code for code in directive.codes if code not in codes]
        text = self.document.text
        if not kept:
            return tuple(self._removal(place) for place in directive.places)
        return tuple(Edit(place, old := place.of(text), _with_codes(old, kept)) for place in directive.places[:1])

    def _removal(self, place: Span) -> Edit:
        """The comment goes, with its line if it stands alone."""
        text = self.document.text
        flat = with_line_feeds(text)
        start, end = line_of(flat, place)
        if not flat[start : place.start].strip() and not flat[place.end : end].strip():
            place = Span(start, next_line(flat, place.end))
        return Edit(place, place.of(text), "")


def _with_codes(comment: str, codes: Sequence[str]) -> str:
    """A comment that names these codes instead of others."""
    written = read_comment(comment)
    if written is None:
        return comment
    reason = f" -- {written.reason}" if written.reason else ""
    return f"{written.opening} {MARK} {written.word} {', '.join(codes)}{reason} {written.closing}"


def _may_be_about_files(code: str) -> bool:
    """Whether a code, or what it is the beginning of, can be about more than the text of one file."""
    return any(code.startswith(about) or about.startswith(code) for about in _ABOUT_FILES)
