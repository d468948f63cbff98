"""What is imported when, and from where: quick starts, and layers that know only those below."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import HOOK, POSTMEND

import postmend

SOURCE = Path(postmend.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
HEAVY = {"ftfy", "rich", "numpy", "yaml", "typer", "pydantic", "rapidfuzz", "charset_normalizer"}

# Parts that do no I/O and know nothing of each other, and what none of them may import.
CORE = ("scanner", "fixer", "comparator")
PURE = (*CORE, "model", "edits", "settings")
OUTER = {
    "store",
    "report",
    "cli",
    "run",
    "hook",
    "mend",
    "examine",
    "elsewhere",
    "findings",
    "heads",
    "intact",
    "pairs",
    "conversion",
    "losses",
    "offers",
    "sources",
    "oddities",
}
OUTER |= {"paths", "names", "renames", "relink", "preview", "settings", "chosen"}
FORBIDDEN = (
    {"scanner": {"fixer", "comparator"} | OUTER, "fixer": {"scanner", "comparator"} | OUTER}
    | {"comparator": {"scanner", "fixer"} | OUTER, "report": {"cli", "run", "hook", "store", "scanner", "mend"}}
    | {"settings": {"cli", "run", "hook", "store", "mend", "chosen"}}
    | {"store": {"cli", "report", "run", "hook", "mend"}, "model": {*CORE, *OUTER}, "run": {"cli", "hook"}}
)  # fmt: skip

# Not datetime: TOML has dates. Nobody may ask it what time it is, as the methods below see to.
WORLD = {"os", "io", "subprocess", "logging", "time", "socket", "shutil", "tempfile", "random", "sys", "pathlib"}
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "hash"}
WORLDLY_METHODS = {
    "read_text", "read_bytes", "write_text", "write_bytes", "open", "exists", "is_file", "is_dir", "stat", "iterdir",
    "glob", "rglob", "unlink", "mkdir", "touch", "cwd", "now", "today", "utcnow", "getenv", "environ",
}  # fmt: skip
MODEL_FILE = "fixer/language.py"  # reads the counts that come with the package


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def imports(path: Path) -> Iterator[tuple[str, str | None, int]]:
    """Every import of a module: from where, what, in which line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: relative import"
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)


def parts(module: str, what: str | None) -> str | None:
    """The part of postmend that an import takes something from."""
    steps = [*module.split("."), what or ""]
    return steps[1] if steps[0] == "postmend" and len(steps) > 1 else None


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_layers(path: Path) -> None:
    forbidden = FORBIDDEN.get(part_of(path), set())
    wrong = [
        f"{name_of(path)}:{line} imports {module}"
        for module, what, line in imports(path)
        if parts(module, what) in forbidden
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("path", [p for p in MODULES if part_of(p) in PURE], ids=name_of)
def test_core_does_no_io(path: Path) -> None:
    assert list(worldly_imports(path)) == []
    if name_of(path) != MODEL_FILE:
        assert list(worldly_calls(path)) == []


def worldly_imports(path: Path) -> Iterator[str]:
    for module, what, line in imports(path):
        top = module.split(".")[0]
        if top in WORLD and not (what or "").startswith("Pure"):
            yield f"{name_of(path)}:{line} imports {module}"
        if module.startswith("importlib.resources") and name_of(path) != MODEL_FILE:
            yield f"{name_of(path)}:{line} imports {module}"


def worldly_calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Name) and function.id in WORLDLY_CALLS:
            yield f"{name_of(path)}:{node.lineno} calls {function.id}()"
        if isinstance(function, ast.Attribute) and function.attr in WORLDLY_METHODS:
            yield f"{name_of(path)}:{node.lineno} calls .{function.attr}()"


def test_only_the_terminal_reports_import_rich() -> None:
    users = {name_of(p) for p in MODULES for module, _, _ in imports(p) if module.split(".")[0] == "rich"}
    assert {user.split("/")[0] for user in users} <= {"report", "cli"}
    assert {user for user in users if user.startswith("cli/")} <= {"cli/interactive.py", "cli/progress.py"}


def imported(*command: str, folder: Path | None = None) -> set[str]:
    """The packages that a run imports, by `-X importtime`."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize("command", [["-c", "import postmend"], [POSTMEND, "--version"], ["-m", "postmend", "-V"]])
def test_nothing_heavy_at_the_start(command: list[str]) -> None:
    assert imported(*command) & HEAVY == set()


def test_names_are_there_all_the_same() -> None:
    assert imported("-c", "from postmend import repair; assert repair('CafÃ©') == 'Café'") & {"rich", "typer"} == set()
    assert all(getattr(postmend, name) for name in postmend.__all__)


@pytest.mark.parametrize("arguments", [[], ["--fix"], ["--dupes"]])
@pytest.mark.parametrize("settings", [False, True])
def test_hook_imports_neither_typer_nor_rich(settings: bool, arguments: list[str], posts: Path, put: Put) -> None:
    if settings:
        put("postmend.toml", 'exclude = ["x/"]')
    put("a.md")
    put("b.md")
    found = imported(HOOK, *arguments, "a.md", folder=posts)
    assert found & {"typer", "click", "rich", "pydantic"} == set()
    assert "postmend" in found
    assert ("tomllib" in found) == settings


@pytest.mark.parametrize("arguments", [[], ["--fix"]])
def test_hook_of_a_clean_post_compiles_no_data_classes(arguments: list[str], posts: Path, put: Put) -> None:
    """These take longer to import than the post takes to read: `postmend.values` has lighter ones."""
    put("a.md", CLEAN)
    assert imported(HOOK, *arguments, "a.md", folder=posts) & {"dataclasses", "inspect"} == set()


def test_plain_output_does_without_rich(posts: Path, put: Put) -> None:
    put("a.md", CLEAN)
    put("b.md", DAMAGED)
    assert "rich" not in imported(POSTMEND, "check", "--output-format", "concise", folder=posts)
