"""Brings the generated parts of the documentation up to date.

    python tests/docs/refresh.py

Runs every example and writes down what it prints (lines hidden by `[...]` stay hidden), and writes docs/rules.md. Look at
the difference before you commit it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from docs_console import _RUN_ID, Console, elided, fresh_console, steps
from docs_pages import DOCS, PAGES, blocks, name_of
from postmend.report.rules import markdown
from postmend.rules import RULES


def main() -> None:
    """Writes the pages whose generated parts have changed."""
    (DOCS / "rules.md").write_text(markdown(RULES), "utf-8")
    for page in PAGES:
        before = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder, fresh_console(Path(folder).resolve()) as console:
            after = _refreshed(before, console)
        if after != before:
            page.write_text(after, "utf-8")
            sys.stdout.write(f"{name_of(page)}: updated\n")


def _refreshed(page: str, console: Console) -> str:
    names = (f"20261121-2115{number:02}" for number in count(2, 38))
    told: dict[str, str] = {}  # real names of runs -> those in the page
    parts, at = [], 0
    for block in blocks(page):
        if block.info == "console":
            parts += [page[at : block.start], _run(block.text, console, told, names)]
            at = block.end
    return "".join([*parts, page[at:]])


def _run(block: str, console: Console, told: dict[str, str], names) -> str:  # type: ignore[no-untyped-def]
    text = []
    for step in steps(block):
        printed = elided(step.output, console.run(step))
        lines = []
        for line in printed:
            for real in _RUN_ID.findall(line):
                if real not in told:
                    told[real] = next((n for n, r in console.runs.items() if r == real), None) or next(names)
            lines.append(_RUN_ID.sub(lambda found: told[found[0]], line))
        text += [f"$ {step.command}", *lines]
    return "\n".join(text) + "\n" if not re.search(r"\n\n\$ ", block) else _spaced(text)


def _spaced(lines: list[str]) -> str:
    """The lines with an empty one before each command but the first, as the block had it."""
    return "\n".join(f"\n{line}" if i and line.startswith("$ ") else line for i, line in enumerate(lines)) + "\n"


if __name__ == "__main__":
    main()
