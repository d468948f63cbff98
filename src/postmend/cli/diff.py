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
from postmend.cli.streams import explained as reason_of
from postmend.cli.streams import reader_may_leave
from postmend.comparator.fingerprints import Fingerprint
from postmend.model import Post
from postmend.pairs import explained
from postmend.paths import shown_path, turned
from postmend.reading import Folder, fingerprint_of, read_one
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
            posts.append(_read(path, chosen))
        except FileProblem as problem:
            return _refused(path, reason_of(problem))
    one, other = posts
    if one is None or other is None:
        return _refused(left if one is None else right, "is not a text file")
    _show(one, other, color, every)
    return 0


def _refused(path: Path, reason: str) -> int:
    sys.stderr.write(f"postmend: {visible(str(path))}: {reason}\n")
    return 2


def _read(path: Path, chosen: Chosen) -> tuple[Post, Fingerprint] | None:
    """A post and its fingerprint, both under the path as it is shown; None for what is no text."""
    root = root_of([path])
    relative = Path(os.path.relpath(path, root)).as_posix()
    examined = read_one(Folder(root), relative, site_of(chosen.request, root), chosen.policy)
    found = examined.post
    if found is None:
        return None
    shown = shown_path(Path(), str(path))
    post = replace(found, document=replace(found.document, path=shown))
    return post, replace(fingerprint_of(found, damage=examined.damage), path=shown)


def _show(left: tuple[Post, Fingerprint], right: tuple[Post, Fingerprint], color: str, every: bool) -> None:
    from postmend.comparator import align, compare_fingerprints
    from postmend.report import sidebyside
    from postmend.report.console import console

    posts = left[0], right[0]
    pair = compare_fingerprints(left[1], right[1])
    pair = explained(pair if pair.left == posts[0].path else turned(pair), *posts)
    target = console(cast(Any, color), sys.stdout)
    with reader_may_leave():
        sidebyside.render(pair, align(posts[0].document, posts[1].document), target, every=every)
