"""Links lead somewhere, words are plain, files are short, and CI runs what the README says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from docs_pages import DOCS, PAGES, ROOT, anchors, blocks, links, name_of

from postmend.settings.reading import read_settings
from postmend.settings.table import SETTINGS

SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST = 300

# Words of advertisements, words that call the reader slow, and places on somebody's disk.
FORBIDDEN = re.compile(
    r"\b(?:blazing(?:ly)?|seamless(?:ly)?|effortless(?:ly)?|powerful|robust|cutting[- ]edge|state[- ]of[- ]the[- ]art"
    r"|revolutionary|world[- ]class|leverag\w+|utili[sz]\w+|delve|supercharge\w*|game[- ]chang\w+|next[- ]gen\w*"
    r"|simply|obviously|easily|just works|battle[- ]tested|lightning)\b"
    r"|(?<![\w./~])/(?:home/(?!you\b)|Users/|root/|tmp/|mnt/|work/)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in links(page.read_text("utf-8")):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_file() and target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


def test_every_page_is_linked_from_the_readme() -> None:
    found = {link.partition("#")[0] for link in links((ROOT / "README.md").read_text("utf-8"))}
    assert {name_of(page) for page in PAGES} - {"README.md"} <= found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_are_plain(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [match[0] for match in FORBIDDEN.finditer(text)] == []
    assert not re.search(r"[ \t]\n", text)
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_the_language_of_every_fence_is_named() -> None:
    for page in PAGES:
        infos = {block.info for block in blocks(page.read_text("utf-8"))}
        known = {
            "console",
            "bash",
            "yaml",
            "toml",
            "json",
            "vim",
            "text",
            "text before",
            "text after",
            "python",
            "markdown",
        }
        assert infos <= known, page


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_no_source_file_is_long(source: Path) -> None:
    assert len(source.read_text("utf-8").splitlines()) <= LONGEST


def set_up_commands() -> list[str]:
    """The one-line commands of the README that need nothing but Python."""
    lines = [line for b in blocks((ROOT / "README.md").read_text("utf-8")) for line in b.text.splitlines()]
    return [line for line in lines if line.startswith("python3 -m venv .venv")]


def test_the_readme_has_two_commands_for_a_new_machine() -> None:
    check, test = set_up_commands()
    assert check.endswith(".venv/bin/postmend check fixtures/demo-site")
    assert test.endswith(".venv/bin/python -m pytest")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    _, test = set_up_commands()
    plain = (
        script.read_text("utf-8")
        .replace('"$python" ', "python3 ")
        .replace('"$venv"', ".venv")
        .replace('"$venv/', '".venv/')
    )
    plain = re.sub(r'"(\.venv/bin/\w+)"', r"\1", plain).replace(" \\\n  ", " ")
    assert test in plain


def test_the_licence_is_the_one_that_is_declared() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("MIT License\n\nCopyright (c) 2026 The postmend founders\n")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_all_pages_are_known() -> None:
    pages = [page for page in PAGES if page.parent == DOCS]
    assert sorted(DOCS.rglob("*.*")) == sorted([*pages, DOCS / "postmend.schema.json"])


def test_settings_in_the_pages_can_be_read() -> None:
    shown = [block.text for page in PAGES for block in blocks(page.read_text("utf-8")) if block.info == "toml"]
    assert len(shown) > len(SETTINGS) - 2
    for text in shown:
        found = read_settings(text)
        assert found and found.problems == (), text
