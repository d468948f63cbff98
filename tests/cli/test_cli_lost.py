"""Lost text is offered from where it is still whole: a twin of the post, or its history in git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from cli_posts import Put
from cli_runner import report, run

from postmend.fixer.fitting import REPLACEMENT
from postmend.hook import main as hook

POST = """---
title: "Déjà l'été"
---

Le café noir du matin, la crème brûlée du soir, et entre les deux une longue journée.

Nous avons marché jusqu'au port, où les pêcheurs réparaient leurs filets à l'ombre.

On y vend des légumes, du miel et de très bons fromages.
"""
RUSSIAN = """---
title: "Утро на берегу"
---

Утром мы вышли в море, ветер был слабый.

К вечеру показался берег, и все замолчали.
"""


def lost(text: str, sign: str = "?") -> str:
    return "".join(char if char.isascii() else sign for char in text)


def offers(folder: Path, *arguments: str) -> dict[int, str]:
    found = report(folder, "check", *arguments)["findings"]
    return {f["start"]["line"]: f["message"].rpartition(" (")[2][:-1] for f in found if f["code"] == "PM104"}


@pytest.fixture
def git(posts: Path) -> None:
    for arguments in (["init", "-q"], ["config", "user.name", "A"], ["config", "user.email", "a@example.org"]):
        subprocess.run(["git", *arguments], cwd=posts, check=True)


def commit(posts: Path) -> None:
    date = {"GIT_COMMITTER_DATE": "2024-05-01T12:00:00Z", "GIT_AUTHOR_DATE": "2024-05-01T12:00:00Z"}
    subprocess.run(["git", "add", "--all"], cwd=posts, check=True)
    subprocess.run(["git", "commit", "-qm", "posts"], cwd=posts, env=os.environ | date, check=True)


@pytest.mark.parametrize("sign", ["?", REPLACEMENT, "ï¿½", "??"])
def test_a_twin_gives_its_text(sign: str, posts: Path, put: Put) -> None:
    put("cafe.md", POST)
    path = put("cafe-2.md", lost(POST, sign))
    assert offers(posts, ".") == {n: f"as in cafe.md:{n}" for n in (2, 5, 7, 9)}
    run(posts, "fix", "--unsafe-fixes", ".")
    assert path.read_text("utf-8") == POST
    run(posts, "undo").expect(0)
    assert path.read_text("utf-8") == lost(POST, sign)


def test_a_twin_under_other_front_matter_gives_its_text(posts: Path, put: Put) -> None:
    put("cafe.md", POST)
    own = "".join(f"key{n}: the value of number {n}\n" for n in range(30))
    put("cafe-2.md", f"---\ntitle: Another\n{own}---\n{lost(POST).split('---')[2]}")
    assert offers(posts, ".") == {n + 31: f"as in cafe.md:{n}" for n in (5, 7, 9)}


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("text", [POST, RUSSIAN])
def test_history_gives_its_text(text: str, posts: Path, put: Put) -> None:
    put("post.md", text)
    commit(posts)
    path = put("post.md", lost(text) + "\nA line that was added later.\n")
    commit(posts)
    assert {offer.partition(" of ")[2] for offer in offers(posts, ".").values()} == {"2024-05-01"}
    run(posts, "fix", "--unsafe-fixes", ".")
    assert path.read_text("utf-8").startswith(text)


@pytest.mark.usefixtures("git")
def test_history_in_an_old_encoding_is_read_in_it(posts: Path, put: Put) -> None:
    put("post.md", RUSSIAN.encode("cp1251"))
    commit(posts)
    path = put("post.md", lost(RUSSIAN, REPLACEMENT))
    run(posts, "fix", "--unsafe-fixes", ".")
    assert path.read_text("utf-8") == RUSSIAN


@pytest.mark.usefixtures("git")
def test_history_that_was_mojibake_gives_repaired_text(posts: Path, put: Put) -> None:
    put("post.md", POST.encode().decode("cp1252", "surrogateescape").encode("utf-8", "surrogateescape"))
    commit(posts)
    path = put("post.md", lost(POST))
    run(posts, "fix", "--unsafe-fixes", ".")
    assert "Le café noir du matin, la crème brûlée du soir" in path.read_text("utf-8")


@pytest.mark.usefixtures("git")
def test_the_hook_reports_and_does_not_ask_git(posts: Path, put: Put) -> None:
    put("post.md", POST)
    commit(posts)
    put("post.md", lost(POST))
    out = run(posts, "post.md", entry=hook).expect(1).out
    assert out.count("PM104 Text is lost") == 4
    assert "commit" not in out


def test_a_line_that_is_mojibake_as_well_gets_both_back(posts: Path, put: Put) -> None:
    put("cafe.md", POST)
    broken = POST.replace("brûlée", "brÃ»lÃ©e").replace("marché", "marchÃ©").replace("café", "caf?").replace("où", "o?")
    path = put("cafe-2.md", broken.replace("très", f"tr{REPLACEMENT}s").replace("crème", f"cr{REPLACEMENT}me"))
    run(posts, "fix", "--unsafe-fixes", ".")
    assert path.read_text("utf-8").splitlines()[4] == POST.splitlines()[4]


def test_a_post_that_only_has_the_same_shape_gives_nothing(posts: Path, put: Put) -> None:
    put("a/post.md", lost(RUSSIAN))
    other = "".join("ж" if char.isalpha() and not char.isascii() else char for char in RUSSIAN.split("\n\n")[0])
    put("b/post.md", other + "\n\nСовсем другой рассказ.\n\nИ ещё одна строка, которой там нет.\n\nКонец.\n")
    assert all("as in" not in offer for offer in offers(posts, ".").values())


def test_many_hopeless_lines_are_one_finding(posts: Path, put: Put) -> None:
    put("post.md", f"A line with {REPLACEMENT} in it.\n\n" * 30)
    (finding,) = report(posts, "check", ".")["findings"]
    assert finding["message"].startswith("Text is lost on 30 lines: 1, 3, 5, 7, 9, 11, 13, 15 ...")
    assert finding["fix"] is None
