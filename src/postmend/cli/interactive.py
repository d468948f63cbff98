"""The terminal side of `fix --interactive`: shows a repair in its place and asks, as `git add -p` does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from postmend.asking import Answer, Question, Word
from postmend.config import UsageError
from postmend.excusing import Marker
from postmend.model import Pair
from postmend.position import LineIndex
from postmend.report.console import Look
from postmend.report.details import INDENT, change_lines
from postmend.report.duplicates import headline as pair_headline
from postmend.report.duplicates import pair_lines
from postmend.report.excerpt import start_of
from postmend.report.terminal import headline

_HELP = {
    "y": "repair this",
    "n": "leave this as it is",
    "a": "repair this and all others of this kind, in all files",
    "e": "type what should stand there",
    "d": "leave this and all that follows in this file",
    "q": "stop asking; what you said yes to is written",
    "?": "show this help",
}
_PAIR_HELP = {
    "y": "they are; note in {file} that they are no duplicates",
    "n": "leave this as it is",
    "s": "show the two side by side",
    "q": "stop asking",
    "?": "show this help",
}
_MARGIN = "      "


def require_terminal() -> None:
    """Raises UsageError where nobody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive needs a terminal to ask on. Without one, use --diff to see what would change.")


class Terminal:
    """Asks the person at the terminal. `marker` is where pairs are noted that are no duplicates."""

    def __init__(self, console: Console, marker: Marker) -> None:
        self._console = console
        self._look = Look.of(console)
        self._marker = marker
        self._path = ""

    def decide(self, question: Question) -> Answer:
        """Shows a repair and waits for an answer."""
        finding = question.finding
        if finding.path != self._path:
            self._path = finding.path
            self._print([Text(), Text(self._look.show(finding.path), "bold underline")])
        self._print([headline(finding, self._look), *_in_context(question, self._look)])
        keys = {key: said for key, said in _HELP.items() if key != "e" or question.can_be_edited}
        while True:
            key = self._key(f"Repair this ({question.number:,} of {question.of:,} in this file)?", keys)
            if key != "e":
                return Answer(Word(key))
            typed = self._line(f"What should stand in place of `{self._look.show(finding.before or '')}`? ")
            if typed:
                return Answer(Word.EDIT, typed)

    def decide_pair(self, pair: Pair) -> Word:
        """Shows two posts that are much alike, and notes it when they are no duplicates."""
        lines = (Text.assemble(_MARGIN, line) for line in pair_lines(pair, self._look))
        self._print([Text(), pair_headline(pair, self._look), *lines])
        keys = {key: said.format(file=self._look.show(self._marker.shown)) for key, said in _PAIR_HELP.items()}
        while True:
            key = self._key("Are these alike on purpose?", keys)
            if key == "s":
                self._side_by_side(pair)
            elif key == "y" and not self._marked(pair):
                return Word.NO
            else:
                return Word(key)

    def _side_by_side(self, pair: Pair) -> None:
        self._console.file.flush()
        subprocess.run([sys.executable, "-m", "postmend", "diff", "--", pair.left, pair.right], check=False)

    def _marked(self, pair: Pair) -> bool:
        """Whether the pair could be noted; if not, it was told why."""
        try:
            self._marker.mark(pair)
        except UsageError as problem:
            self._print(Text(self._look.show(line), "red") for line in str(problem).split("\n"))
            return False
        return True

    def _key(self, question: str, keys: Mapping[str, str]) -> str:
        """The key of an answer that makes sense. The end of the input means to stop."""
        while True:
            said = self._line(f"{question} [{','.join(keys)}] ")
            if said is None:
                return "q"
            key = said.strip().lower()[:1]
            if key in keys and key != "?":
                return key
            self._print(Text(f"  {name}  {what}", "cyan") for name, what in keys.items())

    def _print(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self._console.print(line, soft_wrap=True)

    def _line(self, prompt: str) -> str | None:
        """What was typed, without the line break; None at the end of the input."""
        self._console.print(Text(prompt, "bold blue"), end="", soft_wrap=True)
        self._console.file.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            return "?"
        return line.rstrip("\r\n") if line else None


def _in_context(question: Question, look: Look) -> Iterator[Text]:
    """The change, between the line before and the line after."""
    lines = LineIndex(question.text)
    finding = question.finding
    before, after = (lines.line_text(number) for number in (finding.start.line - 1, finding.end.line + 1))
    for line in (*_context(before, look), *change_lines(finding, look), *_context(after, look)):
        yield Text.assemble(_MARGIN, line)


def _context(line: str, look: Look) -> Iterator[Text]:
    if line.strip():
        yield Text.assemble("  ", (start_of(line, look, max(look.width - INDENT, INDENT)), "dim"))
