"""Every example in the documentation runs and prints what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_console import Step, elided, examples, fresh_console, matches, steps
from docs_pages import PAGES, ROOT, blocks, name_of

WITH_EXAMPLES = [page for page in PAGES if examples(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name_of)
def test_examples_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    with fresh_console(tmp_path.resolve()) as console:
        for block in examples(page.read_text("utf-8")):
            for step in steps(block):
                printed = console.run(step)
                if not matches(step.output, printed):
                    assert elided(step.output, printed) == step.output, (
                        f"`{step.command}`: python tests/docs/refresh.py writes what it prints now"
                    )


def test_most_pages_about_use_have_examples() -> None:
    names = {name_of(page) for page in WITH_EXAMPLES}
    assert {"README.md", "docs/commands.md", "docs/how-repair-works.md", "docs/how-duplicates-work.md"} <= names


def test_before_and_after_in_the_readme_are_real() -> None:
    posts = {"before": ROOT / "fixtures/demo-site", "after": ROOT / "fixtures/truth"}
    for block in blocks((ROOT / "README.md").read_text("utf-8")):
        kind = block.info.removeprefix("text ")
        if kind in posts:
            post = (posts.pop(kind) / "src/content/blog/ru/more-v-noyabre-1.md").read_text("utf-8").split("\n")
            assert [line for line in block.text.split("\n") if line not in post] == []
    assert posts == {}


def test_a_gap_stands_for_any_lines() -> None:
    assert matches(("a", "[...]", "d"), ("a", "b", "c", "d"))
    assert matches(("[...]", "d"), ("a", "d"))
    assert not matches(("a", "[...]", "d"), ("a", "b", "c"))
    assert not matches(("a",), ("a", "b"))
    assert matches(("Undo 20200101-000000.",), ("Undo 20261121-211502-2.",))
    assert elided(("x", "[...]", "y"), ("a", "b", "c")) == ("a", "[...]", "c")


def test_a_block_is_split_into_commands_and_outputs() -> None:
    assert list(steps("$ postmend a\none\n\ntwo\n$ echo $?\n1\n")) == [
        Step("postmend a", ("one", "", "two")),
        Step("echo $?", ("1",)),
    ]
