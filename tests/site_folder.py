"""A site on the disk for tests of what is remembered between runs."""

from __future__ import annotations

import os
from pathlib import Path


class SiteFolder:
    """A site whose posts get a new time with each change, as if somebody had waited."""

    def __init__(self, root: Path) -> None:
        self.root = root / "site"
        self.cache = root / "cache"
        self.warnings: list[str] = []
        self.clock = 1_700_000_000
        (self.root / "content").mkdir(parents=True)
        (self.root / "hugo.toml").write_text("", "utf-8")

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / "content" / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.clock += 1
        os.utime(path, (self.clock, self.clock))
        return path

    def names(self) -> list[str]:
        return sorted(path.name for path in (self.root / "content").iterdir())
