"""The values in front matter: what they are, and exactly where they are written."""

from __future__ import annotations

import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postmend.model import FrontMatter
from postmend.scanner.frontmatter import find_front_matter


def found(text: str) -> FrontMatter:
    front_matter = find_front_matter(text)
    assert front_matter is not None
    return front_matter


def rest(text: str) -> str:
    return text[found(text).span.end :]


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


scalars = st.one_of(
    # U+0085, U+2028 and U+2029 are line breaks to PyYAML, deliberately not to us.
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029")),
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
    text = (
        "+++\n"
        + "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n".replace("\x7f", "\\u007f") for k, v in tree.items())
        + "+++\n"
    )
    front_matter = found(text)
    assert {f.key: f.value for f in front_matter.fields} == leaves(tree)
    for field in front_matter.fields:
        assert tomllib.loads(f"a = {field.span.of(text)}") == {"a": field.value}


pieces = st.sampled_from(
    [
        "---",
        "+++",
        ";;;",
        "...",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "title",
        ":",
        " = ",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        "*a",
        "&a ",
        "- ",
        "|",
        ">",
        "x",
        "\x81",
        "\x85",
        "\ufeff",
        "<!--",
        "-->",
        "1",
        "json",
        "\\",
    ]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_text_gives_fields_within_the_front_matter(text: str) -> None:
    front_matter = find_front_matter(text)
    if front_matter is not None:
        span, content = front_matter.span, front_matter.content
        assert 0 <= span.start <= content.start <= content.end <= span.end <= len(text)
        assert all(content.start <= f.span.start <= f.span.end <= content.end for f in front_matter.fields)
        assert len({f.key for f in front_matter.fields}) == len(front_matter.fields)
