"""How fast postmend repairs text, next to ftfy and plsfix, in one run on the same texts.

    python benchmarks/speed.py CLEAN DAMAGED

CLEAN and DAMAGED are folders of text files. Printed for each tool: megabytes of UTF-8 a second on either, the best of
five rounds, and the ratio to postmend. Files that are not UTF-8 are left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy
import plsfix

import postmend

ROUNDS = 5
TOOLS: dict[str, Callable[[str], str]] = {
    "postmend.repair": postmend.repair,
    "ftfy.fix_text": ftfy.fix_text,
    "plsfix.fix_text": plsfix.fix_text,
}


def texts(folder: Path) -> list[str]:
    """The UTF-8 files of a folder."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            found.append(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue
    return found


def speed(tool: Callable[[str], str], given: Sequence[str]) -> float:
    """Megabytes a second, best of several rounds; the first round also warms caches up."""
    size = sum(len(text.encode()) for text in given)
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for text in given:
            tool(text)
        best = min(best, time.perf_counter() - started)
    return size / best / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path)
    parser.add_argument("damaged", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th damaged file")
    args = parser.parse_args()
    given = {"clean": texts(args.clean), "damaged": texts(args.damaged)[:: args.every]}
    for kind, found in given.items():
        speeds = {name: speed(tool, found) for name, tool in TOOLS.items()}
        for name, value in speeds.items():
            print(f"{kind:8} {name:16} {value:8.2f} MB/s   {value / speeds['postmend.repair']:6.2f} of postmend")


if __name__ == "__main__":
    main()
