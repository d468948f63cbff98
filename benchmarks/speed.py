"""How fast postmend repairs text, next to ftfy and plsfix, in one run on the same texts; and what memory it takes.

    python benchmarks/speed.py CLEAN DAMAGED [--every N] [--megabytes N]

CLEAN and DAMAGED are folders of text files. Printed for each tool: megabytes of UTF-8 a second of processor time on
either, the best of five rounds, and the ratio to postmend; and the same of the first round, in which postmend loads its
model and meets every word for the first time. Files that are not UTF-8 are left out.

Memory is the peak of `repair` on one document, above what the process takes once postmend is imported; the document and
the language model are part of it. The document is all of CLEAN, over and over until it is large enough, as it is and
read as windows-1252. Not on Windows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import ftfy
import plsfix

import postmend
from postmend.fixer.codecs import codec

ROUNDS = 5
TOOLS: dict[str, Callable[[str], str]] = {
    "postmend.repair": postmend.repair,
    "ftfy.fix_text": ftfy.fix_text,
    "plsfix.fix_text": plsfix.fix_text,
}
DAMAGE: dict[str, Callable[[str], str]] = {"clean": str, "damaged": codec("cp1252").misread}
# A process inherits its parent's peak, so this must be run before the parent has read much.
PEAK = """
import resource, sys
from pathlib import Path
from postmend import repair

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

before = peak()
repair(Path(sys.argv[1]).read_text("utf-8"))
print(peak() - before)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path)
    parser.add_argument("damaged", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th damaged file")
    parser.add_argument("--megabytes", type=int, default=10, help="size of the document whose repair takes memory")
    args = parser.parse_args()
    for kind, damage in DAMAGE.items():
        size, seconds = peak_memory(args.clean, damage, args.megabytes)
        print(f"{kind:8} {args.megabytes} MB in one document: {size:.0f} MB of memory, {seconds:.1f} s")
    given = {"clean": texts(args.clean), "damaged": texts(args.damaged)[:: args.every]}
    for kind, found in given.items():
        speeds = {name: speed(tool, found) for name, tool in TOOLS.items()}
        for name, (first, best) in speeds.items():
            ratio, first_ratio = (a / b for a, b in zip((best, first), speeds["postmend.repair"][::-1], strict=True))
            print(f"{kind:8} {name:16} {best:8.2f} MB/s  {ratio:6.2f} of postmend", end="")
            print(f"   first round {first:8.2f} MB/s  {first_ratio:6.2f}")


def texts(folder: Path) -> list[str]:
    """The UTF-8 files of a folder."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            found.append(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue
    return found


def speed(tool: Callable[[str], str], given: Sequence[str]) -> tuple[float, float]:
    """Megabytes a second of processor time: in the first round, and in the best of several."""
    size = sum(len(text.encode()) for text in given)
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in given:
            tool(text)
        seconds.append(time.process_time() - started)
    return size / seconds[0] / 1e6, size / min(seconds) / 1e6


def peak_memory(folder: Path, damage: Callable[[str], str], megabytes: int) -> tuple[float, float]:
    """Megabytes that the repair of one document takes, and the seconds of the whole process."""
    with tempfile.TemporaryDirectory() as scratch:
        document = Path(scratch) / "document.md"
        write_document(document, folder, damage, megabytes)
        started = time.perf_counter()
        process = subprocess.run([sys.executable, "-c", PEAK, document], check=True, capture_output=True, text=True)
        return int(process.stdout) / 1e6, time.perf_counter() - started


def write_document(document: Path, folder: Path, damage: Callable[[str], str], megabytes: int) -> None:
    """One file after another of the folder, over and over, until the document is large enough."""
    paths = cycle(sorted(p for p in folder.rglob("*") if p.is_file()))
    with document.open("wb") as out:
        while out.tell() < megabytes * 1e6:
            out.write(damage(next(paths).read_bytes().decode("utf-8", "replace")).encode("utf-8"))


if __name__ == "__main__":
    main()
