"""What is wrong with YAML that can't be parsed, for people who write posts and no programs.

The parser says where it gave up and what it was about to read; that is often a line below the fault, and never what to
do. Here the lines around that place are looked at for the mistakes that people make.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from postmend.scanner.lines import line_end
from postmend.scanner.quoting import TYPOGRAPHIC, in_quotes, shortened

TAB = "a tab; YAML takes only blanks before a key or a value"

_CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7}) ")
_TAB_AT_START = re.compile(r"(?m)^ *\t")
# A key with its value on one line: `  - key: value`.
_PAIR = re.compile(
    r"[ \t]*(?:-[ \t]+)*(?P<key>[^\s:#'\"\[\]{},&*!|>%@`-][^\n:]{0,78})(?<!\s):(?P<gap>[ \t]+)(?P<value>\S[^\n]*)"
)
_STUCK = re.compile(r"[ \t]*(?:-[ \t]+)*(?P<key>[A-Za-z_][\w.-]{0,79}):(?P<next>[^ \t\n])")
_CLOSING = {"[": "]", "{": "}"}
_STARTERS = "@`%"  # begin no value in YAML


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where the parser gave up: the text with line feeds, its message and place, and what it was in, from where."""

    flat: str
    problem: str
    at: int
    context: str
    since: int

    def line(self, offset: int) -> tuple[int, int]:
        """Start and end of the line of an offset."""
        return self.flat.rfind("\n", 0, offset) + 1, line_end(self.flat, offset)

    def pair(self, offset: int) -> re.Match[str] | None:
        """The key and value on the line of an offset."""
        return _PAIR.match(self.flat, *self.line(offset))


Reason = tuple[str, int]


def explain(trouble: Trouble) -> Reason:
    """The reason in plain words, and the offset at which to look."""
    for test in _TESTS:
        reason = test(trouble)
        if reason:
            return reason
    said = " ".join(part for part in (trouble.context, trouble.problem) if part)
    return said or "not valid YAML", trouble.at


def _conflict(trouble: Trouble) -> Reason | None:
    found = _CONFLICT.search(trouble.flat)
    return ("a merge conflict is left in it; keep one of the two versions", found.start()) if found else None


def _tab(trouble: Trouble) -> Reason | None:
    """A tab at the beginning of the line, or of the one before."""
    start, end = trouble.line(trouble.at)
    above, _ = trouble.line(max(start - 1, 0))
    tab = _TAB_AT_START.match(trouble.flat, start, end) or _TAB_AT_START.match(trouble.flat, above, end)
    if tab is None and trouble.flat[trouble.at : trouble.at + 1] != "\t":
        return None
    return TAB, tab.end() - 1 if tab else trouble.at


def _escape(trouble: Trouble) -> Reason | None:
    """`"C:\\xyz"`: the parser stops in the middle of the escape."""
    if "escape" not in trouble.problem and "hexdecimal" not in trouble.problem:
        return None
    slash = trouble.flat.rfind("\\", 0, trouble.at + 1)
    escape = trouble.flat[slash : slash + 2]
    return f"`{escape}` means something else in double quotes; write `\\{escape}`, or use single quotes", slash


def _unclosed_quote(trouble: Trouble) -> Reason | None:
    """A quote that runs into the next lines: to the end, or to the quote that opens another value."""
    if "mapping values" in trouble.problem or "flow" in trouble.context:
        return None
    ends = "quoted scalar" in trouble.context
    start = trouble.since if ends else trouble.at
    quote = trouble.flat[start : start + 1]
    if ends and quote in ("'", '"'):
        return _opened(trouble, start)
    return None


def _opened(trouble: Trouble, start: int) -> Reason:
    pair, quote = trouble.pair(start), trouble.flat[start]
    of = f" the value of `{pair['key']}`" if pair else " a value"
    return f"the quote `{quote}` that opens{of} is never closed", start


def _after_quote(trouble: Trouble) -> Reason | None:
    """`"A" and B`, `'l'été'`; or a quote that another line closes."""
    if "did not find expected key" not in trouble.problem and "<document start>" not in trouble.problem:
        return None
    at, end = min(trouble.since, trouble.at), trouble.line(trouble.at)[1]
    while at < end:
        pair = trouble.pair(at)
        at = line_end(trouble.flat, at) + 1
        goes_on = trouble.flat[at : at + 1] == " "
        reason = _wrong_quotes(pair, goes_on) if pair else None
        if reason:
            return reason
    return None


def _wrong_quotes(pair: re.Match[str], goes_on: bool) -> Reason | None:
    """What is wrong with the quotes of a value, if anything. Where it `goes_on` in the next line it may end there."""
    value, start = pair["value"].rstrip(), pair.start("value")
    quote = value[0]
    if quote not in "'\"":
        return None
    close = _closing_quote(value)
    if close is None and goes_on:
        return None
    if close is None:
        return f"the quote `{quote}` that opens the value of `{pair['key']}` is not closed in this line", start
    rest = value[close + 1 :].lstrip()
    if not rest or rest[0] == "#":
        return None
    other = "'" if quote == '"' else '"'
    advice = (
        f"use {other} for the outer quotes"
        if other not in value
        else f"write `{_inside(quote)}` for the quotes within it"
    )
    if value[-1] != quote:
        advice = "put all of it in quotes, or none"
    return f"the value of `{pair['key']}` goes on after its closing quote; {advice}", start + close + 1


def _inside(quote: str) -> str:
    return '\\"' if quote == '"' else "''"


def _closing_quote(value: str) -> int | None:
    """Where the quote that begins a value is closed."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(pattern, value)
    return match.end() - 1 if match else None


def _flow(trouble: Trouble) -> Reason | None:
    """`[a, b` and `[WIP] a title`."""
    if "while parsing a flow" in trouble.context:
        opening = trouble.flat[trouble.since : trouble.since + 1]
        closing = _CLOSING.get(opening, "]")
        pair = trouble.pair(trouble.since)
        of = f" in the value of `{pair['key']}`" if pair else ""
        return (
            f"the `{opening}`{of} is not closed; put `{closing}` after the last item, and commas between",
            trouble.since,
        )
    pair = trouble.pair(trouble.at)
    if pair and pair["value"][0] in _CLOSING and trouble.at > pair.start("value"):
        value = pair["value"].rstrip()
        closing = _CLOSING[value[0]]
        return f"text after `{closing}`; if the value is no list, {in_quotes(pair['key'] + ': ', value)}", trouble.at
    return None


def _colon(trouble: Trouble) -> Reason | None:
    """`title: Paris: a guide`, and lines that are indented by accident."""
    if "mapping values are not allowed" not in trouble.problem:
        return None
    pair = trouble.pair(trouble.at)
    if pair and pair.start("value") <= trouble.at:
        value = pair["value"].rstrip()
        if value[0] in TYPOGRAPHIC:
            return (
                f"the value of `{pair['key']}` holds a colon, and YAML does not know typographic quotes; "
                f"{in_quotes(pair['key'] + ': ', value)}",
                trouble.at,
            )
        return f"the value of `{pair['key']}` holds a colon; {in_quotes(pair['key'] + ': ', value)}", trouble.at
    start = trouble.line(trouble.at)[0]
    if trouble.flat[start : start + 1] == " ":
        return "this line is indented, but the line above has a value already", trouble.at
    return stuck(trouble.flat, *trouble.line(max(start - 1, 0))) or ("the line above has no `key: value`", start)


def stuck(flat: str, start: int, end: int) -> Reason | None:
    """`title:Paris`, where the blank is missing, or is one that does not break."""
    found = _STUCK.match(flat, start, end)
    if found is None:
        return None
    if found["next"] == "\N{NO-BREAK SPACE}":
        return f"the blank after `{found['key']}:` is a no-break space; type a plain one", found.start("next")
    return f"no blank after `{found['key']}:`", found.start("next")


def _no_key(trouble: Trouble) -> Reason | None:
    """A line of text among keys."""
    if "could not find expected ':'" not in trouble.problem:
        return None
    start, end = trouble.line(trouble.since)
    quote = trouble.flat[trouble.since : trouble.since + 1]
    if quote in ("'", '"'):
        return _opened(trouble, trouble.since)
    text = shortened(trouble.flat[trouble.since : end].rstrip())
    return stuck(trouble.flat, start, end) or (f"`{text}` is no `key: value`", trouble.since)


def _start_of_value(trouble: Trouble) -> Reason | None:
    """A sign at the start of a value that means something else there."""
    pair = trouble.pair(trouble.at)
    scanned = "while scanning a" in trouble.context and "simple key" not in trouble.context
    if pair and (pair["value"][0] in _STARTERS or (scanned and pair["value"][0] in "*&!|>")):
        value = pair["value"].rstrip()
        sign = "a backtick" if value[0] == "`" else f"`{value[0]}`"
        return f"a value can't begin with {sign}; {in_quotes(pair['key'] + ': ', value)}", pair.start("value")
    return None


def _indentation(trouble: Trouble) -> Reason | None:
    """What remains: a line that does not stand under the one to which it belongs."""
    said = trouble.problem
    if "did not find expected" in said and any(w in said for w in ("key", "<document start>", "'-' indicator")):
        return "this line does not stand under the lines to which it belongs; indent it like these", trouble.at
    return None


_TESTS: tuple[Callable[[Trouble], Reason | None], ...] = (
    _conflict,
    _tab,
    _escape,
    _after_quote,
    _unclosed_quote,
    _colon,
    _flow,
    _start_of_value,
    _no_key,
    _indentation,
)
