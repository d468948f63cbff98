"""Every test has a state folder of its own, and no say in how the terminal of the developer is set up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_posts import DAMAGED, Put

_GOLDEN = Path(__file__).parent / "golden"
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where runs keep their journal."""
    folder = tmp_path / "state"
    monkeypatch.setenv("POSTMEND_STATE_DIR", str(folder))
    monkeypatch.setenv("POSTMEND_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "POSTMEND_DEBUG", "COLUMNS", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """An empty folder for posts, with no site around it."""
    folder = tmp_path / "posts"
    folder.mkdir()
    return folder


@pytest.fixture
def put(posts: Path) -> Put:
    """Writes a post, a damaged one if nothing else is said."""

    def write(name: str | bytes = "post.md", content: str | bytes = DAMAGED) -> Path:
        path = posts / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo site."""
    return Path(shutil.copytree(FIXTURES / "demo-site", tmp_path / "demo"))


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name; with POSTMEND_UPDATE_GOLDEN=1, writes it."""

    def check(name: str, text: str) -> None:
        file = _GOLDEN / name
        if os.environ.get("POSTMEND_UPDATE_GOLDEN"):
            file.write_text(text, "utf-8", newline="\n")
        assert text == file.read_bytes().decode()

    return check
