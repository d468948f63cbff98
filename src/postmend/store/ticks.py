"""How far the clocks of file systems can be trusted."""

from __future__ import annotations

TICK = 2_000_000_000  # nanoseconds: no file system counts in longer steps, so later writes show in a file's time
