from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from runs import NOW, fix, names

from postmend.store.clean import clean
from postmend.store.journal import list_runs
from postmend.store.keeping import MOST_DAYS, remark
from postmend.store.undo import undo

Post = Callable[..., Path]


def test_clean_never_removes_the_last_run(journals: Path, root: Path, post: Post) -> None:
    path = post()
    ids = [fix(journals, root, {path: b"%d" % day}, NOW + timedelta(days=day)) for day in range(4)]
    later = NOW + timedelta(days=100)
    assert clean(journals, now=later) == ()
    assert clean(journals, now=later, keep=3) == (ids[0],)
    assert clean(journals, now=NOW + timedelta(days=3), max_age=timedelta(days=1, hours=12)) == (ids[1],)
    assert clean(journals, now=later, max_bytes=0) == (ids[2],)
    assert clean(journals, now=later, keep=0, max_age=timedelta(0), max_bytes=0) == ()
    assert names(journals) == [ids[3]]
    undo_id = undo(journals, now=later).undo_id
    assert clean(journals, now=later, keep=0) == ()
    assert names(journals) == sorted([ids[3], str(undo_id)])


def test_an_interrupted_clean_is_completed(journals: Path, root: Path, post: Post) -> None:
    run_id = fix(journals, root, {post(): b"new"})
    (journals / run_id).rename(journals / f".removed-{run_id}")
    assert list_runs(journals) == ()
    clean(journals, now=NOW)
    assert names(journals) == []


def test_a_journal_that_goes_back_far_is_told(journals: Path, root: Path, post: Post) -> None:
    now = datetime(2026, 11, 21, 21, 15)
    path = post()
    fix(journals, root, {path: b"one"}, now - timedelta(days=MOST_DAYS + 1))
    assert remark(journals, now) == ""  # the last run stays anyway
    fix(journals, root, {path: b"two"}, now)
    assert remark(journals, now).startswith("the undo journal holds 2 runs (0 MB), the first of 2026-05-24;")
    clean(journals, now=now, max_age=timedelta(days=MOST_DAYS))
    assert remark(journals, now) == ""


def test_a_journal_that_takes_much_room_is_told(
    journals: Path, root: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = post()
    fix(journals, root, {path: b"one"})
    fix(journals, root, {path: b"two"}, NOW + timedelta(minutes=1))
    assert remark(journals, NOW.replace(tzinfo=None)) == ""
    monkeypatch.setattr("postmend.store.keeping.MOST_BYTES", 500)
    assert "2 runs" in remark(journals, NOW.replace(tzinfo=None))


def test_what_is_no_journal_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert remark(tmp_path, datetime(2026, 11, 21)) == remark(tmp_path / "nowhere", datetime(2026, 11, 21)) == ""
