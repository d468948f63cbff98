"""Makes the calls of `os` fail, one after the other, as a full disk or a dying one would."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "replace",
    "mkdir",
    "fchmod",
    "fstat",
    "read",
    "stat",
    "unlink",
    "link",
)


class Faults:
    """Counts the calls; from the `fail_at`th on (or only that one) they raise `error`."""

    def __init__(self, fail_at: int, error: int, sticky: bool) -> None:
        self.fail_at, self.error, self.sticky = fail_at, error, sticky
        self.calls = 0
        self.trace: list[str] = []

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            self.trace.append(name)
            if self.calls == self.fail_at or (self.sticky and self.calls > self.fail_at):
                if name == "close":  # Linux closes the file also when it reports an error
                    call(*args, **kwargs)
                raise OSError(self.error, os.strerror(self.error))
            if name == "write":  # a short write, as near a full disk
                return call(args[0], bytes(args[1])[: max(1, len(args[1]) // 2)])
            return call(*args, **kwargs)

        return wrapped


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch,
    fail_at: int,
    names: tuple[str, ...] = CALLS,
    error: int = errno.EIO,
    sticky: bool = False,
) -> Iterator[Faults]:
    """Let the `fail_at`th of the named calls fail within the block; 0 fails none and counts them."""
    faults = Faults(fail_at or 1 << 30, error, sticky)
    with monkeypatch.context() as patch:
        for name in names:
            if hasattr(os, name):
                patch.setattr(os, name, faults.wrap(name, getattr(os, name)))
        yield faults
