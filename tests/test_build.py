"""The packages that are built: the same bytes from the same sources, and all that the program needs in them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("src", "docs", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds, from copies whose files have other dates."""
    made = []
    for date in (1_600_000_000, 1_700_000_000):
        copy = tmp_path_factory.mktemp("copy")
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / part, copy / part)
        for path in copy.rglob("*"):
            os.utime(path, (date, date))
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", "made"], cwd=copy, check=True, capture_output=True
        )
        made.append(copy / "made")
    return made


def test_two_builds_are_the_same_bytes(builds: list[Path]) -> None:
    one, other = ({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()} for folder in builds)
    assert one == other
    assert sorted(Path(name).suffix for name in one) == [".gz", ".whl"]


def test_the_wheel_holds_the_program_and_its_data(builds: list[Path]) -> None:
    (wheel,) = builds[0].glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    wanted = [p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src" / "postmend").rglob("*") if p.is_file()]
    assert {name for name in wanted if "__pycache__" not in name} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", "benchmarks/"))]
