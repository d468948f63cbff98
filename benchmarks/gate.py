"""What postmend costs before a commit and in CI, next to peers (Linux).

    python benchmarks/gate.py POST FOLDER [COUNT] [--codespell COMMAND] [--ftfy COMMAND] [--jscpd COMMAND]

POST is a post in a repository in which nothing is wrong. FOLDER takes COUNT made-up posts (default 10,000), made once,
and the caches. All figures are CPU time (user and system). Those of one post are the least and the median of 25 runs,
in turns. ftfy's command line takes one file at a time: 50 runs stand for all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scale_posts import make_posts

RUNS = 25
SAMPLE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("post", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    for peer in ("codespell", "ftfy", "jscpd"):
        parser.add_argument(f"--{peer}", default=shutil.which(peer), metavar="COMMAND")
    args = parser.parse_args()
    os.environ["POSTMEND_CACHE_DIR"] = str(args.folder / "cache")
    one_post(args.post, args.codespell)
    many_posts(args.folder, args.count, args.ftfy, args.jscpd)


def one_post(post: Path, codespell: str | None) -> None:
    hook = script("postmend-hook")
    commands: dict[str, Sequence[str]] = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "postmend-hook, warm": (hook, str(post)),
        "postmend-hook, changed post": (hook, "--no-cache", str(post)),
        "postmend-hook --fix, changed": (hook, "--fix", "--no-cache", str(post)),
    }
    if codespell:
        commands["codespell"] = (codespell, str(post))
    cpu(*commands["postmend-hook, warm"])
    times: Mapping[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(cpu(*command))
    for name, found in times.items():
        print(f"{name:32} least {min(found) * 1e3:6.1f} ms  median {statistics.median(found) * 1e3:6.1f} ms")


def many_posts(folder: Path, count: int, ftfy: str | None, jscpd: str | None) -> None:
    posts = folder / str(count)
    if not posts.exists():
        make_posts(posts, count)
        time.sleep(3)  # younger files are not remembered
    shutil.rmtree(folder / "cache", ignore_errors=True)
    check = (script("postmend"), "check", "-j", "1", "-q", str(posts))
    show("check --no-cache", cpu(*check, "--no-cache"))
    show("check, first run", cpu(*check))
    show("check, nothing changed", cpu(*check))
    changed = sorted(posts.rglob("*.md"))[0]
    changed.write_bytes(changed.read_bytes() + b"\nMore.\n")
    time.sleep(3)
    show("check, one post changed", cpu(*check))
    if jscpd:
        show("jscpd", cpu(jscpd, "--silent", "--reporters", "json", "--output", str(folder / "jscpd"), str(posts)))
    if ftfy:
        some = sorted(posts.rglob("*.md"))[:SAMPLE]
        show(f"ftfy, from {SAMPLE} posts", sum(cpu(ftfy, str(post)) for post in some) / len(some) * count)


def show(name: str, seconds: float) -> None:
    print(f"{name:32} {seconds:8.2f} s")


def script(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def cpu(*command: str) -> float:
    """CPU seconds of a command, user and system, with the processes that it waits for."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
