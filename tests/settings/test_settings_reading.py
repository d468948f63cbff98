"""What a file of settings says, what is wrong with it and where; and that the published schema agrees."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.scope import Request
from postmend.settings.building import policy_of
from postmend.settings.globs import Standpoint
from postmend.settings.reading import read_settings, settings_of
from postmend.settings.resolving import Named, resolve
from postmend.settings.schema import schema
from postmend.settings.table import ONLY_OPTIONS, SETTINGS
from postmend.settings.toml import assignment, plain, written

PUBLISHED = Path(__file__).parents[2] / "docs" / "postmend.schema.json"


def problems(text: str, **options: bool) -> list[tuple[int, str]]:
    found = read_settings(text, **options)
    return [(problem.line, problem.message) for problem in found.problems] if found else []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nselct = ["PM1"]', 2, "there is no key `selct`. Did you mean `select`?"),
        ("colour = 1", 1, "there is no key `colour`."),
        ('ignore = ["PM1O1"]', 1, "`ignore`: there is no rule PM1O1. Did you mean PM101?"),
        ('ignore = [\n  "PM1",\n  "PM999",\n]', 3, "there is no rule PM999"),
        ('ignore = ["pm101"]', 1, '`ignore`: there is no rule "pm101". Did you mean PM101?'),
        ("ignore = [1]", 1, "`ignore`: must be a text in quotes, not 1"),
        ('ignore = "PM1"', 1, '`ignore`: must be a list, such as ["PM1"]'),
        ("select = []", 1, "`select`: names no rule"),
        ('hidden = "yes"', 1, '`hidden`: must be `true` or `false`, not "yes"'),
        ("threshold = 3", 1, "`threshold`: must be a number from 0.01 to 1, not 3"),
        ("threshold = nan", 1, "`threshold`: must be a number"),
        ("threshold = true", 1, "`threshold`: must be a number from 0.01 to 1, not true"),
        ("min-words = 0", 1, "`min-words`: must be a whole number from 1"),
        ("min-words = 1.5", 1, "not 1.5"),
        ("jobs = true", 1, "not true"),
        ("jobs = 2026-01-01", 1, "not the date 2026-01-01"),
        ('generator = "astor"', 1, '`generator`: there is no "astor"; one of auto, astro'),
        ('output-format = "jsn"', 1, "Did you mean `json`?"),
        ('encoding = "utf-8"', 1, "`encoding`: utf-8 is recognised without it"),
        ('encoding = "klingon"', 1, 'the encoding "klingon" is unknown'),
        ('locales = ["blog"]', 1, '`locales`: there is no language "blog"'),
        ('exclude = [""]', 1, "is no pattern"),
        ('corpus = ["/etc"]', 1, "does not lie below the folder"),
        ('corpus = ["a/../../b"]', 1, "does not lie below the folder"),
        ("corpus = ['C:\\posts']", 1, "write paths with `/`"),
        ('corpus = ["C:/posts"]', 1, "does not lie below the folder"),
        ('corpus = ["~/posts"]', 1, "does not lie below the folder"),
        ('cache-dir = "x"', 1, "`cache-dir` can't be set in a file: it comes with the posts"),
        ('output = ["sarif=/etc/passwd"]', 1, "must not decide where postmend writes"),
        ("no-backup = true", 1, "must not decide what can't be taken back"),
        ("diff = true", 1, "is for one run only"),
        ('hidden = true\n[per-file-ignores]\n"a" = ["PM1"]\n"b.md" = [\n"PX"]', 5, "there is no rule PX"),
        ('per-file-ignores = ["PM1"]', 1, "`per-file-ignores`: must be a table, not a list"),
        ('[per-file-ignores]\n"!a" = []', 2, "can't begin with `!`"),
        ('[[not-duplicates]]\na = "x"\nb = "y"\n[[not-duplicates]]\na = "x"', 4, "needs `a` and `b`"),
        ('[[not-duplicates]]\na = "x"\nc = "y"', 3, "there is no key `c` here"),
        ('[[not-duplicates]]\na = "../x"\nb = "y"', 2, "does not lie below"),
        ('[not-duplicates]\na = "x"', 1, "must be a list"),
        ('ignore = [\n"PM1"\n', 3, "can't be read as TOML: a list is not closed"),
        ("hidden = true\nhidden = false", 2, "can't be read as TOML: the key `hidden` is there twice"),
        ("hidden: true", 1, "`:` after a key is YAML; TOML has `key = value`"),
        ("jobs = " + "9" * 5000, 1, "can't be read as TOML"),
        ("ignore = " + "[" * 5000 + "]" * 5000, 1, "can't be read as TOML"),
    ],
)
def test_refused(text: str, line: int, words: str) -> None:
    (found,) = problems(text)
    assert found[0] == line
    assert words in found[1]


def test_every_problem_is_told_in_the_order_of_the_lines() -> None:
    text = 'hidden = 1\r\n\r\n[[not-duplicates]]\r\na = 1\r\n[per-file-ignores]\r\nx = "PM1"\r\n'
    assert [line for line, _ in problems(text)] == [1, 4, 6]


def test_pyproject() -> None:
    assert read_settings('[project]\nname = "postmend-site"\n', is_pyproject=True) is None
    assert read_settings("[tool]\nother = 1\n", is_pyproject=True) is None
    found = read_settings("[tool.other]\nx = 1\n[tool.postmend]\njobs = 2\n", is_pyproject=True)
    assert found and found.values == {"jobs": 2} and found.lines == {"jobs": 4}
    assert problems("[tool.postmend]\njob = 2", is_pyproject=True)[0][0] == 2
    assert problems("[tool]\npostmend = 2", is_pyproject=True) == [(2, "`tool.postmend` must be a table")]
    assert problems("postmend = [", is_pyproject=True)[0][0] == 1


def test_the_defaults_are_those_of_a_run_without_settings() -> None:
    values = resolve({})
    assert policy_of(values, Standpoint()) == Policy()
    names = {
        "generator",
        "include",
        "exclude",
        "hidden",
        "respect-gitignore",
        "corpus",
        "jobs",
        "force-exclude",
        "locales",
    }
    assert {n: values[n].value for n in names} == {n: getattr(Request(()), n.replace("-", "_")) for n in names}


@pytest.mark.parametrize("name", [name for name, setting in SETTINGS.items() if not setting.refusal])
def test_the_example_and_the_default_of_a_setting_can_be_written(name: str) -> None:
    setting = SETTINGS[name]
    found = read_settings(setting.example)
    assert found and found.problems == () and list(found.values) == [name]
    assert found.values[name] != setting.default
    for value in (found.values[name], setting.default):
        again = tomllib.loads(assignment(name, value))
        assert setting.kind.read(again[name]) == value


# ---------------------------------------------------------------- layers

FILE = Named("postmend.toml", settings_of({"select": ["PM1"], "ignore": ["PM101"], "extend-select": ["PM006"]}))


@pytest.mark.parametrize(
    ("options", "selected", "left_out"),
    [
        ({}, "PM105 PM006", "PM101 PM207"),
        ({"select": ("PM101",)}, "PM101", "PM105 PM006"),  # who names a rule wants to see it
        ({"ignore": ("PM105",)}, "PM006", "PM101 PM105"),
        ({"extend-select": ("PM2",)}, "PM207 PM006", "PM101"),
        ({"extend-select": ("PM1",)}, "PM101 PM006", "PM207"),
    ],
)
def test_rules_of_the_file_and_of_the_command_line(options: dict[str, Any], selected: str, left_out: str) -> None:
    policy = policy_of(resolve(options, FILE), Standpoint())
    assert [code for code in selected.split() if not policy.selects(code)] == []
    assert [code for code in left_out.split() if policy.selects(code)] == []


def test_where_values_come_from() -> None:
    values = resolve({"ignore": ("PM2",), "jobs": 0}, FILE)
    assert values["select"].place == "postmend.toml:1"
    assert (values["ignore"].source, values["ignore"].place) == ("option", "postmend.toml:1 and --ignore")
    assert (values["jobs"].source, values["jobs"].place) == ("option", "--jobs")
    assert values["threshold"].source == "default"


def test_codes_ignored_in_some_files_are_ignored_whatever_is_selected() -> None:
    policy = Policy(select=("PM101", "PM2"), per_file_ignores=(("old/", ("PM1",)), ("*.mdx", ("PM20",))))
    assert [policy.at("old/a.md").selects(code) for code in ("PM101", "PM201")] == [False, True]
    assert [policy.at("old/a.mdx").selects(code) for code in ("PM101", "PM201")] == [False, False]
    assert policy.at("new/a.md").selects("PM101")


# ---------------------------------------------------------------- schema

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
# What a schema can't know: names of encodings and of languages.
BEYOND = ("`encoding`:", "`locales`: there is no language")

words = st.sampled_from(
    ("PM1", "pm101", "PM999", "", " ", "/", "!x", "a/b.md", "../a", "a/..", "/a", "auto", "full", "x\\y")
)
scalars = st.one_of(st.booleans(), st.integers(-1, 300), st.sampled_from((0.5, 1.5)), words)
pairs = st.dictionaries(st.sampled_from(("a", "b", "reason", "c")), scalars, max_size=3)
lists = st.dictionaries(words, st.lists(words, max_size=2), max_size=2)
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.lists(pairs, max_size=2), lists)
tables = st.dictionaries(st.sampled_from((*SETTINGS, *ONLY_OPTIONS, "selct")), values, max_size=2)


def test_the_schema_is_published() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(PUBLISHED.read_text("utf-8")) == SCHEMA, "python tests/docs/refresh.py writes it"


@given(tables)
@settings(max_examples=1000, deadline=None)
def test_the_schema_and_the_reader_agree(table: dict[str, Any]) -> None:
    found = [problem.message for problem in settings_of(table).problems]
    assert all(message.startswith(BEYOND) for message in found) if VALIDATOR.is_valid(table) else found


@given(st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.booleans()))
def test_any_text_can_be_written(one: str, several: list[str], table: dict[str, bool]) -> None:
    for value in (one, several, table):
        clean = json.loads(json.dumps(value).encode("utf-8", "ignore").decode())
        if "\\ud" in json.dumps(clean):
            continue  # a lone surrogate, which TOML can't have
        assert tomllib.loads(f"x = {written(clean)}") == {"x": clean}


def test_settings_as_plain_values() -> None:
    merged = plain("per-file-ignores", (("a", ("PM1",)), ("a", ("PM2",))))
    assert merged == {"a": ["PM1", "PM2"]}
