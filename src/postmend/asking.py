"""`fix --interactive`: each repair is put to a person before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from postmend.config import Policy
from postmend.fixer.mojibake import MOST_PASSES
from postmend.mend import Mended, NotVerified, Output, applied, ids, is_of_text, left
from postmend.model import Edit, Failure, Finding, Fix, Fixability, Pair, Report, Span
from postmend.run import Progress, Request, Survey, survey
from postmend.scanner.document import decode_escaped
from postmend.standing import standing_links
from postmend.store import files
from postmend.store.errors import FileProblem


class Word(Enum):
    """What a person can say to a repair."""

    YES = "y"
    NO = "n"
    ALL = "a"
    EDIT = "e"
    DONE = "d"
    QUIT = "q"


@dataclass(frozen=True, slots=True)
class Answer:
    """A word, and the text to put in place of the suggested one when the word is EDIT."""

    word: Word
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A repair to decide about: the finding, the text that it stands in, and how many there are in this file."""

    finding: Finding
    text: str
    number: int
    of: int

    @property
    def span(self) -> Span:
        """What the finding covers."""
        return Span(self.finding.start.offset, self.finding.end.offset)

    @property
    def can_be_edited(self) -> bool:
        """Whether what stands there can be replaced by what a person types."""
        before = self.finding.before
        return bool(before) and "\n" not in (before or "") and self.span.of(self.text) == before


class Person(Protocol):
    """Who decides."""

    def decide(self, question: Question) -> Answer:
        """What is to become of a repair."""

    def decide_pair(self, pair: Pair) -> Word:
        """Whether two posts are no duplicates: YES notes it, NO leaves them, QUIT ends the questions."""


def fix_asking(
    request: Request, policy: Policy, put: Output, person: Person, progress: Progress | None = None
) -> Report:
    """Repairs what the person says yes to, and reports what is left. A file is written once all of it is decided.

    When all files are done, the person is asked about duplicates; what is none is left out of the report.
    """
    found = survey(request, policy, progress)
    session = _Session(found, policy, put, person)
    fixed: list[Finding] = []
    for path in sorted({f.path for f in found.seen.findings if _is_offered(f)}):
        if session.over:
            break
        try:
            fixed += session.file(path)
        except (FileProblem, NotVerified) as problem:
            found.seen.failures.append(Failure(path, f"not repaired: {problem}", problem.hint))
    report = found.report(fixed)
    return report if session.over else _without(report, frozenset(_no_duplicates(report.pairs, person)))


def _no_duplicates(pairs: Iterable[Pair], person: Person) -> Iterator[tuple[str, frozenset[str]]]:
    """The pairs that the person says are none, by code and paths."""
    for pair in pairs:
        word = person.decide_pair(pair)
        if word is Word.QUIT:
            return
        if word is Word.YES:
            yield pair.code, frozenset((pair.left, pair.right))


def _without(report: Report, excused: frozenset[tuple[str, frozenset[str]]]) -> Report:
    """The report, without pairs and what it says of them."""
    findings = (f for f in report.findings if (f.code, frozenset((f.path, f.other or ""))) not in excused)
    pairs = (p for p in report.pairs if (p.code, frozenset((p.left, p.right))) not in excused)
    return replace(report, findings=tuple(findings), pairs=tuple(pairs))


def _is_offered(finding: Finding) -> bool:
    """Whether there is something to decide; what is only shown has no repair that could be told from others."""
    return finding.fix is not None and bool(finding.fix.edits) and finding.fix.fixability is not Fixability.DISPLAY


@dataclass(slots=True)
class _Session:
    """What was decided so far."""

    found: Survey
    policy: Policy
    put: Output
    person: Person
    over: bool = False
    wanted: set[tuple[object, ...]] = field(default_factory=set)  # kinds of which all are to be repaired

    def file(self, path: str) -> list[Finding]:
        """Asks about one file and writes it. Returns what was repaired. Raises FileProblem and NotVerified."""
        root, site = self.found.scope.root, self.found.scope.site
        others = self.found.seen.elsewhere.than(path)
        state = files.read_bytes(root / path)
        before = text = decode_escaped(state.data)
        findings = [f for f in self.found.seen.findings if f.path == path]
        declined: set[tuple[object, ...]] = set()
        done: list[Finding] = []
        for _ in range(MOST_PASSES):
            spared = standing_links(root, path, text)
            open_ones = [f for f in findings if _is_offered(f) and _name(f) not in declined and not _touches(f, spared)]
            chosen = list(self._ask(open_ones, text, declined))
            if not chosen:
                break
            text, done = applied(path, text, [f.fix for f in chosen if f.fix]), [*done, *chosen]
            findings = left(path, text, self.policy, others, site)
            if self.over:
                break
        if done:
            self.put(Mended(root, path, state, before, text))
            kept = ids(doubt.finding for _, doubt in self.found.seen.unproved)
            rest = [f for f in self.found.seen.findings if f.path != path or id(f) in kept or not is_of_text(f)]
            self.found.seen.findings[:] = [*rest, *findings, *done]
        return done

    def _ask(self, findings: Sequence[Finding], text: str, declined: set[tuple[object, ...]]) -> Iterator[Finding]:
        """The findings whose repairs are wanted, as the person wants them; the others are added to `declined`."""
        rest_declined = self.over
        for number, finding in enumerate(findings, 1):
            if _kind(finding) in self.wanted and not self.over:
                yield finding
                continue
            if not rest_declined:
                question = Question(finding, text, number, len(findings))
                answer = self.person.decide(question)
                self.over = answer.word is Word.QUIT
                rest_declined = answer.word in (Word.DONE, Word.QUIT)
                if answer.word is Word.ALL:
                    self.wanted.add(_kind(finding))
                if answer.word in (Word.YES, Word.ALL, Word.EDIT):
                    yield _edited(question, answer.text) if answer.word is Word.EDIT else finding
                    continue
            declined.add(_name(finding))


def _edited(question: Question, text: str) -> Finding:
    """The finding with a repair that somebody typed."""
    finding = question.finding
    edit = Edit(question.span, finding.before or "", text)
    return replace(finding, after=text, fix=Fix((edit,), Fixability.SAFE))


def _kind(finding: Finding) -> tuple[object, ...]:
    """What findings have in common that one decision can stand for."""
    return finding.code, finding.chain, finding.fix.fixability if finding.fix else None


def _name(finding: Finding) -> tuple[object, ...]:
    """What tells a finding from others, wherever it moves."""
    return finding.code, finding.before or finding.message, finding.after


def _touches(finding: Finding, spared: Iterable[Span]) -> bool:
    edits = finding.fix.edits if finding.fix else ()
    return any(edit.span.overlaps(span) for edit in edits for span in spared)
