"""The table of the files that each generator's posts are in, for docs/generators.md."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postmend.scanner.generators import GENERATORS

_PART = re.compile(r"(?s)(<!-- begin files -->\n).*?(<!-- end files -->)")


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
    return "\n" + "\n".join([*head, *rows]) + "\n\n"


def with_files_table(page: str) -> str:
    """The page with the table as the code has it."""
    return _PART.sub(lambda found: found[1] + files_table() + found[2], page)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
