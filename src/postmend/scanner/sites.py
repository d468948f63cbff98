"""What a document is on its site: whether it is a post, its address, locale, title, date and tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from posixpath import basename, splitext

from postmend.model import Document, Post
from postmend.scanner.generators import BY_NAME, NEVER, detect_generator, is_generated, is_project_paper
from postmend.scanner.locales import locale_of
from postmend.scanner.places import Site

__all__ = ["Site", "detect_generator", "is_post", "posts_among", "prunes", "read_post", "read_site"]


def is_post(path: str, site: Site) -> bool:
    """Whether the file at `path` (POSIX, relative to the root of the run) is a post, by name and place.

    Posts outside of the generator's own folder count too, as a user may point at any folder.
    """
    folder, slash, name = path.rpartition("/")
    return _may_hold_posts(folder + slash, site) and _is_named_like_post(folder + slash, name, site)


def posts_among(paths: Iterable[str], site: Site) -> Iterator[str]:
    """Those of many paths for which `is_post` holds, at a quarter of its cost."""
    suffixes = BY_NAME[site.generator].suffixes
    simple: dict[str, bool] = {}
    for path in paths:
        start = path.rfind("/") + 1
        folder = path[:start]
        if folder not in simple:
            simple[folder] = _may_hold_posts(folder, site) and not _has_rules_for_names(folder, site)
        if (
            path.lower().endswith(suffixes)
            if simple[folder] and not path.startswith(".", start)
            else is_post(path, site)
        ):
            yield path


def _has_rules_for_names(folder: str, site: Site) -> bool:
    """Whether more than the suffix decides which files in a folder are posts."""
    is_root = folder in ("", f"{site.base}/")
    is_pages = site.generator == "astro" and _inner(folder, site).startswith("src/pages/")
    return is_root or is_pages or bool(BY_NAME[site.generator].hidden_names)


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
    from postmend.scanner import publishing  # which those who ask for broken text only don't need

    return publishing.read_post(document, site)


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
    # Before the first table: that of a language may have a folder of its own, such as content/de.
    "hugo": r"(?i)\A(?:(?![ \t]*\[).*\n)*?contentDir\s*[=:]\s*[\"']?([\w./-]+)",
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
