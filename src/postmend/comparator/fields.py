"""What differs in the front matter of two posts."""

from __future__ import annotations

from postmend.model import Document, FieldChange

# What tells two versions of a post apart comes first; the rest by name.
_TELLING = (
    "title",
    "slug",
    "description",
    "summary",
    "date",
    "pubdate",
    "publishdate",
    "published",
    "lastmod",
    "updated",
    "draft",
    "tags",
    "categories",
    "canonical",
    "canonical_url",
    "canonicalurl",
    "redirect",
    "redirect_to",
    "redirect_from",
    "aliases",
    "permalink",
    "url",
    "author",
    "authors",
)
_ORDER = {key: place for place, key in enumerate(_TELLING)}


def changed_fields(left: Document, right: Document) -> tuple[FieldChange, ...]:
    """The fields with different values, and those that only one post has; the telling ones first."""
    ours, theirs = _fields(left), _fields(right)
    return tuple(
        FieldChange(key, ours.get(key), theirs.get(key))
        for key in sorted(ours.keys() | theirs.keys(), key=_place)
        if ours.get(key) != theirs.get(key)
    )


def is_telling(change: FieldChange) -> bool:
    """Whether the field is one that tells versions of a post apart, rather than one of layout."""
    return change.key.casefold() in _ORDER


def _place(key: str) -> tuple[int, str]:
    return _ORDER.get(key.casefold(), len(_ORDER)), key


def _fields(document: Document) -> dict[str, str]:
    """The values as text, by key; the items of a list joined by commas."""
    joined: dict[str, list[str]] = {}
    for field in document.front_matter.fields if document.front_matter else ():
        key, dot, last = field.key.rpartition(".")
        name = key if dot and last.isdecimal() else field.key
        joined.setdefault(name, []).append(_written(field.value))
    return {key: ", ".join(values) for key, values in joined.items()}


def _written(value: object) -> str:
    """A value as YAML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
