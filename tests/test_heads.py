"""Byte order marks, misplaced front matter, front matter that quotes mend, line endings: found, repaired, or left."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.edits import apply_edits, joint_edits
from postmend.examine import examine
from postmend.mend import repaired
from postmend.model import Edit, Finding, Fix, Fixability, Span
from postmend.scanner.generators import BY_NAME
from postmend.scanner.places import Site

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
HEAD = "---\ntitle: Paris\ndate: 2026-01-01\n---\n"
ALL = Policy(extend_select=("PM006",))


def found(text: str, generator: str = "plain", policy: Policy = ALL) -> tuple[Finding, ...]:
    return examine("a.md", text.encode(), Site(generator), policy).findings


def codes(text: str, generator: str = "plain", policy: Policy = ALL) -> list[str]:
    return [finding.code for finding in found(text, generator, policy)]


def fixed(text: str, generator: str = "plain", policy: Policy = ALL) -> str:
    """The text after all fixes that the policy applies."""
    findings = [f for f in found(text, generator, policy) if f.fix and policy.applies(f.fix.fixability)]
    return repaired("a.md", text.encode(), findings, policy, site=Site(generator))[1]


# ---------------------------------------------------------------- byte order marks


@pytest.mark.parametrize("generator", BY_NAME)
def test_a_mark_counts_where_it_hides_the_front_matter(generator: str) -> None:
    minds = generator in ("jekyll", "nuxt", "plain")
    assert codes(MARK + HEAD, generator) == ["PM003"] * minds
    assert fixed(MARK + HEAD, generator) == (HEAD if minds else MARK + HEAD)


@pytest.mark.parametrize(
    "text", [MARK, f"{MARK}Text.\n", f"{MARK}+++\ntitle = 'x'\n+++\n", f"{MARK}Title: x\nDate: y\n\nz"]
)
def test_a_mark_that_hides_nothing_is_no_problem(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("generator", ["hugo", "jekyll"])
def test_two_marks_are_too_many(generator: str) -> None:
    for text in (HEAD, "Text.\n"):
        assert codes(MARK * 2 + text, generator) == ["PM003"]
        assert fixed(MARK * 2 + text, generator) == text


def test_a_damaged_mark_is_repaired_and_then_removed() -> None:
    body = "\nLe café est fermé.\n"
    damaged = (MARK + HEAD + body).encode().decode("cp1252")
    assert fixed(damaged, "jekyll") == HEAD + body
    assert fixed(damaged, "hugo") == MARK + HEAD + body
    assert fixed(damaged, "jekyll", Policy(ignore=("PM003",))) == MARK + HEAD + body


def test_a_mark_empty_lines_and_damage_at_once() -> None:
    assert fixed(f"{MARK}\n\r\n---\ntitle: CafÃ©\n---\n", "jekyll") == "---\ntitle: Café\n---\n"


# ---------------------------------------------------------------- front matter that is not first


@pytest.mark.parametrize("generator", BY_NAME)
def test_empty_lines_count_where_the_generator_minds(generator: str) -> None:
    minds = generator not in ("astro", "hugo", "zola", "hexo", "pelican")
    assert codes("\n \n" + HEAD, generator) == ["PM302"] * minds
    assert fixed("\n \n" + HEAD, generator) == ("" if minds else "\n \n") + HEAD


@pytest.mark.parametrize(
    "before",
    [
        "<!-- by hand -->\n",
        "{/* by hand */}\n\n",
        "# Paris\n\n",
        "Draft, please check\n",
        "---\n",
        "---\n\n",
        "{# x #}\n",
    ],
)
def test_front_matter_further_down_is_shown(before: str) -> None:
    shown = found(before + HEAD + "\nText.\n")
    assert [(f.code, f.fix) for f in shown] == [("PM302", None)]


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\n---\n\nnote: two\n\n---\n",
        "One.\n\n---\ntitle: only one key\n---\n",
        "One.\n\n---\nnote: x\nwarning: y\n---\n",
        "One.\n\n---\ntitle: x\ndate: y\n\nno closing fence\n",
        "Begin your posts so:\n\n" + HEAD,
        "Example\n\n```\n" + HEAD + "```\n",
        "Example\n\n~~~yaml\n" + HEAD + "~~~\n",
        "::card\n" + HEAD + "::\n",
        "> quoted\n\n" + HEAD,
        "One.\n\nTwo.\n\nThree.\n\nFour.\n\n" + HEAD,
        HEAD + "\n" + HEAD,
        "+++\ntitle = 'x'\n+++\n\n" + HEAD,
        f"{'a' * 3000}\n\n{HEAD}",
    ],
)
def test_what_only_looks_like_it_is_no_problem(text: str) -> None:
    assert codes(text) == []


# ---------------------------------------------------------------- front matter that can't be parsed

UNSAFE = Policy(unsafe_fixes=True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("title: Paris: a guide", 'title: "Paris: a guide"'),
        ("title: Paris:", 'title: "Paris:"'),
        ('title: "x"\nsubtitle: The "C:" drive: why', """title: "x"\nsubtitle: 'The "C:" drive: why'"""),
        ('title: It\'s "C:": why', 'title: "It\'s \\"C:\\": why"'),
        ("title: a: b\r\nauthor: @joe\r\nx: `y`  ", 'title: "a: b"\r\nauthor: "@joe"\r\nx: "`y`"  '),
        ("title: a: b\nauthor: @joe\nabout: % of c", 'title: "a: b"\nauthor: "@joe"\nabout: "% of c"'),
        # not certain, or not enough
        ("title: a: b # why", None),
        ("title: a: b\n  more", None),
        ("seo:\n  title: a: b", None),
        ("title: [a: b: c", None),
        ("title: “a: b”", None),
        ('title: a: b\nother: "c', None),
        ("title: a: b\ntitle: c: d", None),
    ],
)
def test_quotes_around_a_value(written: str, expected: str | None) -> None:
    text = f"---\n{written}\n---\nText: and: more.\n"
    after = f"---\n{expected}\n---\nText: and: more.\n" if expected else text
    assert codes(text, policy=UNSAFE) == ["PM301"]
    assert fixed(text, policy=UNSAFE) == after
    assert fixed(text, policy=Policy()) == text


@given(
    st.from_regex(r"[a-z][a-z:'\"\\ ]{0,12}", fullmatch=True),
    st.from_regex(r"[A-Z][a-z: ,&*!'\"\\é]{0,20}", fullmatch=True),
)
def test_a_value_in_quotes_is_the_text_that_it_was(key: str, value: str) -> None:
    text = f"---\nfirst: {key}\ntitle: {value}\n---\n"
    after = fixed(text, policy=UNSAFE)
    if after != text:
        post = examine("a.md", after.encode(), Site(), UNSAFE).post
        assert post is not None
        assert post.document.front_matter is not None
        fields = {field.key: field.value for field in post.document.front_matter.fields}
        assert fields["title"] == value.strip()


def test_equal_keys_are_told_where_the_generator_minds() -> None:
    text = "---\ntitle: a\ntitle: b\n---\n"
    told = {name: codes(text, name) for name in ("hugo", "astro", "plain", "jekyll", "mkdocs")}
    assert told == {"hugo": ["PM301"], "astro": ["PM301"], "plain": ["PM301"], "jekyll": [], "mkdocs": []}


def test_tabs_are_allowed_in_hexo() -> None:
    text = "---\ntags:\n\t- a\n---\n"
    assert (codes(text), codes(text, "hexo")) == (["PM301"], [])


# ---------------------------------------------------------------- line endings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\nc\r\n", "a\nb\nc\n"),
        ("a\r\nb\r\nc\n", "a\r\nb\r\nc\r\n"),
        ("a\rb\rc\nd\r\ne", "a\rb\rc\rd\re"),
        ("a\nb\r\n", "a\nb\n"),
        ("a\r\nb\r", "a\r\nb\r\n"),
        ("a\r\r\nb\n", "a\n\nb\n"),
        ("caf\u00c3\u00a9\r\ncaf\u00c3\u00a9\n\n", "café\ncafé\n\n"),
    ],
)
def test_line_endings_become_those_of_the_most_lines(text: str, expected: str) -> None:
    assert "PM006" in codes(text)
    assert fixed(text) == expected


@given(st.text("a\n\r", max_size=30))
def test_lines_stay_the_lines_that_they_were(text: str) -> None:
    after = fixed(text)
    assert after.splitlines() == text.splitlines()
    assert len(set(re.findall(r"\r\n|\r|\n", after))) < 2


@pytest.mark.parametrize("text", ["", "a", "a\nb\n", "a\r\nb\r\n", "a\rb\r"])
def test_lines_that_end_alike_are_no_problem(text: str) -> None:
    assert codes(text) == []


# ---------------------------------------------------------------- rules that are off, fixes in each other's way


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy(), False),
        (Policy(select=("PM0",)), False),
        (Policy(select=("PM006",)), True),
        (Policy(extend_select=("PM006",)), True),
        (Policy(select=("PM1",), extend_select=("PM006",)), True),
        (Policy(extend_select=("PM006",), ignore=("PM0",)), True),
        (Policy(extend_select=("PM006",), ignore=("PM006",)), False),
    ],
)
def test_a_rule_that_is_off_needs_its_whole_code(policy: Policy, expected: bool) -> None:
    assert ("PM006" in codes("a\nb\r\n", policy=policy)) is expected


def test_of_fixes_in_each_others_way_the_first_is_kept() -> None:
    def fix(*places: tuple[int, int]) -> Fix:
        return Fix(tuple(Edit(Span(*place), "x" * (place[1] - place[0]), "y") for place in places), Fixability.SAFE)

    joint = joint_edits([fix((4, 6)), fix((0, 1), (5, 7)), fix((6, 8)), fix((2, 2)), fix((2, 2))])
    assert [edit.span for edit in joint] == [Span(2, 2), Span(4, 6), Span(6, 8)]
    assert apply_edits("xxxxxxxxx", joint) == "xxyxxyyx"
