"""Brings the generated parts of the documentation up to date.

    python tests/docs/refresh.py

Runs every example and writes down what it prints (lines hidden by `[...]` stay hidden); writes docs/rules.md, and
the other parts that are made from the code. Look at the difference before you commit it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from docs_console import RUN_ID, Console, Step, elided, fresh_console, steps
from docs_generated import with_generated_parts
from docs_pages import DOCS, PAGES, blocks, name_of
from docs_rules import all_posts

from postmend.report.rules import markdown
from postmend.rules import RULES
from postmend.settings.schema import schema


def main() -> None:
    """Writes the pages whose generated parts have changed."""
    (DOCS / "rules.md").write_text(markdown(RULES, all_posts()), "utf-8")
    (DOCS / "postmend.schema.json").write_text(json.dumps(schema(), indent=2) + "\n", "utf-8")
    for page in PAGES:
        before = page.read_text("utf-8")
        listed = with_generated_parts(before)
        with tempfile.TemporaryDirectory() as folder, fresh_console(Path(folder).resolve()) as console:
            after = _refreshed(listed, console)
        if after != before:
            page.write_text(after, "utf-8")
            sys.stdout.write(f"{name_of(page)}: updated\n")


def _refreshed(page: str, console: Console) -> str:
    names = _Names(console)
    parts, at = [], 0
    for block in blocks(page):
        if block.info == "console":
            lines = [line for step in steps(block.text) for line in _printed(step, console, names)]
            parts += [page[at : block.start], "\n".join(lines), "\n"]
            at = block.end
    return "".join([*parts, page[at:]])


def _printed(step: Step, console: Console, names: _Names) -> list[str]:
    printed = elided(step.output, console.run(step))
    return [f"$ {step.command}", *(RUN_ID.sub(lambda found: names.shown(found[0]), line) for line in printed)]


class _Names:
    """Names of runs as the page shows them: those that it had, else made-up ones, the same in every refresh."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: dict[str, str] = {}
        self._free = (f"20261121-2115{second:02}" for second in count(2, 19))

    def shown(self, real: str) -> str:
        """What the page has for a real name."""
        if real not in self._shown:
            had = next((told for told, name in self._console.runs.items() if name == real), None)
            self._shown[real] = had or next(name for name in self._free if name not in self._console.runs)
        return self._shown[real]


if __name__ == "__main__":
    main()
