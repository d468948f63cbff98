"""`postmend init`: what it finds out, writes and prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli_posts import CLEAN, Put
from cli_runner import run, tree_bytes

from postmend.settings.reading import read_settings

ROOT = Path(__file__).parents[2]


def written(folder: Path) -> Any:
    found = read_settings((folder / "postmend.toml").read_text("utf-8"))
    assert found and found.problems == ()
    return found.values


def blocks(text: str) -> list[Any]:
    """The two pieces of YAML that are printed."""
    return [
        yaml.safe_load(part) for part in re.split(r"\n\n(?=To |In |Next)", text) for part in part.split(":\n\n")[1:]
    ]


def test_a_site(demo: Path) -> None:
    shown = run(demo, "init").expect(0).out
    assert shown.startswith("Wrote postmend.toml: a site made with astro, 46 posts, languages de, en, es,")
    assert shown.endswith("\nNext: postmend check\n")
    assert written(demo) == {"generator": "astro", "exclude": (), "ignore": ()}
    before = run(demo, "check", "--isolated", "--output-format", "concise").out
    assert run(demo, "check", "--output-format", "concise").out == before


def test_what_is_commented_out_can_be_used(demo: Path) -> None:
    run(demo, "init").expect(0)
    path = demo / "postmend.toml"
    path.write_text(re.sub(r'(?m)^# (?=[\["a-z-]+ ?[=\]]|\[|"|[ab] =)', "", path.read_text("utf-8")), "utf-8")
    values = written(demo)
    assert set(values) == {"generator", "exclude", "ignore", "locales", "per-file-ignores", "not-duplicates"}
    assert "pl" in values["locales"]
    assert values["per-file-ignores"] == (("src/content/archive/", ("PM2",)),)


def test_what_is_printed_is_what_the_docs_show(demo: Path) -> None:
    hooks, job = blocks(run(demo, "init").expect(0).out)
    assert hooks == documented("docs/pre-commit.md", "repos:")
    assert hooks == documented("README.md", "repos:")
    readme = documented("README.md", "name: posts")
    readme["jobs"]["postmend"]["steps"][-1]["run"] = "postmend check --output-format concise"
    assert job == readme


def documented(path: str, begin: str) -> Any:
    """The first piece of YAML on a page that begins so."""
    page = (ROOT / path).read_text("utf-8")
    rest = page.split(f"```yaml\n{begin}", 1)[1].split("```")[0]
    return yaml.safe_load(begin + rest)


def test_an_unknown_and_an_empty_folder(posts: Path, put: Put) -> None:
    assert "a folder of posts, no posts yet." in run(posts, "init").expect(0).out
    assert written(posts)["generator"] == "auto"
    put("a.md", CLEAN)
    assert "a folder of posts, 1 post." in run(posts, "init", "--force").expect(0).out
    run(posts, "check").expect(0)


def test_other_services_and_files_that_are_there(posts: Path, put: Put) -> None:
    put(".gitlab-ci.yml", "")
    put(".pre-commit-config.yaml", "")
    shown = run(posts, "init").expect(0).out
    assert "add this to .gitlab-ci.yml" in shown and "add this to .pre-commit-config.yaml" in shown
    assert "script" in blocks(shown)[1]["postmend"]


@pytest.mark.parametrize("name", ["postmend.toml", ".postmend.toml", "pyproject.toml"])
def test_settings_that_are_there_stay(name: str, posts: Path, put: Put) -> None:
    put(name, "[tool.postmend]\njobs = 1\n" if name == "pyproject.toml" else "jobs = 1\n")
    before = tree_bytes(posts)
    assert f"{name} has settings already" in run(posts, "init").expect(2).err
    assert tree_bytes(posts) == before
    run(posts, "init", "--force").expect(0)
    assert written(posts)["generator"] == "auto"


def test_broken_settings_can_be_replaced(posts: Path, put: Put) -> None:
    put("postmend.toml", b"caf\xe9")
    assert "is not UTF-8" in run(posts, "init").expect(2).err
    run(posts, "init", "--force").expect(0)


def test_another_folder(demo: Path) -> None:
    shown = run(demo, "init", "src/content").expect(0).out
    assert shown.startswith("Wrote src/content/postmend.toml: a folder of posts, 46 posts")
    assert "The folder belongs to ." in shown and shown.endswith("Next: postmend check src/content\n")
    assert "nowhere is not a folder" in run(demo, "init", "nowhere").expect(2).err
