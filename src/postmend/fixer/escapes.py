r"""Characters that are written as escapes: `&eacute;`, `&#233;`, `%C3%A9`, `\u00e9`, and `\xe9` in YAML.

`read` gives the text with such escapes read as characters, and a map back to where they stand. `written` gives a
character in the kind of escape that another one has. ASCII stays as it is: no `&lt;` or `%20` is ever read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from postmend.model import Span
from postmend.values import dataclass, field

_ENTITY = r"&(?:amp;)*(?:#([0-9]{3,7})|#[xX]([0-9A-Fa-f]{2,6})|([A-Za-z][A-Za-z0-9]{1,30}));"
_PERCENT = r"(?:%(?:25)*[89A-Fa-f][0-9A-Fa-f])+"
# A backslash before a backslash makes that one plain: both are passed over together.
_PAIR = r"u([Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})"  # of UTF-16
_UNIT = r"u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})"
_ESCAPE = re.compile(rf"{_ENTITY}|({_PERCENT})|\\(?:{_PAIR}|{_UNIT}|[^\n])")
_PERCENTS = re.compile(r"%(?:25)*([0-9A-Fa-f]{2})")
# One of each is worth a closer look. Apart, as a search for one first character is three times as fast.
_SCREENS = (
    ("&", re.compile(r"&(?:amp;)*(?!(?:amp|[lg]t|quot|apos|nbsp|#39|#x27|#12[35]|#x7[bdBD]);)#?[0-9A-Za-z]{2,31};")),
    ("%", re.compile(r"%(?:25)*[89A-Fa-f][0-9A-Fa-f]")),
    ("\\", re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})")),
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SMALL = re.compile("[a-f]")
_BLANKS = " \n\t\r"
_BLANK = re.compile(f"[{_BLANKS}]")
# What stands side by side in sound text: spaces and quotation marks, dashes, dots, arrows.
_ORDINARY = frozenset(
    "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}\N{SOFT HYPHEN}"
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{BULLET}\N{MIDDLE DOT}\N{COPYRIGHT SIGN}\N{REGISTERED SIGN}\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW}"
)
NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Escape:
    """One escaped character: where the escape stands, and what it stands for."""

    span: Span
    char: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its escapes read: each is one character of `text`, `at` says which."""

    text: str
    escapes: tuple[Escape, ...]
    at: tuple[int, ...]
    _starts: list[int] = field(repr=False, compare=False)

    def source(self, place: int) -> int:
        """Where a boundary between characters of `text` stands in the text with escapes."""
        before = bisect_left(self.at, place)
        return place if before == 0 else place + self.escapes[before - 1].span.end - self.at[before - 1] - 1

    def source_span(self, span: Span) -> Span:
        """The span in terms of the text with escapes."""
        return Span(self.source(span.start), self.source(span.end))

    def target(self, offset: int) -> int:
        """Where an offset of the text with escapes is found in `text`; inside an escape, after it."""
        before = bisect_right(self._starts, offset - 1)
        if before == 0:
            return offset
        return self.at[before - 1] + 1 + max(0, offset - self.escapes[before - 1].span.end)

    def target_span(self, span: Span) -> Span:
        """The span, of the text with escapes, in terms of `text`."""
        return Span(self.target(span.start), self.target(span.end))

    def inside(self, span: Span) -> tuple[Escape, ...]:
        """The escapes whose characters are in the span of `text`."""
        return self.escapes[bisect_left(self.at, span.start) : bisect_left(self.at, span.end)]

    def suspicious_words(self) -> Iterator[str]:
        """The words in which characters that are not ASCII, one of them escaped, stand together as in no sound text."""
        done = floor = 0
        for at in self.at:
            if at >= done and (run := _FOREIGN.match(self.text, self._run_start(at, done))):
                done = run.end()
                if len(run[0]) > 1 and not _ORDINARY.issuperset(run[0]):
                    start = max(floor, 1 + max(self.text.rfind(b, floor, run.start()) for b in _BLANKS))
                    end = _BLANK.search(self.text, run.end())
                    done = floor = end.start() if end else len(self.text)
                    yield self.text[start:done]

    def _run_start(self, at: int, least: int) -> int:
        """Where the run of characters that are not ASCII around `at` begins."""
        while at > least and self.text[at - 1] > "\x7f":
            at -= 1
        return at


def may_hold_damage(text: str) -> bool:
    """Whether any escape of `text` is worth a closer look; costs next to nothing."""
    return any(first in text and screen.search(text) for first, screen in _SCREENS)


def read(text: str, bytes_in: Span = NOWHERE) -> Reading | None:
    r"""`text` with the escapes that are not ASCII read as characters; None without any.

    `bytes_in` is the span in which `\xe9` is a character. Elsewhere it is a byte, and `\xc3\xa9` a letter as it should
    be.
    """
    escapes = [e for match in _ESCAPE.finditer(text) for e in _read(match, bytes_in)]
    if not escapes:
        return None
    pieces: list[str] = []
    at: list[int] = []
    done = length = 0
    for escape in escapes:
        pieces += (text[done : escape.span.start], escape.char)
        length += escape.span.start - done
        at.append(length)
        length += 1
        done = escape.span.end
    return Reading("".join([*pieces, text[done:]]), tuple(escapes), tuple(at), [e.span.start for e in escapes])


@dataclass(frozen=True, slots=True)
class Style:
    """How escapes are written in a document."""

    names: bool  # numbers stand only for what has no name
    lower: frozenset[str]  # the kinds, by their first character, whose hexadecimal digits are small letters

    @classmethod
    def of(cls, reading: Reading, text: str) -> Style:
        """The style of a text, of which `reading` is the reading."""
        from html.entities import codepoint2name

        sources = [(e.span.of(text).replace("amp;", ""), e.char) for e in reading.escapes]
        numbers = [char for source, char in sources if source.startswith("&#")]
        has_names = any(source[0] == "&" and source[1] != "#" for source, _ in sources)
        digits = {first: "".join(s for s, _ in sources if _is_hexadecimal(s, first)) for first in "&%\\"}
        # Where there are no letters to go by: JSON is written with small ones, RFC 3986 asks for capitals.
        lower = {first for first, told in digits.items() if _SMALL.search(told)}
        lower |= {"\\"} if not re.search("[A-F]", digits["\\"]) else set()
        return cls(has_names and not any(ord(c) in codepoint2name for c in numbers), frozenset(lower))


def _is_hexadecimal(source: str, first: str) -> bool:
    return source.startswith("&#x" if first == "&" else first)


def written(char: str, like: str, style: Style, long: bool) -> str:
    r"""The character as an escape of the kind of `like`; `long` says that `\U0001f600` is known there."""
    digits = "x" if like[0] in style.lower else "X"
    if like.startswith("&"):
        return "&" + "amp;" * like.count("amp;") + _entity(char, like.replace("amp;", ""), digits, style)
    if like.startswith("%"):
        doubled = like.split("%")[1][:-2]
        return "".join(f"%{doubled}{byte:02{digits}}" for byte in char.encode("utf-8"))
    return _backslashed(ord(char), like, digits, long)


def _entity(char: str, like: str, digits: str, style: Style) -> str:
    """What follows the `&`: one of the 252 names of HTML 4, which JSX and feed readers know as well, or a number."""
    from html.entities import codepoint2name

    if like.startswith(("&#x", "&#X")):
        return f"#{like[2]}{ord(char):{digits}};"
    name = codepoint2name.get(ord(char), "") if style.names or not like.startswith("&#") else ""
    return f"{name};" if name else f"#{ord(char)};"


def _backslashed(code: int, like: str, digits: str, long: bool) -> str:
    if like.startswith("\\x") and code <= 0xFF:
        return f"\\x{code:02{digits}}"
    if code <= 0xFFFF:
        return f"\\u{code:04{digits}}"
    if long:
        return f"\\U{code:08{digits}}"
    high, low = divmod(code - 0x10000, 0x400)  # as UTF-16 has it, and so JSON
    return f"\\u{0xD800 + high:04{digits}}\\u{0xDC00 + low:04{digits}}"


def described(like: str) -> str:
    """How the character of an escape is written, in words that end the story of its damage."""
    if like.startswith("%"):
        return "then percent-encoded"
    return "then written as HTML entities" if like.startswith("&") else "then written with backslashes"


def _read(match: re.Match[str], bytes_in: Span) -> Iterator[Escape]:
    decimal, hexadecimal, name, percents, pair, unit, long, byte = match.groups()
    span = Span(*match.span())
    if percents:
        yield from _percent_decoded(percents, span.start)
    elif name:
        if len(char := _named(name)) == 1 and not char.isascii():
            yield Escape(span, char)
    elif pair:
        yield Escape(span, (bytes.fromhex(pair[:4]) + bytes.fromhex(pair[6:])).decode("utf-16-be"))
    elif decimal or hexadecimal or unit or long or (byte and bytes_in.start <= span.start < bytes_in.end):
        code = int(decimal) if decimal else int(hexadecimal or unit or long or byte, 16)
        if 0x80 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            yield Escape(span, chr(code))


def _percent_decoded(percents: str, start: int) -> Iterator[Escape]:
    """The characters of percent-encoded UTF-8; none where it is another encoding."""
    bytes_at = [(m.start(), int(m[1], 16)) for m in _PERCENTS.finditer(percents)]
    try:
        text = bytes(byte for _, byte in bytes_at).decode("utf-8")
    except UnicodeDecodeError:
        return
    ends = [*(at for at, _ in bytes_at), len(percents)]
    done = 0
    for char in text:
        size = len(char.encode("utf-8"))
        yield Escape(Span(start + ends[done], start + ends[done + size]), char)
        done += size


@cache
def _named(name: str) -> str:
    from html.entities import html5

    return html5.get(f"{name};", "")
