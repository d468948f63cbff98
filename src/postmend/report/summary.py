"""The last line of a run: how much was found, what was fixed, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postmend.model import Fixability, Report
from postmend.report.items import RENAMED, fixability, is_note, plural

Verb = Literal["check", "fix", "preview", "dupes"]
"""What the run did; `preview` is a fix that writes nothing (`--diff`)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a report. Problems are the findings that are left and not mere notes."""

    files: int
    files_with_problems: int
    problems: int
    notes: int
    fixable: int
    fixable_unsafe: int
    renamable: int
    fixed: int
    files_fixed: int
    pairs: int
    clusters: int
    failures: int
    known: int


def count(report: Report) -> Counts:
    """Counts what the report holds."""
    problems = [f for f in report.findings if not is_note(f.code)]
    ways = [fixability(f) for f in problems if f.code not in RENAMED]
    names = [fixability(f) for f in problems if f.code in RENAMED]
    return Counts(
        files=report.files,
        files_with_problems=len({f.path for f in problems}),
        problems=len(problems),
        notes=len(report.findings) - len(problems),
        fixable=ways.count(Fixability.SAFE),
        fixable_unsafe=ways.count(Fixability.UNSAFE),
        renamable=names.count(Fixability.UNSAFE),
        fixed=len(report.fixed),
        files_fixed=len({f.path for f in report.fixed}),
        pairs=len(report.pairs),
        clusters=len(report.clusters),
        failures=len(report.failures),
        known=report.known,
    )


def verb_of(report: Report) -> Verb:
    """What the run did, as far as its report shows it."""
    return "fix" if report.fixed or report.run_id is not None else "check"


def summary(report: Report, *, verb: Verb | None = None) -> str:
    """The report in one line, for a run that did `verb`."""
    n, verb = count(report), verb or verb_of(report)
    outcome = _duplicates(report, n) if verb == "dupes" else _outcome(n, verb)
    more = [_undo(report, verb), _fixable(n, verb), _renamable(n), _notes(n), _known(n), _failures(n, verb)]
    return " ".join(s for s in (outcome, *more) if s)


def _outcome(n: Counts, verb: Verb) -> str:
    if n.files == 0 and not (n.problems or n.fixed):
        return "" if n.failures else "No posts found."
    if verb in ("fix", "preview") and (n.problems or n.fixed):
        return _fixed(n, verb)
    if not n.problems:
        return f"No {'new ' if n.known else ''}problems in {plural(n.files, 'file')}."
    return f"Found {plural(n.problems, 'problem')} in {_affected(n)}{_clusters(n)}."


def _affected(n: Counts) -> str:
    if n.files_with_problems >= n.files:
        return plural(n.files_with_problems, "file")
    return f"{n.files_with_problems:,} of {plural(n.files, 'file')}"


def _clusters(n: Counts) -> str:
    return f" ({plural(n.clusters, 'duplicate cluster')})" if n.clusters else ""


def _duplicates(report: Report, n: Counts) -> str:
    pairs = sum(not is_note(p.code) for p in report.pairs)
    if n.files == 0 and not pairs:
        return "No posts found."
    if not pairs:
        return f"No {'new ' if n.known else ''}duplicates in {plural(n.files, 'file')}."
    return f"Found {plural(pairs, 'duplicate pair')} in {plural(n.files, 'file')}{_clusters(n)}."


def _fixed(n: Counts, verb: Verb) -> str:
    did, stays = ("Would fix", "would remain") if verb == "preview" else ("Fixed", "remain")
    if not n.fixed:
        verb_form = "remains" if n.problems == 1 and verb == "fix" else stays
        return f"{did} nothing; {plural(n.problems, 'problem')} {verb_form}."
    left = f"{n.problems:,}" if n.problems else "none"
    if n.problems == 1 and verb == "fix":
        stays = "remains"
    return f"{did} {plural(n.fixed, 'problem')} in {plural(n.files_fixed, 'file')}; {left} {stays}."


def _fixable(n: Counts, verb: Verb) -> str:
    fixing = verb in ("fix", "preview")
    safe = 0 if fixing else n.fixable
    if safe and n.fixable_unsafe:
        return f"{safe:,} fixable with `postmend fix` ({n.fixable_unsafe:,} more with `--unsafe-fixes`)."
    if safe:
        return f"{safe:,} fixable with `postmend fix`."
    if n.fixable_unsafe:
        more = " more" if fixing and n.fixed else ""
        return f"{n.fixable_unsafe:,}{more} fixable with `postmend fix --unsafe-fixes`."
    return ""


def _renamable(n: Counts) -> str:
    return f"{plural(n.renamable, 'name')} repairable with `postmend fix --rename`." if n.renamable else ""


def _undo(report: Report, verb: Verb) -> str:
    return f"Undo with `postmend undo {report.run_id}`." if verb == "fix" and report.run_id else ""


def _notes(n: Counts) -> str:
    if not n.notes:
        return ""
    return f"Also {plural(n.notes, 'note')} that {'does' if n.notes == 1 else 'do'} not fail a run."


def _known(n: Counts) -> str:
    return f"{n.known:,} in the baseline {'is' if n.known == 1 else 'are'} not shown." if n.known else ""


def _failures(n: Counts, verb: Verb) -> str:
    way = "read or written" if verb == "fix" else "read"
    return f"{plural(n.failures, 'file')} could not be {way}." if n.failures else ""
