"""Golden files: `POSTMEND_UPDATE_GOLDEN=1 pytest tests/report` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name."""

    def check(name: str, text: str) -> None:
        file = _FOLDER / name
        if os.environ.get("POSTMEND_UPDATE_GOLDEN"):
            file.write_text(text, "utf-8", newline="\n")
        assert text == file.read_text("utf-8")

    return check
