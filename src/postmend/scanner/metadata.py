"""What front matter and first heading say about a post: title, date, tags, whether it is a draft."""

from __future__ import annotations

import html
import re

from postmend.model import Document, Field, FrontMatterFormat
from postmend.scanner.fields import Scalar

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_DAY = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_HEADING = re.compile(
    r"(?m)^(?:[ >]{0,3}(?P<fence>`{3,}|~{3,})| {0,3}#[ \t]+(?P<atx>[^\r\n]+)"
    r"|(?P<setext>[^\s#>`~<-][^\r\n]*)\r?\n={2,}[ \t]*\r?$"
    r"|[^\r\n]{0,200}?<(?:h1|title)\b[^>]{0,200}>(?P<html>[^<\r\n]{1,300})<)"
)
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$|[ \t]*\{#[^{}]*\}[ \t]*$")

_TITLES = ("title",)
_DESCRIPTIONS = ("description", "summary", "excerpt", "subtitle", "seo.description", "seo_description")
_DATES = (
    "date",
    "pubdate",
    "publishdate",
    "published_date",
    "published",
    "created",
    "created_at",
    "createdat",
    "pub_date",
)
_TAGS = ("tags", "tag", "keywords", "categories", "category", "taxonomies.tags", "taxonomies.categories")
_HIDDEN = frozenset({"draft", "hidden", "skip", "unpublished", "private", "pending"})


class Meta:
    """The front matter of one document, by lower-case key."""

    __slots__ = ("_fields", "_lists", "_split", "_text")

    def __init__(self, document: Document, *, blanks_separate: bool = False) -> None:
        self._text = document.text
        self._fields: dict[str, Field] = {}
        self._lists: dict[str, list[Field]] = {}
        front_matter = document.front_matter
        for field in front_matter.fields if front_matter else ():
            key = field.key.lower()
            self._fields.setdefault(key, field)
            parent, dot, last = key.rpartition(".")
            if dot and last.isdecimal():
                self._lists.setdefault(parent, []).append(field)
        # Jekyll reads `tags: a b` as two tags, metadata lines have `tags: a, b`.
        head_lines = front_matter is not None and front_matter.format is FrontMatterFormat.HEAD_LINES
        self._split = re.compile(r"[,;]\s*" if head_lines else r"[,\s]\s*" if blanks_separate else r",\s*")

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def value(self, key: str) -> Scalar:
        """The value of `key` as its format has it, None if there is none."""
        field = self._fields.get(key)
        return field.value if field else None

    def text(self, *keys: str) -> str:
        """The value of the first of `keys` that has text; numbers and dates as written: `007`, not 7."""
        for key in keys:
            field = self._fields.get(key)
            if field is None or field.value is None:
                continue
            value = field.value if isinstance(field.value, str) else field.span.of(self._text)
            if value.strip():
                return value.strip()
        return ""

    def strings(self, *keys: str) -> tuple[str, ...]:
        """The items of all `keys`, be they lists or text with commas, each once."""
        found: dict[str, None] = {}
        for key in keys:
            if key in self._lists:
                items = [str(item.value).strip() for item in self._lists[key] if item.value is not None]
            else:
                items = self._split.split(self.text(key).strip("[] "))
            found.update(dict.fromkeys(item for item in items if item))
        return tuple(found)


def title_of(document: Document, meta: Meta) -> str:
    """The title in the front matter, else the first heading of the first level, else nothing."""
    return " ".join(meta.text(*_TITLES).split()) or _first_heading(document)


def description_of(meta: Meta) -> str:
    """The description or whatever stands for it, on one line."""
    return " ".join(meta.text(*_DESCRIPTIONS).split())


def date_of(meta: Meta) -> str | None:
    """The ISO date of publication."""
    return next((date for key in _DATES if (date := iso_date(meta.text(key)))), None)


def tags_of(meta: Meta) -> tuple[str, ...]:
    """Tags, keywords and categories."""
    return meta.strings(*_TAGS)


def is_draft(meta: Meta) -> bool:
    """Whether the front matter says that the post is not to be published."""
    if meta.text("draft").lower() in {"true", "yes"} or meta.text("status").lower() in _HIDDEN:
        return True
    return meta.text("published", "publish").lower() in {"false", "no"}


def iso_date(written: str) -> str | None:
    """The date that a text begins with, as ISO: `2026-02-13T10:00Z`, `13 Feb 2026`, `Feb 13, 2026`."""
    if match := _ISO.match(written):
        return _checked(match[1], match[2], match[3])
    if match := _DAY_MONTH.match(written):
        return _checked(match[3], _month(match[2]), match[1])
    if match := _MONTH_DAY.match(written):
        return _checked(match[3], _month(match[1]), match[2])
    return None


def _month(name: str) -> str:
    """The number of a month by its English name, 0 if it is none."""
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _checked(year: str, month: str, day: str) -> str | None:
    return f"{year}-{month:0>2}-{day:0>2}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _first_heading(document: Document) -> str:
    """The first `# heading`, underlined heading or `<h1>` outside of fenced code."""
    fence = ""
    for match in _HEADING.finditer(document.text, document.body.start, document.body.end):
        if mark := match["fence"]:
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
        elif not fence:
            heading = match["atx"] or match["setext"] or html.unescape(match["html"] or "")
            return _HEADING_END.sub("", heading.strip()).strip()
    return ""
