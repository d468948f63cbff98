"""Which paths are worth reading: suffixes, globs, hidden and generated folders. Does not touch the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from posixpath import basename, splitext

from postmend.scanner.generators import BY_NAME, NEVER, is_generated
from postmend.values import dataclass

SUFFIXES = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".mkdn",
    ".mkdown",
    ".mdx",
    ".mdoc",
    ".html",
    ".htm",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The user's choice of files. All paths are POSIX and relative to the root of the run.

    `include`, if given, decides instead of `suffixes`; `exclude` outranks it. Both are patterns as in
    .gitignore. `generated` are folders, relative to the root, that a site generator writes.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    suffixes: tuple[str, ...] = SUFFIXES
    generated: tuple[str, ...] = ()

    def selects(self, path: str) -> bool:
        """Whether the file is one to read, by its own name; its folders are for `prunes` to judge."""
        is_hidden = path.startswith(".", path.rfind("/") + 1)
        if is_hidden and not self.hidden:
            return False
        if self.exclude and matcher(self.exclude)(path):
            return False
        if self.include:
            return matcher(self.include)(path)
        # As `splitext` sees it, to which `.md` is a name without a suffix.
        return path.lower().endswith(self.suffixes) and (not is_hidden or splitext(path)[1] != "")

    def prunes(self, folder: str) -> bool:
        """Whether nothing in the folder is to be read: it is hidden, installed, generated or excluded."""
        name = basename(folder)
        if name in NEVER or is_generated(folder, self.generated) or (name.startswith(".") and not self.hidden):
            return True
        return bool(self.exclude) and matcher(self.exclude)(f"{folder}/")


def generated_folders(generator: str, base: str = "") -> tuple[str, ...]:
    """The folders that the generator of a site at `base` writes or copies unread: `Selection.generated`."""
    prefix = f"{base}/" if base else ""
    return tuple(prefix + folder for folder in BY_NAME[generator].generated)


@lru_cache(maxsize=256)
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """A test for paths by patterns as in .gitignore, where `!` takes back what came before."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file


def verdict(lines: Iterable[str]) -> Callable[[str], bool | None]:
    """What a .gitignore of these lines decides on a path: ignored, not ignored, or None for nothing.

    Folders have to be passed with a slash at the end.
    """
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(lines)
    return lambda path: spec.check_file(path).include
