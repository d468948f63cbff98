"""Repaired values in front matter: quoted anew as little as possible, proved, or only shown."""

from __future__ import annotations

import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postmend.edits import apply_edits
from postmend.intact import BREAKS_FRONT_MATTER, with_front_matter_intact
from postmend.model import Document, Edit, Fixability, Repair, Span
from postmend.scanner.document import read_document

OLD = "\N{LATIN CAPITAL LETTER A WITH TILDE}\N{COPYRIGHT SIGN}"  # stands for any damage


def repairs(text: str, *news: str) -> tuple[Repair, ...]:
    """A safe repair for each place in `text` that is damaged."""
    found, at = [], -1
    for new in news:
        at = text.index(OLD, at + 1)
        found.append(Repair(Span(at, at + len(OLD)), OLD, new, ("x",), 0, 9, 9, True, Fixability.SAFE))
    return tuple(found)


def repaired(text: str, *news: str) -> str:
    """What becomes of the text; the doubt when the repair is not to be made."""
    made = with_front_matter_intact(read_document("a.md", text), repairs(text, *news))
    if any(r.fixability is not Fixability.SAFE for r in made):
        return made[0].doubt
    return apply_edits(text, (Edit(r.span, r.old, r.new) for r in made))


@pytest.mark.parametrize(
    ("written", "news", "expected"),
    [
        # nothing to do
        (f"title: {OLD}", ["é"], "title: é"),
        (f'title: "{OLD}"', ["« oui »"], 'title: "« oui »"'),
        (f"title: say {OLD}hi{OLD}", ['"', '"'], 'title: say "hi"'),
        # escaped within its quotes
        (f'title: "say {OLD}hi{OLD}"', ['"', '"'], r'title: "say \"hi\""'),
        (f'title: "C:{OLD}"  # why', ["\\x"], r'title: "C:\\x"  # why'),
        (f"title: 'l{OLD}été'", ["'"], "title: 'l''été'"),
        (f"tags: [a, '{OLD}']", ["'"], "tags: [a, '''']"),
        # quotes around it
        (f"title: {OLD}hi{OLD} he said", ['"', '"'], """title: '"hi" he said'"""),
        (f"title: Paris{OLD} a guide", [":"], 'title: "Paris: a guide"'),
        (f"title: Paris {OLD} a guide", ["#"], 'title: "Paris # a guide"'),
        (f"title: {OLD}Paris", ["@"], 'title: "@Paris"'),
        (f"title: {OLD}", ["12"], 'title: "12"'),
        (f"title: {OLD}", ["true"], 'title: "true"'),
        (f"tags: [a, b{OLD} c]", [","], 'tags: [a, "b, c"]'),
        # no such way
        (f"title: |\n  one {OLD}\n  two", ["x\ny"], BREAKS_FRONT_MATTER),
        (f"a{OLD}: b", ["c"], BREAKS_FRONT_MATTER),
    ],
)
def test_yaml(written: str, news: list[str], expected: str) -> None:
    if expected != BREAKS_FRONT_MATTER:
        expected = f"---\n{expected}\nnext: 1\n---\nText.\n"
    assert repaired(f"---\n{written}\nnext: 1\n---\nText.\n", *news) == expected


@pytest.mark.parametrize(
    ("written", "news", "expected"),
    [
        (f'title = "{OLD}"', ['"'], r'title = "\""'),
        (f"title = 'l{OLD}été'", ["'"], 'title = "l\'été"'),
        (f'title = """{OLD}\n"""', ['"""'], 'title = """\\"\\"\\"\n"""'),
        (f"title = '''{OLD}\n'''", ["'''"], BREAKS_FRONT_MATTER),
    ],
)
def test_toml(written: str, news: list[str], expected: str) -> None:
    if expected != BREAKS_FRONT_MATTER:
        expected = f"+++\n{expected}\nnext = 1\n+++\nText.\n"
    assert repaired(f"+++\n{written}\nnext = 1\n+++\nText.\n", *news) == expected


def test_json() -> None:
    assert repaired(f'{{"title": "{OLD}", "b": "{OLD}"}}\nText.', '"', "x") == '{"title": "\\"", "b": "x"}\nText.'


def test_only_the_value_in_need_is_written_anew() -> None:
    text = f"---\na: \"{OLD}\"\nb: {OLD}\nc: '{OLD}'\n---\n{OLD}\n"
    assert repaired(text, '"', "é", "é", '"') == '---\na: "\\""\nb: é\nc: \'é\'\n---\n"\n'


def test_a_value_with_a_doubtful_part_is_doubtful() -> None:
    text = f"---\na: {OLD}b {OLD}\n---\n"
    one, two = repairs(text, '"', '"')
    unsafe = Repair(**{**{f: getattr(two, f) for f in two.__slots__}, "fixability": Fixability.UNSAFE, "doubt": "why"})
    made = with_front_matter_intact(read_document("a.md", text), (one, unsafe))
    assert [(r.new, r.fixability, r.doubt) for r in made] == [("'\"b \"'", Fixability.UNSAFE, "why")]


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(body: str) -> object:
    return yaml.load(body.split("---")[1], LOADER)


def read_toml(body: str) -> object:
    return tomllib.loads(body.split("+++")[1])


READERS = {
    "---\na: {}\nb: 1\n---\n": read_yaml,
    "---\na: '{}'\nb: 1\n---\n": read_yaml,
    '---\na: "{}"\nb: 1\n---\n': read_yaml,
    "---\n{{a: {}, b: 1}}\n---\n": read_yaml,
    '+++\na = "{}"\nb = 1\n+++\n': read_toml,
    "+++\na = '{}'\nb = 1\n+++\n": read_toml,
    '{{"a": "{}", "b": 1}}\n': json.loads,
}
SIGNS = st.text(st.sampled_from("\"'\\:#@,[]{}&*!|>%?`~ ab=é"), min_size=1, max_size=6)


@given(st.sampled_from(sorted(READERS)), SIGNS, SIGNS)
def test_what_is_written_reads_as_the_repaired_text(form: str, new: str, second: str) -> None:
    text = form.format(f"x{OLD}y{OLD}z")
    made = repaired(text, new, second)
    if made != BREAKS_FRONT_MATTER:
        assert READERS[form](made) == {"a": f"x{new}y{second}z", "b": 1}


def test_front_matter_that_is_broken_anyway_is_repaired_as_it_is() -> None:
    text = f"---\na: b: c {OLD}\n---\n"
    document: Document = read_document("a.md", text)
    assert with_front_matter_intact(document, repairs(text, "é")) == repairs(text, "é")
