"""Inputs made to hang, crash or confuse: each a function of its size in characters."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate, takewhile

Shape = Callable[[int], str]

MARKS = {
    "letter": "a",
    "double quote": '"',
    "single quote": "'",
    "bracket": "[",
    "closing bracket": "]",
    "brace": "{",
    "round bracket": "(",
    "backtick": "`",
    "less-than": "<",
    "greater-than": ">",
    "asterisk": "*",
    "underscore": "_",
    "hash": "#",
    "ampersand": "&",
    "exclamation mark": "!",
    "blank": " ",
    "tab": "\t",
    "line feed": "\n",
    "carriage return": "\r",
    "hyphen": "-",
    "plus": "+",
    "semicolon": ";",
    "colon": ":",
    "full stop": ".",
    "percent": "%",
    "backslash": "\\",
    "pipe": "|",
    "tilde": "~",
    "nul": "\0",
    "byte order mark": "\N{ZERO WIDTH NO-BREAK SPACE}",
    "replacement": "\N{REPLACEMENT CHARACTER}",
    "no-break space": "\N{NO-BREAK SPACE}",
    "zero-width joiner": "\N{ZERO WIDTH JOINER}",
    "right-to-left override": "\N{RIGHT-TO-LEFT OVERRIDE}",
    "combining acute": "\N{COMBINING ACUTE ACCENT}",
    "accented letter": "é",
    "cyrillic letter": "я",
    "chinese character": "中",
    "emoji": "\N{BREAD}",
    "last code point": "\U0010ffff",
}
# The fixer looks at each of these closely; they cost more, and no more than in proportion.
COSTLY = {
    "mojibake letter": "\N{LATIN CAPITAL LETTER A WITH TILDE}",
    "control character": "\x81",
    "damaged letter": "Ã©",
    "damaged word": "cafÃ© ",
    "damaged mark": "ï»¿",
    "damaged quotes": "â€œaâ€\x9d ",
    "damaged cyrillic": "Ð¼Ð¾Ñ€Ðµ ",
    "gbk": "鈥?",
    "two accidents": "cafÃ© caf√© ",
    "old encoding": "Ïðèâåò ",
}
UNITS = {
    "links": "[a](b) ",
    "open links": "[a](",
    "images": "![",
    "quotes of quotes": "> ",
    "lists of lists": "- ",
    "numbers": "1. ",
    "tags": "<a ",
    "attributes": '<a b="c" ',
    "elements": "<b>",
    "closed elements": "<b></b>",
    "comments": "<!--",
    "entities": "&amp;",
    "numbered entities": "&#195;&#169;",
    "percent-encoding": "%C3%83%C2%A9",
    "escapes": "\\u00c3\\u00a9",
    "addresses": "http://a.b/c ",
    "rules": "---\n",
    "front matters": "---\na: b\n---\n",
    "table": "| a | b |\n",
    "bold": "**a",
    "fences": "```\n",
    "mdx": "import a\n",
    "braces": "{a: ",
    "templates": "{{ a }} ",
    "mixed line endings": "a\r\nb\nc\rd\n",
    "doubled carriage returns": "a\r\r\n",
    "crlf": "\r\n",
    "conflicts": "<<<<<<< a\n",
}


def backticks(size: int) -> str:
    """Runs of 1, 2, 3 ... backticks, none of which closes another."""
    lengths = takewhile(lambda total: total < size, accumulate(range(2, size)))
    return " ".join("`" * k for k, _ in enumerate(lengths, 1))


def steps(size: int) -> str:
    """Lines that are indented deeper and deeper."""
    lengths = takewhile(lambda total: total < size, accumulate(range(3, size)))
    return "".join(f"{' ' * k}- a\n" for k, _ in enumerate(lengths))


def words(size: int) -> str:
    """Text in which no two words are the same."""
    chance = random.Random(1)
    return " ".join("".join(chance.choices("abcdefghijklmnopqrstuvwxyzéüя", k=8)) for _ in range(size // 9))


def lines(line: str) -> Shape:
    """Numbered lines."""
    return lambda size: "".join(line.format(k) for k in range(max(size // (len(line) + 3), 1)))


def within(before: str, inner: Shape, after: str = "\n") -> Shape:
    """Something between two texts."""
    return lambda size: f"{before}{inner(size)}{after}"


def repeated(unit: str) -> Shape:
    """One text again and again."""
    return lambda size: unit * (size // len(unit))


def balanced(opening: str, closing: str) -> Shape:
    """Brackets in brackets."""
    return lambda size: opening * (size // len(opening + closing)) + closing * (size // len(opening + closing))


def laughs(size: int) -> str:
    """YAML aliases of lists of aliases: a thousand of them stand for more values than there are atoms."""
    rows = (f"k{n + 1}: &k{n + 1} [{', '.join([f'*k{n}'] * 9)}]\n" for n in range(size // 60))
    return f"k0: &k0 [x, x]\n{''.join(rows)}"


YAML = {
    "nested lists": within("a: ", balanced("[", "]")),
    "open lists": within("a: ", repeated("[")),
    "nested maps": within("a: ", balanced("{a: ", "}")),
    "nested blocks": steps,
    "list marks": within("a:\n  ", repeated("- ")),
    "laughs": laughs,
    "anchors": lines("a{0}: &a{0} x\n"),
    "one key": within("", repeated("k"), ": x\n"),
    "one key in brackets": within("? [", repeated("k, "), "]\n: x\n"),
    "question marks": repeated("? "),
    "one value": within("title: ", repeated("x ")),
    "one quoted value": within('title: "', repeated("x "), '"\n'),
    "value that never ends": within('title: "', lines("line {0}\n")),
    "keys": lines("k{0}: v\n"),
    "equal keys": repeated("k: v\n"),
    "tags": within("title: x\ntags:\n", lines("  - tag {0}\n")),
    "tags in brackets": within("title: x\ntags: [", lines("t{0}, "), "]\n"),
    "damaged tags": within("title: x\ntags:\n", lines('  - "cafÃ© {0}"\n')),
    "colons": lines("k{0}: a: b\n"),
    "fault at the end": within("", lines('k{0}: "a"\n'), "x: a: b\n"),
    "quote at the end": within("", lines("k{0}: 'a'\n"), "x: 'a' b\n"),
    "numbers": within("a: ", repeated("1:59")),
    "tabs": repeated("\t- a\n"),
    "no blanks": lines("k{0}:v\n"),
    "folded": within("a: >\n", repeated("  x\n")),
}
TOML = {
    "nested lists": within("a = ", balanced("[", "]")),
    "dots": within("a", repeated(".a"), " = 1\n"),
    "tables": lines("[a{0}]\n"),
    "equal tables": repeated("[a]\n"),
    "lists of tables": repeated("[[a]]\n"),
    "quotes": within("a = ", repeated('"')),
    "keys": lines("k{0} = 1\n"),
    "damaged": lines('k{0} = "cafÃ©"\n'),
}
JSON = {
    "nested lists": within('"a": ', balanced("[", "]")),
    "open objects": within('"a": ', repeated('{"a": ')),
    "keys": within("", lines('"k{0}": 1,\n'), '"z": 1\n'),
    "no commas": lines('"k{0}": 1\n'),
    "digits": within('"a": ', repeated("1")),
}

SHAPES: dict[str, Shape] = {
    **{name: repeated(unit) for name, unit in {**MARKS, **UNITS}.items()},
    **{f"title: {name}": within("---\ntitle: ", repeated(unit), "\n---\nText.\n") for name, unit in MARKS.items()},
    **{f"yaml: {name}": within("---\n", shape, "---\nText.\n") for name, shape in YAML.items()},
    **{f"open yaml: {name}": within("---\n", shape, "") for name, shape in YAML.items()},
    **{f"toml: {name}": within("+++\n", shape, "+++\nText.\n") for name, shape in TOML.items()},
    **{f"json: {name}": within("{", shape, "}\nText.\n") for name, shape in JSON.items()},
    **{f"hexo: {name}": within("", shape, ";;;\nText.\n") for name, shape in JSON.items()},
    "backticks of all lengths": backticks,
    "deeper and deeper": steps,
    "no two words alike": words,
    "brackets in brackets": balanced("[", "]"),
    "elements in elements": balanced("<div>", "</div>"),
    "head lines": lines("Key{0}: value\n"),
    "title of head lines": within("Title: ", lines("x{0}\n    "), "\n\nText.\n"),
    "fences after blank lines": within("", repeated("\n"), "---\ntitle: x\ndate: y\n---\n"),
    "comments before a fence": within("<!-- ", repeated("- "), "-->\n---\ntitle: x\ndate: y\n---\n"),
}
COSTLY_SHAPES: dict[str, Shape] = {
    **{name: repeated(unit) for name, unit in COSTLY.items()},
    **{f"title: {name}": within("---\ntitle: ", repeated(unit), "\n---\nText.\n") for name, unit in COSTLY.items()},
}
