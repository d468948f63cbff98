from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture
def post(root: Path) -> Callable[..., Path]:
    def make(name: str = "a.md", data: bytes = b"old\r\n") -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return make
