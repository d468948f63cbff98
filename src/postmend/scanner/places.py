"""Takes the path of a post apart: content folder, locale, date, name."""

from __future__ import annotations

from posixpath import splitext

from postmend.scanner.generators import BY_NAME
from postmend.scanner.locales import locale_of
from postmend.scanner.slugs import split_date
from postmend.values import dataclass

_INDEX = frozenset({"index", "_index", "readme"})


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the site that posts belong to.

    `base` is the site's folder relative to the root of the run. `roots` are its content folders relative to
    `base`; empty for the generator's own. `locales` may be empty, then any known locale counts where the
    generator would have one. `permalink` is the pattern of addresses in the site's configuration, `?` for one
    that can't be foreseen.
    """

    generator: str = "plain"
    base: str = ""
    roots: tuple[str, ...] = ()
    default_locale: str | None = None
    locales: tuple[str, ...] = ()
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post lies.

    `folders` are those below the content folder `source` as they are written, `below` those without the
    locale's. `name` is the file's without suffixes of type and locale. `before` is what precedes the content
    folder, unless it is the site's own.
    """

    before: str
    source: str
    folders: tuple[str, ...]
    below: tuple[str, ...]
    name: str
    suffix: str
    locale: str | None
    by_suffix: bool  # the locale is in the file's name
    date: str | None
    draft: bool

    @property
    def is_index(self) -> bool:
        """Whether the address is that of the folder."""
        return self.name.lower() in _INDEX

    @property
    def bare_name(self) -> str:
        """The name without its date."""
        return split_date(self.name)[1] or self.name

    @property
    def page(self) -> str:
        """The path without locale: what the translations of a page share."""
        parts = [self.before, self.source, *self.below, *([] if self.is_index else [self.name])]
        return "/".join(part for part in parts if part)


# Whether a locale may stand in the file's name (`about.fr.md`), and after how many folders at most in the
# path.
_LOCALE_PLACES = {
    "astro": (False, 1),
    "hugo": (True, 0),
    "jekyll": (False, 1),
    "eleventy": (False, 1),
    "docusaurus": (False, -1),
    "mkdocs": (True, 0),
    "gatsby": (True, 1),
    "hexo": (False, 1),
    "vitepress": (False, 0),
    "nuxt": (False, 0),
    "zola": (True, -1),
    "pelican": (False, -1),
    "plain": (True, 1),
}


def place_of(path: str, site: Site) -> Place:
    """Takes `path`, relative to the root of the run, apart."""
    before, source, rest = split_source(path, site)
    *folders, file = rest.split("/")
    name, suffix = splitext(file)
    draft = name.endswith(".draft")
    name = name.removesuffix(".draft")
    may_end, depth = _LOCALE_PLACES[site.generator]
    name, locale = _without_locale(name, site) if may_end else (name, None)
    by_suffix = locale is not None
    below = list(folders)
    for k in range(0 if by_suffix else min(depth + 1, len(folders))):
        if locale := _known_locale(folders[k], site):
            del below[k]
            break
        if source == "src/pages":
            break  # Astro's routes have the locale first
    date = split_date(name)[0] or (split_date(folders[-1])[0] if folders and name.lower() in _INDEX else None)
    return Place(before, source, tuple(folders), tuple(below), name, suffix, locale, by_suffix, date, draft)


def split_source(path: str, site: Site) -> tuple[str, str, str]:
    """What stands before the content folder, that folder, and what comes after; empty if there is none.

    The content folder may be at any depth, as the root of the run may be above or within the site.
    """
    inner = path.removeprefix(f"{site.base}/") if site.base else path
    outside = "" if not site.base or inner != path else "outside"
    for source in site.roots or BY_NAME[site.generator].sources:
        if inner.startswith(f"{source}/"):
            return outside, source, inner[len(source) + 1 :]
    for source in site.roots or BY_NAME[site.generator].sources:
        before, found, after = inner.partition(f"/{source}/")
        if found:
            return before, source, after
    return outside, "", inner


def _without_locale(name: str, site: Site) -> tuple[str, str | None]:
    """`about.fr` as (`about`, `fr`)."""
    stem, dot, last = name.rpartition(".")
    locale = _known_locale(last, site) if dot and stem else None
    return (stem, locale) if locale else (name, None)


def _known_locale(name: str, site: Site) -> str | None:
    """The locale that a name stands for on this site."""
    locale = locale_of(name)
    return locale if not site.locales or locale in site.locales else None
