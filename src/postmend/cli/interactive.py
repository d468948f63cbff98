"""The terminal side of `fix --interactive`: shows a repair in its place and asks, as `git add -p` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from postmend.asking import Answer, Question, Word
from postmend.config import UsageError
from postmend.model import Finding
from postmend.position import LineIndex
from postmend.report.console import Look
from postmend.report.details import INDENT, change_lines
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


def require_terminal() -> None:
    """Raises UsageError where nobody can answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive needs a terminal to ask on. Without one, use --diff to see what would change.")


class Terminal:
    """Asks the person at the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._look = Look.of(console)
        self._path = ""

    def decide(self, question: Question) -> Answer:
        """Shows a repair and waits for an answer that makes sense. The end of the input means to stop."""
        self._show(question)
        keys = [key for key in _HELP if key != "e" or question.can_be_edited]
        prompt = f"Repair this ({question.number:,} of {question.of:,} in this file)? [{','.join(keys)}] "
        while True:
            said = self._line(prompt)
            if said is None:
                return Answer(Word.QUIT)
            key = said.strip().lower()[:1]
            if key == "e" and key in keys:
                typed = self._line(
                    f"What should stand in place of `{self._look.show(question.finding.before or '')}`? "
                )
                if typed:
                    return Answer(Word.EDIT, typed)
            elif key in keys and key != "?":
                return Answer(Word(key))
            else:
                self._print(Text(f"  {k}  {_HELP[k]}", "cyan") for k in keys)

    def _show(self, question: Question) -> None:
        finding = question.finding
        if finding.path != self._path:
            self._path = finding.path
            self._print([Text(), Text(self._look.show(finding.path), "bold underline")])
        self._print([headline(finding, self._look), *_in_context(question, self._look)])

    def _print(self, lines: Iterator[Text] | list[Text]) -> None:
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
    finding: Finding = question.finding
    yield from (Text.assemble("      ", line) for line in _context(lines.line_text(finding.start.line - 1), look))
    yield from (Text.assemble("      ", line) for line in change_lines(finding, look))
    yield from (Text.assemble("      ", line) for line in _context(lines.line_text(finding.end.line + 1), look))


def _context(line: str, look: Look) -> Iterator[Text]:
    if line.strip():
        yield Text.assemble(("  ", ""), (start_of(line, look, max(look.width - INDENT, INDENT)), "dim"))
