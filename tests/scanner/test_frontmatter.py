"""Front matter in all its forms, and prose that only looks like it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from postmend.model import FrontMatter, FrontMatterFormat
from postmend.scanner.frontmatter import find_front_matter, shape

F = FrontMatterFormat


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


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("---\ntitle: x: y\ndate: 2020-01-02\n---\n", "in quotes", ": y"),
        ("---\ntitle: {{ x }}\ndate: 2020-01-02\n---\n", "quotes", "{ x }}"),
        ('---\ntitle: "x\ndate: 2020-01-02\n---\n', "quote", None),
        ("---\ntitle: x\ndate: 2020-01-02\na: *none\n---\n", "`*`", "*none"),
        ("---\ntitle: x\n\tdate: 2020-01-02\ndate: 2020-01-02\n---\n", "", None),
        ("+++\ntitle = x\ndate = 2020-01-02\n+++\n", "without quotes", "x\n"),
        ("+++\r\ntitle = 'y'\r\ndate = 2020-01-02\r\na = z\r\n+++\r\n", "without quotes", "z\r"),
        ('{\n"title": "x"\n"date": "2020-01-02"\n}\nbody', "a `,` is missing", '"date"'),
        ("---\ntitle: x\ndate: 2020-01-02\n\nbody", "no closing `---`", "---"),
        ("+++\ntitle = 'x'\ndate = 2020-01-02\n\nbody", "no closing `+++`", "+++"),
    ],
)
def test_broken_front_matter_has_a_problem_and_what_could_be_read(text: str, reason: str, at: str | None) -> None:
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
    assert found("---javascript\n{}\n---\n").problem is None
    text = "---js\n{\n  title: 'x',\n}\n---\nbody"
    assert found(text).problem is None
    assert rest(text) == "body"


def test_shape_has_keys_and_types() -> None:
    text = "---\ntitle: x\nn: 1\ntags: [a]\n---\n"
    assert shape(find_front_matter(text)) == (("title", "str"), ("n", "int"), ("tags.0", "str"))
    assert shape(None) == ()


def test_yaml_is_imported_only_when_there_is_some() -> None:
    code = (
        "import sys, postmend.scanner.sites, postmend.scanner.document as d, postmend.scanner.discover\n"
        "d.read_document('a.md', 'text'); d.read_document('a.md', '+++\\na = 1\\n+++\\n')\n"
        "assert not {'yaml', 'pathspec'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
