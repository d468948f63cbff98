"""Where the site of a request is, and which of its files are to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from postmend.model import Failure
from postmend.scanner.discover import Selection, generated_folders, matcher
from postmend.scanner.places import Site
from postmend.scanner.sites import is_post, posts_among
from postmend.store import tree
from postmend.store.cache import Cache
from postmend.values import dataclass, field, replace

if TYPE_CHECKING:
    from postmend.changes import Changes
    from postmend.store.baselinefile import BaselineFile


@dataclass(frozen=True, slots=True)
class Request:
    """What to look at: the files and folders that the user named, and how to choose among what they hold."""

    targets: tuple[Path, ...]
    generator: str = "auto"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    respect_gitignore: bool = True
    corpus: tuple[Path, ...] = ()  # compared with; default: the whole site
    jobs: int = 0  # processes; 0: one for each processor
    history: bool = True  # whether git is asked for what a file has lost
    force_exclude: bool = False  # whether `exclude` also counts for files that are named
    locales: tuple[str, ...] = ()  # of the site; none: any
    cache: Cache | None = None  # where to remember what posts are like; None: nowhere
    staged: bool = False  # only what the next commit changes, as it is staged
    since: str | None = None  # only what changed since the run's files parted from this commit
    writes: bool = False  # whether files are to be repaired: then they must be as they are staged
    baseline: BaselineFile | None = None  # what is known and left out


@dataclass(frozen=True, slots=True)
class Scope:
    """The site, its files that were asked about and those that they are compared with."""

    root: Path
    site: Site
    asked: tuple[str, ...]
    corpus: tuple[str, ...]
    failures: tuple[Failure, ...]
    stamps: Mapping[str, tree.Stamp] = field(default_factory=dict)
    listed_at: int = 0  # nanoseconds: the stamps were taken later
    of_folders: bool = False  # whether a folder was asked about, and not just files
    changes: Changes | None = None  # what to report on; None: all that was asked about


def find_scope(request: Request, *, compare: bool) -> Scope:
    """Where the site is, and which of its files to read; `compare` also lists what to compare them with.

    Raises UsageError when git can't tell what changed.
    """
    root = root_of(request.targets)
    site = site_of(request, root)
    selection = Selection(
        request.include,
        request.exclude,
        request.hidden,
        generated=generated_folders(site.generator, site.base),
    )
    list_files = partial(tree.list_files, root, selection=selection, respect_gitignore=request.respect_gitignore)
    named = {_relative(root, t) for t in request.targets if os.path.isfile(t)}  # noqa: PTH113
    listed_at = time_ns()
    targets = [t.absolute() for t in request.targets]
    asked = list_files(targets)
    left_out = matcher(request.exclude) if request.force_exclude else lambda path: False
    chosen = tuple(p for p in asked.files if (p in named or request.include or is_post(p, site)) and not left_out(p))
    corpus: tuple[str, ...] = ()
    failures = asked.failures
    stamps = asked.stamps
    if compare and (request.corpus or _is_site(root, site)):
        folders = [c.absolute() for c in request.corpus] or [root]
        # --include and --exclude say what is reported, not what it is compared with.
        everything = replace(selection, include=(), exclude=())
        wider = asked if folders == targets and selection == everything else list_files(folders, selection=everything)
        corpus = tuple(posts_among(wider.files, site))
        is_within = asked.stamps.keys() <= wider.stamps.keys()
        stamps = wider.stamps if is_within else {**asked.stamps, **wider.stamps}
        if request.corpus:
            failures = tuple(dict.fromkeys((*failures, *wider.failures)))
    of_folders = len(named) < len(request.targets)
    scope = Scope(root, site, chosen, corpus, failures, stamps, listed_at, of_folders)
    if not request.staged and request.since is None:
        return scope
    from postmend.changes import narrowed

    return narrowed(scope, request, selection)


def root_of(targets: Sequence[Path]) -> Path:
    """The root of a run that looks at these files and folders: that of the site, or a folder that holds them all."""
    return _common_root(tree.find_root(targets[0] if targets else Path()), targets)


def site_of(request: Request, root: Path) -> Site:
    """The site at the root of a run."""
    return replace(tree.site_at(root, request.generator), locales=request.locales)


def _common_root(root: Path, targets: Iterable[Path]) -> Path:
    """The root, or the folder above it that holds all targets."""
    # Not Path.is_dir, here and above: it raises for names that are too long and folders that may not be entered.
    # Without its `..`, or `../site` and the folder that was left would look like the parts of one path.
    named = [(Path(os.path.abspath(t)), os.path.isdir(t)) for t in targets]  # noqa: PTH100, PTH112
    folders = [str(path if is_folder else path.parent) for path, is_folder in named]
    try:
        return Path(os.path.commonpath([str(root), *folders]))
    except ValueError:  # on different drives
        return root


def _relative(root: Path, target: Path) -> str:
    return Path(os.path.relpath(target.absolute(), root)).as_posix()


def _is_site(root: Path, site: Site) -> bool:
    """Whether the root was recognised as one site. Else it may be a home folder, and is not searched for posts."""
    return site.generator != "plain" or os.path.exists(root / ".git")  # noqa: PTH110 - never raises
