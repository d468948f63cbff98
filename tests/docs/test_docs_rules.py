"""Every rule has an example that is true, and finds nothing in what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_console import fresh_console
from docs_rules import RULE_POSTS, findings, is_fine, posts

from postmend.rules import BY_CODE, RULES, Rule


def found(rule: Rule, tmp_path: Path) -> tuple[str, ...]:
    with fresh_console(tmp_path.resolve(), RULE_POSTS / rule.code) as console:
        return findings(console, rule.code)


def test_every_rule_has_posts_and_no_other() -> None:
    assert {path.name for path in RULE_POSTS.iterdir()} == set(BY_CODE)
    assert [code for code in BY_CODE if not posts(code)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_example_is_what_postmend_says(rule: Rule, tmp_path: Path) -> None:
    assert rule.example in found(rule, tmp_path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_nothing_is_found_in_what_is_fine(rule: Rule, tmp_path: Path) -> None:
    paths = {line.partition(":")[0] for line in found(rule, tmp_path)}
    assert paths
    assert [path for path in paths if is_fine(path)] == []
