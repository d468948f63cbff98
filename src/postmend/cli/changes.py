"""The options that narrow a run to what is new in git."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from postmend.config import UsageError
from postmend.run import Request


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """What part of the files counts."""

    staged: Annotated[bool, typer.Option("--staged", help="Only what the next commit changes, as staged.")] = False
    since: Annotated[str | None, typer.Option(metavar="REF", help="Only what changed since this commit or branch.")] = (
        None
    )

    def refuse_stdin(self, corpus: list[Path] | None) -> None:
        """Raises UsageError for options that a post on standard input knows nothing of."""
        if corpus or self.staged or self.since is not None:
            raise UsageError("`-` is one post, compared with nothing: --corpus, --staged and --since need files.")

    def narrow(self, request: Request) -> Request:
        """The request, for what is new only."""
        return replace(request, staged=self.staged, since=self.since)
