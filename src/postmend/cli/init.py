"""`postmend init`: looks at a folder, and writes settings to begin with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from postmend.chosen import settings_in
from postmend.cli.options import with_options
from postmend.cli.streams import explained
from postmend.config import UsageError
from postmend.paths import shown_path
from postmend.report import starting
from postmend.report.escape import visible
from postmend.report.starting import Facts
from postmend.scanner.generators import BY_NAME
from postmend.scanner.publishing import locale_at
from postmend.scope import Request, find_scope
from postmend.store import configs, tree
from postmend.store.errors import FileProblem


@with_options
def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Default: this folder.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace the file that is there.")] = False,
) -> int:
    """Write a postmend.toml to begin with; show a hook for commits and a CI job."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.")
    there = None if force else settings_in(folder)
    if there:
        raise UsageError(f"{shown_path(Path(), str(there))} has settings already. --force writes new ones.")
    folder = Path(os.path.normpath(folder.absolute()))
    facts = _facts(folder)
    target = folder / configs.NAMES[0]
    try:
        configs.write(target, starting.settings(facts), replace=force)
    except FileProblem as problem:
        raise UsageError(f"{shown_path(Path(), str(target))}: {explained(problem)}") from None
    sys.stdout.write("".join(f"{line}\n" for line in _told(folder, facts)))
    return 0


def _facts(folder: Path) -> Facts:
    """What there is to know without reading a post."""
    scope = find_scope(Request((folder,)), compare=False)
    at_root = scope.root == folder
    site = scope.site
    sources = site.roots or BY_NAME[site.generator].sources
    return Facts(
        site.generator if at_root else "plain",
        next((source for source in sources if at_root and (folder / source).is_dir()), ""),
        tuple(sorted({locale for path in scope.asked if (locale := locale_at(path, site))})),
        len(scope.asked),
    )


def _told(folder: Path, facts: Facts) -> Iterator[str]:
    yield f"Wrote {visible(shown_path(Path(), str(folder / configs.NAMES[0])))}: {facts.told()}."
    root = tree.find_root(folder)
    if root != folder:
        above = visible(shown_path(Path(), str(root)))
        yield f"The folder belongs to {above}. For settings of all of it: postmend init {above}"
    has_hooks = (root / ".pre-commit-config.yaml").exists()
    is_gitlab = (root / ".gitlab-ci.yml").exists()
    file = ".gitlab-ci.yml" if is_gitlab else ".github/workflows/posts.yml"
    yield ""
    yield "In what follows, replace ADDRESS by the address from which you got postmend,"
    yield "and REVISION by a tag or a commit of it."
    yield ""
    yield "To repair posts before each commit, with pre-commit (https://pre-commit.com),"
    yield f"{'add this to' if has_hooks else 'put this into'} .pre-commit-config.yaml, before all other hooks:"
    yield ""
    yield starting.HOOK
    yield f"To check posts in CI, {'add this to' if is_gitlab else 'put this into'} {file}:"
    yield ""
    yield starting.GITLAB if is_gitlab else starting.GITHUB
    here = folder == Path.cwd()
    yield "Next: postmend check" + ("" if here else f" {visible(shown_path(Path(), str(folder)))}")
