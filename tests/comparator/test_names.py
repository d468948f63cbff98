"""Titles and slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.comparator import slugs, titles


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ruby 2.7.8 Released", "Ruby 3.0.6 Released"),
        ("Electron 43, part 3", "Electron 43, part 4"),
        ("This month: September 2024", "This month: December 2024"),
        ("Announcing X beta 2", "Announcing X rc 1"),
        ("The first meeting", "The second meeting"),
        ("Rome, part II", "Rome, part IV"),
        ("入门 第一回", "入门 第二回"),
        ("物語 前編", "物語 後編"),
        ("Отчёт за январь", "Отчёт за март"),
    ],
)
def test_series(left: str, right: str) -> None:
    assert titles.are_series(left, right)
    assert titles.are_series(right, left)
    assert not titles.are_series(left, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Cats and dogs", "Dogs and cats"), ("Notes", "Notes 2"), ("", ""), ("Why I write", "Why I read")],
)
def test_no_series(left: str, right: str) -> None:
    assert not titles.are_series(left, right)


def test_numbers_name_subjects() -> None:
    assert titles.differ_in_number("CVE-2018-6914: Traversal", "CVE-2021-28966: Path traversal")
    assert titles.differ_in_number("CVE-2018-6914: Створення файлу", "CVE-2021-28966: Path traversal")
    assert not titles.differ_in_number("Rust 1.21", "Announcing Rust 1.21.0")
    assert not titles.differ_in_number("Ten years after 2015", "Fast servers with HTTP/2")
    assert titles.is_sequel("Elections", "Elections 2025")


@pytest.mark.parametrize("title", ["FAQ", "faq!", "Weekly digest #7", "", "2024", "快速开始", "Введение", "はじめに"])
def test_generic(title: str) -> None:
    assert titles.is_generic(title)


@pytest.mark.parametrize("title", ["How we moved house", "DeepSeek-V4: Новый король Open Source?", "部署你的站点"])
def test_telling(title: str) -> None:
    assert not titles.is_generic(title)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("cafe-menu", "cafe-menu-2"),
        ("cafe-menu", "cafe-menu-copy"),
        ("cafe-menu", "cafe-menu-copy-3"),
        ("cafe-menu", "2019-05-22-cafe-menu"),
        ("cafe-menu", "Cafe_Menu"),
        ("cafe-menu", "menu-cafe"),
        ("café-menu", "cafe-menu"),
        ("café-menu", "caf%C3%A9-menu"),
        ("café-menu", "cafÃ©-menu"),
        ("стили-и-css", "stili-i-css"),
        ("升级", "%e5%8d%87%e7%ba%a7"),
    ],
)
def test_same_slug(left: str, right: str) -> None:
    assert slugs.likeness(left, right) == slugs.likeness(right, left) == 1.0
    assert slugs.block(left) == slugs.block(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("notes-2", "notes-3"), ("ruby-2-6-7", "ruby-2-7-6"), ("a", ""), ("", ""), ("cats", "dogs")],
)
def test_other_slug(left: str, right: str) -> None:
    assert slugs.likeness(left, right) < 1.0


@pytest.mark.parametrize(
    ("left", "right", "series"),
    [
        ("ruby-award-2021", "ruby-award-2022", True),
        ("ruby-3-0-0-preview2-released", "ruby-3-0-0-rc1-released", True),
        ("notes-on-x-2", "notes-on-x-3", False),
        ("post-1612", "post-1687", False),
        ("000_9ef46c61d01fdfcb", "002_4ef4121f40a034ef", False),
    ],
)
def test_slug_series(left: str, right: str, series: bool) -> None:
    assert slugs.are_series(left, right) is series


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(left: str, right: str) -> None:
    for likeness in (slugs.likeness, titles.likeness):
        assert likeness(left, right) == likeness(right, left)
        assert 0.0 <= likeness(left, right) <= 1.0
