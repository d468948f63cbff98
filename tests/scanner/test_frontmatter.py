"""Front matter in all its forms, with the exact place of each value."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postmend.model import FrontMatter, FrontMatterFormat
from postmend.scanner.frontmatter import find_front_matter, shape

F = FrontMatterFormat
FIXTURES = Path(__file__).parent / "fixtures"


def found(text: str) -> FrontMatter:
    front_matter = find_front_matter(text)
    assert front_matter is not None
    return front_matter


def rest(text: str) -> str:
    return text[found(text).span.end :]


@pytest.mark.parametrize(
    ("text", "format", "title"),
    [
        ("---\ntitle: x\n---\nbody", F.YAML, "x"),
        ("---\ntitle: x\n...\nbody", F.YAML, "x"),
        ("---  \ntitle: x\n---\t\nbody", F.YAML, "x"),
        ("\ufeff---\ntitle: x\n---\nbody", F.YAML, "x"),
        ("\n\n---\ntitle: x\n---\nbody", F.YAML, "x"),
        ("\ufeff\r\n---\r\ntitle: x\r\n---\r\nbody", F.YAML, "x"),
        ("---\rtitle: x\r---\rbody", F.YAML, "x"),
        ("-----\ntitle: x\n-----\nbody", F.YAML, "x"),
        ("<!--\n---\ntitle: x\n---\n-->\nbody", F.YAML, "x"),
        ("+++\ntitle = 'x'\n+++\nbody", F.TOML, "x"),
        ("+++\r\ntitle = 'x'\r\n+++\r\nbody", F.TOML, "x"),
        ("+++\rtitle = 'x'\r+++\rbody", F.TOML, "x"),
        ("---toml\ntitle = 'x'\n---\nbody", F.TOML, "x"),
        ('{\n  "title": "x"\n}\nbody', F.JSON, "x"),
        ('{"title": "x"}\nbody', F.JSON, "x"),
        ('---json\n{"title": "x"}\n---\nbody', F.JSON, "x"),
        ('---\n{ "title": "x" }\n---\nbody', F.JSON, "x"),
        ("title: x\ndate: 2020-01-01\n---\nbody", F.YAML, "x"),
        ('"title": "x",\n"date": "2020"\n;;;\nbody', F.HEXO_JSON, "x"),
        (';;;\n"title": "x",\n"date": "2020"\n;;;\nbody', F.HEXO_JSON, "x"),
        ("Title: x\nAuthor: y\n\nbody", F.HEAD_LINES, "x"),
        ("Title: x\r\nAuthor: y\r\n\r\nbody", F.HEAD_LINES, "x"),
    ],
)
def test_every_form_is_found(text: str, format: FrontMatterFormat, title: str) -> None:
    front_matter = found(text)
    assert (front_matter.format, front_matter.get("title"), front_matter.problem) == (format, title, None)
    assert rest(text) == "body"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "---",
        "---\n",
        "---\n\nA thematic break.\n",
        "---\n\nnot: a key\n",
        "---\nJust prose.\n---\nMore.",
        "---\n- a list\n- b: c\n---\n",
        "+++\nprose\n",
        "Note: this is prose.\n\nMore.",
        "Warning: one\nDescription: two\n\nMore.",
        "Summary: one line alone may well be prose.\n\nMore.",
        "Title: A book\nand the line goes on here.\n\nMore.",
        "Note: a heading\n---\n\nMore.",
        "{% include x %}\n",
        "{{ x }}",
        "{/* comment */}",
        "<!-- a comment -->\n",
        "<!DOCTYPE html>\n<title>x</title>",
        "    ---\n    title: x\n    ---\n",
        "# Heading\n\n---\ntitle: x\n---\n",
    ],
)
def test_prose_is_not_taken_for_front_matter(text: str) -> None:
    assert find_front_matter(text) is None


def test_an_empty_block_is_front_matter_without_values() -> None:
    assert found("---\n---\nbody").fields == ()
    assert found("---\n# only a comment\n---\nbody").problem is None


def test_metadata_lines_end_at_the_first_empty_line() -> None:
    text = "Title: x\nSummary: one\n    two\n\nProse.\n\n---\nMore."
    assert found(text).format is F.HEAD_LINES
    assert found(text).get("summary") == "one\ntwo"
    assert rest(text) == "Prose.\n\n---\nMore."


YAML = """\
---
# a comment
title: "Caf\u00e9: \U0001f600 \\"x\\""   # another
single: 'it''s'
plain: one two # three
date: 2026-02-13
time: 2026-02-13 10:00:00
draft: true
nothing:
weight: 007
impossible: 2026-02-30
tags: [one, "two", three]
seo:
  title: Inner
  list:
    - a
    - b: 1
folded: >
  one
  two
anchor: &x shared
alias: *x
title: a second one
---
"""


def yaml_values(text: str) -> dict[str, object]:
    return {field.key: field.value for field in found(text).fields}


def test_yaml_values() -> None:
    assert yaml_values(YAML) == {
        "title": 'Caf\u00e9: \U0001f600 "x"',
        "single": "it's",
        "plain": "one two",
        "date": "2026-02-13",
        "time": "2026-02-13T10:00:00",
        "draft": True,
        "nothing": None,
        "weight": 7,
        "impossible": "2026-02-30",
        "tags.0": "one",
        "tags.1": "two",
        "tags.2": "three",
        "seo.title": "Inner",
        "seo.list.0": "a",
        "seo.list.1.b": 1,
        "folded": "one two\n",
        "anchor": "shared",
        "alias": "shared",
    }


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_yaml_spans_cover_what_is_written(line_break: str) -> None:
    text = "\ufeff" + YAML.replace("\n", line_break)
    written = {field.key: field.span.of(text) for field in found(text).fields}
    assert written["title"] == '"Caf\u00e9: \U0001f600 \\"x\\""'
    assert written["single"] == "'it''s'"
    assert written["plain"] == "one two"
    assert written["weight"] == "007"
    assert written["nothing"] == ""
    assert written["tags.1"] == '"two"'
    assert written["seo.list.1.b"] == "1"
    assert written["alias"] == "*x"


@pytest.mark.parametrize("format", ["title: {}", "title: '{}'", 'title: "{}"', "a: [x, {}]", "a: {{b: {}}}"])
def test_mojibake_with_control_characters_is_read(format: str) -> None:
    value = "\u00c3\u0081\u00c5\u0090 caf\u00c3\u00a9 \u00e2\u0080\u009d \u00c3\u0085x\u2028y \x00\x7f"
    text = f"---\r\n{format.format(value)}\r\nnext: 1\r\n---\r\n"
    front_matter = found(text)
    assert front_matter.problem is None
    assert [f.value for f in front_matter.fields][-2:] == [value, 1]
    assert value in [f.span.of(text).strip("'\"") for f in front_matter.fields]


TOML = """\
+++
# comment
title = "a \\" b" # comment
date = 2026-02-13T10:00:00Z
day = 2026-02-13
list = [ "a", 'b', # comment
  3, ]
"quoted.key".inner = { x = 1, "y z" = [true, 1.5] }
multi = \"\"\"
one ""two"" \"\"\"
literal = '''it's'''
[taxonomies]
tags = ["x"]
[[part]]
n = 1
[[part.sub]]
n = 2
[[part.sub]]
n = 3
[[part]]
[part.last]
n = 4
+++
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_toml_values_and_spans(line_break: str) -> None:
    text = TOML.replace("\n", line_break)
    fields = {field.key: (field.value, field.span.of(text)) for field in found(text).fields}
    multi = '"""\none ""two"" """'.replace("\n", line_break)
    assert fields == {
        "title": ('a " b', '"a \\" b"'),
        "date": ("2026-02-13T10:00:00+00:00", "2026-02-13T10:00:00Z"),
        "day": ("2026-02-13", "2026-02-13"),
        "list.0": ("a", '"a"'),
        "list.1": ("b", "'b'"),
        "list.2": (3, "3"),
        "quoted.key.inner.x": (1, "1"),
        "quoted.key.inner.y z.0": (True, "true"),
        "quoted.key.inner.y z.1": (1.5, "1.5"),
        "multi": ('one ""two"" ', multi),
        "literal": ("it's", "'''it's'''"),
        "taxonomies.tags.0": ("x", '"x"'),
        "part.0.n": (1, "1"),
        "part.0.sub.0.n": (2, "2"),
        "part.0.sub.1.n": (3, "3"),
        "part.1.last.n": (4, "4"),
    }


def test_json_values_and_spans() -> None:
    text = '{ "title": "a \\u00e9", "n": -1.5e3, "seo": {"a": [true, null, "x"]}, "title": "b", }\n\nbody'
    assert [(f.key, f.value, f.span.of(text)) for f in found(text).fields] == [
        ("title", "a \u00e9", '"a \\u00e9"'),
        ("n", -1500.0, "-1.5e3"),
        ("seo.a.0", True, "true"),
        ("seo.a.1", None, "null"),
        ("seo.a.2", "x", '"x"'),
    ]


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("---\ntitle: x: y\ndate: 2020-01-02\n---\n", "without quotes", ": y"),
        ("---\ntitle: {{ x }}\ndate: 2020-01-02\n---\n", "quotes", "{ x }}"),
        ('---\ntitle: "x\ndate: 2020-01-02\n---\n', "quote", None),
        ("---\ntitle: x\ndate: 2020-01-02\na: *none\n---\n", "`*`", "*none"),
        ("---\ntitle: x\n\tdate: 2020-01-02\ndate: 2020-01-02\n---\n", "", None),
        ("+++\ntitle = x\ndate = 2020-01-02\n+++\n", "invalid value", "x\n"),
        ("+++\r\ntitle = 'y'\r\ndate = 2020-01-02\r\na = z\r\n+++\r\n", "invalid value", "z\r"),
        ('{\n"title": "x"\n"date": "2020-01-02"\n}\nbody', "expected `,`", '"date"'),
        ("---\ntitle: x\ndate: 2020-01-02\n\nbody", "no closing `---`", "---"),
        ("+++\ntitle = 'x'\ndate = 2020-01-02\n\nbody", "no closing `+++`", "+++"),
    ],
)
def test_broken_front_matter_has_a_problem_and_what_could_be_read(
    text: str, reason: str, at: str | None
) -> None:
    front_matter = found(text)
    assert front_matter.problem is not None
    assert reason in front_matter.problem.reason
    if at is not None:
        assert text[front_matter.problem.offset :].startswith(at)
    assert front_matter.get("title")
    assert front_matter.get("date") == "2020-01-02"


def test_salvaged_values_have_exact_spans_and_no_quotes() -> None:
    text = "---\ntitle: 'it''s'\nbad: a: b\ndraft: false\nseo:\n  title: inner\n---\n"
    fields = [(f.key, f.value, f.span.of(text)) for f in found(text).fields]
    assert fields == [
        ("title", "it's", "'it''s'"),
        ("bad", "a: b", "a: b"),
        ("draft", False, "false"),
        ("seo", None, ""),
    ]


def test_script_front_matter_is_neither_run_nor_wrong() -> None:
    text = "---js\n{\n  title: 'x',\n}\n---\nbody"
    assert found(text).problem is None
    assert rest(text) == "body"


def test_aliases_are_not_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 40)]
    front_matter = found("---\n" + "\n".join(lines) + "\n---\n")
    assert len(front_matter.fields) == 9
    assert front_matter.problem is None


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\na: " + "{a: " * 100_000 + "\n---\n",
        "---\n" + "".join(f"{' ' * k}a:\n" for k in range(300)) + "---\n",
        "+++\na = " + "[" * 100_000 + "\n+++\n",
        "+++\na" + ".a" * 100_000 + " = 1\n+++\n",
        "+++\na" + ".a" * 60 + " = 1\n+++\n",
        "---json\n" + '{"a": ' * 100_000 + "\n---\n",
        "---json\n{\"a\": 1" + "0" * 5_000 + "}\n---\n",
        "+++\na = 1" + "0" * 5_000 + "\n+++\n",
        "---\ntitle: " + "x" * 1_000_001 + "\n---\n",
    ],
)
def test_limits_are_problems_and_no_exceptions(text: str) -> None:
    assert found(text).problem is not None


def test_long_numbers_stay_text() -> None:
    long = "1" * 5_000 + ":59"
    assert found(f"---\na: {long}\n---\n").get("a") == long


def test_shape_has_keys_and_types() -> None:
    text = "---\ntitle: x\nn: 1\ntags: [a]\n---\n"
    assert shape(find_front_matter(text)) == (("title", "str"), ("n", "int"), ("tags.0", "str"))
    assert shape(None) == ()


def test_yaml_is_imported_only_when_there_is_some() -> None:
    code = (
        "import sys, postmend.scanner, postmend.scanner.sites, postmend.scanner.document as d, postmend.scanner.discover\n"
        "d.read_document('a.md', 'text'); d.read_document('a.md', '+++\\na = 1\\n+++\\n')\n"
        "assert not {'yaml', 'pathspec'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.none(),
)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
trees = st.dictionaries(
    keys,
    st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)),
    min_size=1,
    max_size=5,
)


def leaves(value: object, path: str = "") -> dict[str, object]:
    if isinstance(value, dict):
        items = [(str(k), v) for k, v in value.items()]
    elif isinstance(value, list):
        items = [(str(k), v) for k, v in enumerate(value)]
    else:
        return {path: value}
    return {k: v for key, inner in items for k, v in leaves(inner, f"{path}.{key}".lstrip(".")).items()}


@given(trees, st.booleans())
def test_yaml_of_any_values_is_read_back_from_its_spans(tree: dict[str, object], wide: bool) -> None:
    dumped = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=wide, width=40)
    text = f"---\n{dumped}---\nbody"
    front_matter = found(text)
    assert front_matter.problem is None
    assert {f.key: f.value for f in front_matter.fields} == leaves(yaml.safe_load(dumped))
    for field in front_matter.fields:
        assert yaml.safe_load(field.span.of(text)) == field.value


@given(trees)
def test_json_of_any_values_is_read_back_from_its_spans(tree: dict[str, object]) -> None:
    text = json.dumps(tree, indent=2, ensure_ascii=False) + "\n\nbody"
    front_matter = found(text)
    assert {f.key: f.value for f in front_matter.fields} == leaves(tree)
    for field in front_matter.fields:
        assert json.loads(field.span.of(text)) == field.value
    assert rest(text) == "\nbody"


@given(st.dictionaries(keys, st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3), min_size=1))
def test_toml_of_any_strings_is_read_back_from_its_spans(tree: dict[str, list[str]]) -> None:
    text = "+++\n" + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n".replace("\x7f", "\\u007f") for k, v in tree.items()) + "+++\n"
    front_matter = found(text)
    assert {f.key: f.value for f in front_matter.fields} == leaves(tree)
    for field in front_matter.fields:
        assert tomllib.loads(f"a = {field.span.of(text)}") == {"a": field.value}


pieces = st.sampled_from(
    ["---", "+++", ";;;", "...", "\n", "\r\n", "\r", " ", "\t", "title", ":", " = ", "'", '"', "{", "}", "[", "]", ","]
    + ["#", "*a", "&a ", "- ", "|", ">", "x", "\u0081", "\u0085", "\ufeff", "<!--", "-->", "1", "json", "\\"]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_text_gives_fields_within_the_front_matter(text: str) -> None:
    front_matter = find_front_matter(text)
    if front_matter is not None:
        span, content = front_matter.span, front_matter.content
        assert 0 <= span.start <= content.start <= content.end <= span.end <= len(text)
        assert all(content.start <= f.span.start <= f.span.end <= content.end for f in front_matter.fields)
        assert len({f.key for f in front_matter.fields}) == len(front_matter.fields)
