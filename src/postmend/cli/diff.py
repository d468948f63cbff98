"""`postmend diff A B`: two posts side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from postmend import run
from postmend.cli.options import with_options
from postmend.config import Policy
from postmend.model import Post
from postmend.store import tree
from postmend.store.errors import FileProblem


@with_options
def diff(
    left: Annotated[Path, typer.Argument(metavar="A")],
    right: Annotated[Path, typer.Argument(metavar="B")],
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    every: Annotated[bool, typer.Option("--all", help="Also paragraphs that are equal.")] = False,
) -> int:
    """Show two posts side by side, as they read repaired, with their scores."""
    posts = []
    for path in (left, right):
        try:
            posts.append(_post(path))
        except FileProblem as problem:
            sys.stderr.write(f"postmend: {path}: {problem.message} {problem.hint}".rstrip() + "\n")
            return 2
    one, other = posts
    if one is None or other is None:
        sys.stderr.write(f"postmend: {left if one is None else right}: is not a text file\n")
        return 2
    _show(one, other, color, every)
    return 0


def _post(path: Path) -> Post | None:
    root = tree.find_root(path)
    relative = path.absolute().relative_to(root).as_posix()
    return run.read_one(root, relative, tree.site_at(root), Policy()).post


def _show(left: Post, right: Post, color: str, every: bool) -> None:
    from postmend.comparator import align, compare
    from postmend.report import sidebyside
    from postmend.report.console import console

    target = console(cast(Any, color), sys.stdout)
    sidebyside.render(left.path, right.path, compare(left, right), align(left, right), target, every=every)
