"""Names of files: what the accidents of archives and transfers make of them, and what they were."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer.filenames import better_names, is_odd, prefers_composed, suspects

NAMES = (
    *("café-paris", "crème-brûlée-à-la-maison", "über-uns", "año-nuevo", "žluťoučký-kůň", "smörgåsbord", "łódź"),
    *("привет-мир", "Ελληνικά", "日本語の記事", "中文文章", "한국어-글", "שלום-עולם", "สวัสดี", "việt-nam", "привіт"),
)


def title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()


def better(name: str, text: str = "") -> str | None:
    found = better_names([name], {name: text} if text else {})
    return found[name].name if name in found else None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("codec", ["cp437", "cp850", "cp866", "cp1251", "latin-1", "mac_roman"])
def test_utf8_read_as_something_else(codec: str, form: str) -> None:
    """The post vouches; where it doesn't, the name is found or left, and never a wrong one."""
    for name in NAMES:
        try:
            damaged = unicodedata.normalize(form, f"{name}.md").encode().decode(codec)
        except UnicodeDecodeError:
            continue
        assert better(damaged, title_of(name)) == f"{name}.md"
        assert better(damaged) in (None, f"{name}.md")
        assert damaged in suspects([damaged])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *(("cp866", "cp437"), ("cp866", "cp850"), ("cp1251", "cp437"), ("cp1251", "cp1252"), ("gbk", "cp437")),
        *(("cp932", "cp437"), ("cp949", "cp437"), ("gbk", "cp1252"), ("cp1252", "cp437"), ("cp850", "cp1252")),
    ],
)
def test_old_encodings_need_a_witness(written: str, read: str) -> None:
    damaged = {}
    for name in NAMES:
        try:
            damaged[f"{name}.md".encode(written).decode(read)] = f"{name}.md"
        except UnicodeError:
            continue
    for old, name in damaged.items():
        assert better(old, title_of(name.removesuffix(".md"))) in (name, None)
        assert better(old) in (None, name)
    texts = {old: title_of(name.removesuffix(".md")) for old, name in damaged.items()}
    found = better_names(damaged, texts)
    assert all(found[old].name == damaged[old] for old in found)
    assert len(found) >= len(damaged) * 0.75


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1251", "cp866", "gbk", "cp932", "mac_roman", "cp437"])
def test_bytes_that_are_no_utf8(encoding: str) -> None:
    damaged = {}
    for name in NAMES:
        try:
            damaged[name.encode(encoding).decode("utf-8", "surrogateescape")] = name
        except UnicodeError:
            continue
    for old, name in damaged.items():
        if old != name:
            assert better(old, title_of(name)) == name
            assert better(old) is None
    first = next(iter(damaged))
    for old, new in better_names(damaged, {first: title_of(damaged[first])}).items():
        assert new.name == damaged[old]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("caf%C3%A9.md", "café.md"),
        ("%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82%20you.md", "привет you.md"),
        ("caf%C3%83%C2%A9.md", "café.md"),
        ("cafe%CC%81.md", "café.md"),
        ("caf#U00e9.md", "café.md"),
        ("#L01f600-caf#U00e9.md", "\N{GRINNING FACE}-café.md"),
        ("caf%E9.md", None),  # what it is in is not known
        ("a%20b.md", None),
        ("a%2Fcaf%C3%A9.md", None),
        ("100%-caf%C3%A9.md", None),
        ("c#.md", None),
        ("caf%C3%A9%E2%80%AEgpj.md", None),  # turns the direction of writing
        ("%2Ecaf%C3%A9.md", None),  # would be hidden
        ("%D9%85%DB%8C%E2%80%8C%D8%B1%D9%88%D9%85.md", "می\N{ZERO WIDTH NON-JOINER}روم.md"),
        ("#U0041.md", None),
    ],
)
def test_escapes(name: str, wanted: str | None) -> None:
    assert better(name) == wanted


def test_an_article_about_escapes_keeps_its_name() -> None:
    assert better("what-is-%C3%A9.md", "What is %C3%A9 in an address?") is None
    assert better("was-ist-Ã¤hnlich.md", "Was ist Ã¤hnlich?") is None


def test_ascii_is_not_looked_at() -> None:
    assert not is_odd("2026-01-02-hello_world (1).md")


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.sampled_from("- _"))
def test_sound_names_stay(names: list[str], separator: str) -> None:
    sound = [name.replace("-", separator) for name in names]
    assert better_names(sound, {}) == {}
    assert better_names(sound, {name: title_of(name) for name in sound}) == {}


@given(st.text(min_size=1, max_size=12))
def test_any_name_gives_a_name(name: str) -> None:
    for new in better_names([name], {name: "Café à Paris, привет"}).values():
        assert new.name
        assert not set(new.name) & set("/\0")


def test_composition_follows_the_majority() -> None:
    apart = unicodedata.normalize("NFD", "é")
    assert prefers_composed(apart, ["à", "b", apart])
    assert not prefers_composed(apart, ["a", "b"])
    assert not prefers_composed(apart, ["à", unicodedata.normalize("NFD", "è")])
