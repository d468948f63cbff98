"""The documentation names every command, option, rule and generator that exists, and no others."""

from __future__ import annotations

import inspect
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from docs_generated import with_generated_parts
from docs_pages import DOCS, PAGES, ROOT, blocks, code_spans, name_of
from docs_rules import all_posts
from typer.main import get_command

from postmend import hook
from postmend.cli.app import make_app
from postmend.examine import LEFT_IN_CODE
from postmend.fixer import lossy, mojibake
from postmend.fixer.codecs import misreadings
from postmend.fixer.doublebyte import double_byte_misreadings
from postmend.intact import BREAKS_FRONT_MATTER
from postmend.report.rules import markdown
from postmend.rules import BY_CODE, RULES
from postmend.scanner.document import read_document
from postmend.scanner.generators import BY_NAME, detect_generator
from postmend.scanner.places import Site
from postmend.scanner.sites import read_post

TABLES = re.compile(r"<!-- options of: (?P<commands>[a-z ]+) -->\n\n(?P<rows>(?:\|[^\n]*\n)+)")
CODE = re.compile(r"\bPM\d{3}\b")
OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
COMMANDS_PAGE = (DOCS / "commands.md").read_text("utf-8")


def read(page: Path) -> str:
    return page.read_text("utf-8")


def commands() -> dict[str, Any]:
    """The real commands, and the program itself."""
    app: Any = get_command(make_app())
    return {"postmend": app, **app.commands}


def real_options(command: Any) -> dict[str, Any]:
    """Each option by each of its names, but for --help, which is nobody's own."""
    found = [p for p in command.params if p.param_type_name == "option"]
    return {name: p for p in found for name in (*p.opts, *p.secondary_opts) if name not in ("-h", "--help")}


def documented() -> dict[str, dict[str, str]]:
    """For each command, its options in docs/commands.md with their defaults."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table in TABLES.finditer(COMMANDS_PAGE):
        for row in table["rows"].splitlines()[2:]:
            names, default, _ = (cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1])
            for name in OPTION.findall(names):
                for command in table["commands"].split():
                    found[command][name] = default.strip("`")
    return found


# ---------------------------------------------------------------- commands and options


@pytest.mark.parametrize("name", commands())
def test_every_option_is_in_the_commands_page_and_no_other(name: str) -> None:
    assert sorted(documented()[name]) == sorted(real_options(commands()[name]))


@pytest.mark.parametrize("name", [n for n in commands() if n != "postmend"])
def test_the_defaults_in_the_commands_page_are_right(name: str) -> None:
    for option, parameter in real_options(commands()[name]).items():
        default = "on" if parameter.default is True else str(parameter.default or "")
        if default == "0" or parameter.default == 0:
            default = "0" if parameter.default is not False else ""
        assert (option, documented()[name][option]) == (option, default)


@pytest.mark.parametrize("name", [n for n in commands() if n != "postmend"])
def test_every_command_has_a_section_and_an_example(name: str) -> None:
    section = COMMANDS_PAGE.partition(f"\n## postmend {name}\n")[2].partition("\n## ")[0]
    assert f"$ postmend {name}" in section
    assert f"`postmend {name} " in read(ROOT / "README.md")


def test_the_options_of_the_hook_are_documented() -> None:
    section = COMMANDS_PAGE.partition("\n## postmend-hook\n")[2].partition("\n## ")[0]
    assert set(OPTION.findall(section)) == {*hook._OPTIONS, hook._CONFIG.rstrip("=")}


def command_lines() -> list[tuple[str, str]]:
    """Everything in the pages that reads like a call of postmend."""
    found = []
    for page in PAGES:
        text = read(page)
        lines = [line.strip().removeprefix("$ ") for block in blocks(text) for line in block.text.splitlines()]
        lines += [line.strip() for line in text.splitlines() if line.startswith("    postmend")]
        for line in [*lines, *code_spans(text)]:
            call = re.search(r"(?:^|&& |\.venv/bin/|run: |entry: )(postmend(?:-hook)?(?: [^&]*)?)$", line)
            if call and "@" not in call[1]:
                found.append((name_of(page), call[1]))
    return found


def test_calls_in_the_pages_name_real_commands_and_options() -> None:
    names, wrong = commands(), []
    for page, line in command_lines():
        program, *words = line.split()
        command = words[0] if words and words[0] in names else "check"
        is_path = bool(words) and (words[0][0] in "-[" or "/" in words[0] or words[0] in ("COMMAND",))
        known = (
            {*hook._OPTIONS} if program == "postmend-hook" else {*real_options(names[command]), "--help", "--version"}
        )
        if program == "postmend" and words and words[0] not in names and not is_path:
            wrong.append((page, line, "no such command"))
        if words and words[0] != "COMMAND":
            wrong += [(page, line, o) for o in OPTION.findall(" ".join(words)) if o not in known]
    assert wrong == []
    assert len(command_lines()) > 40


def test_options_in_running_text_exist() -> None:
    known = {"--help", *(o for c in commands().values() for o in real_options(c)), *hook._OPTIONS}
    spans = [(name_of(p), s) for p in PAGES for s in code_spans(read(p)) if s.startswith("--") and " begin" not in s]
    assert [(p, s) for p, s in spans for o in OPTION.findall(s) if o not in known] == []


# ---------------------------------------------------------------- rules


def test_the_page_of_rules_is_made_from_the_table_of_rules() -> None:
    assert read(DOCS / "rules.md") == markdown(RULES, all_posts()), "python tests/docs/refresh.py writes it"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_rules_that_a_page_names_exist(page: Path) -> None:
    assert set(CODE.findall(read(page))) <= set(BY_CODE)


def test_every_rule_about_duplicates_is_explained_there() -> None:
    told = set(CODE.findall(read(DOCS / "how-duplicates-work.md")))
    assert {code for code in BY_CODE if code.startswith("PM2")} <= told


def test_the_doubts_of_the_fixer_are_explained() -> None:
    sources = inspect.getsource(mojibake._doubt) + inspect.getsource(lossy)
    doubts = re.findall(r'(?:return |doubt=)"([a-z][^"]+)"', sources)
    page = " ".join(read(DOCS / "how-repair-works.md").split())
    assert len(doubts) > 4
    assert [doubt for doubt in (*doubts, BREAKS_FRONT_MATTER, LEFT_IN_CODE) if doubt not in page] == []


def test_the_number_of_encodings_is_right() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md"):
        numbers = re.findall(r"\b(\d+)\s+(?:such\s+)?older\s+encodings", read(page))
        assert (page, numbers) == (page, [str(len(misreadings()) + len(double_byte_misreadings()))])


# ---------------------------------------------------------------- JSON


def test_the_fields_of_the_json_report_are_documented() -> None:
    page = read(DOCS / "json.md")
    schema = json.loads(read(ROOT / "src/postmend/report/schema.json"))
    parts = {"## The document": schema, "## summary": schema["$defs"]["summary"]}
    parts |= {f"## A {kind}": schema["$defs"][kind] for kind in ("finding", "pair", "cluster", "failure")}
    for heading, part in parts.items():
        rows = page.partition(f"\n{heading}\n")[2].partition("\n## ")[0].splitlines()
        told = [name for row in rows if row.startswith("| `") for name in re.findall(r"`(\w+)`", row.split("|")[1])]
        assert (heading, sorted(told)) == (heading, sorted(part["properties"]))


# ---------------------------------------------------------------- generated parts, generators


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_parts_made_from_the_code_are_up_to_date(page: Path) -> None:
    assert read(page) == with_generated_parts(read(page)), "python tests/docs/refresh.py writes them"


def test_generators_and_model_have_such_parts() -> None:
    assert "<!-- begin files -->" in read(DOCS / "generators.md")
    assert "<!-- begin model -->" in read(DOCS / "language-model.md")


def test_the_generator_option_lists_all_generators() -> None:
    row = next(line for line in COMMANDS_PAGE.splitlines() if line.startswith("| `--generator"))
    assert set(BY_NAME) <= set(re.findall(r"`(\w+)`", row))


ROW = re.compile(
    r"(?m)^\| (?P<generator>\w+) \| `(?P<path>[^`]+)` \| (?:`(?P<head>[^`]+)`)? \| (?:`(?P<url>[^`]+)`)? "
    r"\| `(?P<slug>[^`]+)` \| (?P<locale>[\w-]*) \|$"
)
ADDRESSES = [match.groupdict() for match in ROW.finditer(read(DOCS / "generators.md"))]


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: f"{row['generator']}-{row['path']}")
def test_addresses_in_the_table_are_what_postmend_works_out(row: dict[str, str | None]) -> None:
    generator, fence = str(row["generator"]), "---\n"
    head = "".join(f"{part.strip()}\n" for part in (row["head"] or "").split(";") if part.strip())
    if generator == "pelican" or not (head or generator == "jekyll"):
        fence = ""  # Pelican's heads have none
    post = read_post(read_document(str(row["path"]), f"{fence}{head}{fence}\nText.\n"), Site(generator))
    assert (post.url, post.slug, post.locale or "") == (row["url"], row["slug"], row["locale"])


def test_every_generator_has_examples_of_addresses_and_a_sign() -> None:
    assert {row["generator"] for row in ADDRESSES} == set(BY_NAME)
    signs = read(DOCS / "generators.md").partition("## How it is recognised")[2].partition("\n## ")[0]
    for name in set(BY_NAME) - {"plain", "hexo", "nuxt", "zola"}:
        row = next(line for line in signs.splitlines() if line.startswith(f"| {name} "))
        sign = re.findall(r"`([^`]+)`", row)[0 if name != "jekyll" else 1]
        assert detect_generator([sign], lambda path: "") == name
