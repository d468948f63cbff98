"""Finds the front matter of a post, in any of the forms that site generators know."""

from __future__ import annotations

import re

from postmend.model import Field, FrontMatter, FrontMatterFormat, Span, SyntaxProblem
from postmend.scanner.fields import MAX_SIZE, BadFrontMatter, NotAMapping
from postmend.scanner.frontmatter_json import read_json, read_json_members
from postmend.scanner.head_lines import KNOWN_KEYS, head_lines_end, read_head_lines, salvage
from postmend.scanner.lines import line_end, next_line, with_line_feeds
from postmend.scanner.no_keys import is_meant, without_keys
from postmend.values import dataclass

_Format = FrontMatterFormat

_BLANKS = re.compile("[\ufeff \t\n]*")
_COMMENT_OPEN = re.compile(r"<!--[ \t]*\n(?=---|\+\+\+)")
_COMMENT_CLOSE = re.compile(r"\s*-->[ \t]*(?:\n|\Z)")
_OPEN = re.compile(r"(-{3,80}|\+\+\+|;;;)[ \t]*(json5?|toml|ya?ml|js|javascript)?[ \t]*(?:\n|\Z)")
_BARE_JSON = re.compile(r'\{\s*"[^"\n]*"\s*:')
_JSON_BLOCK = re.compile(r'\s*\{\s*"[^"\n]*"\s*:')
_BARE_JSON_END = re.compile(r"(?m)^\}[ \t]*$")
_HEXO_END = re.compile(r"(?m)^(-{3,}|;{3,})[ \t]*$")
_HEXO_JSON = re.compile(r'[ \t]*"[^"\n]*"[ \t]*:')
_FIRST_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*([A-Za-z_][\w.-]{0,79})[ \t]*[:=](?:[ \t]|$)", re.MULTILINE)
_FIRST_TABLE = re.compile(r"\s*\[\[?[\w.-]+\]\]?[ \t]*\n")
_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\n]*)?(?:\n|\Z))*\Z")
_BLANK_LINE = re.compile(r"(?m)^[ \t]*$")

# Legal in Eleventy. To know its values one would have to run it, hence it is neither right nor wrong.
_SCRIPTS = ("js", "javascript")
_LANGUAGES = {
    "json": _Format.JSON,
    "json5": _Format.JSON,
    "toml": _Format.TOML,
    **dict.fromkeys(_SCRIPTS, _Format.JSON),
}
_FENCES = {"-": _Format.YAML, "+": _Format.TOML, ";": _Format.HEXO_JSON}


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of text that may be front matter. `unclosed` says that its end is a guess."""

    format: FrontMatterFormat
    span: Span
    content: Span
    unclosed: str = ""
    language: str = ""  # what the fence says: `json`, `toml` ...


def find_front_matter(text: str) -> FrontMatter | None:
    """The front matter at the head of `text`, or None.

    A byte order mark and empty lines may stand before it. Broken front matter has a `problem`; nothing is
    raised.
    """
    flat = with_line_feeds(text)
    start = _start(flat)
    if comment := _COMMENT_OPEN.match(flat, start):
        return _in_comment(text, flat, comment)
    if fence := _OPEN.match(flat, start):
        block = _fenced(flat, fence)
        return _read(text, flat, block) if block else None
    if _BARE_JSON.match(flat, start):
        return _bare_json(text, flat, start)
    if _FIRST_KEY.match(flat, start) or _HEXO_JSON.match(flat, start):
        return _without_fence(text, flat, start)
    return None


def shape(front_matter: FrontMatter | None) -> tuple[tuple[str, str], ...]:
    """Key and type of each value, in order: what a repair of the values must leave as it is."""
    fields = front_matter.fields if front_matter else ()
    return tuple((field.key, type(field.value).__name__) for field in fields)


def _start(flat: str) -> int:
    """Where the first line that isn't empty begins."""
    match = _BLANKS.match(flat)
    start = match.end() if match else 0
    line = flat.rfind("\n", 0, start) + 1
    return start if flat[line:start].strip("\ufeff") == "" else line


def _fenced(flat: str, fence: re.Match[str]) -> _Block | None:
    """The block that an opening fence begins, if it is one."""
    mark, language = fence[1], fence[2] or ""
    format = _LANGUAGES.get(language, _FENCES[mark[0]])
    closing = rf"(?m)^(?:{re.escape(mark)}{'|' + re.escape('...') if mark == '---' else ''})[ \t]*$"
    end = re.compile(closing).search(flat, fence.end())
    if end is None:
        return _unclosed(flat, fence, format)
    content = Span(fence.end(), end.start())
    if format is _Format.YAML and _JSON_BLOCK.match(flat, content.start, content.end):
        format = _Format.JSON
    return _Block(format, Span(fence.start(), next_line(flat, end.start())), content, language=language)


def _unclosed(flat: str, fence: re.Match[str], format: FrontMatterFormat) -> _Block | None:
    """Front matter whose author forgot the closing fence: as far as the next empty line.

    A lone `---` is a thematic break unless a key follows on the next line.
    """
    first = _FIRST_KEY.match(flat, fence.end()) if line_end(flat, fence.end()) > fence.end() else None
    if not first and not (format is _Format.TOML and _FIRST_TABLE.match(flat, fence.end())):
        return None
    empty = _BLANK_LINE.search(flat, first.end() if first else fence.end())
    end = empty.start() if empty else len(flat)
    return _Block(
        format,
        Span(fence.start(), end),
        Span(fence.end(), end),
        f"no closing `{fence[1]}`; put a line with it after the last key",
    )


def _in_comment(text: str, flat: str, comment: re.Match[str]) -> FrontMatter | None:
    """Front matter within an HTML comment, as Hugo allows in HTML files."""
    fence = _OPEN.match(flat, comment.end())
    block = _fenced(flat, fence) if fence else None
    close = _COMMENT_CLOSE.match(flat, block.span.end) if block else None
    if block is None or close is None:
        return None
    return _read(text, flat, _Block(block.format, Span(comment.start(), close.end()), block.content))


def _bare_json(text: str, flat: str, start: int) -> FrontMatter | None:
    """A JSON object without fences."""
    try:
        fields, end = read_json(text, start, min(len(text), start + MAX_SIZE))
    except BadFrontMatter as error:
        return _broken_json(text, flat, start, SyntaxProblem(error.reason, error.offset))
    rest_is_blank = not flat[end : line_end(flat, end)].strip()
    after = next_line(flat, end) if rest_is_blank else end
    return FrontMatter(_Format.JSON, Span(start, after), Span(start, end), fields)


def _broken_json(text: str, flat: str, start: int, problem: SyntaxProblem) -> FrontMatter | None:
    """A JSON object without fences that can't be read: as far as a line with its brace, else to an empty line."""
    brace = _BARE_JSON_END.search(flat, start)
    if brace:
        content = Span(start, brace.start() + 1)
        span = Span(start, next_line(flat, brace.start()))
    else:
        empty = _BLANK_LINE.search(flat, start)
        content = span = Span(start, empty.start() if empty else len(flat))
        problem = SyntaxProblem("no closing `}`; put a line with it after the last value", start)
    fields = salvage(text, flat, content, indented=True)
    return FrontMatter(_Format.JSON, span, content, fields, problem) if brace or len(fields) > 1 else None


def _without_fence(text: str, flat: str, start: int) -> FrontMatter | None:
    """Hexo's front matter without an opening fence, or metadata lines."""
    key = _FIRST_KEY.match(flat, start)
    known = bool(key and key[1].lower() in KNOWN_KEYS)
    close = _HEXO_END.search(flat, start, start + MAX_SIZE)
    if close and (known or close[1][0] == ";"):
        format = _FENCES[close[1][0]]
        block = _Block(format, Span(start, next_line(flat, close.start())), Span(start, close.start()))
        found = _read(text, flat, block)
        if found and (not found.problem or is_meant(flat, block.content, format)):
            return found
    end = head_lines_end(flat, start) if known else None
    if end is None:
        return None
    content = Span(start, end)
    fields = read_head_lines(text, flat, content)
    return FrontMatter(_Format.HEAD_LINES, Span(start, next_line(flat, end)), content, fields)


def _read(text: str, flat: str, block: _Block) -> FrontMatter | None:
    """The block with its values; None when it is prose between two rules."""
    content = block.content
    if _NOTHING.match(flat[content.start : content.end]):
        return FrontMatter(block.format, block.span, content, ())
    problem = SyntaxProblem(block.unclosed, block.span.start) if block.unclosed else None
    refused = None
    try:
        fields, refused = _fields(text, block)
    except NotAMapping:
        meant = without_keys(flat, content)
        fields = salvage(text, flat, content)
        return FrontMatter(block.format, block.span, content, fields, meant) if meant else None
    except BadFrontMatter as error:
        fields = salvage(text, flat, content, indented=block.format is _Format.JSON)
        if block.language in _SCRIPTS:
            return FrontMatter(block.format, block.span, content, fields)
        if not fields and not block.language and block.format is _Format.YAML:
            return None  # two thematic breaks
        problem = problem or SyntaxProblem(error.reason, error.offset)
    return FrontMatter(block.format, block.span, content, fields, problem, refused)


def _fields(text: str, block: _Block) -> tuple[tuple[Field, ...], SyntaxProblem | None]:
    """The values of a block, by its format, and what in it other readers refuse. Raises BadFrontMatter."""
    content = block.content
    if content.end - content.start > MAX_SIZE:
        raise BadFrontMatter(f"front matter of more than {MAX_SIZE:,} characters", content.start)
    if block.format is _Format.TOML:
        from postmend.scanner.frontmatter_toml import read_toml

        return read_toml(text, content), None
    if block.format is _Format.HEXO_JSON:
        return read_json_members(text, content), None
    if block.format is _Format.JSON:
        fields, end = read_json(text, content.start, content.end)
        if text[end : content.end].strip():
            raise BadFrontMatter("something after the closing `}`", end)
        return fields, None
    from postmend.scanner.frontmatter_yaml import read_yaml

    return read_yaml(text, content)
