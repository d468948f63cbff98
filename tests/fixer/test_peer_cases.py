"""ftfy's public test cases: what of them is restored, and that what only looks damaged stays as it is.

The cases are no part of this project. Their folder is looked for beside it; POSTMEND_PEER_CASES names another.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from postmend.fixer.mojibake import repair

_BESIDE = Path(__file__).parents[3] / "shared" / "bench" / "peer-cases"
CASES = Path(os.environ.get("POSTMEND_PEER_CASES", _BESIDE)) / "ftfy_cases.json"
RESTORED = 61  # of 112
REAL_DAMAGE = "Sort of negative"  # which ftfy leaves alone

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="ftfy's test cases are not here")


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, str, str]]:
    """Label, text, and what it should be, of each case."""
    rows = json.loads(CASES.read_text("utf-8"))
    return [(row["label"], row["original"], row.get("fixed-encoding", row["fixed"])) for row in rows]


def changed(cases: list[tuple[str, str, str]]) -> dict[str, str]:
    """What became of texts that are fine."""
    fine = [(label, text) for label, text, expected in cases if text == expected and not label.startswith(REAL_DAMAGE)]
    return {label: repaired for label, text in fine if (repaired := repair(text)) != text}


def test_what_only_looks_damaged_stays(cases: list[tuple[str, str, str]]) -> None:
    assert changed(cases) == {}


def test_no_fewer_are_restored_than_before(cases: list[tuple[str, str, str]]) -> None:
    restored = [label for label, text, expected in cases if text != expected and repair(text) == expected]
    assert len(restored) >= RESTORED


def test_a_second_repair_changes_nothing(cases: list[tuple[str, str, str]]) -> None:
    assert [label for label, text, _ in cases if repair(repair(text)) != repair(text)] == []
