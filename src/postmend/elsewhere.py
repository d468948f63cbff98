"""What the files of a folder say about one another: what happened for certain in one is likelier in the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SEVERAL = ""  # no file is called that
EVERY_FILE = "/"  # nor that: what happened elsewhere than there happened anywhere


class Elsewhere:
    """The accidents that were repaired safely in the files of a run. It grows with their kinds, not with the files."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        """`files` of another one, to begin with."""
        self._files = dict(files or {})  # by accident: the file in which it happened, or that there are several

    def add(self, path: str, accidents: Iterable[str]) -> None:
        """Takes in what happened for certain in the file at `path`."""
        for name in accidents:
            self._files[name] = path if self._files.get(name, path) == path else _SEVERAL

    @property
    def files(self) -> dict[str, str]:
        """All that is known, as a plain value."""
        return dict(self._files)

    def than(self, path: str) -> frozenset[str]:
        """The accidents that happened in other files than this one: no file vouches for itself."""
        return frozenset(name for name, only in self._files.items() if only != path)
