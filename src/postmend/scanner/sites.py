"""What a document is on its site: whether it is a post, its address, locale, title, date and tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from posixpath import basename, splitext

from postmend.model import Document, Post
from postmend.scanner.addresses import address_of
from postmend.scanner.docusaurus import docusaurus_address, docusaurus_place
from postmend.scanner.generators import BY_NAME, NEVER, detect_generator, is_generated, is_project_paper
from postmend.scanner.locales import locale_of
from postmend.scanner.metadata import Meta, date_of, description_of, is_draft, tags_of, title_of
from postmend.scanner.places import Place, Site, place_of
from postmend.scanner.slugs import ascii_slug, split_date, without_number

__all__ = ["Site", "detect_generator", "is_post", "locale_at", "prunes", "read_post", "read_site"]

_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|:[a-z]")
_DRAFT_FOLDERS = frozenset({"_drafts"})


def is_post(path: str, site: Site) -> bool:
    """Whether the file at `path` (POSIX, relative to the root of the run) is a post, by name and place.

    Posts outside of the generator's own folder count too, as a user may point at any folder.
    """
    folder, slash, name = path.rpartition("/")
    return _may_hold_posts(folder + slash, site) and _is_named_like_post(folder + slash, name, site)


def _is_named_like_post(folder: str, name: str, site: Site) -> bool:
    """Whether a file in `folder` (with a slash at the end, or empty) has the name of a post."""
    generator = BY_NAME[site.generator]
    if splitext(name)[1].lower() not in generator.suffixes:
        return False
    if folder in ("", f"{site.base}/") and is_project_paper(name):
        return False
    if generator.hidden_names and name.startswith(tuple(generator.hidden_names)):
        return False
    return not (site.generator == "astro" and name.startswith("_") and _inner(folder, site).startswith("src/pages/"))


@lru_cache(maxsize=1024)
def _may_hold_posts(folder: str, site: Site) -> bool:
    """Whether a folder (with a slash at the end, or empty) holds posts. Asked for every file of a run."""
    inner = _inner(folder, site)
    folders = inner.split("/")[:-1]
    if any(prunes("/".join(folders[: k + 1]), site) for k in range(len(folders))):
        return False
    hidden = BY_NAME[site.generator].hidden_names
    if hidden and any(part.startswith(tuple(hidden)) for part in folders):
        return False
    return not (site.generator == "astro" and inner.startswith("src/pages/") and "/_" in inner)


def _inner(path: str, site: Site) -> str:
    return path.removeprefix(f"{site.base}/") if site.base else path


def prunes(folder: str, site: Site) -> bool:
    """Whether a folder (POSIX, relative to the site) holds only what is generated, installed or private."""
    return basename(folder) in NEVER or is_generated(folder, BY_NAME[site.generator].generated)


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


def read_site(generator: str, read: Callable[[str], str | None], base: str = "", names: Collection[str] = ()) -> Site:
    """What the configuration says that matters for addresses, read by regular expressions, not evaluated.

    `read` returns the text of a path relative to the site, or None; `names` are the paths that there are, as
    for `detect_generator`.
    """
    configs, pattern, default = _SETTINGS.get(generator, ((), "", ""))
    config = next((text for name in configs if (text := read(name))), "")
    language = re.search(default, config) if default else None
    root = re.search(_ROOTS[generator], config) if generator in _ROOTS else None
    permalink = re.search(pattern, config) if pattern else None
    return Site(
        generator,
        base,
        _roots(generator, root[1] if root else "", names),
        locale_of(language[1]) if language else None,
        permalink=(permalink[1] or "?") if permalink else "",
    )


_HUGO = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_YAML_PERMALINK = r"(?m)^permalink:[ \t]*[\"']?([^\s\"'#]+)"
# Config files; the pattern of addresses (without a group: one that can't be foreseen); the default language.
_SETTINGS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "hugo": (
        _HUGO,
        r"(?mi)^\s*(?:\[permalinks|permalinks:|\"permalinks\")()",
        r"(?i)defaultContentLanguage[\"']?\s*[=:]\s*[\"']?([\w-]+)",
    ),
    "jekyll": (
        ("_config.yml", "_config.yaml"),
        _YAML_PERMALINK,
        r"(?m)^(?:default_lang|lang):[ \t]*[\"']?([\w-]+)",
    ),
    "hexo": (("_config.yml", "_config.yaml"), _YAML_PERMALINK, r"(?m)^language:[ \t]*[\"']?([\w-]+)"),
    "zola": (("zola.toml", "config.toml"), "", r"(?m)^default_language\s*=\s*[\"']([\w-]+)"),
    "pelican": (
        ("pelicanconf.py",),
        r"(?m)^ARTICLE_(?:URL|SAVE_AS)\s*=()",
        r"(?m)^DEFAULT_LANG\s*=\s*[\"']([\w-]+)",
    ),
    "mkdocs": (("mkdocs.yml", "mkdocs.yaml"), "", ""),
}
_ROOTS = {
    "hugo": r"(?mi)^contentDir\s*[=:]\s*[\"']?([\w./-]+)",
    "mkdocs": r"(?m)^docs_dir:[ \t]*[\"']?([\w./-]+)",
    "hexo": r"(?m)^source_dir:[ \t]*[\"']?([\w./-]+)",
    "pelican": r"(?m)^PATH\s*=\s*[\"']([\w./-]+)",
}


def _roots(generator: str, configured: str, names: Collection[str]) -> tuple[str, ...]:
    """The content folder from the configuration, or the one in which VitePress is set up."""
    if generator == "vitepress":
        folders = {name.partition("/.vitepress/")[0] for name in names if "/.vitepress/" in name}
        return tuple(sorted(folders))
    folder = configured.removeprefix("./").strip("/")
    return (folder,) if folder not in ("", ".") else ()


def locale_at(path: str, site: Site) -> str | None:
    """The locale that the path of a post names."""
    if site.generator == "docusaurus":
        return docusaurus_place(_inner(path, site)).locale
    return place_of(path, site).locale


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
