"""Results on disk: `check` says the same with and without them, whatever happened to files and cache."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_folder import SiteFolder

from postmend import recalling, run
from postmend.config import Policy
from postmend.model import Report
from postmend.scope import Request
from postmend.store import files, index, results
from postmend.store.cache import Cache

STORY = " ".join(f"On day {n} the ferry left at {n * 7 % 60} past with {n * 3} crates of tea." for n in range(30))
TEXTS = (
    "Nothing to see here.",
    "Утром море спокойно, а к вечеру поднимается ветер. Хлеб уже в печи, и кошка спит.",
    "Am Sonntag gab es süße Brötchen, Käse und für jeden ein Stück Kuchen.",
    "A day in Málaga was fun.",  # damaged, too little alone, and enough where another post tells
    STORY,
    "A café was lost \N{REPLACEMENT CHARACTER} here, and a twin may have the line.",
    "A café was lost x here, and a twin may have the line.",
)
TITLES = ("Ferry", "Ferry", "Café du port", "A title of its own")


@pytest.fixture(autouse=True)
def always_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fewest files have results, and stamps are trusted at once."""
    for module, name, value in (
        *((module, "FEW", 0) for module in (run, index)),
        *((index, "TICK", -(10**18)), (recalling, "TICK", -(10**18)), (index, "MOST_LOOSE", 0)),
    ):
        monkeypatch.setattr(module, name, value)


class Folder(SiteFolder):
    def check(self, *names: str, policy: Policy | None = None, cached: bool = True) -> Report:
        targets = tuple(self.root / "content" / name for name in names) or (self.root,)
        cache = Cache(self.cache, self.warnings.append) if cached else None
        return run.check(Request(targets, jobs=1, history=False, cache=cache), policy or Policy())

    def file(self) -> Path:
        (found,) = self.cache.glob("*.results")
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    for number, text in enumerate(TEXTS):
        made.write(f"{number}.md", post(text, TITLES[number % 4], codec="cp1252" if number in (2, 3) else None))
    made.write("again.md", post(STORY, "Another"))
    return made


def post(text: str, title: str, codec: str | None = None, head: str = "") -> str:
    body = text if codec is None else text.encode().decode(codec, "replace")
    return f"---\ntitle: {title}\n{head}---\n\n{body}\n"


# ---------------------------------------------------------------- nothing but time

posts = st.builds(
    post,
    st.sampled_from(TEXTS),
    st.sampled_from(TITLES),
    st.sampled_from([None, "cp1252", "mac_roman", "latin-1"]),
    st.sampled_from(["", "draft: true\n", "slug: x\n", "tags: [a\n"]),
)
changes = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "é", "e"]), st.none() | posts, max_size=3)
policies = st.sampled_from(
    [
        Policy(),
        Policy(ignore=("PM2",)),
        Policy(ignore=("PM101", "PM206")),
        Policy(code_blocks="leave"),
        Policy(select=("PM104", "PM2")),
    ]
)


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdé"), posts, min_size=2), st.lists(changes, max_size=3), st.data())
def test_reports_are_the_same_with_and_without_results(
    first: dict[str, str], later: list[dict[str, str | None]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        for change in [first, *later]:
            for name, text in change.items():
                if text is not None:
                    folder.write(f"{name}.md", text)
                elif len(folder.names()) > 1:
                    (folder.root / "content" / f"{name}.md").unlink(missing_ok=True)
            policy = data.draw(policies)
            asked = data.draw(st.lists(st.sampled_from(folder.names()), max_size=2, unique=True))
            for names in (asked, (), ()):
                assert folder.check(*names, policy=policy) == folder.check(*names, policy=policy, cached=False)
        assert folder.warnings == []


def test_all_that_a_report_may_hold_survives(folder: Folder) -> None:
    folder.write("süße-brötchen.md".encode().decode("cp1252"), "# Süße Brötchen\n\nSüße Brötchen für alle.\n")
    folder.write("old.md", "---\ntitle: Öl\n---\n\nKäse für süße Brötchen, und große Äpfel.\n".encode("cp1252"))
    folder.write("binary.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    folder.write("long.md", post("ab\u200bc x\x08 ".join(["&#195;&#169;"] * 40), "Escapes"))
    expected = folder.check(cached=False)
    assert {"PM001", "PM004", "PM101", "PM104", "PM106", "PM201", "PM207"} <= {f.code for f in expected.findings}
    assert [folder.check() for _ in range(3)] == [expected] * 3


# ---------------------------------------------------------------- what is read


def test_nothing_is_read_where_nothing_changed_and_else_the_change(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = Policy(ignore=("PM2",))
    first = folder.check()
    folder.check(policy=texts)
    read: list[str] = []
    real = files.read_bytes
    monkeypatch.setattr(files, "read_bytes", lambda path, *more: read.append(path.name) or real(path, *more))
    assert folder.check() == first
    assert read == []
    folder.write("0.md", post("Something else.", "A title of its own"))
    assert "content/0.md" not in {f.path for f in folder.check(policy=texts).findings}
    assert set(read) == {"0.md", "5.md"}  # what the second one has lost may be found elsewhere


def test_the_time_alone_is_enough_to_look_again(folder: Folder) -> None:
    before = folder.check()
    path = folder.root / "content" / "0.md"
    size = path.stat().st_size
    folder.write("0.md", path.read_bytes()[:-10] + "ï»¿ Ã©\n".encode()[:10].ljust(10))
    assert path.stat().st_size == size
    assert folder.check() != before
    assert folder.check() == folder.check(cached=False)


def test_young_files_are_read_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written twice within a tick, with the same length: nothing but the content tells the versions apart."""
    monkeypatch.setattr(recalling, "TICK", 2_000_000_000)
    for path in (folder.root / "content").iterdir():
        path.write_bytes(path.read_bytes())
    folder.check()
    assert not list(folder.cache.glob("*.results")) or rows(folder.file()) == 0


def rows(file: Path) -> int:
    connection = sqlite3.connect(file)
    count: int = connection.execute("SELECT (SELECT count(*) FROM files) + (SELECT count(*) FROM runs)").fetchone()[0]
    connection.close()
    return count


def test_another_configuration_of_the_site_is_another_question(folder: Folder) -> None:
    folder.write("mark.md", "\ufeff---\ntitle: Mark\n---\n\nText.\n")
    for change in ("hugo.toml", "_config.yml"):
        folder.check()
        (folder.root / change).touch()
        assert folder.check() == folder.check(cached=False)
    (folder.root / "hugo.toml").unlink()
    assert folder.check() == folder.check(cached=False)


def test_links_have_no_results(folder: Folder, tmp_path: Path) -> None:
    outside = folder.root / "kept.txt"
    outside.write_text(post("Nothing.", "Linked"), "utf-8")
    (folder.root / "content" / "linked.md").symlink_to(outside)
    folder.check()
    outside.write_text(post("Pour le café et le thé, déjà vu.", "Linked", "cp1252"), "utf-8")
    assert folder.check() == folder.check(cached=False)
    assert "content/linked.md" in {f.path.rpartition("site/")[2] for f in folder.check().findings}


# ---------------------------------------------------------------- whatever happened to it


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 99, None])
def test_damaged_results_are_made_anew(folder: Folder, damage: bytes | None) -> None:
    expected = folder.check()
    file = folder.file()
    if damage is None:
        data = bytearray(file.read_bytes())
        for place in range(4096, len(data), 611):
            data[place] ^= 0xFF
        file.write_bytes(data)
    else:
        file.write_bytes(damage)
    assert folder.check() == expected
    assert len(folder.warnings) <= 1
    folder.warnings.clear()
    assert [folder.check(), folder.check()] == [expected, expected]
    assert folder.warnings == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE files SET said = replace(said, 'Mojibake', 'Nothing')",
        "UPDATE files SET said = ''",
        "UPDATE files SET path = x'' || path",
        "UPDATE runs SET said = '[]'",
        "DROP TABLE runs",
    ],
)
def test_rows_that_were_altered_are_noticed(folder: Folder, sql: str) -> None:
    expected = folder.check()
    connection = sqlite3.connect(folder.file(), isolation_level=None)
    if "runs" not in sql:
        connection.execute("DELETE FROM runs")
    connection.execute(sql)
    connection.close()
    assert [folder.check(), folder.check()] == [expected, expected]


def test_a_cache_that_can_not_be_written_is_a_warning(folder: Folder) -> None:
    folder.cache.write_text("a file where the folder should be")
    assert folder.check(policy=Policy(ignore=("PM2",))) == folder.check(policy=Policy(ignore=("PM2",)), cached=False)
    assert len(folder.warnings) == 1
    assert "--no-cache" in folder.warnings[0]


def test_another_process_that_writes_is_waited_for_or_left_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.check()
    monkeypatch.setattr(results, "_WAIT", 0.05)
    other = sqlite3.connect(folder.file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    folder.write("0.md", post("Something else.", "New"))
    assert folder.check() == folder.check(cached=False)
    assert ["locked" in warning for warning in folder.warnings] == [True]
    other.execute("ROLLBACK")
    other.close()


def test_several_runs_at_once_give_the_same_answer(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in range(40):
        folder.write(f"{number}.md", post(TEXTS[number % 7], TITLES[number % 4], "cp1252" if number % 5 == 2 else None))
    command = [sys.executable, "-m", "postmend", "check", "--output-format", "json", "-j", "1"]
    environment = {**os.environ, "POSTMEND_CACHE_DIR": str(folder.cache)}
    started = [
        subprocess.Popen(command, cwd=folder.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert {errors for _, errors in said} == {b""}
    assert len({report for report, _ in said}) == 1
    assert len(json.loads(said[0][0])["findings"]) > 10


def test_a_fix_takes_nothing_from_results(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    from postmend import mend
    from postmend.preview import DiffCollector

    folder.check()
    monkeypatch.setattr(results.Results, "files", lambda *_: pytest.fail("a fix is to read"))
    monkeypatch.setattr(results.Results, "run", lambda *_: pytest.fail("a fix is to read"))
    request = Request((folder.root,), jobs=1, history=False, cache=Cache(folder.cache, folder.warnings.append))
    assert mend.fix(replace(request), Policy(), DiffCollector()).fixed
