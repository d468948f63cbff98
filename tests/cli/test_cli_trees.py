"""Folders with all that a file system allows: no traceback, a documented exit code, nothing outside changed or lost.

`POSTMEND_TREES=10000 pytest tests/cli/test_cli_trees.py` looks at more of them, from another start.
"""

from __future__ import annotations

import os
import random
import stat
import sys
from pathlib import Path

import pytest
from cli_posts import damaged
from cli_runner import run

TREES = int(os.environ.get("POSTMEND_TREES", "100"))
CHUNKS = 10  # tests, so that several processes can share the trees

TEXT = "Le café est fermé cet été, et déjà la fête est prête.\n"
NAMES = (
    "a.md",
    "été.mdx",
    damaged("été") + ".md",
    "e\N{COMBINING ACUTE ACCENT}.md",
    "2024-01-02-x.markdown",
    "index.html",
    "b c.md",
    "-q.md",
    "%C3%A9.md",
    "[red]x[/red].md",
    "\x1b[31m.md",
    "line\nbreak.md",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.md",
    "\udcff\udcfe.md",
    "caf\udce9.md",
    ".hidden.md",
    "postmend.toml",
    ".gitignore",
    "x" * 200 + ".md",
)
HEADS = (
    "",
    "---\ntitle: Été\n---\n",
    f"---\ntitle: {damaged('Été')}\n---\n",
    "---\ntitle: [\n---\n",
    "+++\nt = 1\n+++\n",
)
BODIES: tuple[bytes, ...] = (
    b"",
    TEXT.encode(),
    damaged(TEXT).encode(),
    damaged(damaged(TEXT)).encode(),
    TEXT.encode("cp1252"),
    TEXT.encode("utf-16"),
    damaged(TEXT).replace("Ã©", "Ã", 1).encode(),
    b"\xff\xfe\x00",
    b"\x89PNG\r\n\x1a\n\0\0",
    b"<!-- postmend: ignore PM101 -->\n" + damaged(TEXT).encode(),
    b"[t](" + damaged("été").encode() + b".md)\n",
    "d\N{REPLACEMENT CHARACTER}j\N{REPLACEMENT CHARACTER}\n".encode(),
    b"a\rb\r\nc\n\x00",
)
COMMANDS = (
    ("check",),
    ("check", "--output-format", "concise"),
    ("check", "--output-format", "json"),
    ("dupes",),
    ("fix", "--diff", "--unsafe-fixes"),
    ("fix",),
    ("fix", "--unsafe-fixes", "--rename"),
    ("baseline", "--baseline", "../known.json"),
)


def grown(folder: Path, dice: random.Random, depth: int = 2) -> None:
    """Fills a folder."""
    for _ in range(dice.randrange(1, 6)):
        path = folder / dice.choice(NAMES)
        try:
            planted(path, folder, dice, depth)
        except (OSError, ValueError):  # a name that this file system doesn't take
            continue


def planted(path: Path, folder: Path, dice: random.Random, depth: int) -> None:
    kind = dice.randrange(12)
    if os.path.lexists(path):
        return
    if kind == 0 and depth:
        path.with_suffix("").mkdir()
        grown(path.with_suffix(""), dice, depth - 1)
    elif kind == 1 and sys.platform != "win32":
        target = dice.choice([path.name, ".", "..", "../../outside.md", "a.md", "/nowhere"])
        path.symlink_to(target)
    elif kind == 2 and sys.platform != "win32":
        os.mkfifo(path)
    elif kind == 3 and (folder / "a.md").is_file():
        os.link(folder / "a.md", path)
    else:
        path.write_bytes(dice.choice(HEADS).encode() + dice.choice(BODIES) * dice.choice((1, 1, 40)))
        path.chmod(dice.choice((0o644, 0o644, 0o600, 0o444, 0o000)))


def seen(folder: Path) -> dict[str, object]:
    """All that is in a folder: kinds, modes, where links lead, bytes."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        name = os.fsdecode(os.fsencode(path.relative_to(folder)))
        content: object = None
        if stat.S_ISLNK(status.st_mode):
            content = path.readlink()
        elif stat.S_ISREG(status.st_mode):
            path.chmod(0o644)
            content = path.read_bytes()
            path.chmod(stat.S_IMODE(status.st_mode))
        found[name] = status.st_mode, content
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_folder_is_survived(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTMEND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("POSTMEND_CACHE_DIR", str(tmp_path / "cache"))
    for number in range(chunk, TREES, CHUNKS):
        dice = random.Random(f"{TREES} {number}")
        place = tmp_path / f"{number}"
        folder = place / "site"
        folder.mkdir(parents=True)
        (place / "outside.md").write_bytes(damaged(TEXT).encode())
        grown(folder, dice)
        survived(place, folder, dice)


def survived(place: Path, folder: Path, dice: random.Random) -> None:
    outside = (place / "outside.md").read_bytes()
    before = seen(folder)
    for command in dice.sample(COMMANDS, 3):
        outcome = run(folder, *command)
        assert outcome.code in (0, 1, 2), outcome
        outcome.expect(outcome.code)
        assert (place / "outside.md").read_bytes() == outside
        if command[0] == "fix" and "--diff" not in command:
            while run(folder, "undo").code == 0:
                pass
        assert seen(folder) == before
