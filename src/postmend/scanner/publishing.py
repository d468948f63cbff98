"""What a document is as a post of its site: its address, locale, title, date and tags."""

from __future__ import annotations

import re

from postmend.model import Document, Post
from postmend.scanner.addresses import address_of
from postmend.scanner.docusaurus import docusaurus_address, docusaurus_place
from postmend.scanner.locales import locale_of
from postmend.scanner.metadata import Meta, date_of, description_of, is_draft, tags_of, title_of
from postmend.scanner.places import Place, Site, place_of
from postmend.scanner.slugs import ascii_slug, split_date, without_number

_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|:[a-z]")
_DRAFT_FOLDERS = frozenset({"_drafts"})


def read_post(document: Document, site: Site) -> Post:
    """The document as the post that its site makes of it. Raises nothing."""
    meta = Meta(document, blanks_separate=site.generator == "jekyll")
    title = title_of(document, meta)
    place = place_of(document.path, site)
    url, locale, page = _address(document, place, meta, site, title)
    return Post(
        document=document,
        slug=_slug(place, meta, url),
        url=url,
        locale=locale or _written_locale(meta) or None,
        page=page,
        title=title,
        description=description_of(meta),
        date=date_of(meta) or place.date,
        draft=place.draft or is_draft(meta) or not _DRAFT_FOLDERS.isdisjoint(place.folders),
        tags=tags_of(meta),
    )


def locale_at(path: str, site: Site) -> str | None:
    """The locale that the path of a post names."""
    if site.generator == "docusaurus":
        return docusaurus_place(_inner(path, site)).locale
    return place_of(path, site).locale


def _inner(path: str, site: Site) -> str:
    return path.removeprefix(f"{site.base}/") if site.base else path


def _address(
    document: Document, place: Place, meta: Meta, site: Site, title: str
) -> tuple[str | None, str | None, str]:
    """Address, locale by place, and page."""
    if site.generator == "docusaurus":
        found = docusaurus_place(_inner(document.path, site))
        return docusaurus_address(found, meta), found.locale, found.page
    key = _translation_key(meta, site, title)
    # Jekyll copies a file without front matter as it is.
    is_copied = site.generator == "jekyll" and document.front_matter is None
    url = None if is_copied else address_of(place, meta, site, title)
    return url, place.locale, f"key:{key}" if key else place.page


def _translation_key(meta: Meta, site: Site, title: str) -> str:
    """What links translations where it is not the path; nothing if the path it is."""
    if site.generator == "pelican":
        return meta.text("slug") or ascii_slug(title)
    if site.generator == "jekyll" and meta.text("lang"):
        return meta.text("page_id", "permalink")
    return meta.text("translationkey") if site.generator == "hugo" else ""


def _written_locale(meta: Meta) -> str | None:
    """The locale that the front matter names."""
    return locale_of(meta.text("lang", "locale", "language"))


def _slug(place: Place, meta: Meta, url: str | None) -> str:
    """The last part of the address; without one, of what would be in it."""
    written = meta.text("slug")
    if written and not _TEMPLATE.search(written) and (last := _last(written)):
        return last
    if url and (last := _last(url)):
        return last
    if place.is_index and place.folders:
        return split_date(place.folders[-1])[1] or place.folders[-1]
    return "index" if place.is_index else without_number(place.bare_name)


def _last(address: str) -> str:
    """The last part of an address, without `.html`."""
    return address.rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".htm")
