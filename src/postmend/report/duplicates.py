"""Pairs and clusters of duplicates in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from postmend.comparator.codes import VERIFIED
from postmend.comparator.fields import is_telling
from postmend.model import Cluster, FieldChange, Finding, Pair, Passage
from postmend.report.console import Look
from postmend.report.excerpt import start_of
from postmend.report.items import percent, plural
from postmend.rules import BY_CODE

_INDENT = 6  # columns that reports put in front of these lines
SIGNS = (("-", "red"), ("+", "green"))  # of the left post and of the right one


class Pairs:
    """The pairs of a report, handed out to the findings that speak of them."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._left = {(pair.code, pair.left, pair.right): pair for pair in pairs}
        self._of = {**self._left, **{(pair.code, pair.right, pair.left): pair for pair in pairs}}

    def take(self, finding: Finding) -> Pair | None:
        """The pair that a finding is about: of its code, with its path and the other one."""
        found = self._of.get((finding.code, finding.path, finding.other or ""))
        if found is not None:
            self._left.pop((found.code, found.left, found.right), None)
        return found

    def left_over(self) -> list[Pair]:
        """The pairs that no finding took."""
        return list(self._left.values())


def headline(pair: Pair, look: Look) -> Text:
    """The two posts and the name of what they are."""
    what = f"  {pair.code} {BY_CODE[pair.code].summary}" if pair.code else ""
    return Text.assemble((look.show(pair.left), "bold"), " and ", (look.show(pair.right), "bold"), what)


def pair_lines(pair: Pair, look: Look, *, every: bool = False) -> Iterator[Text]:
    """What a person needs to decide: both posts, verdict, scores, shared text, front matter, and what to keep.

    With `every` all fields that differ, as they are; else the telling ones, cut to the width.
    """
    for side in (0, 1):
        yield _post(pair, side, look)
    yield Text(look.show(pair.verdict))
    yield Text(scores(pair))
    if pair.locales[0] != pair.locales[1]:
        languages = " and ".join(locale or "none given" for locale in pair.locales)
        yield Text(look.show(f"languages: {languages}"))
    if pair.passage is not None:
        yield from _passage_lines(pair.passage, pair, look)
    yield from _field_lines(pair.fields, look, every)
    if pair.code in VERIFIED:  # of the others, both may stay
        yield Text.assemble("keep ", (look.show(pair.keep), "green"), look.show(_why(pair)))


def scores(pair: Pair) -> str:
    """All scores of a pair in one line."""
    body = f"body {percent(pair.body)} alike, {percent(pair.containment)} of the shorter in the longer"
    rest = (f"{name} {percent(score)}" for name, score in _other_scores(pair))
    return f"{body}; {', '.join(rest)}"


def _other_scores(pair: Pair) -> tuple[tuple[str, float], ...]:
    return ("slug", pair.slug), ("title", pair.title), ("description", pair.description)


def _post(pair: Pair, side: int, look: Look) -> Text:
    """One of the two: its sign, how much of it is in the other one, how many link to it."""
    sign, color = SIGNS[side]
    text = f"{pair.shared_words[side]:,} of {pair.words[side]:,} {pair.unit} shared"
    links = f", {plural(pair.links[side], 'link')} to it" if pair.links is not None else ""
    return Text.assemble((f"{sign} ", color), (look.show((pair.left, pair.right)[side]), "bold"), f": {text}{links}")


def _passage_lines(passage: Passage, pair: Pair, look: Look) -> Iterator[Text]:
    """How long the longest shared passage is, where it stands in both files, and how it begins."""
    left, right = _lines(passage.left_lines), _lines(passage.right_lines)
    yield Text(f"longest shared passage: {passage.words:,} {pair.unit}, - {left}, + {right}")
    yield Text.assemble("  ", (look.show(f'"{passage.excerpt}"'), "italic"))


def _field_lines(fields: Sequence[FieldChange], look: Look, every: bool) -> Iterator[Text]:
    """The fields that differ, and the names of those that tell little."""
    shown = [field for field in fields if every or is_telling(field)]
    if not fields:
        return
    yield Text("front matter that differs:")
    for field in shown:
        yield from _field_line(field, look, every)
    others = [field for field in fields if field not in shown]
    if others:
        names = ", ".join(field.key for field in others)
        yield Text(start_of(f"  also {names}", look, look.width - _INDENT), "dim")


def _field_line(field: FieldChange, look: Look, every: bool) -> Iterator[Text]:
    """Both values in one line if they fit, else in one each."""
    key = Text(f"  {look.show(field.key)}", "cyan")
    values = [
        Text(look.show(f"{sign} {value}"), color)
        for value, (sign, color) in zip((field.left, field.right), SIGNS, strict=True)
        if value is not None
    ]
    line = Text("  ").join([key, *values])
    if line.cell_len <= look.width - _INDENT:
        yield line
        return
    yield key
    for value in values:
        shown = value.plain if every else start_of(value.plain, look, look.width - _INDENT - 4)
        yield Text(f"    {shown}", value.style)


def _why(choice: Pair | Cluster) -> str:
    """Why to keep what is to be kept, in half a line."""
    speak_for = f": {', '.join(choice.reasons)}" if choice.reasons else ""
    return speak_for + (f"; but {', '.join(choice.objections)}" if choice.objections else "")


def cluster_lines(cluster: Cluster, look: Look) -> Iterator[Text]:
    """The members of a cluster, and which of them to keep."""
    what = BY_CODE[cluster.code].summary.removeprefix("Two posts ").removeprefix("One post ")
    yield Text.assemble((f"{len(cluster.members):,} posts belong together", "bold"), f" ({cluster.code}: {what})")
    for path in cluster.members:
        kept = path == cluster.keep
        why = look.show(_why(cluster)) if kept else ""
        yield Text.assemble("  ", ("keep " if kept else "     "), (look.show(path), "green" if kept else ""), why)


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"
