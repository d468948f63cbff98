"""Where output goes: pipes, consoles with small encodings, full disks, and streams that are closed."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from cli_posts import DAMAGED, Put, damaged
from cli_runner import POSTMEND, Outcome, run, spawn

from postmend.report.formats import FORMATS

posix = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
RUSSIAN = "---\ntitle: Дневник моря\n---\n\nУтром море спокойно, а к вечеру поднимается ветер.\n"


def shell(folder: Path, script: str) -> Outcome:
    """Runs a script in which `postmend` is the real one."""
    setup = f'postmend() {{ {shlex.quote(POSTMEND)} "$@"; echo "exit $?" >&2; }}; '
    return spawn(folder, "-c", setup + script, program="/bin/sh")


def long_post(put: Put) -> None:
    """More output than a pipe holds."""
    put("post.md", "---\ntitle: Café\n---\n" + (DAMAGED.split("---", 2)[2] * 600))


@posix
@pytest.mark.parametrize("output_format", ["full", "concise", "json", "json-lines", "html", "github"])
def test_reader_that_leaves_changes_nothing(output_format: str, posts: Path, put: Put) -> None:
    """`check | head` exited 0 though problems remain."""
    long_post(put)
    put("other.md", DAMAGED * 200)
    shown = shell(posts, f"postmend check --output-format {output_format} | true").expect(0)
    assert shown.err == "exit 1\n"


@posix
@pytest.mark.parametrize(
    ("command", "code"),
    [("--version", 0), ("rule --all", 0), ("fix --diff", 1), ("fix - < post.md", 0), ("diff post.md post.md --all", 0)],
)
def test_reader_that_leaves_other_commands(command: str, code: int, posts: Path, put: Put) -> None:
    long_post(put)
    shown = shell(posts, f"postmend {command} | true").expect(0)
    assert shown.err.endswith(f"exit {code}\n")


@posix
@pytest.mark.parametrize(
    "command", ["check post.md", "check post.md --output-format concise", "rule PM101", "--version"]
)
def test_closed_stdout(command: str, posts: Path, put: Put) -> None:
    put()
    code = int(command.startswith("check"))
    assert shell(posts, f"postmend {command} >&-").expect(0).err == f"exit {code}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["check post.md", "rule PM101", "fix --diff", "fix -", "undo --list"])
def test_full_disk(command: str, posts: Path, put: Put) -> None:
    put()
    shown = shell(posts, f"postmend {command} < post.md > /dev/full").expect(0)
    assert "postmend: can't write the output: No space left on device\nexit 2\n" in shown.err


@pytest.mark.parametrize("encoding", ["cp1252", "cp866", "ascii"])
@pytest.mark.parametrize("output_format", FORMATS)
def test_small_encodings(encoding: str, output_format: str, posts: Path, put: Put) -> None:
    put("море.md", damaged(RUSSIAN, "mac_roman"))
    put("кафе.md")
    text = run(posts, "check", "--output-format", output_format, encoding=encoding).expect(1).stdout.decode(encoding)
    escaped = {"sarif": "%D0%BC%D0%BE%D1%80%D0%B5.md"} | dict.fromkeys(
        ("junit", "html"), "&#1084;&#1086;&#1088;&#1077;.md"
    )
    is_text = output_format in ("full", "concise", "github")
    as_it_is = is_text and encoding == "cp866"
    assert ("море.md" if as_it_is else escaped.get(output_format, "\\u043c\\u043e\\u0440\\u0435.md")) in text
    assert is_text or text.isascii()
    assert "\x1b" not in text


@pytest.mark.parametrize("encoding", ["cp1252", "cp866", "ascii"])
def test_small_encodings_of_other_commands(encoding: str, posts: Path, put: Put) -> None:
    """`rule PM101` and, after it had done its work, `undo` ended in an internal error."""
    put("море.md", damaged(RUSSIAN, "mac_roman"))
    name, other = ("море.md".encode(encoding, "backslashreplace"), "нет.md".encode(encoding, "backslashreplace"))
    assert b"UTF-8 read as windows-1252" in run(posts, "rule", "PM101", encoding=encoding).expect(0).stdout
    run(posts, "fix", encoding=encoding).expect(0)
    assert name + b": restored" in run(posts, "undo", encoding=encoding).expect(0).stdout
    assert other in run(posts, "diff", "море.md", "нет.md", encoding=encoding).expect(2).stderr
    assert "+title: Дневник" in run(posts, "fix", "--diff", encoding=encoding).expect(1).stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "cp866"])
def test_python_is_told_of_a_small_encoding(encoding: str, posts: Path, put: Put) -> None:
    put("море.md", damaged(RUSSIAN, "mac_roman"))
    shown = spawn(posts, "check", environment={"PYTHONIOENCODING": encoding}).expect(1)
    assert "море.md".encode(encoding, "backslashreplace") in shown.stdout


def test_no_colours_in_a_pipe_unless_asked_for(posts: Path, put: Put) -> None:
    put()
    assert b"\x1b" not in run(posts, "check").expect(1).stdout
    assert b"\x1b[" in run(posts, "check", "--color", "always").expect(1).stdout
    assert b"\x1b[" in run(posts, "diff", "post.md", "post.md", "--color", "always").expect(0).stdout


@pytest.mark.parametrize(
    ("name", "value", "arguments", "colours"),
    [
        ("FORCE_COLOR", "1", [], True),
        ("FORCE_COLOR", "1", ["--color", "never"], False),
        ("NO_COLOR", "1", [], False),
        ("NO_COLOR", "1", ["--color", "always"], True),
        ("NO_COLOR", "", ["--color", "always"], True),
    ],
)
def test_colour_variables(
    name: str,
    value: str,
    arguments: list[str],
    colours: bool,
    posts: Path,
    put: Put,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put()
    monkeypatch.setenv(name, value)
    assert (b"\x1b[" in run(posts, "check", *arguments).expect(1).stdout) is colours


@posix
@pytest.mark.parametrize("variable", [None, "NO_COLOR"])
def test_colours_on_a_terminal(variable: str | None, posts: Path, put: Put) -> None:
    pty = pytest.importorskip("pty")
    put()
    main, side = pty.openpty()
    environment = {"TERM": "xterm-256color"} | ({variable: "1"} if variable else {})
    subprocess.run(
        [POSTMEND, "check"], cwd=posts, env={**os.environ, **environment}, stdout=side, stderr=side, check=False
    )
    os.close(side)
    shown = os.read(main, 1 << 16)
    os.close(main)
    assert b"PM101" in shown
    assert (b"\x1b[" in shown) is (variable is None)
