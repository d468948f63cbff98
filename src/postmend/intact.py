"""Repairs in front matter must leave it front matter: a quotation mark that comes back may end a value early.

A value that would break is written anew as little as possible: what is put in is escaped, or else the value gets
quotes. Proof is that every field then reads as it should: the repaired one as the repaired text, the others as before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from postmend.edits import EditMismatch, apply_edits
from postmend.model import Document, Edit, Field, Fixability, FrontMatter, Repair, Span
from postmend.scanner.document import read_document
from postmend.scanner.fields import Scalar, field_at
from postmend.scanner.frontmatter import find_front_matter, shape
from postmend.scanner.quoting import fitting, quoted, style_of
from postmend.values import replace

BREAKS_FRONT_MATTER = "the repaired value would break the front matter"
_MOST = 50  # values that are written anew; each is read several times
_PRIVATE = range(0xE000, 0xF900)
_DOUBTS = (Fixability.SAFE, Fixability.UNSAFE, Fixability.DISPLAY)
Values = list[tuple[str, Scalar]]


def with_front_matter_intact(document: Document, repairs: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """The repairs; those of the front matter written so that it can be read, or only shown if there is no such way."""
    matter = document.front_matter
    inside = [r for r in repairs if matter and r.span.overlaps(matter.span)]
    if matter is None or matter.problem is not None or not inside or _is_right(document, inside, inside):
        return repairs
    others = tuple(r for r in repairs if not r.span.overlaps(matter.span))
    written = list(_written_anew(document, matter, inside))
    if not written or not _is_right(document, inside, written):
        written = [replace(r, fixability=Fixability.DISPLAY, doubt=BREAKS_FRONT_MATTER) for r in inside]
    return tuple(sorted((*others, *written), key=lambda r: r.span))


def keeps_front_matter(document: Document, text: str) -> bool:
    """Whether `text`, the repaired document, has front matter with the same keys and kinds of values."""
    before, after = document.front_matter, read_document(document.path, text).front_matter
    if after is None:
        return before is None
    if before is None:
        return True  # a damaged byte order mark hid it; what is wrong with it is another matter
    if before.problem is not None:
        return True
    return after.problem is None and shape(before) == shape(after)


def changed_elsewhere(before: Document, after: Document, edits: Sequence[Edit]) -> str | None:
    """The key of a front matter value that differs though no edit touches it; None if there is none.

    What repeats another value (`*alias` in YAML) changes with it. Front matter of other keys is not compared.
    """
    old, new = before.front_matter, after.front_matter
    if old is None or new is None or shape(old) != shape(new):
        return None
    for was, is_now in zip(old.fields, new.fields, strict=True):
        is_alias = was.span.of(before.text).startswith("*")
        if was.value != is_now.value and not is_alias and not _is_touched(was.span, edits):
            return was.key
    return None


def _is_touched(span: Span, edits: Sequence[Edit]) -> bool:
    """Whether one of the edits, which are sorted, changes something within a span, or puts something in at its ends."""
    first = bisect_left(edits, span.start, key=lambda edit: edit.span.end)
    return first < len(edits) and edits[first].span.start <= span.end


def _is_right(document: Document, repairs: Sequence[Repair], written: Iterable[Repair]) -> bool:
    """Whether the front matter reads as it should when the `repairs` are made in the way they are `written`."""
    wanted = _wanted(document, repairs)
    return wanted is not None and wanted == _values(document, (Edit(r.span, r.old, r.new) for r in written))


def _wanted(document: Document, repairs: Sequence[Repair]) -> Values | None:
    """The values after the repairs, whatever their signs mean to the parser; None where a key would change.

    Private characters stand in for what is repaired while the values are read.
    """
    free = (chr(code) for code in _PRIVATE if chr(code) not in document.text)
    mark = next(free, None)
    if mark is None:
        return None
    stand_ins = {f"{mark}{place}{mark}": repair for place, repair in enumerate(repairs)}
    values = _values(document, (Edit(r.span, r.old, name) for name, r in stand_ins.items()))
    if values is None or any(mark in key for key, _ in values):
        return None
    return [(key, _filled(value, mark, repairs) if isinstance(value, str) else value) for key, value in values]


def _filled(value: str, mark: str, repairs: Sequence[Repair]) -> str:
    """The value with the repaired texts in place of what stood in for them."""
    parts = value.split(mark)
    parts[1::2] = (repairs[int(place)].new for place in parts[1::2])
    return "".join(parts)


def _values(document: Document, edits: Iterable[Edit]) -> Values | None:
    """Keys and values of the front matter after the edits; None when it can't be read."""
    if document.front_matter is None:
        return None
    try:
        text = apply_edits(document.text[: document.front_matter.span.end], edits)
    except EditMismatch:  # a repair that goes on into the body
        return None
    matter = find_front_matter(text)
    return [(f.key, f.value) for f in matter.fields] if matter and not matter.problem else None


def _written_anew(document: Document, matter: FrontMatter, repairs: Sequence[Repair]) -> Iterator[Repair]:
    """The repairs, each value in the first way in which it is read rightly; nothing if there are too many."""
    by_field: dict[Field | None, list[Repair]] = defaultdict(list)
    for repair in repairs:
        by_field[field_at(matter.fields, repair.span)].append(repair)
    if len(by_field) > _MOST:
        return
    for field, own in by_field.items():
        ways = [own] if field is None else [own, *_ways(document, matter, field, own)]
        yield from next((way for way in ways if _is_right(document, own, way)), own)


def _ways(document: Document, matter: FrontMatter, field: Field, repairs: list[Repair]) -> Iterator[list[Repair]]:
    """Ways to write the repaired value, those that change the least first."""
    written = field.span.of(document.text)
    style = style_of(written, matter.format)
    yield [replace(r, new=fitting(r.new, style, matter.format)) for r in repairs]
    value = next((value for key, value in _wanted(document, repairs) or () if key == field.key), None)
    if isinstance(value, str) and not any(mark in value + written for mark in "\r\n"):
        yield [_as_one(repairs, field, written, quoted(value))]


def _as_one(repairs: Sequence[Repair], field: Field, old: str, new: str) -> Repair:
    """One repair in place of several, as doubtful as the most doubtful of them."""
    worst = max(repairs, key=lambda r: _DOUBTS.index(r.fixability))
    return replace(
        worst,
        span=field.span,
        old=old,
        new=new,
        score_before=sum(r.score_before for r in repairs),
        score_after=sum(r.score_after for r in repairs),
        margin=min(r.margin for r in repairs),
        reversible=all(r.reversible for r in repairs),
    )
