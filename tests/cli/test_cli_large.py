"""Very large posts: what they may cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import POSTMEND, run

MEGA = 1_000_000
PARAGRAPH = f"{'Nothing much happened on the island that day, and nobody minded. ' * 12}The café was closed.\n\n"
PICTURE = (
    '<img src="data:image/png;base64,\n' + ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwC" * 2 + "\n") * 150 + '">\n\n'
)
MOST_MEMORY = 1_500 * MEGA  # bytes; 600 MB when this was written


@pytest.mark.skipif(os.name == "nt", reason="wait4")
def test_fifty_megabytes(posts: Path, put: Put) -> None:
    page = PARAGRAPH + PICTURE  # few posts get that large without pictures inside
    filler = page * (50 * MEGA // len(page.encode()))
    put("large.md", DAMAGED + filler)
    put("small.md", DAMAGED)
    started = time.monotonic()
    process = subprocess.Popen([POSTMEND, "fix", "--select", "PM1", "-q"], cwd=posts)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert time.monotonic() - started < 60
    assert usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) < MOST_MEMORY
    assert (posts / "large.md").read_bytes() == (CLEAN + filler).encode()
    assert (posts / "small.md").read_text("utf-8") == CLEAN


def test_one_line_of_ten_megabytes(posts: Path, put: Put) -> None:
    line = PARAGRAPH.strip() * (10 * MEGA // len(PARAGRAPH.encode()))
    put("line.md", DAMAGED.rstrip("\n") + line)
    shown = run(posts, "check").expect(1)
    assert "line.md\n  2:8  PM101" in shown.out
    assert len(shown.out) < 3_000
    run(posts, "fix").expect(0)
    assert (posts / "line.md").read_text("utf-8") == CLEAN.rstrip("\n") + line


def test_too_large(posts: Path, put: Put) -> None:
    with put("huge.md").open("wb") as file:
        file.truncate(200 * MEGA)
    put("post.md")
    shown = run(posts, "fix", "--select", "PM1").expect(2)
    assert "huge.md: error: too large: 200,000,000 bytes, the limit is 100,000,000" in shown.out
    assert (posts / "post.md").read_text("utf-8") == CLEAN
