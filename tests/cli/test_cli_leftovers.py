"""What is left after a fix is what the next check says, and what is repaired in one place breaks nothing in another."""

from __future__ import annotations

from pathlib import Path

from cli_posts import Put, damaged
from cli_runner import report, run, tree_bytes

PROSE = "Le café est fermé à midi, la boulangerie aussi. Où prendre le petit déjeuner ? La fenêtre était fermée.\n"
LOST = "\N{REPLACEMENT CHARACTER}"
HEAD = "---\ntitle: Le café\n---\n\n"


def found(posts: Path, *arguments: str) -> list[tuple[str, int, str]]:
    return sorted((f["code"], f["start"]["line"], f["before"] or "") for f in report(posts, *arguments)["findings"])


def test_text_that_stays_lost_is_not_called_repaired(posts: Path, put: Put) -> None:
    put(
        "post.md",
        f"{HEAD}Le caf{LOST} est d{LOST}j{LOST} là.\n\n{PROSE}",
    )
    left = found(posts, "fix", "--unsafe-fixes")
    assert left == found(posts, "check")
    assert {code for code, _, _ in left} <= {"PM104"}


def test_what_a_conversion_brings_to_light_is_told(posts: Path, put: Put) -> None:
    put("post.md", f"{HEAD}{PROSE}Un \x01mot.\n".encode("cp1252"))
    left = found(posts, "fix")
    assert [code for code, _, _ in left] == ["PM105"]
    assert left == found(posts, "check")


def test_a_link_that_leads_to_a_file_stays(posts: Path, put: Put) -> None:
    picture = damaged("chêne")
    put(f"img/{picture}.png", b"\x89PNG")
    file = put("post.md", f"{HEAD}{damaged(PROSE)}\n![Un arbre](img/{picture}.png)\n")
    run(posts, "fix")
    assert file.read_text("utf-8") == f"{HEAD}{PROSE}\n![Un arbre](img/{picture}.png)\n"
    again = tree_bytes(posts)
    run(posts, "fix")
    assert tree_bytes(posts) == again


def test_a_mark_that_hid_broken_front_matter_is_repaired_all_the_same(posts: Path, put: Put) -> None:
    put("post.md", damaged(f"\N{ZERO WIDTH NO-BREAK SPACE}---\ntitle: Une mer: x\n---\n\n{PROSE}"))
    assert [code for code, _, _ in found(posts, "fix")] == ["PM301"]


def test_a_run_before_a_rename_is_undone_after_it(posts: Path, put: Put) -> None:
    put(f"{damaged('café')}.md", damaged(f"{HEAD}{PROSE}"))
    before = tree_bytes(posts)
    first = report(posts, "fix")["run"]
    run(posts, "fix", "--rename")
    renamed = tree_bytes(posts)
    run(posts, "undo", first).expect(2)
    assert tree_bytes(posts) == renamed
    run(posts, "undo").expect(0)
    run(posts, "undo").expect(0)
    assert tree_bytes(posts) == before


def test_what_only_other_damage_told_of_is_said_while_that_is_repaired(posts: Path, put: Put) -> None:
    text = "Nous allons \u00c3  la plage d\u00c3\u00a8s le matin. L'eau est fra\u00c3\u00aeche,\nencore \u00c3  midi.\n"
    put("post.md", f"{HEAD}{text}")
    left = report(posts, "fix")["findings"]
    assert [(f["code"], f["start"]["line"], f["start"]["column"], f["fix"]) for f in left] == [
        ("PM102", 5, 13, None),
        ("PM102", 6, 8, None),
    ]
    run(posts, "undo").expect(0)
    assert "undo this run" in run(posts, "fix").expect(1).out
    run(posts, "undo").expect(0)
    assert found(posts, "fix", "--unsafe-fixes") == []
