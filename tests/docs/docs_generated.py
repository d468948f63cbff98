"""The parts of the documentation that are made from the code, each between two comments that name it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable

from docs_pages import ROOT

from postmend.report.settings import markdown as settings_section
from postmend.scanner.generators import GENERATORS

_MODEL = ROOT / "src" / "postmend" / "fixer" / "language.model"
_PART = re.compile(r"(?s)(<!-- begin (?P<name>\w+) -->\n).*?(<!-- end (?P=name) -->)")


def with_generated_parts(page: str) -> str:
    """The page with these parts as the code has them now."""
    return _PART.sub(lambda found: f"{found[1]}\n{_PARTS[found['name']]()}\n\n{found[3]}", page)


def files_table() -> str:
    """One row a generator: where its posts are, their endings, what is not looked at."""
    rows = [
        f"| {g.name} | {_code(g.sources) or 'the whole folder'} | {_code(g.suffixes)} | {_code(g.generated)} |"
        for g in GENERATORS
    ]
    head = [
        "| Generator | Posts are in | Endings | Not looked at |",
        "| :-------- | :----------- | :------ | :------------ |",
    ]
    return "\n".join([*head, *rows])


def model_table() -> str:
    """How much the language model holds."""
    packed = _MODEL.read_bytes()
    table = json.loads(zlib.decompress(packed).partition(b"\0")[0])
    pairs, triples = (
        sum(len(row) - n for row in table[key].split("\n")) for n, key in ((1, "bigrams"), (2, "trigrams"))
    )
    rows = [
        "| What | How many |",
        "| :--- | -------: |",
        f"| single letters, signs and classes of them | {len(table['unigrams']):,} |",
        f"| two in a row | {pairs:,} |",
        f"| three in a row | {triples:,} |",
        f"| size of the file in bytes | {len(packed):,} |",
    ]
    return "\n".join(rows)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


_PARTS = {"files": files_table, "model": model_table, "settings": settings_section}
