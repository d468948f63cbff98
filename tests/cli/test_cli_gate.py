"""What editors, jobs and baselines rely on: streams, exit codes and fingerprints."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import codes, report, run

MARKED = "\ufeff" + DAMAGED
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def test_fingerprints_do_not_depend_on_where_one_stands(demo: Path) -> None:
    def prints(folder: Path, *arguments: str) -> set[str]:
        return {finding["fingerprint"] for finding in report(folder, "check", *arguments)["findings"]}

    whole = prints(demo)
    assert len(whole) > 50
    assert prints(demo / "src" / "content", str(demo)) == whole
    assert prints(demo.parent, str(demo)) == whole
    assert prints(demo / "src" / "content" / "blog", "de") < whole


def test_a_filter_gives_text_on_stdout_and_words_on_stderr(posts: Path) -> None:
    fixed = run(posts, "fix", "-", "--stdin-filename", "new/a.md", stdin=DAMAGED.encode()).expect(0)
    assert fixed.stdout == CLEAN.encode()
    assert "Fixed 2 problems in 1 file" in fixed.err
    kept = run(posts, "fix", "-", "--stdin-filename", "a.md", "--output-format", "concise", stdin=PNG).expect(1)
    assert kept.stdout == PNG
    assert kept.err.startswith("a.md:1:1: PM004 Binary file")
    assert run(posts, "fix", "-", stdin=b"").expect(0).stdout == b""


def test_a_post_on_stdin_is_of_the_site_in_which_its_name_lies(posts: Path) -> None:
    def message(*options: str) -> str:
        with chdir(posts):
            return run(posts, "check", "-", *options, "--output-format", "concise", stdin=MARKED.encode()).out

    assert "some generators" in message()
    assert "Jekyll does not see" in message("--generator", "jekyll")
    (posts / "_config.yml").touch()
    assert "Jekyll does not see" in message("--stdin-filename", "_posts/a.md")


@pytest.mark.parametrize("options", [["--corpus", "."], ["--staged"], ["--since", "HEAD"]])
def test_a_post_on_stdin_is_compared_with_nothing(options: list[str], posts: Path) -> None:
    for command in ("check", "fix"):
        assert "compared with nothing" in run(posts, command, "-", *options, stdin=b"").expect(2).err


def test_a_difference_heeds_exit_zero_and_the_format(posts: Path, put: Put) -> None:
    put("a.md")
    shown = run(posts, "fix", "--diff", "--exit-zero", "--output-format", "json").expect(0)
    assert shown.out.startswith("--- a/a.md")
    assert '"schema": 1' in shown.err
    run(posts, "fix", "--diff").expect(1)
    run(posts, "fix", "--diff", "-", "--exit-zero", stdin=DAMAGED.encode()).expect(0)


def test_include_and_exclude_do_not_narrow_what_posts_are_compared_with(demo: Path) -> None:
    pair = (
        "src/content/blog/en/sourdough-in-a-cold-kitchen.md",
        "src/content/blog/en/sourdough-in-a-cold-kitchen-2.md",
    )
    for option, pattern in (("--include", pair[1]), ("--exclude", pair[0])):
        made = report(demo, "dupes", option, pattern)
        assert (pair[1], "PM201") in codes(made)
