"""What hides in a post: escaped damage (PM107), control characters (PM105), invisible ones (PM108, PM120)."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_posts import Put
from cli_runner import run

ZWSP = "\N{ZERO WIDTH SPACE}"
PROSE = "Le soir, la boulangère ferme sa porte et compte les pains qui restent.\n"


def post(body: str = "", title: str = "Le pain") -> str:
    return f"---\ntitle: {title}\n---\n\n{PROSE}\n{body}\n"


CASES = {
    "entity": (post("Du caf&Atilde;&copy; &lt;noir&gt;."), "PM107", post("Du caf&eacute; &lt;noir&gt;.")),
    "half": (post("Du caf&Atilde;© noir."), "PM107", post("Du caf&eacute; noir.")),
    "link": (post("[Un](/caf%C3%83%C2%A9/a%20b)"), "PM107", post("[Un](/caf%C3%A9/a%20b)")),
    "link-twice": (post("[Un](/caf%25C3%25A9/)"), "PM107", post("[Un](/caf%C3%A9/)")),
    "both": (post("[Un](/caf%25C3%2583%25C2%25A9/)"), "PM107", post("[Un](/caf%C3%A9/)")),
    "json": (post('```json\n{"a": "caf\\u00c3\\u00a9"}\n```'), "PM107", post('```json\n{"a": "caf\\u00e9"}\n```')),
    "yaml": (post(title='"Le caf\\xc3\\xa9"'), "PM107", post(title='"Le caf\\xe9"')),
    "entity-twice": (post("Du caf&amp;eacute; noir."), "PM107", post("Du caf&eacute; noir.")),
    "entity-twice-and-damaged": (post("Du caf&amp;Atilde;&amp;copy;."), "PM107", post("Du caf&eacute;.")),
    "control": (post("Du\x01 pain."), "PM105", post("Du pain.")),
    "windows": (post("5 \x80 le pain\x85"), "PM105", post("5 € le pain…")),
    "nul": (post("Du\0 pain. " + PROSE), "PM105", post("Du pain. " + PROSE)),
    "title": (post(title=f"Le{ZWSP} pain"), "PM108", post()),
    "title-hyphen": (post(title="Le bon\N{SOFT HYPHEN}heur"), "PM108", post(title="Le bonheur")),
    "address": (post(f"[Un](/pa{ZWSP}in/)"), "PM108", post("[Un](/pain/)")),
    "prose": (post(f"Du pa{ZWSP}in."), "PM120", post("Du pain.")),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_named_and_repaired_when_asked(case: str, posts: Path, put: Put) -> None:
    broken, code, sound = CASES[case]
    file = put("post.md", broken)
    found = run(posts, "check", "--output-format", "json").json["findings"]
    assert {f["code"] for f in found} <= {code, "PM103"}
    assert code in {f["code"] for f in found}
    run(posts, "fix")
    assert file.read_text("utf-8") == broken
    run(posts, "fix", "--unsafe-fixes").expect(0)
    assert file.read_text("utf-8") == sound
    assert run(posts, "fix", "--unsafe-fixes").expect(0).out == "No problems in 1 file.\n"
    run(posts, "undo").expect(0)
    assert file.read_text("utf-8") == broken


def test_many_of_a_kind_are_one_finding(posts: Path, put: Put) -> None:
    put("post.md", post("\n".join(f"Du pain{ZWSP} numéro {n}." for n in range(200))))
    run(posts, "check").expect(0)
    found = run(posts, "check", "--output-format", "json").json["findings"]
    assert [f["message"] for f in found] == ["Invisible ZERO WIDTH SPACE (U+200B), 200 times in 200 lines"]
    assert found[0]["start"]["line"] == 7


def test_a_key_that_would_change_is_only_shown(posts: Path, put: Put) -> None:
    broken = f"---\ntitle: Le pain\n{ZWSP}draft: yes\n---\n\n{PROSE}"
    file = put("post.md", broken)
    run(posts, "fix", "--unsafe-fixes").expect(1)
    assert file.read_text("utf-8") == broken


def test_a_quotation_mark_that_would_end_a_string_is_only_shown(posts: Path, put: Put) -> None:
    broken = post(title='"Le \\xe2\\x80\\x9cpain\\xe2\\x80\\x9d et du caf\\xc3\\xa9"')
    file = put("post.md", broken)
    run(posts, "fix", "--unsafe-fixes").expect(0)
    assert file.read_text("utf-8") == post(title='"Le \\u201cpain\\u201d et du caf\\xe9"')


def test_code_may_be_left(posts: Path, put: Put) -> None:
    broken = CASES["json"][0]
    file = put("post.md", broken)
    run(posts, "fix", "--unsafe-fixes", "--code-blocks", "leave").expect(1)
    assert file.read_text("utf-8") == broken


def test_articles_about_encodings_only_inform(posts: Path, put: Put) -> None:
    put("post.md", post("The mojibake Caf&Atilde;&copy; was UTF-8 once; so was caf\\u00c3\\u00a9."))
    run(posts, "check").expect(0)
    found = run(posts, "check", "--output-format", "json").json["findings"]
    assert [f["code"] for f in found] == ["PM109"]


def test_rules_can_be_chosen(posts: Path, put: Put) -> None:
    put("post.md", post(f"Du\x01 caf&Atilde;&copy; au la{ZWSP}it."))
    for code in ("PM105", "PM107", "PM120"):
        found = run(posts, "check", "--select", code, "--output-format", "json").json["findings"]
        assert [f["code"] for f in found] == [code]
