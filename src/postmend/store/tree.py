"""Lists the posts below folders, and finds the site that a folder belongs to."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postmend.model import Failure
from postmend.scanner.discover import Selection
from postmend.scanner.generators import detect_generator
from postmend.scanner.places import Site
from postmend.scanner.sites import read_site
from postmend.store.errors import FileProblem
from postmend.store.files import read_bytes
from postmend.values import dataclass, field

if TYPE_CHECKING:
    from postmend.store.ignores import Ignores

_MOST_CONFIG = 1_000_000
# Folders in which a generator's config may be, besides the root of the site.
_CONFIG_FOLDERS = ("config/_default", ".vitepress", "docs/.vitepress")
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


# Size, time of the last change to the content and to anything (nanoseconds), and number of a file's version.
Stamp = tuple[int, int, int, int]
NO_STAMP: Stamp = (-1, -1, -1, -1)


@dataclass(frozen=True, slots=True)
class Listing:
    """Files as POSIX paths relative to the root, sorted by code point, and what could not be listed.

    Names that are no UTF-8 have surrogates, as `os.fsdecode` makes them. A file outside of the root, which
    only a target can name, begins with `../`. Links have no stamp (NO_STAMP).
    """

    root: Path
    files: tuple[str, ...]
    failures: tuple[Failure, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


def list_files(root: Path, targets: Sequence[Path], selection: Selection, *, respect_gitignore: bool = True) -> Listing:
    """The files that `targets` (files or folders; relative ones to the root) name or hold.

    A file that is a target is listed whatever `selection` says. Nothing is raised: what is missing or can't
    be read is among the failures.
    """
    lister = _Lister(root, selection, respect_gitignore)
    for target in targets:
        lister.add(Path(os.path.normpath(root / target)))
    failures = sorted(set(lister.failures), key=lambda failure: (failure.path, failure.message))
    names = tuple(sorted(lister.unique()))
    stamps = lister.found if len(names) == len(lister.found) else {name: lister.found[name] for name in names}
    return Listing(root, names, tuple(failures), stamps)


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that has a generator's config file or is a git repository.

    Without one, `start` itself, or its folder if it is a file.
    """
    start = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() would leave the site through a link
    folder = start if stat.S_ISDIR(_mode(start)) else start.parent
    for candidate in (folder, *folder.parents):
        if detect_generator(_site_names(candidate), _reader(candidate)) != "plain":
            return candidate
        if _mode(candidate / ".git"):
            return candidate
    return folder


def _mode(path: Path) -> int:
    """What kind of file there is; 0 for none, or if one may not know."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def site_at(root: Path, generator: str = "auto") -> Site:
    """The site in the folder `root`, with what its configuration says."""
    names, read = _site_names(root), _reader(root)
    name = detect_generator(names, read) if generator == "auto" else generator
    return read_site(name, read, names=names)


@dataclass(slots=True)
class _Lister:
    """Gathers files and failures."""

    root: Path
    selection: Selection
    respect_gitignore: bool
    found: dict[str, Stamp] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def add(self, target: Path) -> None:
        """A file or folder that the user named."""
        try:
            status = target.stat()
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            self._fail(target, error)
            return
        mode = status.st_mode
        if stat.S_ISDIR(mode):
            self._folder(target)
        elif stat.S_ISREG(mode):
            self.found[self._relative(target)] = NO_STAMP if target.is_symlink() else _stamp(status)
        else:
            what = _KINDS.get(stat.S_IFMT(mode), "a special file")
            self.failures.append(Failure(self._relative(target), f"is {what}, not a file", "Pass files or folders."))

    def unique(self) -> Iterable[str]:
        """The paths, without links to files that are listed anyway."""
        links = [path for path, stamp in self.found.items() if stamp == NO_STAMP]
        if not links:
            return self.found
        real = {os.path.realpath(self.root / path) for path in self.found.keys() - set(links)}
        kept = set(self.found)
        for path in links:
            target = os.path.realpath(self.root / path)
            if target in real:
                kept.remove(path)
            real.add(target)
        return kept

    def _folder(self, folder: Path) -> None:
        """All posts below a folder: what git knows or would add, else what is there."""
        from postmend.store.gitfiles import git_files  # not needed for single files
        from postmend.store.ignores import Ignores

        names = git_files(folder) if self.respect_gitignore else None
        if names:
            self._from_git(folder, names)
        else:  # no repository; or the folder is ignored as a whole, and yet the user asks for it
            self._walk(
                folder,
                Ignores.above(folder, self.root) if names is None else Ignores(),
                self.respect_gitignore,
            )

    def _from_git(self, folder: Path, names: Iterable[str]) -> None:
        """Files from a list relative to `folder`. Nested repositories are single entries there."""
        pruned: dict[str, bool] = {"": False}
        base = self._relative(folder)
        for name in names:
            nested = name.endswith("/")
            if self._is_pruned(base, name.rstrip("/") + "/x" if nested else name, pruned):
                continue
            path = f"{folder}/{name}"
            try:
                status = os.lstat(path)
            except OSError as error:
                if error.errno != errno.ENOENT:  # tracked, but deleted
                    self._fail(Path(path), error)
                continue
            if stat.S_ISDIR(status.st_mode):
                self._folder(Path(path))
            elif self.selection.selects(path := _under(base, name)):
                self._file(path, status)

    def _is_pruned(self, base: str, name: str, known: dict[str, bool]) -> bool:
        """Whether a folder that `name` leads through is left out. Those above `base` were asked for."""
        folder, slash = "", name.find("/")
        while slash >= 0 and not known[folder]:
            parent, folder = folder, name[:slash]
            if folder not in known:
                full = folder if base == "." else f"{base}/{folder}"
                known[folder] = known[parent] or self.selection.prunes(full)
            slash = name.find("/", slash + 1)
        return known[folder]

    def _walk(self, folder: Path, ignores: Ignores, respect: bool) -> None:
        """The files below a folder, without the help of git."""
        todo = [(self._relative(folder), folder, ignores)]
        while todo:
            base, folder, ignores = todo.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError as error:
                self._fail(folder, error)
                continue
            if respect and any(entry.name == ".gitignore" for entry in entries):
                ignores = ignores.with_folder(folder)
            prefix = _under(base, "")
            for entry in entries:  # of which there may be a hundred thousand
                relative = prefix + entry.name
                is_folder = entry.is_dir(follow_symlinks=False)
                if not (is_folder or self.selection.selects(relative)):
                    continue
                if ignores.files and ignores.ignore(folder / entry.name, is_folder):
                    continue
                if not is_folder:
                    self._entry(relative, entry)
                elif not self.selection.prunes(relative):
                    todo.append((relative, folder / entry.name, ignores))

    def _entry(self, relative: str, entry: os.DirEntry[str]) -> None:
        """A file in a folder, unless it has vanished since the folder was read."""
        try:
            self._file(relative, entry.stat(follow_symlinks=False))
        except OSError as error:
            if error.errno != errno.ENOENT:
                self._fail(Path(entry.path), error)

    def _file(self, relative: str, status: os.stat_result) -> None:
        """A chosen file that was found in a folder. Links count only if they lead to a file within the root."""
        if stat.S_ISREG(status.st_mode):
            self.found[relative] = _stamp(status)
        elif stat.S_ISLNK(status.st_mode) and self._leads_to_ours(relative):
            self.found[relative] = NO_STAMP

    def _leads_to_ours(self, link: str) -> bool:
        path = self.root / link
        try:
            target = path.resolve(strict=True)
            return target.is_file() and target.is_relative_to(self.root.resolve())
        except (OSError, RuntimeError) as error:
            self._fail(path, error)
            return False

    def _relative(self, path: Path) -> str:
        """POSIX, relative to the root."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return Path(os.path.relpath(path, self.root)).as_posix()

    def _fail(self, path: Path, error: Exception) -> None:
        message, hint = _words(path, error)
        self.failures.append(Failure(self._relative(path), message, hint))


def _under(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _words(path: Path, error: Exception) -> tuple[str, str]:
    """What went wrong and what to do, in plain words."""
    number = getattr(error, "errno", None)
    if number == errno.ELOOP or isinstance(error, RuntimeError):
        return "is a link that leads back to itself", "Remove the link, or make it lead to a file."
    if number == errno.ENOENT and path.is_symlink():
        return "is a link to a file that does not exist", "Remove the link, or put the file back."
    if number in (errno.ENOENT, errno.ENOTDIR):
        return "does not exist", "Check the spelling; paths are relative to the working folder."
    if isinstance(error, PermissionError):
        return "can't be read: permission denied", "Give yourself read access, or exclude it."
    if number == errno.ENAMETOOLONG:
        return "has a name that is too long", "Pass files or folders, not their content."
    return f"can't be read: {getattr(error, 'strerror', None) or error}", ""


def _site_names(root: Path) -> list[str]:
    """The names of files and folders by which a generator is recognised."""
    names: list[str] = []
    for folder in ("", *_CONFIG_FOLDERS):
        try:
            with os.scandir(root / folder) as entries:
                names += [f"{folder}/{entry.name}" if folder else entry.name for entry in entries]
        except OSError:
            continue
    return sorted(names)


class _reader:
    """Reads config files in a folder; None for what is missing or unreadable."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, name: str) -> str | None:
        try:
            return read_bytes(self.root / name, _MOST_CONFIG).data.decode("utf-8", "replace")
        except FileProblem:
            return None
