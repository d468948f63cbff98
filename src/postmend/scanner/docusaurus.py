"""Docusaurus: plugins, versions, translations and number prefixes make it unlike the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import join, normpath, splitext

from postmend.scanner.locales import locale_of
from postmend.scanner.metadata import Meta
from postmend.scanner.slugs import without_number

_PLUGIN = re.compile(r"docusaurus-plugin-content-(docs|blog|pages)(?:-(.+))?")
_VERSIONED = re.compile(r"(?:(.+)_)?versioned_docs")
_BLOG_DATE = re.compile(
    r"(?P<folder>.*?)(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/]?(?P<text>[^/]*)(?P<rest>/index)?"
)


@dataclass(frozen=True, slots=True)
class DocusaurusPlace:
    """Which plugin renders a file, below which address, in which version and locale, and its path there."""

    kind: str  # docs, blog, pages; empty for none of them
    root: str
    version: str
    locale: str | None
    inner: str  # without suffix

    @property
    def page(self) -> str:
        """What the translations and versions of a page share."""
        folder, _, name = self.inner.rpartition("/")
        parts = [self.root or self.kind, folder if name.lower() in ("index", "readme") else self.inner]
        return "/".join(part for part in parts if part)


def docusaurus_place(path: str) -> DocusaurusPlace:
    """Takes a path relative to the site apart."""
    parts = splitext(path)[0].split("/")
    locale = None
    root = kind = version = ""
    if parts[0] == "i18n" and len(parts) > 3 and (plugin := _PLUGIN.fullmatch(parts[2])):
        locale, kind, root = locale_of(parts[1]) or parts[1].lower(), plugin[1], plugin[2] or plugin[1]
        parts = parts[3:]
        if kind == "docs" and len(parts) > 1:
            version = parts[0].removeprefix("version-") if parts[0] != "current" else ""
            parts = parts[1:]
    elif (versioned := _VERSIONED.fullmatch(parts[0])) and len(parts) > 2:
        kind, root, version = "docs", versioned[1] or "docs", parts[1].removeprefix("version-")
        parts = parts[2:]
    elif parts[0] in ("docs", "blog") and len(parts) > 1:
        kind = root = parts[0]
        parts = parts[1:]
    elif parts[:2] == ["src", "pages"] and len(parts) > 2:
        kind, parts = "pages", parts[2:]
    return DocusaurusPlace(kind, "" if kind == "pages" else root, version, locale, "/".join(parts))


def docusaurus_address(place: DocusaurusPlace, meta: Meta) -> str | None:
    """The address with `/docs` and `/blog` as base paths; None for what no plugin renders."""
    if not place.kind:
        return None
    base = "/" + "/".join(part for part in (place.locale, place.root, place.version) if part)
    if place.kind == "blog":
        return _blog(base, place.inner, meta)
    folder, _, name = place.inner.rpartition("/")
    if place.kind == "docs":
        folder = "/".join(without_number(part) for part in folder.split("/"))
        name = meta.text("id") or without_number(name)
        if slug := meta.text("slug"):
            return _clean(f"{base}{slug}" if slug.startswith("/") else join(base, folder, slug))
    is_index = name.lower() in ("index", "readme") or (name == folder.rpartition("/")[2] and place.kind == "docs")
    return _clean(join(base, folder) if is_index else join(base, folder, name))


def _blog(base: str, inner: str, meta: Meta) -> str:
    """`2021-02-01-text`, `2021/02-01-text` and `2021-02-01-text/index` all give `2021/02/01/text`."""
    if slug := meta.text("slug"):
        return _clean(f"{base}/{slug}")
    match = _BLOG_DATE.fullmatch(inner)
    if match is None:
        return _clean(f"{base}/{inner.removesuffix('/index')}")
    return _clean("/".join([base, match["folder"], match["year"], match["month"], match["day"], match["text"]]))


def _clean(url: str) -> str:
    """The address without doubled slashes, `.`, `..` and a slash at the end."""
    return normpath(re.sub("/{2,}", "/", url))
