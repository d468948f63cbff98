"""Slug, address, locale and page, generator by generator."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.model import Post
from postmend.scanner.document import read_document
from postmend.scanner.generators import BY_NAME
from postmend.scanner.sites import Site, is_post, posts_among, read_post, read_site


def post(generator: str, path: str, front: str = "", site: Site | None = None) -> Post:
    lines = "".join(f"{line.strip()}\n" for line in front.split(";") if line.strip())
    return read_post(read_document(path, f"---\n{lines}---\nbody"), site or Site(generator))


# generator, path, front matter; slug, address
ADDRESSES = [
    ("astro", "src/content/blog/My Post.md", "", "my-post", "/blog/my-post"),
    ("astro", "src/content/blog/my-post/index.mdx", "", "my-post", "/blog/my-post"),
    ("astro", "src/content/blog/a.md", "slug: x/y", "y", "/blog/x/y"),
    ("astro", "src/content/blog/fr/a.md", "slug: x", "x", "/blog/fr/x"),
    ("astro", "src/content/docs/pt-br/guide/a.mdx", "", "a", "/docs/pt-br/guide/a"),
    ("astro", "src/pages/about.md", "", "about", "/about"),
    ("astro", "src/pages/fr/index.md", "", "fr", "/fr"),
    ("astro", "src/pages/index.md", "", "index", "/"),
    ("astro", "posts/a.md", "", "a", None),
    ("hugo", "content/posts/My Post.md", "", "my-post", "/posts/my-post/"),
    ("hugo", "content/posts/a/index.md", "", "a", "/posts/a/"),
    ("hugo", "content/posts/a/index.md", "slug: b", "b", "/posts/b/"),
    ("hugo", "content/posts/_index.md", "slug: b", "b", "/posts/"),
    ("hugo", "content/_index.md", "", "index", "/"),
    ("hugo", "content/posts/a.md", "url: /x/y.html", "y", "/x/y.html"),
    ("hugo", "content/posts/a.fr.md", "", "a", "/fr/posts/a/"),
    ("hugo", "content/posts/2020-01-02-a.md", "", "2020-01-02-a", "/posts/2020-01-02-a/"),
    ("jekyll", "_posts/2020-01-02-a-b.md", "", "a-b", "/2020/01/02/a-b.html"),
    ("jekyll", "_posts/2020-1-2-a.md", "categories: X y", "a", "/x/y/2020/01/02/a.html"),
    ("jekyll", "news/_posts/2020-01-02-a.md", "categories: [b]", "a", "/news/b/2020/01/02/a.html"),
    ("jekyll", "_posts/2020-01-02-a.md", "permalink: /x/", "x", "/x/"),
    ("jekyll", "_posts/2020-01-02-a.md", "permalink: /:year/:title/", "a", "/2020/a/"),
    ("jekyll", "_posts/2020-01-02-a.md", "permalink: pretty", "a", "/2020/01/02/a/"),
    ("jekyll", "_posts/2020-01-02-a.md", "permalink: /:hash/", "a", None),
    ("jekyll", "_drafts/a.md", "", "a", None),
    ("jekyll", "_drafts/a.md", "date: 2020-01-02", "a", "/2020/01/02/a.html"),
    ("jekyll", "about.md", "", "about", "/about.html"),
    ("jekyll", "docs/index.md", "", "docs", "/docs/"),
    ("jekyll", "de/about.md", "lang: de; permalink: /about/", "about", "/de/about/"),
    ("eleventy", "posts/2020-01-02-a.md", "", "a", "/posts/a/"),
    ("eleventy", "posts/a/index.md", "", "a", "/posts/a/"),
    ("eleventy", "a.md", "permalink: /x/y/", "y", "/x/y/"),
    ("eleventy", "a.md", "permalink: '/{{ title }}/'", "a", None),
    ("eleventy", "a.md", "permalink: false", "a", None),
    ("docusaurus", "docs/01-guide/02-intro.md", "", "intro", "/docs/guide/intro"),
    ("docusaurus", "docs/guide/intro.md", "slug: /start", "start", "/docs/start"),
    ("docusaurus", "docs/guide/intro.md", "slug: start", "start", "/docs/guide/start"),
    ("docusaurus", "docs/guide/intro.md", "id: first", "first", "/docs/guide/first"),
    ("docusaurus", "docs/guide/index.md", "", "guide", "/docs/guide"),
    ("docusaurus", "docs/guide/guide.md", "", "guide", "/docs/guide"),
    ("docusaurus", "docs/2020-01-02-a.md", "", "2020-01-02-a", "/docs/2020-01-02-a"),
    ("docusaurus", "versioned_docs/version-1.0/a.md", "", "a", "/docs/1.0/a"),
    ("docusaurus", "i18n/fr/docusaurus-plugin-content-docs/current/a.md", "", "a", "/fr/docs/a"),
    ("docusaurus", "i18n/fr/docusaurus-plugin-content-docs/version-1.0/a.md", "", "a", "/fr/docs/1.0/a"),
    (
        "docusaurus",
        "i18n/fr/docusaurus-plugin-content-blog/2020-01-02-a.md",
        "",
        "a",
        "/fr/blog/2020/01/02/a",
    ),
    ("docusaurus", "blog/2020-01-02-a.md", "", "a", "/blog/2020/01/02/a"),
    ("docusaurus", "blog/2020/01/02/a.md", "", "a", "/blog/2020/01/02/a"),
    ("docusaurus", "blog/2020/01-02-a.md", "", "a", "/blog/2020/01/02/a"),
    ("docusaurus", "blog/2020-01-02-a/index.mdx", "", "a", "/blog/2020/01/02/a"),
    ("docusaurus", "blog/2020-01-02-a.md", "slug: b", "b", "/blog/b"),
    ("docusaurus", "src/pages/about.md", "", "about", "/about"),
    ("docusaurus", "notes/a.md", "", "a", None),
    ("mkdocs", "docs/guide/a.md", "", "a", "/guide/a/"),
    ("mkdocs", "docs/guide/README.md", "", "guide", "/guide/"),
    ("mkdocs", "docs/guide/a.fr.md", "", "a", "/fr/guide/a/"),
    ("gatsby", "src/pages/a/index.md", "", "a", None),
    ("gatsby", "content/blog/a/index.md", "path: /x", "x", "/x/"),
    ("gatsby", "content/blog/a/index.fr.md", "slug: /x/", "x", "/fr/x/"),
    ("hexo", "source/_posts/a.md", "date: 2020-01-02 10:00:00", "a", "/2020/01/02/a/"),
    ("hexo", "source/_posts/sub/a.md", "date: 2020-01-02", "a", "/2020/01/02/sub/a/"),
    ("hexo", "source/_posts/a.md", "", "a", None),
    ("hexo", "source/_posts/a.md", "permalink: x/y/", "y", "/x/y/"),
    ("hexo", "source/about/index.md", "", "about", "/about/"),
    ("hexo", "source/about.md", "", "about", "/about.html"),
    ("vitepress", "guide/a.md", "", "a", "/guide/a.html"),
    ("vitepress", "guide/index.md", "", "guide", "/guide/"),
    ("nuxt", "content/1.guide/2.My Page.md", "", "my-page", "/guide/my-page"),
    ("nuxt", "content/1.guide/1.index.md", "", "guide", "/guide"),
    ("nuxt", "content/1.2.3/a.draft.md", "", "a", "/1.2.3/a"),
    ("nuxt", "content/index.md", "", "index", "/"),
    ("zola", "content/blog/2020-01-02-Caf\u00e9.md", "", "cafe", "/blog/cafe/"),
    ("zola", "content/blog/2020-01-02_a/index.md", "", "a", "/blog/a/"),
    ("zola", "content/blog/a.md", "slug: b", "b", "/blog/b/"),
    ("zola", "content/blog/a.md", "path: x/y", "y", "/x/y/"),
    ("zola", "content/blog/_index.fr.md", "", "blog", "/fr/blog/"),
    ("pelican", "content/a.md", "title: Na\u00efve Caf\u00e9!", "naive-cafe", "/naive-cafe.html"),
    ("pelican", "content/a.md", "slug: b; lang: fr", "b", "/b-fr.html"),
    ("pelican", "content/pages/a.md", "title: A", "a", "/pages/a.html"),
    ("pelican", "content/a.md", "title: A; status: draft", "a", "/drafts/a.html"),
    ("pelican", "content/a.md", "title: A; save_as: x/y.html", "y", "/x/y.html"),
    ("plain", "posts/2020-01-02-a.md", "", "a", None),
    ("plain", "posts/a/index.md", "", "a", None),
    ("plain", "posts/a.md", "slug: b", "b", None),
]


@pytest.mark.parametrize(("generator", "path", "front", "slug", "url"), ADDRESSES)
def test_addresses(generator: str, path: str, front: str, slug: str, url: str | None) -> None:
    found = post(generator, path, front)
    assert (found.slug, found.url) == (slug, url)


# generator, path, front matter; locale, page
LOCALES = [
    ("astro", "src/content/blog/pt-br/a.md", "", "pt-br", "src/content/blog/a"),
    ("astro", "src/content/fr/blog/a.md", "", "fr", "src/content/blog/a"),
    ("astro", "src/pages/zh_HK/a.md", "", "zh-hk", "src/pages/a"),
    ("astro", "src/content/blog/2020/it/a.md", "", None, "src/content/blog/2020/it/a"),
    ("hugo", "content/fr/posts/a.md", "", "fr", "content/posts/a"),
    ("hugo", "content/posts/a.zh-hans.md", "", "zh-hans", "content/posts/a"),
    ("hugo", "content/posts/v1.2.md", "", None, "content/posts/v1.2"),
    ("hugo", "content/posts/it/a.md", "", None, "content/posts/it/a"),
    ("hugo", "content/a.md", "translationKey: k", None, "key:k"),
    ("jekyll", "de/a.md", "", "de", "a"),
    ("jekyll", "_posts/zh_HK/2020-01-02-a.md", "", "zh-hk", "_posts/2020-01-02-a"),
    ("jekyll", "a.md", "lang: pt_BR", "pt-br", "a"),
    ("eleventy", "src/es/a.md", "", "es", "src/a"),
    ("docusaurus", "docs/guide/a.md", "", None, "docs/guide/a"),
    ("docusaurus", "i18n/fr/docusaurus-plugin-content-docs/current/guide/a.md", "", "fr", "docs/guide/a"),
    ("docusaurus", "versioned_docs/version-1.0/guide/a.md", "", None, "docs/guide/a"),
    ("docusaurus", "i18n/zh-Hans/docusaurus-plugin-content-blog/a.md", "", "zh-hans", "blog/a"),
    ("mkdocs", "docs/index.fr.md", "", "fr", "docs"),
    ("mkdocs", "docs/fr/index.md", "", "fr", "docs"),
    ("hexo", "source/_posts/en/a.md", "", "en", "source/_posts/a"),
    ("vitepress", "fr/guide/a.md", "", "fr", "guide/a"),
    ("nuxt", "content/en/1.a.md", "", "en", "content/1.a"),
    ("zola", "content/a.fr.md", "", "fr", "content/a"),
    ("pelican", "content/fr/a.md", "", None, "content/fr/a"),
    ("pelican", "content/a.md", "title: A; lang: fr", "fr", "key:a"),
    ("pelican", "content/b.md", "slug: a", None, "key:a"),
    ("jekyll", "b.md", "lang: de; permalink: /x/", "de", "key:/x/"),
    ("jekyll", "b.md", "lang: de; page_id: x; permalink: /y/", "de", "key:x"),
    ("plain", "posts/fr/a.md", "", "fr", "posts/a"),
    ("plain", "a.pt-br.md", "", "pt-br", "a"),
    ("plain", "posts/a.md", "language: en_US", "en-us", "posts/a"),
    ("plain", "posts/a.md", "language: English", None, "posts/a"),
    ("plain", "to-do/a.md", "", None, "to-do/a"),
]


@pytest.mark.parametrize(("generator", "path", "front", "locale", "page"), LOCALES)
def test_locales(generator: str, path: str, front: str, locale: str | None, page: str) -> None:
    found = post(generator, path, front)
    assert (found.locale, found.page) == (locale, page)


def test_only_the_locales_of_the_site_count_if_they_are_known() -> None:
    site = Site("hugo", locales=("en", "fr"), default_locale="en")
    assert post("hugo", "content/it/a.md", site=site).locale is None
    assert post("hugo", "content/a.en.md", site=site).url == "/a/"
    assert post("hugo", "content/a.fr.md", site=site).url == "/fr/a/"


def test_a_site_below_the_root_of_the_run() -> None:
    site = Site("hugo", base="web")
    assert post("hugo", "web/content/a.md", site=site).url == "/a/"
    assert post("hugo", "other/content/a.md", site=site).url is None
    assert post("hugo", "themes/x/content/a.md").url is None
    assert post("hugo", "a/content/x.md").page != post("hugo", "b/content/x.md").page


@pytest.mark.parametrize(
    ("generator", "path", "expected"),
    [
        ("astro", "src/content/blog/a.mdx", True),
        ("astro", "src/pages/_draft.md", False),
        ("astro", "src/content/_partials/a.md", True),
        ("astro", "posts/a.md", True),
        ("astro", "dist/a.md", False),
        ("astro", "src/content/blog/dist/a.md", True),
        ("astro", "README.md", False),
        ("astro", "src/content/README.md", True),
        ("astro", "a.png", False),
        ("hugo", "content/a.html", True),
        ("hugo", "public/a.html", False),
        ("hugo", "themes/x/a.md", False),
        ("hugo", "content/public/a.md", True),
        ("jekyll", "_posts/a.MARKDOWN", True),
        ("jekyll", "_site/a.html", False),
        ("jekyll", "vendor/bundle/a.md", False),
        ("jekyll", "docs/_includes/a.md", False),
        ("jekyll", "#a.md", False),
        ("docusaurus", "docs/_a.md", False),
        ("docusaurus", "docs/a.html", False),
        ("eleventy", "src/_includes/a.md", False),
        ("mkdocs", "site/a.md", False),
        ("plain", "LICENSE.md", False),
        ("plain", "CHANGELOG.md", False),
        ("plain", "readme.fr.md", False),
        ("plain", "history-of-rome.md", True),
        ("plain", "posts/readme.md", True),
        ("plain", "build/a.md", True),
        ("plain", "x/node_modules/a/b.md", False),
    ],
)
def test_which_files_are_posts(generator: str, path: str, expected: bool) -> None:
    assert is_post(path, Site(generator)) is expected
    assert list(posts_among([path], Site(generator))) == [path] * expected


@pytest.mark.parametrize(
    ("generator", "name", "config", "expected"),
    [
        (
            "hugo",
            "hugo.toml",
            "defaultContentLanguage = 'fr'\n[permalinks]\nposts = '/:slug/'\n",
            ("fr", "?", ()),
        ),
        ("hugo", "config.yaml", "contentDir: text/\n", (None, "", ("text",))),
        ("hugo", "hugo.toml", "title = 'x'\n\ncontentDir = 'text'\n[params]\n", (None, "", ("text",))),
        ("hugo", "hugo.toml", "title = 'x'\n[languages.de]\ncontentDir = 'content/de'\n", (None, "", ())),
        ("jekyll", "_config.yml", "permalink: /:year/:title/ # x\nlang: de\n", ("de", "/:year/:title/", ())),
        (
            "hexo",
            "_config.yml",
            "language: en\nsource_dir: source\npermalink: ':title/'\n",
            ("en", ":title/", ("source",)),
        ),
        ("zola", "config.toml", "default_language = 'pt-BR'\n", ("pt-br", "", ())),
        (
            "pelican",
            "pelicanconf.py",
            "PATH = 'content'\nDEFAULT_LANG = 'en'\nARTICLE_URL = 'x'\n",
            ("en", "?", ("content",)),
        ),
        ("mkdocs", "mkdocs.yml", "site_name: x\ndocs_dir: ./text/\n", (None, "", ("text",))),
        ("mkdocs", "mkdocs.yml", "docs_dir: .\n", (None, "", ())),
        ("plain", "x", "", (None, "", ())),
    ],
)
def test_settings(generator: str, name: str, config: str, expected: tuple[object, ...]) -> None:
    site = read_site(generator, {name: config}.get)
    assert (site.default_locale, site.permalink, site.roots) == expected


def test_jekylls_own_pattern_of_addresses() -> None:
    site = Site("jekyll", permalink="/:categories/:title")
    assert post("jekyll", "_posts/2020-01-02-a.md", "category: x", site).url == "/x/a"


def test_jekyll_copies_files_without_front_matter() -> None:
    assert read_post(read_document("a.md", "text"), Site("jekyll")).url is None


def test_vitepress_in_a_subfolder() -> None:
    site = read_site("vitepress", {}.get, names=["docs/.vitepress/config.ts"])
    assert post("vitepress", "docs/guide/a.md", site=site).url == "/guide/a.html"


def test_posts_can_be_sent_to_other_processes() -> None:
    found = post("hugo", "content/a.md", "title: x")
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(Site("hugo"))) == Site("hugo")


parts = st.sampled_from(
    [
        "content",
        "src",
        "pages",
        "docs",
        "blog",
        "source",
        "_posts",
        "_drafts",
        "i18n",
        "fr",
        "pt-br",
        "versioned_docs",
        "version-1",
        "current",
        "index",
        "_index",
        "README",
        "a",
        "2020-01-02",
        "2020-01-02-b",
        "01-c",
        "1.d",
        "a.fr",
        "é",
        "docusaurus-plugin-content-docs",
        "docusaurus-plugin-content-blog",
    ]
)
fronts = st.sampled_from(
    [
        "slug: /",
        "slug: x/",
        "url: /",
        "permalink: /:year/",
        "permalink: ''",
        "path: /",
        "id: x",
        "title: é",
        "date: 2020-01-02",
        "lang: fr",
        "lang: 1",
        "tags: x",
        "draft: yes",
        "save_as: ''",
        "slug: '{{ x }}'",
        "permalink: 12",
        "status: 1",
        "title: [x]",
        "slug: 'https://x.y/z'",
    ]
)


@given(
    st.sampled_from(sorted(BY_NAME)),
    st.lists(parts, min_size=1, max_size=6).map("/".join),
    st.sampled_from([".md", ".html", ".draft.md", ""]),
    st.lists(fronts, max_size=5),
)
def test_any_path_and_front_matter_make_a_post(generator: str, path: str, suffix: str, front: list[str]) -> None:
    found = post(generator, path + suffix, ";".join(front))
    assert found.slug
    assert "/" not in found.slug
    assert found.url is None or found.url.startswith("/")
    assert not found.page.startswith("/")
    assert list(posts_among([path + suffix], Site(generator))) == [path + suffix] * is_post(
        path + suffix, Site(generator)
    )
