"""The two files that the project began with, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_runner import report, run

SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(len(SEEDS) != 2, reason="the seeds are not here")


@pytest.fixture
def seeded(posts: Path) -> Path:
    for name, seed in zip(("first.md", "second.md"), SEEDS, strict=True):
        (posts / name).write_bytes(seed.read_bytes())
    return posts


def lines_that_differ(one: str, other: str) -> list[int]:
    pairs = zip(one.split("\n"), other.split("\n"), strict=True)
    return [number for number, (left, right) in enumerate(pairs, 1) if left != right]


def test_fix_repairs_the_second_and_undo_puts_it_back(seeded: Path) -> None:
    first, second = (seed.read_bytes() for seed in SEEDS)
    truth = second.decode().encode("mac_roman").decode()  # its UTF-8 had been read as MacRoman

    run(seeded, "fix").expect(1)  # the pair stays
    assert (seeded / "first.md").read_bytes() == first
    assert (seeded / "second.md").read_bytes() == truth.encode()

    assert "first.md" not in run(seeded, "undo").expect(0).out
    assert (seeded / "second.md").read_bytes() == second


def test_check_names_the_damaged_lines(seeded: Path) -> None:
    second = SEEDS[1].read_bytes().decode()
    truth = second.encode("mac_roman").decode()
    shown = run(seeded, "check", "--output-format", "concise").expect(1).out
    for line in lines_that_differ(second, truth):
        assert f"\nsecond.md:{line}:" in shown
    made = report(seeded, "check", "--select", "PM1")
    assert {(f["path"], f["code"]) for f in made["findings"]} == {("second.md", "PM101")}
    assert sorted({f["start"]["line"] for f in made["findings"]}) == lines_that_differ(second, truth)


def test_pair_is_a_rewritten_post_before_and_after_the_fix(seeded: Path) -> None:
    def told() -> object:
        return [(p["left"], p["right"], p["code"], p["body"], p["title"]) for p in report(seeded, "dupes")["pairs"]]

    before = report(seeded, "dupes")
    assert before["pairs"][0]["keep"] == "first.md"  # the other one is damaged
    scores = told()
    assert [(p["left"], p["right"], p["code"]) for p in before["pairs"]] == [("first.md", "second.md", "PM204")]
    run(seeded, "fix").expect(1)
    assert told() == scores
