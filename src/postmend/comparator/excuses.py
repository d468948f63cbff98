"""Pairs that somebody looked at and called no duplicates, in the configuration or in the front matter of a post."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from unicodedata import normalize

from postmend.comparator.fingerprints import Fingerprint


def are_excused(left: Fingerprint, right: Fingerprint, listed: Iterable[tuple[str, str]]) -> bool:
    """Whether the pair is listed, in either order, or one of the posts names the other."""
    return (
        _names_one(left.excused, left, right)
        or _names_one(right.excused, right, left)
        or any(
            (is_named(a, left.path) and is_named(b, right.path)) or (is_named(a, right.path) and is_named(b, left.path))
            for a, b in listed
        )
    )


def is_named(written: str, path: str) -> bool:
    """Whether a path, as somebody wrote it, means the file at `path`: all of it, or its end from a slash on."""
    plain = _same_name(posixpath.normpath(written.replace("\\", "/")).removeprefix("/"))
    return _same_name(path) == plain or _same_name(path).endswith(f"/{plain}")


def _same_name(path: str) -> str:
    """What the spellings of a path have in common that lead to one file on some systems: letters may be taken apart
    (NFD) on macOS, and differ in case there and on Windows.
    """
    return normalize("NFC", path).casefold()


def _names_one(written: Iterable[str], at: Fingerprint, other: Fingerprint) -> bool:
    """Whether a post names the other, from its own folder or from a folder above both."""
    folder = posixpath.dirname(at.path)
    return any(is_named(name, other.path) or posixpath.normpath(f"{folder}/{name}") == other.path for name in written)
