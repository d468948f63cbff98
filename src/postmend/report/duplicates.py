"""Pairs and clusters of duplicates in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from postmend.model import Cluster, Finding, Pair, Passage
from postmend.report.console import Look
from postmend.report.items import percent
from postmend.rules import BY_CODE


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


def pair_lines(pair: Pair, look: Look) -> Iterator[Text]:
    """Verdict, scores, shared passage and, of duplicates, what to keep."""
    yield Text(look.show(pair.verdict))
    yield Text(scores(pair))
    if pair.locales[0] != pair.locales[1]:
        languages = " and ".join(locale or "none given" for locale in pair.locales)
        yield Text(look.show(f"languages: {languages}"))
    if pair.passage is not None:
        yield from passage_lines(pair.passage, pair, look)
    if pair.code:
        yield Text.assemble("keep ", (look.show(pair.keep), "green"))


def scores(pair: Pair) -> str:
    """All scores of a pair in one line."""
    body = f"body {percent(pair.body)} alike, {percent(pair.containment)} of the shorter in the longer"
    rest = (f"{name} {percent(score)}" for name, score in _other_scores(pair))
    return f"{body}; {', '.join(rest)}"


def _other_scores(pair: Pair) -> tuple[tuple[str, float], ...]:
    return ("slug", pair.slug), ("title", pair.title), ("description", pair.description)


def passage_lines(passage: Passage, pair: Pair, look: Look) -> Iterator[Text]:
    """How long the longest shared passage is, where it stands in both files, and how it begins."""
    left, right = _lines(passage.left_lines), _lines(passage.right_lines)
    where = f"{left} in {pair.left}, {right} in {pair.right}"
    yield Text(look.show(f"longest shared passage: {passage.words:,} words, {where}"))
    yield Text.assemble("  ", (look.show(f'"{passage.excerpt}"'), "italic"))


def cluster_lines(cluster: Cluster, look: Look) -> Iterator[Text]:
    """The members of a cluster, and which of them to keep."""
    what = BY_CODE[cluster.code].summary.removeprefix("Two posts ").removeprefix("One post ")
    yield Text.assemble((f"{len(cluster.members):,} posts belong together", "bold"), f" ({cluster.code}: {what})")
    for path in cluster.members:
        kept = path == cluster.keep
        yield Text.assemble("  ", ("keep " if kept else "     "), (look.show(path), "green" if kept else ""))


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"
