"""What `postmend check one.md` costs next to the import of two of its libraries, measured side by side."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import POSTMEND

FACTOR = 2.5
SLACK = 1.15  # for what else the machine is doing
RUNS = 5

pytestmark = pytest.mark.skipif(os.name == "nt", reason="wait4")


def cpu_time(*command: str, folder: Path) -> float:
    """CPU seconds of one run of a command, user and system."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def test_one_small_post(posts: Path, put: Put) -> None:
    put("clean.md", CLEAN)
    put("damaged.md", DAMAGED)
    commands = {
        "clean": (POSTMEND, "check", "clean.md"),
        "damaged": (POSTMEND, "check", "damaged.md"),
        "typer": (sys.executable, "-c", "import typer"),
        "ftfy": (sys.executable, "-c", "import ftfy"),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):  # in turns, so that a busy moment hits them all alike
        for name, command in commands.items():
            times[name].append(cpu_time(*command, folder=posts))
    cost = {name: statistics.median(found[1:]) for name, found in times.items()}  # the first one fills caches
    most = FACTOR * SLACK * (cost["typer"] + cost["ftfy"])
    assert max(cost["clean"], cost["damaged"]) < most, cost
