"""What `postmend init` writes and prints: a file of settings, and the beginnings of a hook and of a CI job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from postmend.report.items import plural
from postmend.settings.toml import assignment


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a folder: its generator (`plain` if none was recognised), where its posts are, the locales in
    their paths, and how many there are.
    """

    generator: str
    content: str = ""
    locales: tuple[str, ...] = ()
    posts: int = 0

    def told(self) -> str:
        """All that in words."""
        site = "a folder of posts" if self.generator == "plain" else f"a site made with {self.generator}"
        languages = f", languages {', '.join(self.locales)}" if self.locales else ""
        return f"{site}, {plural(self.posts, 'post') if self.posts else 'no posts yet'}{languages}"


def settings(facts: Facts) -> str:
    """The text of a postmend.toml to begin with. What is commented out can be used as it is."""
    content = f"{facts.content}/" if facts.content else ""
    known = facts.generator != "plain"
    return "\n".join(
        [
            "# What postmend looks for here. `postmend config` shows all settings and where each comes from.",
            "# Patterns are written as in .gitignore; they and paths are relative to the folder of this file.",
            "",
            f"# {'Recognised by its files' if known else 'No generator was recognised here'}; "
            '"auto" finds out in each run.',
            assignment("generator", facts.generator if known else "auto"),
            "",
            "# Folders and files to leave out, such as \"drafts/\".",
            assignment("exclude", ()),
            "",
            "# Rules to leave out, such as \"PM207\"; `postmend rule` lists them.",
            assignment("ignore", ()),
            "",
            *_locales(facts.locales),
            "# Rules to leave out in some files:",
            "# [per-file-ignores]",
            f'# "{content}archive/" = ["PM2"]',
            "",
            "# Posts that are alike on purpose, one block for each pair:",
            "# [[not-duplicates]]",
            f'# a = "{content}report-2025.md"',
            f'# b = "{content}report-2026.md"',
            '# reason = "yearly report"',
            "",
        ]
    )  # fmt: skip


def _locales(locales: tuple[str, ...]) -> Iterable[str]:
    if locales:
        yield "# The languages in the paths of posts. With this line, nothing else is taken for one:"
        yield f"# {assignment('locales', locales)}"
        yield ""


HOOK = """\
repos:
  - repo: ADDRESS
    rev: REVISION
    hooks:
      - id: postmend-fix
      - id: postmend-dupes
"""
GITHUB = """\
name: posts
on: [push, pull_request]
jobs:
  postmend:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: { python-version: "3.12" }
      - run: pip install "git+ADDRESS"
      - run: postmend check --output-format concise
"""
GITLAB = """\
postmend:
  image: python:3.12
  script:
    - pip install "git+ADDRESS"
    - postmend check --output-format concise
"""
