"""The console that the terminal renderers write to, and what they may use on it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal, TextIO

from rich.console import Console

from postmend.report.escape import make_tolerant, visible

Color = Literal["auto", "always", "never"]

_PIPE_WIDTH = 120  # nobody wraps a pipe, but a line cut around its damage has to end somewhere
_WIDEST = 120


def console(color: Color, stream: TextIO) -> Console:
    """A console on `stream` that neither wraps nor interprets its text, nor fails at what it can't encode."""
    make_tolerant(stream)
    bare = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
    return Console(
        file=stream,
        force_terminal=True if color == "always" else None,
        color_system=None if bare else "standard" if color == "always" else "auto",
        no_color=bare,  # rich alone would still print bold and dim under NO_COLOR
        width=None if stream.isatty() else _PIPE_WIDTH,
        soft_wrap=True,
        markup=False,
        highlight=False,
        emoji=False,
    )


@dataclass(frozen=True, slots=True)
class Look:
    """What a console can show: how wide, in which encoding, with colours or without."""

    width: int
    encoding: str
    colors: bool

    @classmethod
    def of(cls, console: Console) -> Look:
        """The look of a console."""
        width = min(console.width, _WIDEST) if console.is_terminal else _PIPE_WIDTH
        colors = console.color_system is not None and not console.no_color
        return cls(width, console.encoding, colors)

    def show(self, text: str) -> str:
        """`text` as it can safely be printed."""
        return visible(text, self.encoding)

    @property
    def ellipsis(self) -> str:
        """The sign for text left out."""
        return "…" if visible("…", self.encoding) == "…" else "..."
