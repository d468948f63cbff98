"""`postmend diff A B`: two posts side by side."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from postmend.chosen import Chosen
from postmend.cli.options import ConfigOptions, OutputOptions, with_options
from postmend.cli.streams import explained, reader_may_leave
from postmend.model import Post
from postmend.paths import shown_path
from postmend.reading import Folder, read_one
from postmend.report.escape import visible
from postmend.scope import root_of, site_of
from postmend.store.errors import FileProblem


@with_options
def diff(
    context: typer.Context,
    left: Annotated[Path, typer.Argument(metavar="A")],
    right: Annotated[Path, typer.Argument(metavar="B")],
    config: ConfigOptions,
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto",
    every: Annotated[bool, typer.Option("--all", help="Also paragraphs that are equal.")] = False,
) -> int:
    """Show two posts side by side, as they read repaired, with their scores."""
    OutputOptions(color=color).checked()
    chosen = config.chosen(context, [left, right])
    posts = []
    for path in (left, right):
        try:
            posts.append(_post(path, chosen))
        except FileProblem as problem:
            return _refused(path, explained(problem))
    one, other = posts
    if one is None or other is None:
        return _refused(left if one is None else right, "is not a text file")
    _show(one, other, color, every)
    return 0


def _refused(path: Path, reason: str) -> int:
    sys.stderr.write(f"postmend: {visible(str(path))}: {reason}\n")
    return 2


def _post(path: Path, chosen: Chosen) -> Post | None:
    root = root_of([path])
    relative = Path(os.path.relpath(path, root)).as_posix()
    post = read_one(Folder(root), relative, site_of(chosen.request, root), chosen.policy).post
    return post and replace(post, document=replace(post.document, path=shown_path(Path(), str(path))))


def _show(left: Post, right: Post, color: str, every: bool) -> None:
    from postmend.comparator import align, compare
    from postmend.report import sidebyside
    from postmend.report.console import console

    target = console(cast(Any, color), sys.stdout)
    with reader_may_leave():
        sidebyside.render(left.path, right.path, compare(left, right), align(left, right), target, every=every)
