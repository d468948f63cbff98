"""What users see, letter by letter. `POSTMEND_UPDATE_GOLDEN=1 pytest tests/cli` writes the files anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import run

Golden = Callable[[str, str], None]
BLOG = "src/content/blog"
SITE = Path(__file__).parents[2] / "fixtures" / "demo-site"


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("check-concise.txt", ["check", "--output-format", "concise"], 1),
        ("check-full-whole-post.txt", ["check", f"{BLOG}/de/werkstatt.md"], 1),
        ("check-full-in-parts.txt", ["check", f"{BLOG}/ru/ogorod-vesnoy.md", f"{BLOG}/de/broetchen.md"], 1),
        ("check-full-on-purpose.txt", ["check", f"{BLOG}/en/mojibake-field-guide.md"], 0),
        ("dupes.txt", ["dupes"], 1),
        ("rule-PM101.txt", ["rule", "PM101"], 0),
        ("rule-all.txt", ["rule", "--all"], 0),
        ("diff-near.txt", ["diff", f"{BLOG}/fr/jardin-novembre.md", f"{BLOG}/fr/au-jardin-en-novembre.md"], 0),
        ("diff-rewritten.txt", ["diff", f"{BLOG}/ru/korotkie-volny.md", f"{BLOG}/ru/korotkie-volny-podrobno.md"], 0),
    ],
)
def test_output(name: str, arguments: list[str], code: int, golden: Golden) -> None:
    shown = run(SITE, *arguments).expect(code)
    assert shown.err == ""
    golden(name, shown.out)


def test_fix_and_undo(demo: Path, golden: Golden) -> None:
    shown = [
        run(demo, "fix", f"{BLOG}/de", "--select", "PM1").expect(0).out,
        run(demo, "undo", "--list").expect(0).out,
        run(demo, "undo").expect(0).out,
        run(demo, "undo", "--list").expect(0).out,
    ]
    text = re.sub(r"\d{8}-\d{6}(-\d+)?", "<run>", "\n".join(shown)).replace(str(demo.resolve()), "<site>")
    golden("fix-and-undo.txt", text)
