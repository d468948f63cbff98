"""The index on disk: it changes nothing but time, whatever happened to it."""

from __future__ import annotations

import os
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend import run
from postmend.comparator.policy import DuplicatePolicy
from postmend.config import Policy
from postmend.model import Report
from postmend.scope import Request
from postmend.store import index
from postmend.store.cache import Cache

WORDS = [a + b for a in ("ka", "lo", "mi", "nu", "re") for b in ("ba", "do", "fi", "gu", "se", "tan", "vel", "zor")]


@pytest.fixture(autouse=True)
def always_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest change is written, the fewest posts have postings, and stamps are trusted at once."""
    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(index, "FEW", 0)
    monkeypatch.setattr(index, "MOST_LOOSE", 0)
    monkeypatch.setattr(index, "_TICK", -(10**18))


class Folder:
    """A site whose posts get a new time with each change, as if somebody had waited."""

    def __init__(self, root: Path) -> None:
        self.root = root / "site"
        self.cache = root / "cache"
        self.warnings: list[str] = []
        self.clock = 1_700_000_000
        (self.root / "content").mkdir(parents=True)
        (self.root / "hugo.toml").write_text("", "utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.root / "content" / name
        path.write_text(text, "utf-8", newline="\n")
        self.clock += 1
        os.utime(path, (self.clock, self.clock))

    def request(self, *names: str) -> Request:
        return Request(tuple(self.root / "content" / name for name in names) or (self.root,), jobs=1)

    def dupes(self, *names: str, drafts: bool = False, cached: bool = True) -> Report:
        request = self.request(*names)
        if cached:
            request = replace(request, cache=Cache(self.cache, self.warnings.append))
        return run.dupes(request, Policy(duplicates=DuplicatePolicy(include_drafts=drafts)))

    def file(self) -> Path:
        (found,) = self.cache.glob("*.sqlite")
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    for number in range(6):
        made.write(f"{number}.md", article(number, title=f"On the subject {'abcdef'[number]}"))
    made.write("again.md", article(2, title="Quite another name"))
    return made


def article(seed: int, length: int = 120, *, title: str = "", head: str = "") -> str:
    words = random.Random(seed).choices(WORDS, k=length)
    return f"---\ntitle: {title}\n{head}---\n\n{' '.join(words)}\n"


# ---------------------------------------------------------------- nothing but time

Post = tuple[int, int, int, str, str]  # article, words, changed words, title, more front matter
posts = st.tuples(
    st.integers(0, 4),
    st.sampled_from([3, 60, 120, 180]),
    st.integers(0, 3),
    st.sampled_from(["The first of them", "The second of them", "Notes", "A long tale of mending"]),
    st.sampled_from(
        ["", "draft: true\n", "description: All that is known about the mending of things\n", "slug: x-2\n"]
    ),
)
steps = st.lists(st.dictionaries(st.integers(0, 9), st.none() | posts, max_size=4), min_size=1, max_size=4)


def text_of(post: Post) -> str:
    seed, length, changed, title, head = post
    words = random.Random(seed).choices(WORDS, k=length)
    for place in range(changed):
        words[place * 17 % length] = "changed"
    footer = " ".join(random.Random(99).choices(WORDS, k=40))
    broken = "cafÃ© dÃ©jÃ  vu" if changed == 3 else "café"
    return f"---\ntitle: {title}\n{head}---\n\n{' '.join(words)}\n\n{broken}\n\n{footer}\n"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(0, 19), posts, min_size=2, max_size=20),
    steps,
    st.data(),
)
def test_reports_are_the_same_with_and_without_an_index(
    first: dict[int, Post], later: list[dict[int, Post | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        for change in [first, *later]:
            for number, post in change.items():
                name = f"{number}.md"
                if post is not None:
                    folder.write(name, text_of(post))
                elif len(os.listdir(folder.root / "content")) > 1:
                    (folder.root / "content" / name).unlink(missing_ok=True)
            there = sorted(os.listdir(folder.root / "content"))
            asked = data.draw(st.lists(st.sampled_from(there), max_size=2, unique=True))
            drafts = data.draw(st.booleans())
            for names in (asked, ()):
                assert folder.dupes(*names, drafts=drafts) == folder.dupes(*names, drafts=drafts, cached=False)
        assert folder.warnings == []
