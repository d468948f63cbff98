"""How a run of the journal is written down: one folder a run, named after the time.

    20261121-211502/
        run.json         when, on which root, what kind of run
        manifest.jsonl   one line before a file is replaced or renamed; one more when that was cancelled or undone
        entries/1.gz     the bytes before; `gunzip` reads them without postmend
        lock             held while a run or its undo is under way

Lines are ASCII JSON: a name that isn't UTF-8 holds surrogates, which JSON escapes and gives back unharmed. A
line that was cut off, or that is not what this module writes, is passed over.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from postmend.store.disk import sync_folder, write_all, write_durably
from postmend.store.errors import FileProblem, JournalProblem, Missing
from postmend.store.files import digest, read_bytes
from postmend.values import dataclass

SCHEMA = 2
_READABLE = (1, 2)  # runs of schema 1 rename nothing
_HEAD, _MANIFEST, _ENTRIES = "run.json", "manifest.jsonl", "entries"
_HEAD_LIMIT, _MANIFEST_LIMIT = 1_000_000, 1_000_000_000  # bytes


class Kind(StrEnum):
    """What a run did: repairing, or undoing another run."""

    FIX = "fix"
    UNDO = "undo"


class Fate(StrEnum):
    """What became of an entry after it was written down."""

    CANCELLED = "cancelled"  # its file was not replaced
    RESTORED = "restored"  # its file has the old bytes back


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a run at its start. `root` is the folder that it may write in."""

    started: datetime
    root: Path
    kind: Kind = Kind.FIX


@dataclass(frozen=True, slots=True)
class Entry:
    """One replacement: an absolute path, SHA-256 digests in hexadecimal, the size of the bytes before."""

    number: int
    path: str
    before: str
    after: str
    size: int
    mode: int
    temporary: str  # name of the temporary file beside `path`


@dataclass(frozen=True, slots=True)
class Move:
    """One renaming: absolute paths before and after, and the SHA-256 digest of a file's bytes; none for a folder."""

    number: int
    source: str
    target: str
    digest: str


Step: TypeAlias = Entry | Move


def write_head(folder: Path, head: Head) -> None:
    """Make `folder`, which is empty, the folder of a run. Raises OSError."""
    (folder / _ENTRIES).mkdir(mode=0o700)
    values = {
        "schema": SCHEMA,
        "started": head.started.isoformat(),
        "root": str(head.root),
        "kind": head.kind,
    }
    write_durably(folder / _HEAD, json.dumps(values).encode("ascii"))
    sync_folder(folder)


def read_head(folder: Path) -> Head | None:
    """The head of a run, or None when `folder` isn't one (any more, or not yet)."""
    with suppress(JournalProblem, OSError, ValueError, KeyError, TypeError):
        values = json.loads(_read(folder / _HEAD, _HEAD_LIMIT))
        if values["schema"] in _READABLE:
            return Head(datetime.fromisoformat(values["started"]), Path(values["root"]), Kind(values["kind"]))
    return None


def append_entry(folder: Path, entry: Entry, before: bytes) -> None:
    """Store the bytes, then the line that tells of them; both are on the disk on return. Raises OSError."""
    stored = folder / _ENTRIES / f"{entry.number}.gz"
    try:
        write_durably(stored, gzip.compress(before, 6, mtime=0))
    except OSError:
        stored.unlink(missing_ok=True)  # on a full disk, half an entry would make it worse
        raise
    sync_folder(stored.parent)
    _append_step(folder, entry)


def append_move(folder: Path, move: Move) -> None:
    """Store the line that tells of a renaming; it is on the disk on return. Raises OSError."""
    _append_step(folder, move)


def _append_step(folder: Path, step: Step) -> None:
    from dataclasses import asdict  # takes long to import, and most runs change nothing

    _append(folder, asdict(step), durable=True)


def append_fate(folder: Path, number: int, fate: Fate) -> None:
    """Note what became of an entry. Not synced: if lost, the file itself tells. Raises OSError."""
    _append(folder, {"entry": number, "fate": fate}, durable=False)


def read_manifest(folder: Path) -> tuple[tuple[Step, ...], dict[int, Fate]]:
    """What was done in order, and the fate of what has one. Raises JournalProblem."""
    entries: dict[int, Step] = {}
    fates: dict[int, Fate] = {}
    for values in _valid_lines(folder / _MANIFEST):
        with suppress(ValueError, KeyError, TypeError):
            if "fate" in values:
                fates[int(values["entry"])] = Fate(values["fate"])
            else:
                step = _move(values) if "source" in values else _entry(values)
                entries[step.number] = step
    return tuple(entries[number] for number in sorted(entries)), fates


def read_original(folder: Path, entry: Entry) -> bytes:
    """The bytes that a file had before its entry. Raises JournalProblem if missing or damaged."""
    try:
        # gzip adds at most 5 bytes a block of 32 kB and 18 around it all: what is larger is not what was
        # written.
        packed = _read(folder / _ENTRIES / f"{entry.number}.gz", entry.size + entry.size // 1000 + 1000)
        # Never more than the recorded size: 100 kB can unpack to 100 MB.
        data = zlib.decompressobj(wbits=31).decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise JournalProblem(entry.path, f"its bytes in the journal are damaged ({error})") from error
    if len(data) != entry.size or digest(data) != entry.before:
        raise JournalProblem(entry.path, "its bytes in the journal are damaged (wrong checksum)")
    return data


def _entry(values: dict[str, Any]) -> Entry:
    """The entry of one line. Raises ValueError, KeyError or TypeError when this module didn't write it."""
    numbers = {key: int(values[key]) for key in ("number", "size", "mode")}
    strings = {key: str(values[key]) for key in ("path", "before", "after", "temporary")}
    if set(strings["temporary"]) & set("/\\\0") or not strings["temporary"].startswith(".postmend-"):
        raise ValueError("not a name of a temporary file")
    return Entry(**numbers, **strings)  # type: ignore[arg-type]


def _move(values: dict[str, Any]) -> Move:
    """The same for a renaming."""
    move = Move(int(values["number"]), *(str(values[key]) for key in ("source", "target", "digest")))
    if Path(move.source).parent != Path(move.target).parent:
        raise ValueError("a renaming does not lead elsewhere")
    return move


def _valid_lines(path: Path) -> Iterator[dict[str, Any]]:
    # Without a manifest, the run was cut off before its first line.
    for line in _read(path, _MANIFEST_LIMIT, if_missing=b"").split(b"\n"):
        with suppress(ValueError, RecursionError):
            values = json.loads(line)
            if isinstance(values, dict):
                yield values


def _append(folder: Path, values: dict[str, Any], *, durable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    handle = os.open(folder / _MANIFEST, flags, 0o600)
    try:
        # The line break in front parts the line from one that an interrupted run left unfinished.
        write_all(handle, b"\n" + json.dumps(values).encode("ascii"))
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)
    if values.get("number") == 1:
        sync_folder(folder)


def _read(path: Path, limit: int, if_missing: bytes | None = None) -> bytes:
    """A file of the journal. Raises JournalProblem."""
    try:
        return read_bytes(path, limit).data
    except Missing as problem:
        if if_missing is None:
            raise JournalProblem(path, "the journal is damaged: a file is missing") from problem
        return if_missing
    except FileProblem as problem:
        raise JournalProblem(path, f"the journal is damaged: {problem}") from problem
