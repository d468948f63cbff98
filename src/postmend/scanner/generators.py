"""The site generators that postmend knows: how to recognise them, and which files are their posts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from postmend.scanner.fields import words
from postmend.values import dataclass

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown")
_HTML = (".html", ".htm")
_Read = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Generator:
    """What sets a generator apart.

    `sources` are the folders in which its posts are, relative to the site; empty when posts may be anywhere.
    `generated` are folders that it writes, or copies unread; they are skipped at the root of a site only, as
    a section of posts may well be called `build`.
    """

    name: str
    suffixes: tuple[str, ...]
    sources: tuple[str, ...] = ()
    generated: tuple[str, ...] = ()
    hidden_names: str = ""  # posts whose file or folder begins with one of these characters are not rendered


GENERATORS = (
    Generator("astro", (*MARKDOWN, ".mdx", ".mdoc"), ("src/content", "src/pages"), ("dist", "public")),
    Generator(
        "hugo",
        (*MARKDOWN, *_HTML, ".mdx"),
        ("content",),
        ("public", "resources", "themes", "static", "layouts", "archetypes", "assets"),
    ),
    Generator(
        "jekyll",
        (*MARKDOWN, *_HTML),
        (),
        ("_site", "_includes", "_layouts", "_sass", "vendor", "assets"),
        "#~",
    ),
    Generator("eleventy", (*MARKDOWN, ".mdx", *_HTML), (), ("_site", "_includes", "_data", "dist")),
    Generator(
        "docusaurus",
        (".md", ".mdx"),
        ("docs", "blog", "i18n", "versioned_docs", "src/pages"),
        ("build", "static"),
        "_",
    ),
    Generator("mkdocs", MARKDOWN, ("docs",), ("site",)),
    Generator("gatsby", (*MARKDOWN, ".mdx"), (), ("public", "static")),
    Generator("hexo", (*MARKDOWN, *_HTML), ("source",), ("public", "themes", "scaffolds")),
    Generator("vitepress", (".md",), (), ("public", "dist")),
    Generator("nuxt", (".md",), ("content",), ("dist", "public")),
    Generator("zola", (".md",), ("content",), ("public", "themes", "static", "templates")),
    Generator("pelican", (*MARKDOWN, *_HTML), ("content",), ("output", "theme", "themes")),
    Generator("plain", (*MARKDOWN, ".mdx", ".mdoc", *_HTML)),
)
BY_NAME = {generator.name: generator for generator in GENERATORS}

# Folders that hold no posts under any generator, wherever they are.
NEVER = words(
    "node_modules bower_components __pycache__ _site .git .hg .svn .cache .docusaurus .jekyll-cache "
    ".sass-cache .vuepress .vitepress .astro .next .nuxt .output .svelte-kit .venv .tox .idea .vscode "
    "site-packages "
)
# Papers about the project, not posts of the site, when they lie at its root.
# Words that may as well be the subject of a post count in capitals only.
_PROJECT_PAPERS = re.compile(
    r"(?:(?i:readme|licen[cs]e|changelog|contributing|code[_-]of[_-]conduct|pull_request_template|issue_template)"
    r"|AGENTS|AUTHORS|CHANGES|CLAUDE|CONTRIBUTORS|COPYING|GEMINI|GOVERNANCE|HISTORY|MAINTAINERS|MIGRATION|NOTICE"
    r"|SECURITY|SUPPORT|TODO|UPGRADING)(?i:[._-][a-z]{2}(?:[_-][a-z]{2,4})?)?\.[A-Za-z]+"
)


def is_project_paper(name: str) -> bool:
    """Whether a file at the root of a site is about the project: README.md, LICENSE.md, README.fr.md ..."""
    return _PROJECT_PAPERS.fullmatch(name) is not None


def is_generated(folder: str, generated: Collection[str]) -> bool:
    """Whether a folder is among those that a generator writes; `_includes` and the like at any depth."""
    name = folder.rpartition("/")[2]
    return folder in generated or (name.startswith("_") and name in generated)


def detect_generator(names: Collection[str], read: _Read) -> str:
    """The generator of a site, `plain` if none is recognised.

    `names` are the paths of the files (and, if known, folders) in the site's root, relative and POSIX; those
    of config files matter, also one level down (`.vitepress/config.ts`, `config/_default/hugo.toml`). `read`
    returns the text of such a path, or None.
    """
    known = frozenset(name.removeprefix("./").rstrip("/") for name in names)
    folders = frozenset(part for name in known for part in _folders_of(name)) | known
    return next((name for name, test in _TESTS if test(known, folders, read)), "plain")


def _folders_of(name: str) -> list[str]:
    """The folders that a path leads through."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: k + 1]) for k in range(len(parts))]


def _named(pattern: str) -> Callable[[frozenset[str], frozenset[str], _Read], bool]:
    """A test for a file name that belongs to one generator alone."""
    compiled = re.compile(pattern)
    return lambda names, folders, read: any(compiled.fullmatch(name) for name in names)


def _is_hexo(names: frozenset[str], folders: frozenset[str], read: _Read) -> bool:
    """Hexo and Jekyll both have `_config.yml`; only Hexo's has its dependencies in package.json."""
    if not names & {"_config.yml", "_config.yaml"}:
        return False
    config = (read("_config.yml") or read("_config.yaml") or "") if names else ""
    package = (read("package.json") or "") if "package.json" in names else ""
    return '"hexo' in package or re.search(r"(?m)^(?:source_dir|new_post_name|skip_render):", config) is not None


def _is_jekyll(names: frozenset[str], folders: frozenset[str], read: _Read) -> bool:
    return bool(names & {"_config.yml", "_config.yaml", "_config.toml"} or "_posts" in folders)


def _is_zola(names: frozenset[str], folders: frozenset[str], read: _Read) -> bool:
    """`config.toml` may be Zola's or Hugo's: Zola requires `base_url`, Hugo's key is `baseURL`."""
    if "zola.toml" in names:
        return True
    return "config.toml" in names and re.search(r"(?m)^base_url\s*=", read("config.toml") or "") is not None


def _is_hugo(names: frozenset[str], folders: frozenset[str], read: _Read) -> bool:
    if any(re.fullmatch(r"(?:config/_default/)?hugo\.(?:toml|ya?ml|json)", name) for name in names):
        return True
    if folders & {"config/_default"}:
        return True
    configs = sorted(names & {"config.toml", "config.yaml", "config.yml", "config.json"})
    hints = folders & {"content", "archetypes", "layouts"}
    return any(hints or re.search(r"(?i)\bbaseurl\b", read(name) or "") for name in configs)


def _is_nuxt(names: frozenset[str], folders: frozenset[str], read: _Read) -> bool:
    return "content" in folders and any(re.fullmatch(r"nuxt\.config\.[cm]?[jt]s", name) for name in names)


_TESTS: tuple[tuple[str, Callable[[frozenset[str], frozenset[str], _Read], bool]], ...] = (
    ("astro", _named(r"astro\.config\.[cm]?[jt]s")),
    ("docusaurus", _named(r"docusaurus\.config\.[cm]?[jt]s")),
    ("eleventy", _named(r"\.eleventy\.[cm]?js|eleventy\.config\.[cm]?[jt]s")),
    ("gatsby", _named(r"gatsby-config\.[cm]?[jt]s")),
    ("vitepress", _named(r"(?:[\w-]+/)?\.vitepress/config(?:/index)?\.[cm]?[jt]s")),
    ("nuxt", _is_nuxt),
    ("mkdocs", _named(r"mkdocs\.ya?ml")),
    ("pelican", _named(r"pelicanconf\.py")),
    ("hexo", _is_hexo),
    ("jekyll", _is_jekyll),
    ("zola", _is_zola),
    ("hugo", _is_hugo),
)
