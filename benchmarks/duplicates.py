"""Find the duplicates of a folder and print them as JSON, for a scorer that runs a command.

    python benchmarks/duplicates.py FOLDER [--repair] [--times]

It goes through scanner, fixer and comparator directly, without the command line's cache, report and process
pool, so that each step can be timed by itself on one core (times on stderr).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

from postmend.comparator import find_clusters, find_duplicates, fingerprint
from postmend.fixer.mojibake import repair
from postmend.model import Post
from postmend.scanner.document import read_document
from postmend.scanner.generators import detect_generator
from postmend.scanner.sites import read_post, read_site

KINDS = frozenset((".md", ".mdx", ".markdown", ".html", ".txt"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repair", action="store_true", help="undo mojibake before comparing")
    parser.add_argument("--times", action="store_true", help="print what each step took")
    args = parser.parse_args()
    marks = [time.perf_counter()]
    posts = read_posts(args.folder, args.repair)
    marks.append(time.perf_counter())
    prints = [fingerprint(post) for post in posts]
    marks.append(time.perf_counter())
    pairs = find_duplicates(prints)
    marks.append(time.perf_counter())
    if args.times:
        read, printed, found = (after - before for before, after in pairwise(marks))
        print(
            f"{len(posts)} posts: read {read:.2f} s, fingerprint {printed:.2f} s, find {found:.2f} s",
            file=sys.stderr,
        )
    clusters = find_clusters(pairs, prints)
    report = {
        "pairs": [asdict(pair) for pair in pairs],
        "clusters": [asdict(cluster) for cluster in clusters],
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


def read_posts(folder: Path, repaired: bool) -> list[Post]:
    """The posts of a folder, with their paths relative to it."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def read(name: str) -> str | None:
        path = folder / name
        return path.read_text("utf-8") if path.is_file() else None

    site = read_site(detect_generator(names, read), read, names=names)
    posts = []
    for name in names:
        if Path(name).suffix in KINDS:
            text = (folder / name).read_bytes().decode("utf-8", "replace")
            posts.append(read_post(read_document(name, repair(text) if repaired else text), site))
    return posts


if __name__ == "__main__":
    main()
