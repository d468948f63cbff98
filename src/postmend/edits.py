"""Edits as plain values: applying, inverting and verifying them, and showing what they change.

All functions are pure. Offsets count code points of the text that the edits were made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from postmend.model import Edit, Fix, Span

__all__ = [
    "EditMismatch",
    "apply_edits",
    "invert_edits",
    "joint_edits",
    "renaming_header",
    "unified_diff",
    "verify_repair",
]

_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_NO_NEWLINE = "\\ No newline at end of file\n"
_QUOTED = {0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f", 0x0D: "\\r"}


class EditMismatch(ValueError):
    """An edit that doesn't fit its text. `offset` says where it starts, `reason` why it was refused."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(offset, reason)
        self.offset = offset
        self.reason = reason

    def __str__(self) -> str:
        return f"edit at offset {self.offset}: {self.reason}"


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits applied, in whatever order they come.

    Raises EditMismatch when two edits overlap or share a place, or when the text at a span isn't the `old`.
    """
    parts: list[str] = []
    done = 0
    for edit in _in_order(edits):
        _require_match(text, edit)
        parts += (text[done : edit.span.start], edit.new)
        done = edit.span.end
    return "".join(parts) + text[done:]


def joint_edits(fixes: Iterable[Fix]) -> list[Edit]:
    """The edits of all fixes, sorted. Of two fixes that are in each other's way, the later one is left out."""
    kept = list(fixes)
    while late := _in_the_way(kept):
        kept = [fix for place, fix in enumerate(kept) if place not in late]
    return sorted(edit for fix in kept for edit in fix.edits)


def _in_the_way(fixes: Sequence[Fix]) -> set[int]:
    """The places of fixes that touch what one before them changes."""
    late: set[int] = set()
    last: tuple[Edit, int] | None = None
    for edit, place in sorted((edit, place) for place, fix in enumerate(fixes) for edit in fix.edits):
        if last is None or (edit.span.start >= last[0].span.end and edit.span != last[0].span):
            last = edit, place
            continue
        late.add(max(place, last[1]))
        last = min((edit, place), last, key=lambda one: one[1])
    return late


def invert_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that turn the new text back into the old one; sorted, spans in terms of the new text.

    Raises EditMismatch when the edits overlap.
    """
    inverse: list[Edit] = []
    shift = 0
    for edit in _in_order(edits):
        start = edit.span.start + shift
        shift += len(edit.new) - len(edit.old)
        back = Edit(Span(start, start + len(edit.new)), edit.new, edit.old)
        if inverse and inverse[-1].span == back.span:
            # Deleting "a" and "b" of "ab" one by one: both come back at one place, and only one edit may do
            # that.
            back = Edit(back.span, back.old, inverse.pop().new + back.new)
        if back.old or back.new:
            inverse.append(back)
    return tuple(inverse)


def verify_repair(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Why `after` must not be written as the repair of `before` by `edits`; None when all is well.

    Checks that the text outside the edits is identical, that the inverse edits give the original back, and
    that the result survives UTF-8, all but the bytes outside the edits that were not UTF-8 before.
    """
    try:
        if apply_edits(before, edits) != after:
            return "the result differs from the original outside the edits"
        if apply_edits(after, invert_edits(edits)) != before:
            return "undoing the edits does not give the original back"
        if after.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") != after:
            return "the result does not survive encoding"
        if any(map(_NOT_UTF8.search, (edit.new for edit in edits))):
            return "the repair is not UTF-8"
    except EditMismatch as mismatch:
        return str(mismatch)
    except UnicodeEncodeError as error:
        return f"the result can't be encoded as UTF-8 (offset {error.start})"
    return None


def unified_diff(path: str, before: str, after: str, new_path: str | None = None) -> str:
    """A diff that `git apply` and `patch -p1` accept; empty when nothing changed.

    `path` is POSIX and relative, `new_path` that of a file which is renamed as well. Only LF ends a line, so that
    CRLF, lone CR and U+2028 stay inside their lines. The text is shown as it is; a name is quoted as git does it when
    it holds a control character or is not UTF-8.
    """
    if before == after:
        return ""
    old_name, new_name = _header_name(f"a/{path}"), _header_name(f"b/{new_path or path}")
    import difflib

    hunks = difflib.unified_diff(_lines(before), _lines(after), lineterm="\n")
    # difflib's own two header lines are dropped: they know neither quoting nor names with spaces.
    body = (line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in list(hunks)[2:])
    return f"--- {old_name}\n+++ {new_name}\n" + "".join(body)


def renaming_header(old: str, new: str) -> str:
    """The lines by which a diff tells git that a file is renamed, or is the same. Paths are POSIX and relative."""
    names = [_header_name(name).rstrip("\t") for name in (f"a/{old}", f"b/{new}", old, new)]
    renamed = "rename from {2}\nrename to {3}\n" if old != new else ""
    return f"diff --git {{0}} {{1}}\n{renamed}".format(*names)


def _in_order(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits by place. Raises EditMismatch for a pair whose joint result would depend on their order."""
    previous: Span | None = None
    for edit in sorted(edits):
        if previous is not None and (edit.span.start < previous.end or edit.span == previous):
            raise EditMismatch(edit.span.start, "overlaps the edit before it")
        yield edit
        previous = edit.span


def _require_match(text: str, edit: Edit) -> None:
    """Raise EditMismatch unless `text` reads `edit.old` at its span."""
    # Slices forgive bounds: Span(-1, 0) and Span(5, 3) would both pass for insertions.
    if not 0 <= edit.span.start <= edit.span.end <= len(text):
        raise EditMismatch(edit.span.start, "lies outside the text")
    if edit.span.of(text) != edit.old:
        raise EditMismatch(edit.span.start, "the text there is not what the edit expects")


def _lines(text: str) -> list[str]:
    """Lines with their LF; `str.splitlines` would also split at form feeds and U+2028."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _header_name(name: str) -> str:
    """A name for a `---` or `+++` line: quoted as git does it, and closed by a tab when it holds a space."""
    raw = name.encode("utf-8", "surrogateescape")
    if name.isprintable() and not any(mark in name for mark in '"\\') and max(name) < "\udc80":
        return f"{name}\t" if " " in name else name
    return '"' + "".join(_quoted_byte(byte) for byte in raw) + '"'


def _quoted_byte(byte: int) -> str:
    if byte in _QUOTED:
        return _QUOTED[byte]
    if byte in b'"\\':
        return f"\\{chr(byte)}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
