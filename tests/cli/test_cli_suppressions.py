"""Pairs and names that posts ask to leave out; whether that was for nothing shows only when all files are known."""

from __future__ import annotations

from pathlib import Path

from cli_posts import Put
from cli_runner import HOOK, codes, report, run, spawn

BODY = "\n".join(
    f"Line {n} of a long walk along the river, with {n * 7} birds, {n * 3} boats and the smell of rain."
    for n in range(30)
)
DAMAGED_NAME = "Ã©tÃ©.md"


def post(title: str, ignore: str = "") -> str:
    return (
        f"---\ntitle: {title}\n{f'postmend: {{ignore: [{ignore}]}}' if ignore else 'date: 2026-01-01'}\n---\n{BODY}\n"
    )


def test_either_post_of_a_pair_can_ask(posts: Path, put: Put) -> None:
    put("walk.md", post("A walk"))
    put("river.md", post("The river"))
    assert ("river.md", "PM201") in codes(report(posts, "check")) or ("walk.md", "PM201") in codes(
        report(posts, "check")
    )
    for asking, other in (("walk", "river"), ("river", "walk")):
        put(f"{asking}.md", post(asking, "PM201"))
        put(f"{other}.md", post(other))
        assert codes(report(posts, "check")) == set()
        made = report(posts, "dupes")
        assert (made["pairs"], made["clusters"]) == ([], [])
        spawn(posts, "--dupes", "walk.md", program=HOOK).expect(0)


def test_a_comment_for_the_whole_file_will_do(posts: Path, put: Put) -> None:
    put("walk.md", post("A walk"))
    put("river.md", f"{post('The river')}\n<!-- postmend: ignore-file PM2 -- the same walk, told twice -->\n")
    assert codes(report(posts, "check")) == set()


def test_what_was_asked_for_nothing_is_reported_once_all_is_known(posts: Path, put: Put) -> None:
    put("walk.md", post("A walk", "PM201"))
    put("sea.md", post("The sea").replace("river", "sea").replace("birds", "ships")[:300])
    assert codes(report(posts, "check")) == {("walk.md", "PM901")}
    assert codes(report(posts, "check", "--ignore", "PM2")) == set()
    run(posts, "fix").expect(1)
    assert (posts / "walk.md").read_text("utf-8") == post("A walk", "PM201")
    spawn(posts, "walk.md", program=HOOK).expect(0)


def test_a_comment_for_nothing_is_taken_away_by_fix(posts: Path, put: Put) -> None:
    put("walk.md", f"{post('A walk')}\n<!-- postmend: ignore-file PM2 -->\n")
    put("sea.md", post("The sea")[:200])
    run(posts, "fix").expect(0)
    assert (posts / "walk.md").read_text("utf-8") == f"{post('A walk')}\n"
    run(posts, "undo").expect(0)
    assert "ignore-file" in (posts / "walk.md").read_text("utf-8")


def test_a_damaged_name_can_be_left_as_it_is(posts: Path, put: Put) -> None:
    put(DAMAGED_NAME, "---\ntitle: L’été\n---\nC’est l’été, déjà, et tout l’été on mange dehors.\n")
    assert codes(report(posts, "check")) == {(DAMAGED_NAME, "PM106")}
    put(DAMAGED_NAME, "---\ntitle: L’été\npostmend: {ignore: PM106}\n---\nC’est l’été, déjà, et tout l’été.\n")
    assert codes(report(posts, "check")) == set()
    run(posts, "fix", "--rename", "--unsafe-fixes").expect(0)
    assert (posts / DAMAGED_NAME).exists()
