"""`--code-blocks`: what becomes of damage in code, scripts and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put, damaged
from cli_runner import HOOK, codes, report, run, spawn

from postmend.config import CodeBlocks, Policy
from postmend.examine import LEFT_IN_CODE, examine
from postmend.scanner.places import Site

SOUND = "Am Sonntag gab es süße Brötchen, Käse und für jeden ein Stück Kuchen.\n"
PROSE = f"{SOUND}\n```\n{SOUND}```\n"
CODE = {  # short ones: where damage in code leaves no doubt at all, being cautious means to repair it
    "fence": "Bread is late.\n\n```\nMálaga\n```\n",
    "inline": "Bread is late: `Málaga`.\n",
    "link": "Bread is [late](/Málaga/).\n",
    "script": "Bread is late.\n\n<script>\n// Málaga\n</script>\n",
}
EXAMPLES = f"What is mojibake? UTF-8 read as windows-1252. {damaged(SOUND)}\n```\n{damaged(SOUND)}```\n"


@pytest.mark.parametrize("kind", CODE)
def test_code_alone_is_damaged(kind: str, posts: Path, put: Put) -> None:
    broken = damaged(CODE[kind])
    file = put("post.md", broken)
    for how in ("leave", "cautious"):
        run(posts, "fix", "--code-blocks", how).expect(1)
        assert file.read_text("utf-8") == broken
    run(posts, "fix", "--code-blocks", "repair").expect(0)
    assert file.read_text("utf-8") == CODE[kind]


@pytest.mark.parametrize("kind", CODE)
def test_cautious_suggests_and_leave_only_shows(kind: str, posts: Path, put: Put) -> None:
    broken = damaged(CODE[kind])
    file = put("post.md", broken)
    left = report(posts, "check", "--code-blocks", "leave")["findings"]
    assert {f["code"] for f in left} == {"PM103"}
    assert [(f["fix"], LEFT_IN_CODE in f["message"]) for f in left] == [(None, True)] * len(left)
    assert {f["fix"] for f in report(posts, "check")["findings"]} == {"unsafe"}
    run(posts, "fix", "--code-blocks", "leave", "--unsafe-fixes").expect(1)
    assert file.read_text("utf-8") == broken
    run(posts, "fix", "--unsafe-fixes").expect(0)
    assert file.read_text("utf-8") == CODE[kind]


def test_text_around_code_is_repaired_all_the_same(posts: Path, put: Put) -> None:
    file = put("post.md", damaged(PROSE))
    for fixed in ("Fixed 1 problem in 1 file; 1 remains.", "Fixed nothing; 1 problem remains."):
        assert run(posts, "fix", "--code-blocks", "leave").expect(1).out.splitlines()[-1].startswith(fixed)
        assert file.read_text("utf-8") == f"{SOUND}\n```\n{damaged(SOUND)}```\n"
    assert {f["start"]["line"] for f in report(posts, "check", "--code-blocks", "leave")["findings"]} == {4}


def test_cautious_is_the_default_and_repairs_code_next_to_damaged_text(posts: Path, put: Put) -> None:
    file = put("post.md", damaged(PROSE))
    shown = run(posts, "check", "--code-blocks", "cautious").expect(1)
    assert shown == run(posts, "check")
    run(posts, "fix").expect(0)
    assert file.read_text("utf-8") == PROSE


def test_front_matter_is_no_code(posts: Path, put: Put) -> None:
    file = put("post.md", DAMAGED)
    run(posts, "fix", "--code-blocks", "leave").expect(0)
    assert file.read_text("utf-8") == CLEAN


def test_examples_in_code_are_left_too(posts: Path, put: Put) -> None:
    file = put("post.md", EXAMPLES)
    made = report(posts, "check", "--code-blocks", "leave")
    assert codes(made) == {("post.md", "PM109")}
    run(posts, "fix", "--code-blocks", "leave", "--unsafe-fixes")
    assert file.read_text("utf-8") == EXAMPLES.replace(damaged(SOUND), SOUND, 1)
    put("post.md", f"Mojibake, UTF-8 read as windows-1252:\n\n```\n{damaged(SOUND)}```\n")
    assert [f["fix"] for f in report(posts, "check", "--code-blocks", "leave")["findings"]] == [None]


def test_standard_input(posts: Path) -> None:
    broken = damaged(PROSE).encode()
    done = run(posts, "fix", "-", "--code-blocks", "leave", stdin=broken).expect(1)
    assert done.out == f"{SOUND}\n```\n{damaged(SOUND)}```\n"
    assert LEFT_IN_CODE in done.err
    assert LEFT_IN_CODE in run(posts, "check", "-", "--code-blocks", "leave", stdin=broken).expect(1).out


def test_posts_are_compared_as_fix_would_leave_them() -> None:
    wanted: dict[CodeBlocks, str] = {"leave": f"{SOUND}\n```\n{damaged(SOUND)}```\n", "repair": PROSE}
    for how, text in wanted.items():
        post = examine("post.md", damaged(PROSE).encode(), Site(), Policy(code_blocks=how)).post
        assert post is not None
        assert post.document.text == text


def test_an_unknown_way_is_refused(posts: Path, put: Put) -> None:
    put()
    for command in ("check", "fix"):
        shown = run(posts, command, "--code-blocks", "maybe").expect(2)
        assert shown.err == 'postmend: --code-blocks: there is no "maybe"; one of cautious, leave, repair.\n'


def test_the_hook_is_cautious(posts: Path, put: Put) -> None:
    file = put("post.md", damaged(CODE["fence"]))
    spawn(posts, "--fix", "post.md", program=HOOK).expect(1)
    assert file.read_text("utf-8") == damaged(CODE["fence"])
