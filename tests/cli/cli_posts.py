"""Small posts that the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

CLEAN = "---\ntitle: Café\n---\n\nIl y a du café à la carte, très bon, dit-elle.\n"


def damaged(text: str, codec: str = "cp1252") -> str:
    """The text as if its UTF-8 had been read in another encoding; bytes without a meaning become C1 controls."""
    parts = []
    for byte in text.encode():
        try:
            parts.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            parts.append(chr(byte))
    return "".join(parts)


DAMAGED = damaged(CLEAN)
Put = Callable[..., Path]
