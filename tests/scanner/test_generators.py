"""Recognising the generator of a site."""

from __future__ import annotations

import pytest

from postmend.scanner.generators import detect_generator
from postmend.scanner.locales import locale_of
from postmend.scanner.slugs import ascii_slug, github_slug, split_date, without_number


@pytest.mark.parametrize(
    ("files", "generator"),
    [
        ({"astro.config.mjs": ""}, "astro"),
        ({"astro.config.ts": "", "content/a.md": ""}, "astro"),
        ({"hugo.toml": ""}, "hugo"),
        ({"config.toml": "baseURL = 'x'\n"}, "hugo"),
        ({"config.toml": "title = 'x'\n", "content/a.md": ""}, "hugo"),
        ({"config/_default/hugo.yaml": ""}, "hugo"),
        ({"config/_default/config.toml": ""}, "hugo"),
        ({"config.toml": "base_url = 'x'\n", "content/a.md": ""}, "zola"),
        ({"zola.toml": ""}, "zola"),
        ({"_config.yml": "title: x\n"}, "jekyll"),
        ({"_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: x\n", "package.json": '{"dependencies": {"hexo": "7"}}'}, "hexo"),
        ({"_config.yml": "source_dir: source\n"}, "hexo"),
        ({".eleventy.js": ""}, "eleventy"),
        ({"eleventy.config.mjs": ""}, "eleventy"),
        ({"docusaurus.config.ts": "", "docs/a.md": ""}, "docusaurus"),
        ({"mkdocs.yml": ""}, "mkdocs"),
        ({"gatsby-config.js": ""}, "gatsby"),
        ({".vitepress/config.mts": ""}, "vitepress"),
        ({"docs/.vitepress/config/index.ts": ""}, "vitepress"),
        ({"nuxt.config.ts": "", "content": ""}, "nuxt"),
        ({"nuxt.config.ts": ""}, "plain"),
        ({"pelicanconf.py": ""}, "pelican"),
        ({"config.toml": "[tool]\n"}, "plain"),
        ({"package.json": "{}", "README.md": ""}, "plain"),
        ({}, "plain"),
    ],
)
def test_generators(files: dict[str, str], generator: str) -> None:
    assert detect_generator(list(files), files.get) == generator


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("fr", "fr"),
        ("pt-br", "pt-br"),
        ("pt_BR", "pt-br"),
        ("zh-Hans", "zh-hans"),
        ("zh_Hant_TW", "zh-hant-tw"),
        ("es-419", "es-419"),
        ("fil", "fil"),
        ("en_US.UTF-8", "en-us"),
        ("xx", None),
        ("en-zz", None),
        ("blog", None),
        ("to-do", None),
        ("e", None),
        ("", None),
        ("fr-", None),
    ],
)
def test_locales(name: str, locale: str | None) -> None:
    assert locale_of(name) == locale


def test_parts_of_addresses() -> None:
    assert github_slug("What's New? (2)") == "whats-new-2"
    assert ascii_slug("Stra\u00dfe & Caf\u00e9") == "strasse-cafe"
    assert split_date("2020-1-02_x") == ("2020-01-02", "x")
    assert split_date("2020-13-02-x") == (None, "2020-13-02-x")
    assert split_date("2020-01-02") == ("2020-01-02", "")
    assert [without_number(name) for name in ("01-a", "2. a", "1.2-a", "2020-01-02-a", "7")] == [
        "a",
        "a",
        "1.2-a",
        "2020-01-02-a",
        "7",
    ]
