"""The address of a post, as its generator would make it; None wherever that is not certain."""

from __future__ import annotations

import re
from collections.abc import Callable

from postmend.scanner.metadata import Meta, date_of
from postmend.scanner.permalinks import expand
from postmend.scanner.places import Place, Site
from postmend.scanner.slugs import ascii_slug, github_slug, split_date, web_slug

_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")


def address_of(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    """The address on the site, with leading slash. `title` is what Pelican makes its slug from."""
    if place.before:
        return None  # part of another site, whose configuration is unknown
    make = _MAKERS.get(site.generator)
    return make(place, meta, site, title) if make else None


def _joined(*parts: str, end: str = "/") -> str:
    """The parts, which may be empty or hold slashes, as one address."""
    path = "/".join(part.strip("/") for part in parts if part.strip("/"))
    return f"/{path}{end}" if path else "/"


def _explicit(written: str) -> str | None:
    """An address from front matter; None if it is a template, or on another site."""
    if not written or _TEMPLATE.search(written) or "://" in written:
        return None
    return f"/{written.lstrip('/')}"


def _with_locale(url: str, locale: str | None, site: Site) -> str:
    """The address below its locale, unless that is in it already: translations often share `permalink`."""
    if not locale or locale == site.default_locale:
        return url
    if locale in url.lower().replace("_", "-").split("/"):
        return url
    return f"/{locale}{url}"


def _names(place: Place) -> tuple[str, ...]:
    """Folders and name; an index is its folder."""
    return place.folders if place.is_index else (*place.folders, place.name)


def _astro(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if place.source == "src/pages":
        return _joined(*_names(place), end="")
    if place.source != "src/content" or not place.folders:
        return None
    collection, *rest = place.folders
    if slug := meta.text("slug"):
        # The slug stands for the whole path below the collection; translations would otherwise collide.
        below = _with_locale(f"/{slug.strip('/')}", place.locale, site)
        return _joined(collection, below, end="")
    names = rest if place.is_index else [*rest, place.name]
    return _joined(collection, *map(github_slug, names), end="")


def _hugo(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if not place.source:
        return None
    if url := meta.text("url"):
        explicit = _explicit(url)
        return _with_locale(explicit, place.locale, site) if explicit and place.by_suffix else explicit
    if site.permalink == "?":
        return None
    names = [name.lower().replace(" ", "-") for name in _names(place)]
    slug = meta.text("slug")
    if slug and names and place.name != "_index":
        names[-1] = slug.strip("/").lower().replace(" ", "-")
    url = _joined(*names)
    return _with_locale(url, place.locale, site) if place.by_suffix else url


def _jekyll(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    locale = meta.text("lang").lower() or None
    written = meta.text("permalink")
    is_post = "_posts" in place.folders or "_drafts" in place.folders
    if written and not (":" in written or written in _JEKYLL_STYLES):
        found = _explicit(written)
        return _with_locale(found, locale, site) if found else None
    if not is_post:
        url = _joined(*place.folders) if place.is_index else _joined(*place.folders, place.name, end=".html")
        return _with_locale(url.replace("/_", "/"), locale, site)
    pattern = written or site.permalink or "date"
    expanded = expand(_JEKYLL_STYLES.get(pattern, pattern), _jekyll_values(place, meta))
    return _with_locale(expanded, locale, site) if expanded else None


_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}


def _jekyll_values(place: Place, meta: Meta) -> dict[str, str]:
    """What the placeholders of Jekyll's permalinks stand for."""
    slug = meta.text("slug") or place.bare_name
    outer = [name for name in place.folders[: _index_of_posts(place.folders)] if name]
    categories = dict.fromkeys(name.lower() for name in (*outer, *meta.strings("category", "categories")))
    return {
        "title": web_slug(slug),
        "slug": web_slug(slug),
        "categories": "/".join(name.replace(" ", "-") for name in categories),
        **_date_values(date_of(meta) or place.date),
    }


def _index_of_posts(folders: tuple[str, ...]) -> int:
    """How many folders come before `_posts` or `_drafts`."""
    return next((k for k, name in enumerate(folders) if name in ("_posts", "_drafts")), 0)


def _date_values(date: str | None) -> dict[str, str]:
    """Year, month and day as placeholders; nothing without a date."""
    if date is None:
        return {}
    year, month, day = date.split("-")
    values = {"year": year, "short_year": year[2:], "month": month, "i_month": str(int(month))}
    return {**values, "day": day, "i_day": str(int(day))}


def _eleventy(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if "permalink" in meta:
        return _explicit(meta.text("permalink")) if isinstance(meta.value("permalink"), str) else None
    folders = place.folders if not place.is_index else tuple(split_date(name)[1] or name for name in place.folders)
    return _joined(*folders) if place.is_index else _joined(*folders, place.bare_name)


def _mkdocs(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if not place.source:
        return None
    url = _joined(*_names(place))
    return _with_locale(url, place.locale, site) if place.by_suffix else url


def _gatsby(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    written = meta.text("path", "permalink", "slug")
    url = _explicit(written)
    return _with_locale(url.rstrip("/") + "/", place.locale or meta.text("lang").lower(), site) if url else None


def _hexo(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    locale = meta.text("lang", "language").lower() or None
    if found := _explicit(meta.text("permalink")):
        return _with_locale(found, locale, site)
    if place.folders[:1] not in (("_posts",), ("_drafts",)):
        url = _joined(*place.folders) if place.is_index else _joined(*place.folders, place.name, end=".html")
        return _with_locale(url, locale, site) if place.source else None
    folders = place.folders[1:]
    values = {
        "title": "/".join([*folders, place.bare_name]),
        "name": place.bare_name,
        "post_title": web_slug(title),
        "lang": locale or site.default_locale or "en",
        **_date_values(date_of(meta) or place.date),
    }
    expanded = expand(site.permalink or ":year/:month/:day/:title/", values)
    return _with_locale(expanded, locale, site) if expanded else None


def _vitepress(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    return _joined(*place.folders) if place.is_index else _joined(*place.folders, place.name, end=".html")


def _nuxt(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if not place.source:
        return None
    names = [re.sub(r"^\d+\.(?!\d)", "", name) for name in (*place.folders, place.name)]
    if names[-1].lower() == "index":
        names.pop()
    return _joined(*(re.sub(r"[^\w.]+", "-", name.lower()).strip("-") for name in names), end="")


def _zola(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if not place.source:
        return None
    written = meta.text("path")
    slugs = [ascii_slug(name) for name in place.folders]
    if place.is_index and place.name == "index" and slugs:
        slugs[-1] = ascii_slug(meta.text("slug") or split_date(place.folders[-1])[1] or place.folders[-1])
    elif not place.is_index:
        slugs.append(ascii_slug(meta.text("slug") or place.bare_name))
    return _with_locale(_joined(written) if written else _joined(*slugs), place.locale, site)


def _pelican(place: Place, meta: Meta, site: Site, title: str) -> str | None:
    if "save_as" in meta and not meta.text("save_as"):
        return None
    if written := meta.text("url", "save_as"):
        return _explicit(written)
    slug = meta.text("slug") or ascii_slug(title)
    if site.permalink == "?" or not slug or not place.source:
        return None
    lang = meta.text("lang").lower()
    name = f"{slug}-{lang}" if lang and lang != site.default_locale else slug
    is_draft = meta.text("status").lower() == "draft"
    return _joined("drafts" if is_draft else "", "pages" if "pages" in place.folders else "", name, end=".html")


_MAKERS: dict[str, Callable[[Place, Meta, Site, str], str | None]] = {
    "astro": _astro,
    "hugo": _hugo,
    "jekyll": _jekyll,
    "eleventy": _eleventy,
    "mkdocs": _mkdocs,
    "gatsby": _gatsby,
    "hexo": _hexo,
    "vitepress": _vitepress,
    "nuxt": _nuxt,
    "zola": _zola,
    "pelican": _pelican,
}
