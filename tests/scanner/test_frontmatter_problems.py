"""The mistakes that people make in front matter, and what they are told: where to look, and what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from postmend.position import LineIndex
from postmend.scanner.frontmatter import find_front_matter

GOLDEN = Path(__file__).parent / "golden" / "front-matter-problems.txt"
CASES = re.findall(r"(?ms)^=== ([^\n]+)\n(.*?)^(?:>>> ([^\n]*)\n|(?==== )|\Z)", GOLDEN.read_text("utf-8"))


def told(text: str) -> str:
    """Line, column and reason."""
    matter = find_front_matter(text)
    problem = (matter.problem or matter.refused) if matter else None
    if problem is None:
        return "nothing"
    place = LineIndex(text).position(problem.offset)
    return f"{place.line}:{place.column} {problem.reason}"


def text_of(written: str) -> str:
    return written.replace(r"\t", "\t").replace(r"\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


@pytest.mark.skipif(not os.environ.get("POSTMEND_UPDATE_GOLDEN"), reason="only to write the file anew")
def test_golden_file_is_written() -> None:
    parts = (f"=== {name}\n{written}>>> {told(text_of(written))}\n" for name, written, _ in CASES)
    GOLDEN.write_text("".join(parts), "utf-8")


@pytest.mark.parametrize(("written", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_mistake(written: str, expected: str, line_break: str) -> None:
    assert told(text_of(written).replace("\n", line_break)) == expected
