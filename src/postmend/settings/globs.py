"""Patterns that are relative to one folder, written for another: that of a file of settings, and the root of a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import normpath

from postmend.scanner.discover import matcher

_SPECIAL = re.compile(r"([\\*?\[\]!# ])")
_EVERYTHING = "/**"


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a folder lies, as seen from the root of a run: `above` has the names that lead from the folder down to the
    root, `below` those that lead from the root down to the folder. One of them is empty; both, if they are the same.
    """

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def path(self, path: str) -> str:
        """A path relative to the folder, made relative to the root; it begins with `../` if it lies outside."""
        if self.below:
            return normpath("/".join((*self.below, path)))
        parts = normpath(path).split("/")
        shared = 0
        while shared < min(len(parts) - 1, len(self.above)) and parts[shared] == self.above[shared]:
            shared += 1
        return "../" * (len(self.above) - shared) + "/".join(parts[shared:])

    def globs(self, globs: Iterable[str]) -> tuple[str, ...]:
        """Patterns as in .gitignore that match, relative to the root, the files that `globs` match in the folder."""
        return tuple(written for glob in globs for written in self._glob(glob))

    def _glob(self, glob: str) -> Iterator[str]:
        negated = "!" if glob.startswith("!") else ""
        glob = glob.removeprefix("!")
        if glob.startswith("#") or not glob.strip("/ "):
            return  # a comment, in .gitignore
        floats = "/" not in glob.rstrip("/")
        if self.below:
            start = "/".join(_SPECIAL.sub(r"\\\1", part) for part in self.below)
            yield f"{negated}/{start}/{'**/' if floats else ''}{glob.lstrip('/')}"
        elif not self.above:
            yield f"{negated}{glob}"
        elif floats:
            # The name of a folder on the way to the root matches, or names below do.
            everything = any(map(matcher((f"{glob.rstrip('/')}",)), self.above))
            yield f"{negated}{_EVERYTHING if everything else glob}"
        else:
            yield from (f"{negated}{rest}" for rest in self._rests(glob))

    def _rests(self, glob: str) -> list[str]:
        """What is left of a pattern with slashes once its first steps have led to the root; `**` may end anywhere."""
        steps = glob.strip("/").split("/")
        places = _with_skips({0}, steps)
        for name in self.above:
            if len(steps) in places:
                break
            after = {k for k in places if steps[k] == "**"}
            after |= {k + 1 for k in places if steps[k] != "**" and matcher((f"/{steps[k]}",))(name)}
            places = _with_skips(after, steps)
        if len(steps) in places:
            return [_EVERYTHING]
        end = "/" if glob.endswith("/") else ""
        return [f"/{'/'.join(steps[k:])}{end}" for k in sorted(places)]


def _with_skips(places: set[int], steps: list[str]) -> set[int]:
    """The places in a pattern, with those behind each `**`, which may stand for nothing; the last one may not."""
    found = set(places)
    for k, step in enumerate(steps[:-1]):
        if step == "**" and k in found:
            found.add(k + 1)
    return found
