"""What one file says about another, as values."""

from __future__ import annotations

from itertools import permutations

from postmend.elsewhere import Elsewhere

FILES = (("a.md", {"cp1252"}), ("b.md", {"cp1252", "mac_roman"}), ("c.md", set[str]()))


def test_a_file_does_not_vouch_for_itself() -> None:
    elsewhere = Elsewhere()
    elsewhere.add("a.md", {"cp1252"})
    assert elsewhere.than("a.md") == frozenset()
    assert elsewhere.than("b.md") == {"cp1252"}


def test_two_files_vouch_for_each_other() -> None:
    elsewhere = Elsewhere()
    elsewhere.add("a.md", {"cp1252"})
    elsewhere.add("b.md", {"cp1252"})
    assert elsewhere.than("a.md") == elsewhere.than("b.md") == {"cp1252"}


def test_the_order_of_files_does_not_matter() -> None:
    for order in permutations(FILES):
        elsewhere = Elsewhere()
        for path, accidents in order:
            elsewhere.add(path, accidents)
        assert elsewhere.than("a.md") == elsewhere.than("c.md") == {"cp1252", "mac_roman"}
        assert elsewhere.than("b.md") == {"cp1252"}
