"""`fix --interactive` on a pseudo-terminal: what is asked, what the answers do, and that it needs somebody to ask."""

from __future__ import annotations

import os
import re
import select
import time
from pathlib import Path

import pytest
from cli_posts import CLEAN, DAMAGED, Put, damaged
from cli_runner import POSTMEND, run

pty = pytest.importorskip("pty")

TWO = "Le café est fermé cet été.\n\nLa fête est déjà là, très loin.\n\nUn élève a rêvé.\n"
PAIR = re.compile(r"on purpose\? \[y,n,s,q,\?\] ")
ASKED = re.compile(r"\(\d+ of \d+ in this file\)\? \[[a-z,?]+\] ")
PATIENCE = 60  # seconds until a question must have come


class Session:
    """A run of postmend on a terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ["NO_COLOR"] = "1"
            os.execv(POSTMEND, [POSTMEND, "fix", *(arguments or ("--interactive",))])
        self.seen = ""

    def read_until(self, sign: re.Pattern[str] | None) -> str:
        """What is printed up to a sign, or to the end."""
        fresh, until = "", time.monotonic() + PATIENCE
        while sign is None or not sign.search(fresh):
            assert time.monotonic() < until, fresh
            if not select.select([self.terminal], [], [], 1)[0]:
                continue
            try:
                data = os.read(self.terminal, 65536)
            except OSError:  # Linux says so where others give nothing: the other side is gone
                data = b""
            if not data:
                break
            fresh += data.decode("utf-8", "replace")
        self.seen += fresh
        return fresh

    def answer(self, text: str, *, then: re.Pattern[str] | None = ASKED) -> str:
        """Types a line, and returns what is printed up to the next question."""
        os.write(self.terminal, f"{text}\n".encode())
        return self.read_until(then)

    def end(self, text: str = "") -> int:
        """Types a last line if there is one, and returns the exit code."""
        if text:
            os.write(self.terminal, text.encode())
        self.read_until(None)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def file(put: Put) -> Path:
    return put("a.md", damaged(TWO))


def lines_of(file: Path) -> list[bool]:
    """Which paragraphs are repaired."""
    return [line in TWO.splitlines() for line in file.read_text("utf-8").splitlines() if line]


def test_yes_and_no_line_by_line(posts: Path, file: Path) -> None:
    session = Session(posts)
    shown = session.read_until(ASKED)
    assert "a.md" in shown
    assert "Le café est fermé cet été." in shown
    assert "(1 of 3 in this file)? [y,n,a,e,d,q,?]" in shown
    session.answer("y")
    session.answer("n")
    assert session.end("y\n") == 1
    assert lines_of(file) == [True, False, True]
    assert "Fixed 2 problems in 1 file; 1 remains. Undo with" in session.seen
    run(posts, "undo").expect(0)
    assert file.read_text("utf-8") == damaged(TWO)


def test_all_of_this_kind_in_all_files(posts: Path, file: Path, put: Put) -> None:
    other = put("b.md", DAMAGED)
    session = Session(posts)
    session.read_until(ASKED)
    assert session.end("a\n") == 0
    assert file.read_text("utf-8") == TWO
    assert other.read_text("utf-8") == CLEAN


def test_another_text_can_be_typed(posts: Path, file: Path) -> None:
    session = Session(posts)
    session.read_until(ASKED)
    session.answer("e", then=re.compile("What should stand in place of"))
    session.answer("café, été")
    assert session.end("q\n") == 1
    assert "café, été" in file.read_text("utf-8")


def test_done_with_this_file_goes_to_the_next(posts: Path, file: Path, put: Put) -> None:
    other = put("b.md", damaged("Noël, déjà.\n"))
    session = Session(posts)
    session.read_until(ASKED)
    assert "b.md" in session.answer("d")
    assert session.end("y\n") == 1
    assert lines_of(file) == [False, False, False]
    assert other.read_text("utf-8") == "Noël, déjà.\n"


@pytest.mark.parametrize("end", ["q\n", "\x04"])
def test_quitting_writes_what_was_agreed_to(posts: Path, file: Path, put: Put, end: str) -> None:
    other = put("b.md", DAMAGED)
    session = Session(posts)
    session.read_until(ASKED)
    session.answer("y")
    assert session.end(end) == 1
    assert lines_of(file) == [True, False, False]
    assert other.read_text("utf-8") == DAMAGED


def test_an_interrupt_leaves_the_file_alone(posts: Path, file: Path) -> None:
    session = Session(posts)
    session.read_until(ASKED)
    session.answer("y")
    assert session.end("\x03") == 130
    assert file.read_text("utf-8") == damaged(TWO)


@pytest.mark.parametrize("key", ["?", "x", "yes?"[-1], "", "é"])
def test_other_keys_explain_themselves(posts: Path, file: Path, key: str) -> None:
    session = Session(posts)
    session.read_until(ASKED)
    assert "leave this as it is" in session.answer(key)
    assert session.end("q\n") == 1
    assert file.read_text("utf-8") == damaged(TWO)


def test_what_is_unsure_is_asked_about_too(posts: Path, put: Put) -> None:
    file = put("a.md", "We walked pi√π far than before, and then home.\n")
    session = Session(posts)
    assert "PM103 [~]" in session.read_until(ASKED)
    assert session.end("y\n") == 0
    assert "più" in file.read_text("utf-8")


def test_nothing_to_ask_about(posts: Path, put: Put) -> None:
    put("a.md", CLEAN)
    session = Session(posts)
    assert session.end() == 0
    assert "No problems in 1 file." in session.seen


def test_it_needs_a_terminal_and_files(posts: Path, put: Put) -> None:
    put("a.md", DAMAGED)
    assert "needs a terminal" in run(posts, "fix", "--interactive").expect(2).err
    for option in ("--diff", "--rename", "-"):
        assert "goes with none of" in run(posts, "fix", "--interactive", option, stdin=DAMAGED.encode()).expect(2).err
    assert (posts / "a.md").read_text("utf-8") == DAMAGED


@pytest.fixture
def pair(put: Put) -> None:
    """Two posts with one text."""
    walk = "\n".join(f"Step {n} of a walk along the river, {n * 7} birds, {n * 3} boats." for n in range(40))
    put("a.md", f"---\ntitle: A walk\n---\n{walk}\n")
    put("b.md", f"---\ntitle: The river\n---\n{walk}\n")


def noted(posts: Path) -> str:
    return (posts / "postmend.toml").read_text("utf-8")


def test_a_pair_is_shown_and_noted_as_no_duplicate(posts: Path, pair: None) -> None:
    session = Session(posts)
    shown = session.read_until(PAIR)
    assert "a.md and b.md" in shown
    assert "shared passage" in shown
    assert "a.md" in session.answer("s", then=PAIR)
    assert session.end("y\n") == 0
    assert noted(posts) == '[[not-duplicates]]\na = "a.md"\nb = "b.md"\n'
    run(posts, "check").expect(0)


def test_a_pair_is_added_to_what_is_there(posts: Path, pair: None, put: Put) -> None:
    put("postmend.toml", "# ours\nmin-words = 40  # short posts")
    session = Session(posts)
    session.read_until(PAIR)
    assert session.end("y\n") == 0
    assert noted(posts).startswith("# ours\nmin-words = 40  # short posts\n\n[[not-duplicates]]\n")
    run(posts, "check").expect(0)


def test_a_file_that_has_another_form_is_left_to_the_person(posts: Path, pair: None, put: Put) -> None:
    before = 'not-duplicates = [{a = "x.md", b = "y.md"}]\n'
    put("postmend.toml", before)
    session = Session(posts)
    session.read_until(PAIR)
    assert session.end("y\n") == 1
    assert "write it there by hand" in session.seen
    assert noted(posts) == before


@pytest.mark.parametrize("key", ["n\n", "q\n", "\x04"])
def test_a_pair_can_stay(posts: Path, pair: None, key: str) -> None:
    session = Session(posts)
    session.read_until(PAIR)
    assert session.end(key) == 1
    assert not (posts / "postmend.toml").exists()


def test_a_difference_on_a_terminal_does_not_steer_it(posts: Path, put: Put) -> None:
    put("a.md", damaged("Le café\tde l’été \x1b[31m est fermé.\n"))
    session = Session(posts, "--diff")
    assert session.end() == 1
    assert "\x1b" not in session.seen
    assert "\\x1b[31m" in session.seen
