"""The index on disk: it changes nothing but time, whatever happened to it."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_folder import SiteFolder

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
    monkeypatch.setattr(index, "TICK", -(10**18))


class Folder(SiteFolder):
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
    st.sampled_from(["", "draft: true\n", "description: All that is known about mending\n", "slug: x-2\n"]),
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
                elif len(folder.names()) > 1:
                    (folder.root / "content" / name).unlink(missing_ok=True)
            asked = data.draw(st.lists(st.sampled_from(folder.names()), max_size=2, unique=True))
            drafts = data.draw(st.booleans())
            for names in (asked, ()):
                assert folder.dupes(*names, drafts=drafts) == folder.dupes(*names, drafts=drafts, cached=False)
        assert folder.warnings == []


# ---------------------------------------------------------------- whatever happened to it


def test_a_second_run_reads_nothing_and_one_changed_post_is_looked_up(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = folder.dupes()
    assert [pair.code for pair in expected.pairs] == ["PM201"]
    folder.write("again.md", article(3, title="Quite another name"))
    changed = folder.dupes("again.md", cached=False)
    monkeypatch.setattr(index.Index, "_insert", lambda *_: pytest.fail("nothing is to be written"))
    monkeypatch.setattr(index, "FEW", 5)
    monkeypatch.setattr(run, "look", looking_at(["content/again.md"], run.look))
    assert folder.dupes("again.md") == changed
    assert [(pair.left, pair.right) for pair in changed.pairs] != [(p.left, p.right) for p in expected.pairs]


def looking_at(paths: list[str], look: object) -> object:
    """`look`, which may ask for these files only."""

    def checked(scope: object, policy: object, jobs: int, progress: object, memory: object, *rest: object) -> object:
        recall = memory.recall  # type: ignore[attr-defined]

        def recalled(*arguments: object) -> list[str]:
            stale: list[str] = recall(*arguments)
            assert stale == paths
            return stale

        memory.recall = recalled  # type: ignore[attr-defined]
        return look(scope, policy, jobs, progress, memory, *rest)  # type: ignore[operator]

    return checked


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 99, None])
def test_a_damaged_index_is_made_anew(folder: Folder, damage: bytes | None) -> None:
    expected = folder.dupes()
    file = folder.file()
    if damage is None:  # some pages in the middle, which SQLite itself does not always notice
        data = bytearray(file.read_bytes())
        for place in range(4096, len(data), 611):
            data[place] ^= 0xFF
        file.write_bytes(data)
    else:
        file.write_bytes(damage)
    assert folder.dupes() == expected
    assert len(folder.warnings) <= 1
    folder.warnings.clear()
    assert folder.dupes() == expected
    assert folder.dupes("again.md") == folder.dupes("again.md", cached=False)
    assert folder.warnings == []


def test_a_row_that_was_altered_is_noticed(folder: Folder) -> None:
    expected = folder.dupes()
    with sqlite3.connect(folder.file()) as connection:
        connection.execute("UPDATE files SET shingles = substr(shingles, 7)")
    connection.close()
    assert folder.dupes() == expected
    assert len(folder.warnings) == 1
    assert folder.dupes() == expected
    assert len(folder.warnings) == 1


def test_a_cache_that_can_not_be_written_is_a_warning(folder: Folder, tmp_path: Path) -> None:
    folder.cache.write_text("a file where the folder should be")
    assert folder.dupes() == folder.dupes(cached=False)
    assert len(folder.warnings) == 1
    assert "--no-cache" in folder.warnings[0]


def test_a_full_disk_is_a_warning(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(index.Index, "_insert", full)
    assert folder.dupes() == folder.dupes(cached=False)
    assert ["disk is full" in warning for warning in folder.warnings] == [True]


def test_another_process_that_writes_is_waited_for_or_left_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.dupes()
    monkeypatch.setattr(index, "_WAIT", 0.05)
    other = sqlite3.connect(folder.file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    folder.write("again.md", article(4, title="Quite another name"))
    assert folder.dupes() == folder.dupes(cached=False)
    assert ["locked" in warning for warning in folder.warnings] == [True]
    other.close()
    assert folder.dupes() == folder.dupes(cached=False)


def test_what_an_interrupted_run_wrote_is_used(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_BATCH", 2)
    monkeypatch.setattr(index.Index, "settle", interrupted)
    with pytest.raises(KeyboardInterrupt):
        folder.dupes()
    monkeypatch.undo()
    connection = sqlite3.connect(folder.file())
    assert connection.execute("SELECT count(*) FROM files").fetchone() == (6,)
    connection.close()
    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(index, "TICK", -(10**18))
    monkeypatch.setattr(run, "look", looking_at(["content/again.md"], run.look))
    assert len(folder.dupes().pairs) == 1


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_young_files_are_not_trusted(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written twice within a tick, with the same length: nothing but the content tells the versions apart."""
    monkeypatch.setattr(index, "TICK", 2_000_000_000)
    path = folder.root / "content" / "again.md"
    path.write_bytes(path.read_bytes())
    folder.dupes()
    connection = sqlite3.connect(folder.file())
    assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)
    connection.close()


def test_several_runs_at_once_give_the_same_answer(folder: Folder) -> None:
    for number in range(20):
        folder.write(f"more-{number}.md", article(50 + number % 15, title=f"More of {WORDS[number]}"))
    command = [sys.executable, "-m", "postmend", "dupes", "--cache-dir", str(folder.cache), "--output-format", "json"]
    alone = subprocess.run([*command, "--no-cache"], cwd=folder.root, capture_output=True, check=False)
    runs = [
        subprocess.Popen(command, cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    results = [process.communicate() for process in runs]
    assert results == [(alone.stdout, b"")] * 3


def test_indexes_that_nobody_used_for_long_are_removed(folder: Folder) -> None:
    folder.cache.mkdir()
    for name, age in ((f"{'0' * 32}.sqlite", 100), (f"{'1' * 32}.results", 10), ("theirs.sqlite", 100)):
        (folder.cache / name).touch()
        os.utime(folder.cache / name, (time.time() - age * 86_400,) * 2)
    folder.dupes()
    left = {path.name for path in folder.cache.iterdir()}
    assert f"{'0' * 32}.sqlite" not in left
    assert left > {f"{'1' * 32}.results", "theirs.sqlite"}


def test_moved_and_removed_posts_are_forgotten(folder: Folder) -> None:
    folder.dupes()
    (folder.root / "content" / "again.md").rename(folder.root / "content" / "moved.md")
    assert folder.dupes() == folder.dupes(cached=False)
    (folder.root / "content" / "moved.md").unlink()
    assert folder.dupes().pairs == ()
    assert folder.dupes("2.md").pairs == ()


# ---------------------------------------------------------------- any order, any number of processes


def test_the_number_of_processes_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from postmend import reading

    monkeypatch.setattr(reading, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(reading, "_CHUNK", 3)
    folder = Folder(tmp_path)
    for number in range(18):
        folder.write(f"{number}.md", text_of((number % 4, 120, number % 3, "A long tale of mending", "")))
    reports = [run.dupes(replace(folder.request(), jobs=jobs), Policy()) for jobs in (1, 2, 4)]
    assert reports[0].pairs
    assert reports[0] == reports[1] == reports[2]
