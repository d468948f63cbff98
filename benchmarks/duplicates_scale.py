"""What `postmend dupes` costs on made-up posts, and what peers cost on the same files (Linux).

    python benchmarks/duplicates_scale.py FOLDER [COUNT]... [--jscpd COMMAND] [--datasketch PYTHON] [--jobs N]

FOLDER takes the posts, made once, and the caches. Each line is one process tree: CPU and wall seconds, peak memory of
all processes (proportional set size), and the share of planted pairs found. `cold` reads everything and keeps nothing,
`first` also writes the index, `warm` finds it, `one` asks for one changed file with it. `alone` is the same question in
a site of one post: what starting costs. The posts of the peers are read, stripped of front matter and folded likewise.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from scale_posts import make_posts

_MINHASH = """
import re, sys
from pathlib import Path
from datasketch import MinHash, MinHashLSH
lsh, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    words = re.findall(r"\\w+", path.read_text("utf-8").split("---", 2)[2].lower())
    sketch = MinHash(num_perm=128)
    sketch.update_batch({" ".join(words[n : n + 5]).encode() for n in range(max(1, len(words) - 4))})
    pairs += [(other, str(path)) for other in lsh.query(sketch)]
    lsh.insert(str(path), sketch)
print(len(pairs))
"""

# By itself it wants duplicates of five lines, and a paragraph of these posts is one.
_JSCPD = ["-r", "silent", "-f", "markdown", "--min-lines", "1", "--min-tokens", "20"]
_JSCPD += ["--max-lines", "1000000", "--max-size", "10mb"]


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float
    wall: float
    memory: int  # bytes
    output: str

    def line(self, name: str, more: str = "") -> str:
        return f"{name:24} {self.cpu:8.2f} s CPU {self.wall:8.2f} s {self.memory / 1e6:8.0f} MB  {more}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--jscpd", metavar="COMMAND")
    parser.add_argument("--datasketch", metavar="PYTHON")
    parser.add_argument("--jobs", default="1")
    args = parser.parse_args()
    for count in args.counts:
        site, planted = _posts(args.folder, count)
        _measure(site, planted, count, args.jobs)
        if args.jscpd:
            print(_run([args.jscpd, *_JSCPD, str(site)], site).line(f"jscpd {count}"), flush=True)
        if args.datasketch:
            cost = _run([args.datasketch, "-c", _MINHASH, str(site)], site)
            print(cost.line(f"datasketch {count}", f"{cost.output.strip()} pairs"), flush=True)


def _posts(folder: Path, count: int) -> tuple[Path, set[tuple[str, str]]]:
    site, names = folder / str(count), folder / f"{count}.json"
    if not names.exists():
        shutil.rmtree(site, ignore_errors=True)
        names.write_text(json.dumps(sorted(make_posts(site, count))), "utf-8")
        time.sleep(3)  # files as young as the listing are not trusted
    return site, {(left, right) for left, right in json.loads(names.read_text("utf-8"))}


def _measure(site: Path, planted: set[tuple[str, str]], count: int, jobs: str) -> None:
    command = [sys.executable, "-m", "postmend", "dupes", "--progress", "never", "-j", jobs, "--output-format", "json"]
    with tempfile.TemporaryDirectory(dir=site.parent) as cache:
        cached = [*command, "--cache-dir", cache]
        for name, options in (("cold", [*command, "--no-cache"]), ("first", cached), ("warm", cached)):
            cost = _run(options, site)
            print(cost.line(f"{name} {count}", f"recall {_recall(cost.output, planted):.4f}"), flush=True)
        size = sum(path.stat().st_size for path in Path(cache).iterdir())
        _ask_one(cached, site, sorted(planted)[0][1], f"{count}", f"index {size / 1e6:.0f} MB")


def _ask_one(command: list[str], site: Path, name: str, label: str, more: str) -> None:
    """One post with a word more, and the same post alone."""
    path = site / name
    before = path.read_bytes()
    with tempfile.TemporaryDirectory() as empty:
        lonely = Path(empty, name)
        lonely.parent.mkdir(parents=True)
        shutil.copy(site / "hugo.toml", empty)
        lonely.write_bytes(before)
        try:
            path.write_bytes(before + b"\nOne more.\n")
            costs = [_run([*command, name], site) for _ in range(5)]
            alone = [_run([*command, name], Path(empty)) for _ in range(5)]
        finally:
            path.write_bytes(before)
    pairs = len(json.loads(costs[0].output)["pairs"])
    for title, group in (("one", costs), ("alone", alone)):
        middle = sorted(group, key=lambda cost: cost.cpu)[2]
        print(middle.line(f"{title} {label}", f"{pairs} pairs, {more}" if title == "one" else ""), flush=True)


def _recall(output: str, planted: set[tuple[str, str]]) -> float:
    pairs = {(pair["left"], pair["right"]) for pair in json.loads(output)["pairs"]}
    return len(planted & pairs) / len(planted)


def _run(command: list[str], folder: Path) -> Cost:
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output)
        peak = 0
        while True:
            pid, _, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(map(_memory, _family(process.pid))))
            time.sleep(0.02)
        wall = time.perf_counter() - started
        output.seek(0)
        return Cost(usage.ru_utime + usage.ru_stime, wall, peak, output.read().decode())


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
