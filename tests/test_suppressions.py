"""Findings that a post asks to leave out: which are left out, and which requests were for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.examine import Examined, examine
from postmend.mend import repaired
from postmend.scanner.directives import WORDS
from postmend.scanner.places import Site

BROKEN = "Le cafÃ© est fermÃ© cet Ã©tÃ©, et le thé aussi."
HEAD = "---\ntitle: Été\n---\n"


def looked_at(text: str, path: str = "a.md", policy: Policy | None = None) -> Examined:
    return examine(path, text.encode(), Site(), policy or Policy())


def found(text: str, path: str = "a.md", policy: Policy | None = None) -> list[tuple[int, str]]:
    return [(f.start.line, f.code) for f in looked_at(text, path, policy).findings]


def fixed(text: str) -> str:
    policy = Policy()
    chosen = [f for f in looked_at(text).findings if f.fix and policy.applies(f.fix.fixability)]
    return repaired("a.md", text.encode(), chosen, policy)[1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"<!-- postmend: ignore PM101 -->\n{BROKEN}\n", []),
        (f"<!-- postmend: ignore -->\n{BROKEN}\n", []),
        (f"<!-- postmend: ignore pm1 -- it was so -->\n{BROKEN}\n", []),
        (f"<!-- postmend: ignore PM101, PM999 -->\n{BROKEN}\n", [(1, "PM901")]),
        (f"<!-- postmend: ignore PM101 -->\n\n{BROKEN}\n", []),
        (f"<!-- postmend: ignore PM101 -->\r\n\r\n{BROKEN}\r\n", []),
        (f"<!-- postmend: ignore PM101 -->\n{BROKEN}\n\n{BROKEN}\n", [(4, "PM101")]),
        (f"{BROKEN} <!-- postmend: ignore PM101 -->\n\n{BROKEN}\n", [(3, "PM101")]),
        (f"> <!-- postmend: ignore PM101 -->\n> {BROKEN}\n", []),
        (f"<!-- postmend: ignore PM105 -->\n<!-- postmend: ignore PM101 -->\n{BROKEN}\n", [(1, "PM901")]),
        (f"<!-- postmend: ignore-start -->\n{BROKEN}\n\n{BROKEN}\n<!-- postmend: ignore-end -->\n", []),
        (f"<!-- postmend: ignore-start PM101 -->\n{BROKEN}\n", []),
        (f"<!-- postmend: ignore-end -->\n{BROKEN}\n", [(1, "PM901"), (2, "PM101")]),
        (f"{BROKEN}\n<!-- postmend: ignore-file PM101 -->\n", []),
        (f"{BROKEN}\n<!-- postmend: ignore-file -->\n", []),
        (f"---\ntitle: Cafe\npostmend: {{ignore: [PM101]}}\n---\n{BROKEN}\n", []),
        (f"---\ntitle: Cafe\npostmend:\n  ignore: PM101, PM105\n---\n{BROKEN}\n", [(4, "PM901")]),
        (f'+++\ntitle = "Cafe"\n[postmend]\nignore = ["PM101"]\n+++\n{BROKEN}\n', []),
        (f"<!-- postmend: ignroe PM101 -->\n{BROKEN}\n", [(1, "PM901"), (2, "PM101")]),
        (f"<!-- postmend: -->\n{BROKEN}\n", [(1, "PM901"), (2, "PM101")]),
        (f"<!-- about postmend: a tool -->\n{BROKEN}\n", [(2, "PM101")]),
        (f"```\n<!-- postmend: ignore PM101 -->\n```\n{BROKEN}\n", [(4, "PM101")]),
        (f"`<!-- postmend: ignore PM101 -->` {BROKEN}\n", [(1, "PM101")]),
        (f"<!-- postmend: ignore PM202 -->\n{BROKEN}\n", [(1, "PM901"), (2, "PM101")]),
    ],
)
def test_what_is_left(text: str, left: list[tuple[int, str]]) -> None:
    assert sorted(found(text)) == left


def test_comments_of_mdx() -> None:
    assert found(f"{{/* postmend: ignore PM101 */}}\n{BROKEN}\n", "a.mdx") == []
    assert found(f"{{/* postmend: ignore PM105 */}}\n{BROKEN}\n", "a.mdx") == [(2, "PM101"), (1, "PM901")]


def test_a_file_in_another_encoding_can_be_left_out() -> None:
    data = "<!-- postmend: ignore-file PM001 -->\nLe café est fermé cet été, déjà.\n".encode("cp1252")
    assert examine("a.md", data, Site(), Policy()).findings == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<!-- postmend: ignore PM101 -->\n{BROKEN}\n", None),
        ("Text.\n\n<!-- postmend: ignore PM101 -->\nMore.\n", "Text.\n\nMore.\n"),
        ("Text. <!-- postmend: ignore PM101 -->\n", "Text. \n"),
        (
            f"<!-- postmend: ignore PM105, PM101,PM108 -- so it came -->\n{BROKEN}\n",
            f"<!-- postmend: ignore PM101 -- so it came -->\n{BROKEN}\n",
        ),
        (
            f"{{/* postmend: ignore PM105 PM101 */}}\n{BROKEN}\n",
            f"{{/* postmend: ignore PM101 */}}\n{BROKEN}\n",
        ),
        ("A\n<!-- postmend: ignore-start PM1 -->\nB\n<!-- postmend: ignore-end -->\nC\n", "A\nB\nC\n"),
        ("A\r\n<!-- postmend: ignore PM1 -->\r\nB\r\n", "A\r\nB\r\n"),
        ("<!-- postmend: ignroe PM101 -->\n", None),
        ("---\npostmend: {ignore: PM101}\ntitle: x\n---\n", None),
    ],
)
def test_what_is_not_needed_goes_and_the_rest_stays(before: str, after: str | None) -> None:
    assert fixed(before) == (before if after is None else after)
    assert fixed(fixed(before)) == fixed(before)


def test_rules_that_are_not_looked_for_are_not_judged() -> None:
    text = "<!-- postmend: ignore PM101 -->\nText.\n<!-- postmend: ignore -->\nMore.\n"
    assert found(text, policy=Policy(ignore=("PM105",))) == [(1, "PM901")]
    assert found(text, policy=Policy(ignore=("PM101",))) == []
    assert found(text, policy=Policy(ignore=("PM901",))) == []


def test_what_only_other_files_can_tell_waits_for_them() -> None:
    made = looked_at("---\ntitle: x\npostmend: {ignore: [PM202, PM101]}\n---\nText.\n")
    assert [f.message for f in made.findings] == ["Unused suppression: nothing of PM101 is found in this file"]
    assert [(doubt.codes, doubt.finding.start.line) for doubt in made.unproved] == [(("PM202",), 3)]


PIECES = st.sampled_from(
    [
        BROKEN,
        "Sound text.",
        "\n",
        "\r\n",
        "```\n",
        "<!--",
        "-->",
        *(f"<!-- postmend: {word} PM101 -->\n" for word in WORDS),
        "{/* postmend: ignore PM1 */}",
        " postmend: ",
        " -- ",
        "<!-- postmend:",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_mixture_settles_and_what_is_left_out_stays(body: str) -> None:
    text = HEAD + body
    once = fixed(text)
    assert fixed(once) == once
    assert text.count("Sound text.") == once.count("Sound text.")
