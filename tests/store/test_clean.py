from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from runs import NOW, fix, names

from postmend.store.clean import clean
from postmend.store.journal import list_runs
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
