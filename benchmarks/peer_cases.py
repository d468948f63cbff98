"""How postmend does on the public test cases of ftfy, next to ftfy, as Markdown tables and a list.

    python benchmarks/peer_cases.py CASES.json

CASES.json is a list of objects with `label`, `original`, `fixed`, `expect` and, where `fixed` has more than the
encoding repaired, `fixed-encoding`. Where that is the original again, the case is negative: nothing may change.
Quotes, widths, ligatures and line breaks are made alike on both sides first, because postmend leaves them alone.
Each case is tried by itself and in a line of clean text of its language.

The list has every case in which a tool falls short, with what each tool made of it, and what postmend says about it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ftfy
from paragraphs import around, language_of
from peers import TOOLS

import postmend

RUNS: dict[str, Callable[[str], str]] = {
    "postmend": postmend.repair,
    "postmend (unsafe)": partial(postmend.repair, unsafe=True),
    "ftfy": TOOLS["ftfy"],
}
LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class PeerCase:
    """A text, and what it should be."""

    label: str
    original: str
    expected: str
    known_failure: bool

    @property
    def is_negative(self) -> bool:
        return self.original == self.expected

    @property
    def lost_letters(self) -> bool:
        """Whether even the right result has signs for letters that nobody knows."""
        return not self.is_negative and LOST in self.expected

    @property
    def kind(self) -> str:
        """In a word or two, for headings."""
        if self.is_negative:
            return "Negative"
        return "Letters lost" if self.lost_letters else "Damaged, known failure" if self.known_failure else "Damaged"

    def is_right(self, result: str) -> bool:
        """Whether the result is the expected one. Of a text that is fine, nothing may change."""
        return result == self.original if self.is_negative else alike(result) == alike(self.expected)

    def in_a_line(self) -> PeerCase:
        """The same case in the middle of a line of clean text."""
        language = language_of(self.expected, self.label)
        original, expected = (around(text, language) for text in (self.original, self.expected))
        return PeerCase(self.label, original, expected, self.known_failure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    cases = read(parser.parse_args().cases)
    print("\n".join(table(cases)))
    for case in cases:
        print("\n".join(story(case)), end="")


def read(path: Path) -> list[PeerCase]:
    rows = json.loads(path.read_text("utf-8"))
    return [
        PeerCase(row["label"], row["original"], row.get("fixed-encoding", row["fixed"]), row["expect"] == "fail")
        for row in rows
    ]


def alike(text: str) -> str:
    """The text with everything but its encoding put right by ftfy."""
    return ftfy.fix_text(text, fix_encoding=False, fix_c1_controls=False, unescape_html=False)


def table(cases: Sequence[PeerCase]) -> Iterator[str]:
    """What each tool restores, by itself and in a line, and what it spoils."""
    negative = [case for case in cases if case.is_negative]
    lossy = [case for case in cases if case.lost_letters]
    damaged = [case for case in cases if not case.is_negative and not case.lost_letters]
    yield f"| | cases | {' | '.join(RUNS)} |"
    yield f"| :-- | --: |{' --: |' * len(RUNS)}"
    yield row("restored", damaged)
    yield row("of these, known failures of ftfy", [c for c in damaged if c.known_failure])
    yield row("restored in a line of clean text", [c.in_a_line() for c in damaged])
    yield row("letters lost, a sign in their place as expected", lossy)
    yield row("negative, left alone", negative)
    yield row("negative, left alone in a line of clean text", [c.in_a_line() for c in negative])


def row(title: str, cases: Sequence[PeerCase]) -> str:
    counts = (str(sum(c.is_right(run(c.original)) for c in cases)) for run in RUNS.values())
    return f"| {title} | {len(cases)} | {' | '.join(counts)} |"


def story(case: PeerCase) -> Iterator[str]:
    """What became of a case that some tool got wrong; nothing of one that all got right."""
    results = {name: run(case.original) for name, run in RUNS.items()}
    right = [name for name, result in results.items() if case.is_right(result)]
    line = case.in_a_line()
    in_line = [name for name, run in RUNS.items() if line.is_right(run(line.original))]
    if len(right) + len(in_line) == 2 * len(RUNS):
        return
    yield f"\n## {case.kind}: {case.label}\n"
    yield f"- right: {', '.join(right) or 'none'}; in a line: {', '.join(in_line) or 'none'}"
    yield f"- original: {shown(case.original)}"
    yield f"- expected: {shown(case.expected)}"
    for name, result in results.items():
        yield f"- {name}: {shown(result)}"
    yield f"- doubts: {'; '.join(doubts(case)) or 'none'}\n"


def shown(text: str) -> str:
    """The text with its control characters and odd spaces made visible."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def doubts(case: PeerCase) -> list[str]:
    """What postmend finds and does not trust."""
    return [f"{shown(r.old)} -> {shown(r.new)} ({r.doubt})" for r in postmend.find_repairs(case.original) if r.doubt]


if __name__ == "__main__":
    main()
