"""Runs the command line: in this process where that is enough, else in one of its own."""

from __future__ import annotations

import ctypes
import io
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postmend.cli import main

SCRIPTS = Path(sysconfig.get_path("scripts"))
POSTMEND = str(SCRIPTS / "postmend")
HOOK = str(SCRIPTS / "postmend-hook")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left behind: exit code and the bytes of both streams."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8", "surrogateescape")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8", "surrogateescape")

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    def expect(self, code: int) -> Outcome:
        """The outcome itself, when it has this exit code and shows neither a traceback nor a fault of postmend."""
        assert self.code == code, f"exit code {self.code}\n{self.out[-3000:]}\n{self.err[-3000:]}"
        for sign in ("Traceback", "internal error", "Exception ignored"):
            assert sign not in self.err
        return self


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    entry: Callable[[list[str]], None] = main,
    encoding: str = "utf-8",
) -> Outcome:
    """Runs `postmend` with these arguments in this process, with `folder` as the working folder."""
    names = ("stdin", "stdout", "stderr")
    kept = {name: getattr(sys, name) for name in names}
    raw = io.BytesIO(stdin), io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(buffer, encoding=encoding, newline="") for buffer in raw]
    code: object = 0
    try:
        for name, stream in zip(names, streams, strict=True):
            setattr(sys, name, stream)
        with chdir(folder):
            entry(list(arguments))
    except SystemExit as stop:
        code = stop.code or 0
    finally:
        for stream in streams:
            stream.flush()
        for name, stream in kept.items():
            setattr(sys, name, stream)
    assert isinstance(code, int)
    return Outcome(code, raw[1].getvalue(), raw[2].getvalue())


def spawn(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    program: str = POSTMEND,
    prepare: Callable[[], None] | None = None,
) -> Outcome:
    """Runs a program, `postmend` if none is named, in a process of its own."""
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        input=stdin,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=prepare,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def without_privileges() -> None:
    """For `spawn`: takes away what lets root read and write every file. Others don't have it anyway."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            library.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP, in force from the next exec on


def report(folder: Path, command: str, *arguments: str) -> Any:
    """The JSON report of a command, whatever its exit code."""
    return run(folder, command, *arguments, "--output-format", "json").json


def codes(made: Any) -> set[tuple[str, str]]:
    """Which rules found something in which file."""
    return {(finding["path"], finding["code"]) for finding in made["findings"]}


def tree_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
