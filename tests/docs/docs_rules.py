"""The examples of the rules: `fixtures/rules/CODE/` is a small site in which the rule finds something.

Its posts are shown in docs/rules.md. In those whose name begins with `fine` the rule finds nothing.
"""

from __future__ import annotations

from pathlib import Path

from docs_console import Console, Step
from docs_pages import ROOT

from postmend.rules import RULES

RULE_POSTS = ROOT / "fixtures" / "rules"
WITH = {code: f"PM101,{code}" for code in ("PM901", "PM902")}  # judged only where the rules they name are looked for


def all_posts() -> dict[str, list[tuple[str, str]]]:
    """The names and texts of each rule's posts, as docs/rules.md shows them; bytes that are not UTF-8 are escaped."""
    return {rule.code: [(name, _text(path)) for name, path in posts(rule.code)] for rule in RULES}


def posts(code: str) -> list[tuple[str, Path]]:
    """The posts of a rule by their paths in its site."""
    folder = RULE_POSTS / code
    found = [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*.*"))]
    return [(name, path) for name, path in found if "/" in name]


def is_fine(name: str) -> bool:
    """Whether the post is one in which the rule finds nothing."""
    return name.rpartition("/")[2].startswith("fine")


def findings(console: Console, code: str) -> tuple[str, ...]:
    """What `check` says of the site in which the console is, the summary excluded, when it looks for one rule only."""
    return console.run(Step(f"postmend check --select {WITH.get(code, code)} --output-format concise", ()))[:-1]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "backslashreplace")
