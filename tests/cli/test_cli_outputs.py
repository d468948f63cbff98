"""Reports in files, statistics and limits, in each command that has them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import POSTMEND, run, spawn, without_privileges

from postmend.report.formats import FORMATS

COMMANDS = [["check"], ["dupes"], ["fix"], ["fix", "--diff"], ["check", "-"], ["fix", "-"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_reports_are_written_besides_the_one_on_the_screen(command: list[str], posts: Path, put: Put) -> None:
    put("a.md", CLEAN * 20)
    put("b.md", CLEAN * 20)
    put("c.md", DAMAGED)
    plain = run(posts, *command, "--max-findings", "9", stdin=DAMAGED.encode())
    put("c.md", DAMAGED)
    files = {name: posts / f"made.{name}.txt" for name in FORMATS}
    shown = run(posts, *command, *(f"-o{name}={file}" for name, file in files.items()), stdin=DAMAGED.encode())
    shown.expect(plain.code)
    assert shown.out.replace("\N{MINUS SIGN}", "-").split("Undo")[0] == plain.out.split("Undo")[0]
    for file in files.values():
        text = file.read_bytes().decode()
        assert text
        assert "\r" not in text
        assert "\x1b" not in text
    assert json.loads(files["json"].read_text("utf-8"))["summary"]["files"] == (1 if "-" in command else 3)


def test_file_is_the_same_as_standard_output(posts: Path, put: Put) -> None:
    put()
    for name in FORMATS:
        shown = run(posts, "check", "--output-format", name, "-o", f"{name}=made.txt").expect(1)
        assert (posts / "made.txt").read_bytes() == shown.stdout
        assert run(posts, "check", "-o", f"{name}=-").expect(1).stdout == shown.stdout
        assert run(posts, "check", "-q", "-o", f"{name}=made.txt").expect(1).stdout == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "sarif"], "-o sarif is not FORMAT=FILE, such as sarif=postmend.sarif."),
        (["-o", "sarif="], "-o sarif= is not FORMAT=FILE"),
        (["-o", "xml=a.xml"], "-o xml=a.xml: there is no format xml; one of full, concise"),
        (["-o", "json=no/such/a.json"], "-o json=no/such/a.json: the folder for it does not exist."),
        (["-o", "json=."], "-o json=.: that is a folder."),
        (["-o", "json=-", "-o", "sarif=-"], "-o names standard output twice"),
        (["-o", "json=a", "-o", "sarif=./a"], "-o names a twice"),
        (["-o", "html=post.md"], "post.md exists and may be a post"),
        (["-o", "html=index.html"], "index.html exists and may be a post"),
        (["--statistics", "--output-format", "json"], "--statistics is for people"),
        (["--statistics", "-o", "json=-"], "--statistics is for people"),
    ],
)
def test_what_can_not_be_done_is_said_before_anything_is(
    arguments: list[str], said: str, posts: Path, put: Put
) -> None:
    post, page = put("post.md"), put("index.html")
    before = post.read_bytes(), page.read_bytes()
    shown = run(posts, "fix", *arguments).expect(2)
    assert said in shown.err
    assert shown.stdout == b""
    assert (post.read_bytes(), page.read_bytes()) == before


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_link_to_a_post_is_not_written_to(posts: Path, put: Put) -> None:
    post = put()
    (posts / "report.json").symlink_to(post)
    assert "post.md exists and may be a post" in run(posts, "check", "-o", "json=report.json").expect(2).err
    assert post.read_text("utf-8") == DAMAGED


@pytest.mark.parametrize("arguments", [["--diff"], ["-"], ["--interactive"]])
def test_standard_output_is_not_shared_with_text(arguments: list[str], posts: Path, put: Put) -> None:
    put()
    shown = run(posts, "fix", *arguments, "-o", "json=-", stdin=DAMAGED.encode()).expect(2)
    assert "-o can't write to standard output here" in shown.err
    assert shown.stdout == b""


def test_page_is_written_over_an_older_page(posts: Path, put: Put) -> None:
    put("a.md")
    run(posts, "check", "a.md", "-o", "html=report.html").expect(1)
    put("a.md", CLEAN)
    run(posts, "check", "a.md", "-o", "html=report.html").expect(0)
    assert "No problems in 1 file." in (posts / "report.html").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="permissions")
@pytest.mark.parametrize("command", ["check", "fix", "dupes"])
def test_file_that_can_not_be_written(command: str, posts: Path, put: Put) -> None:
    """The other report is written, the one on the screen is shown, and the exit code tells."""
    put("a.md", CLEAN)
    put("locked.json", "{}").chmod(0o400)
    shown = spawn(
        posts, command, "-o", "json=locked.json", "-o", "sarif=made.sarif", prepare=without_privileges
    ).expect(2)
    assert "postmend: can't write locked.json: Permission denied\n" in shown.err
    assert "1 file." in shown.out
    assert (posts / "made.sarif").stat().st_size > 1_000


@pytest.mark.parametrize("command", ["check", "fix", "dupes"])
def test_limit_leaves_the_exit_code_and_the_summary(command: str, posts: Path, put: Put) -> None:
    for name in ("a.md", "b.md", "c.md"):
        put(name, CLEAN * 20)
    put("d.md")
    whole = run(posts, command, "--output-format", "concise").expect(1)
    put("d.md")
    few = run(posts, command, "--output-format", "concise", "--max-findings", "2").expect(1)
    assert len(few.out.splitlines()) == 3
    assert few.out.splitlines()[:2] == whole.out.splitlines()[:2]
    assert few.out.splitlines()[-1].startswith(whole.out.splitlines()[-1].split(" Undo")[0])
    left = len(whole.out.splitlines()) - 3
    assert re.search(rf" {left} findings? (is|are) not shown \(--max-findings\)\.\n$", few.out)
    assert run(posts, command, "-q", "--max-findings", "0").expect(1).stdout == b""


def test_limit_of_nothing(posts: Path, put: Put) -> None:
    put("a.md", CLEAN)
    assert "not shown" not in run(posts, "check", "--max-findings", "0").expect(0).out


@pytest.mark.parametrize("command", ["check", "dupes", "fix"])
def test_statistics(command: str, posts: Path, put: Put) -> None:
    put("a.md", CLEAN * 20)
    put("b.md", CLEAN * 20)
    put("c.md")
    shown = run(posts, command, "--statistics").expect(1)
    duplicates, damage = "1  PM201  duplicate-body", "2  PM101  mojibake        [*] 2"
    assert shown.out.splitlines()[:-1] == ([damage, duplicates] if command == "check" else [duplicates])


def test_paths_lead_from_the_top_of_the_repository(posts: Path, put: Put) -> None:
    put("site/content/a.md")
    put("b.md")
    subprocess.run(["git", "init", "-q"], cwd=posts, check=True)
    names = ("sarif", "gitlab", "github", "rdjson")
    run(posts / "site", "check", "content", "../b.md", *(f"-o{name}={name}.txt" for name in names)).expect(1)
    made = {name: (posts / "site" / f"{name}.txt").read_text("utf-8") for name in names}
    assert '"uri": "site/content/a.md", "uriBaseId"' in made["sarif"]
    assert '"uri": "b.md", "uriBaseId"' in made["sarif"]
    assert '"path": "site/content/a.md"' in made["gitlab"]
    assert "file=site/content/a.md," in made["github"]
    assert "file=b.md," in made["github"]
    assert '"path": "content/a.md"' in made["rdjson"]  # reviewdog looks from where it is started


def test_nothing_of_this_is_imported_unless_asked_for(posts: Path, put: Put) -> None:
    put()
    code = (
        "import sys\n"
        "from postmend.cli import main\n"
        "try: main(['check', '--output-format', 'concise'])\n"
        "except SystemExit: pass\n"
        "names = 'sarif junit github gitlab rdjson html inline markup plain terminal statistics'.split()\n"
        "print([name for name in names if f'postmend.report.{name}' in sys.modules])"
    )
    python = Path(POSTMEND).parent / "python"
    done = subprocess.run([python, "-c", code], cwd=posts, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
