"""Kills runs of `fix` at random moments, and lets runs meet each other and an editor; nothing may be lost.

    python benchmarks/killing.py [ROUNDS [POSTS]]

A round: a folder of damaged posts, a fix that is killed (SIGKILL) somewhere between its start and its end. Then every
post must hold its old bytes or its repaired ones, `undo` must bring all old bytes back, and a new fix must repair all.
A tenth of the rounds each has two fixes, a fix and an undo, and a fix and a program that writes posts, at once.
Prints what went wrong, and ends with 1 if anything did.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from postmend import mend
from postmend.config import Policy
from postmend.run import Request
from postmend.store.errors import FileProblem
from postmend.store.undo import undo
from postmend.writing import Writer

SENTENCE = "Le café numéro {} est fermé cet été, et déjà la fête est prête : voilà où ça mène.\n"
POLICY = Policy(ignore=("PM2",))
EDITED = b"Somebody else wrote this.\n"


def posts(count: int) -> dict[str, tuple[bytes, bytes]]:
    """Names, damaged bytes and what they must become."""
    made = {}
    for number in range(count):
        text = "".join(SENTENCE.format(f"{number}-{line}") for line in range(1 + number % 4))
        made[f"{number:04}.md"] = text.encode().decode("cp1252").encode(), text.encode()
    return made


def fix(folder: Path, journal: Path) -> None:
    """Repairs the folder."""
    with Writer(journal, datetime.now()) as writer:
        mend.fix(Request((folder,), jobs=1, history=False), POLICY, writer)


def take_back(folder: Path, journal: Path) -> None:
    """Undoes all runs."""
    with suppress(FileProblem):
        while True:
            undo(journal, None, now=datetime.now(), near=folder)


def edit(folder: Path, names: list[str]) -> None:
    """Writes posts as an editor does that truncates and writes, at random, for a while."""
    for name in random.sample(names, min(40, len(names))):
        temporary = folder / f".{name}.editor"
        temporary.write_bytes(EDITED)
        temporary.replace(folder / name)
        time.sleep(random.random() / 100)


def forked(work: Callable[[], None]) -> int:
    """Runs something in a process of its own and returns its number."""
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            random.seed()
            work()
        os._exit(0)
    return pid


class Site:
    """A folder of damaged posts and its journal."""

    def __init__(self, place: Path, known: dict[str, tuple[bytes, bytes]]) -> None:
        self.known = known
        self.folder, self.journal = place / "site", place / "journal"
        shutil.rmtree(place, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, (old, _) in known.items():
            (self.folder / name).write_bytes(old)

    def fix(self) -> None:
        """Repairs it."""
        fix(self.folder, self.journal)

    def states(self, *also: bytes) -> Counter[str]:
        """How many posts hold their old bytes, the new ones, others that are allowed, or anything else."""
        found: Counter[str] = Counter()
        for name, (old, new) in self.known.items():
            data = (self.folder / name).read_bytes() if (self.folder / name).exists() else b"gone"
            found["old" if data == old else "new" if data == new else "edited" if data in also else "WRONG"] += 1
        left = [p.name for p in self.folder.iterdir() if p.name not in self.known and not p.name.endswith(".editor")]
        found["temporary"] += len(left)
        return found


def killed(site: Site, seconds: float) -> list[str]:
    """A fix that is killed after some seconds. Returns what went wrong."""
    pid = forked(site.fix)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    problems = [f"killed: {site.states()}"] if site.states()["WRONG"] else []
    take_back(site.folder, site.journal)
    if site.states()["old"] != len(site.known):
        problems.append(f"undone: {site.states()}")
    site.fix()
    if site.states() != Counter(new=len(site.known)):
        problems.append(f"completed: {site.states()}")
    return problems


def met(site: Site, other: Callable[[], None]) -> list[str]:
    """A fix and something else at the same time."""
    for pid in (forked(site.fix), forked(other)):
        os.waitpid(pid, 0)
    found = site.states(EDITED)
    return [f"{other}: {found}"] if found["WRONG"] or found["temporary"] else []


def main() -> None:
    rounds, count = (int(given) for given in (*sys.argv[1:], *("300", "500")[len(sys.argv) - 1 :]))
    known = posts(count)
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        site = Site(place, known)
        started = time.monotonic()
        os.waitpid(forked(site.fix), 0)
        duration = time.monotonic() - started
        for _ in range(rounds):
            problems += killed(Site(place, known), random.random() * duration * 1.05)
        for _ in range(rounds // 10):
            site = Site(place, known)
            problems += met(site, site.fix)
            edits = {path.name for path in site.folder.iterdir() if path.read_bytes() == EDITED}
            site = Site(place, known)
            problems += met(site, lambda site=site: take_back(site.folder, site.journal))  # type: ignore[misc]
            site = Site(place, known)
            problems += met(site, lambda site=site: edit(site.folder, sorted(known)))  # type: ignore[misc]
            saved = sum(path.read_bytes() == EDITED for path in site.folder.iterdir())
            if saved != min(40, count) or edits:
                problems.append(f"an editor saved {min(40, count)} posts, and {saved} are left")
    print("\n".join(problems))
    print(f"{rounds:,} runs of {count:,} posts killed, {rounds // 10 * 3:,} pairs of runs: {len(problems)} problems")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
