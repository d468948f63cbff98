"""How many damaged documents come back to the letter, by kind of damage and tool, as a Markdown table.

    python benchmarks/restoration.py SET [--tool NAME ...] [--jobs N] [--every N] [--worst N]

SET is a folder of documents with known truth: damaged/ and truth/ with the same names, clean/, and manifest.jsonl with
`file`, `chain` (such as "utf8>cp1252 x2"), `extent` and `loss` of each damaged one. Chains "bytes:..." are left out:
those files are not UTF-8.

Restoration is counted over damage that lost nothing, the faults below it over all documents:

    worse      further from the truth than before (insertions and deletions)
    collateral a line that was never damaged is changed
    unstable   a second repair changes more
    reported   of the legacy pairs that are not restored, those in which postmend finds something
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from peers import TOOLS
from rapidfuzz.distance import Indel

import postmend

COMMONEST = frozenset(f"utf8>{name}" for name in ("mac_roman", "cp1252", "latin-1", "cp1251"))
MULTI_BYTE = frozenset(f"utf8>{name}" for name in ("gb18030", "cp932", "cp949", "big5"))
EXTENTS = ("whole", "front", "lines", "spans", "token")


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged document."""

    file: str
    chain: str
    extent: str
    loss: str | None

    @property
    def is_layered(self) -> bool:
        """Whether UTF-8 was misread more than once."""
        return self.chain.startswith("utf8>") and (" x" in self.chain or self.chain.count(">") > 1)

    @property
    def is_multi_byte(self) -> bool:
        return self.chain in MULTI_BYTE

    @property
    def is_legacy(self) -> bool:
        """Whether one old encoding was read as another."""
        return not self.chain.startswith("utf8>")

    @property
    def is_single_byte(self) -> bool:
        return self.chain.startswith("utf8>") and not self.is_layered and not self.is_multi_byte


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one tool made of one document."""

    case: Case
    tool: str
    exact: bool
    worse: bool
    collateral: bool
    unstable: bool
    reported: bool


GROUPS: dict[str, Callable[[Case], bool]] = {
    "UTF-8 read as a single-byte encoding": lambda c: c.is_single_byte,
    "of these MacRoman, windows-1252, ISO-8859-1, windows-1251": lambda c: c.chain in COMMONEST,
    "layers and mixes": lambda c: c.is_layered,
    "UTF-8 read as GBK, Shift JIS, EUC-KR, Big5": lambda c: c.is_multi_byte,
    "one old encoding read as another": lambda c: c.is_legacy,
    **{
        f"single-byte and layers: {e}": lambda c, e=e: c.extent == e and (c.is_single_byte or c.is_layered)
        for e in EXTENTS
    },
    **{f"legacy pairs: {e}": lambda c, e=e: c.extent == e and c.is_legacy for e in EXTENTS},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--tool", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--every", type=int, default=1, help="take every n-th damaged document")
    parser.add_argument("--worst", type=int, default=12, help="name this many chains that postmend restores least")
    args = parser.parse_args()
    tasks = [(case, tool) for case in cases(args.set)[:: args.every] for tool in args.tool]
    with Pool(args.jobs) as pool:
        outcomes = pool.starmap(partial(examine, args.set), tasks, chunksize=16)
        changed = pool.starmap(partial(changes, args.set), [(n, t) for n in clean(args.set) for t in args.tool])
    print("\n".join(table(outcomes, changed, args.tool)))
    if "postmend" in args.tool:
        print("\n".join(["", *worst_chains(outcomes, args.worst)]))


def cases(folder: Path) -> list[Case]:
    """The damaged documents of the set that are UTF-8."""
    rows = map(json.loads, (folder / "manifest.jsonl").read_text("utf-8").splitlines())
    return [
        Case(row["file"], row["chain"], row["extent"], row["loss"])
        for row in rows
        if not row["chain"].startswith("bytes:")
    ]


def clean(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "clean").iterdir())


def read(path: Path) -> str:
    """The text of a file with its line endings."""
    return path.read_bytes().decode("utf-8")


def examine(folder: Path, case: Case, tool: str) -> Outcome:
    damaged, truth = (read(folder / kind / case.file) for kind in ("damaged", "truth"))
    repaired = TOOLS[tool](damaged)
    exact = repaired == truth
    return Outcome(
        case,
        tool,
        exact,
        worse=not exact and Indel.distance(repaired, truth) > Indel.distance(damaged, truth),
        collateral=has_collateral(damaged, truth, repaired),
        unstable=TOOLS[tool](repaired) != repaired,
        reported=tool == "postmend" and not exact and any(map(postmend.find_repairs, (damaged, repaired))),
    )


def has_collateral(damaged: str, truth: str, repaired: str) -> bool:
    """Whether a line that was never damaged is changed."""
    before, right, after = (text.split("\n") for text in (damaged, truth, repaired))
    if len(before) != len(right):
        return False
    return len(after) != len(right) or any(b == r != a for b, r, a in zip(before, right, after, strict=True))


def changes(folder: Path, name: str, tool: str) -> tuple[str, bool]:
    """The tool, and whether it changes a clean document."""
    text = read(folder / "clean" / name)
    return tool, TOOLS[tool](text) != text


def table(outcomes: Sequence[Outcome], changed: Sequence[tuple[str, bool]], tools: Sequence[str]) -> Iterator[str]:
    """The lines of the table: restoration in percent, then the faults as counts."""
    yield f"| | documents | {' | '.join(tools)} |"
    yield f"| :-- | --: |{' --: |' * len(tools)}"
    lossless = [o for o in outcomes if o.case.loss is None]
    for title, wanted in GROUPS.items():
        chosen = [o for o in lossless if wanted(o.case)]
        yield row(title, chosen, tools, lambda found: f"{sum(o.exact for o in found) / len(found):.1%}")
    for title, fault in (("made worse", "worse"), ("collateral changes", "collateral"), ("unstable", "unstable")):
        yield row(title, outcomes, tools, lambda found, fault=fault: str(sum(getattr(o, fault) for o in found)))
    missed = [o for o in lossless if o.case.is_legacy and not o.exact and o.tool == "postmend"]
    yield row("legacy pairs: reported, of those not restored", missed, tools, lambda f: str(sum(o.reported for o in f)))
    counts = Counter(tool for tool, is_changed in changed if is_changed)
    cells = (str(counts[tool]) for tool in tools)
    yield f"| clean documents changed | {len(changed) // len(tools)} | {' | '.join(cells)} |"


def row(title: str, outcomes: Iterable[Outcome], tools: Sequence[str], cell: Callable[[Sequence[Outcome]], str]) -> str:
    """One line of the table; a tool without outcomes has a dash."""
    by_tool: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_tool[outcome.tool].append(outcome)
    count = max(map(len, by_tool.values()), default=0)
    cells = (cell(by_tool[tool]) if tool in by_tool else "-" for tool in tools)
    return f"| {title} | {count} | {' | '.join(cells)} |"


def worst_chains(outcomes: Iterable[Outcome], most: int) -> Iterator[str]:
    """The chains that postmend restores least."""
    by_chain: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.tool == "postmend" and outcome.case.loss is None:
            by_chain[outcome.case.chain].append(outcome.exact)
    yield "| chain | documents | postmend |"
    yield "| :-- | --: | --: |"
    for chain, found in sorted(by_chain.items(), key=lambda item: sum(item[1]) / len(item[1]))[:most]:
        yield f"| {chain} | {len(found)} | {sum(found) / len(found):.1%} |"


if __name__ == "__main__":
    main()
