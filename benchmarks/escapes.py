"""How much escaped damage comes back to the letter, by kind of escape, chain and tool, as Markdown tables.

    python benchmarks/escapes.py CLEAN [--every N]

CLEAN is a folder of clean documents in Markdown. In each, the words of some lines that are not ASCII are damaged by a
chain of wrong decodings, and what is not ASCII then is escaped: as HTML entities (named where HTML has a name, decimal,
hexadecimal), percent-encoded in the target of a link, or with backslashes in a string of JSON. `half
escaped` leaves the second character that each letter became as it is.

The truth is the same document with the sound words escaped alike. ftfy is asked to unescape HTML, as it has to be; what
it gives counts as right also where it is unescaped.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from html.entities import codepoint2name
from itertools import product
from pathlib import Path
from urllib.parse import quote

import ftfy
from peers import ENCODING_ONLY

from postmend.config import Policy
from postmend.examine import examine
from postmend.mend import repaired
from postmend.scanner.places import Site

CHAINS = (("cp1252",), ("latin-1",), ("mac_roman",), ("cp1251",), ("cp437",), ("cp1252", "cp1252"))
WORD = re.compile(r"[^\s`<>(){}\[\]\"'\\&%|*_#/]+")
LINES = 4  # damaged in each document
HEAD = 8  # lines of front matter, as a rule
Chain = tuple[str, ...]
UNSAFE = Policy(select=("PM107",), unsafe_fixes=True)
UNESCAPING = ENCODING_ONLY._replace(unescape_html=True)


def named(text: str) -> str:
    return "".join(c if c.isascii() else f"&{codepoint2name.get(ord(c), f'#{ord(c)}')};" for c in text)


def decimal(text: str) -> str:
    return "".join(c if c.isascii() else f"&#{ord(c)};" for c in text)


def hexadecimal(text: str) -> str:
    return "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in text)


def half(text: str) -> str:
    return "".join(decimal(c) if number % 2 == 0 else c for number, c in enumerate(text))


def percent(text: str) -> str:
    return f"[link](https://example.org/{quote(text, safe=PUNCTUATION)}/)"


def backslashes(text: str) -> str:
    return f'{{"name": {json.dumps(text)}}}'


PUNCTUATION = "!$,.:;=?@~+-^"
KINDS: dict[str, Callable[[str], str]] = {
    "named entities": named,
    "decimal entities": decimal,
    "hexadecimal entities": hexadecimal,
    "half escaped": half,
    "percent-encoded": percent,
    "backslashes": backslashes,
}


def misread(text: str, chain: Chain) -> str:
    """The text after all steps of the chain; undefined bytes become controls, as in browsers."""
    for name in chain:
        read = text.encode("utf-8").decode(name, "surrogateescape")
        text = read.translate({0xDC00 + byte: byte for byte in range(0x80, 0x100)})
    return text


def case(text: str, kind: str, chain: Chain, seed: str) -> tuple[str, str] | None:
    """The damaged document and its truth; None without lines to damage."""
    damaged, truth = text.split("\n"), text.split("\n")
    foreign = [n for n, line in enumerate(truth) if n > HEAD and not line.isascii() and not line.startswith((" ", "|"))]
    for n in random.Random(seed).sample(foreign, min(LINES, len(foreign))):
        damaged[n], truth[n] = (WORD.sub(partial(escaped, kind, way), truth[n]) for way in (chain, ()))
    return ("\n".join(damaged), "\n".join(truth)) if foreign else None


def escaped(kind: str, chain: Chain, word: re.Match[str]) -> str:
    """The word after all steps of the chain, escaped. An empty chain gives the truth."""
    if word[0].isascii():
        return word[0]
    if kind == "half escaped":  # of each letter; what is sound is escaped as a whole
        return "".join(half(misread(c, chain)) for c in word[0])
    return KINDS[kind](misread(word[0], chain))


def postmend_fix(text: str) -> str:
    data = text.encode()
    found = [f for f in examine("a.md", data, Site(), UNSAFE).findings if f.fix]
    return repaired("a.md", data, found, UNSAFE)[1] if found else text


TOOLS: dict[str, Callable[[str], str]] = {
    "postmend": postmend_fix,
    "ftfy": partial(ftfy.fix_text, config=UNESCAPING),
}


def is_right(tool: str, result: str, truth: str) -> bool:
    return result == truth or (tool == "ftfy" and html.unescape(result) == html.unescape(truth))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th document")
    args = parser.parse_args()
    texts = {
        str(p.relative_to(args.clean)): p.read_bytes().decode("utf-8")
        for p in sorted(args.clean.rglob("*.md*"))[:: args.every]
    }
    totals: Counter[str] = Counter()
    rights: Counter[tuple[str, str]] = Counter()
    wrong = 0
    for (name, text), kind, chain in product(texts.items(), KINDS, CHAINS):
        if found := case(text, kind, chain, f"{name} {kind} {chain}"):
            results = {tool: fix(found[0]) for tool, fix in TOOLS.items()}
            for key in ("all", kind, ">".join(chain)):
                totals[key] += 1
                rights.update((tool, key) for tool, result in results.items() if is_right(tool, result, found[1]))
            wrong += has_wrong_line(*found, results["postmend"])
    changed = {tool: sum(fix(text) != text for text in texts.values()) for tool, fix in TOOLS.items()}
    print(f"| | documents | {' | '.join(TOOLS)} |\n| :-- | --: |{' --: |' * len(TOOLS)}")
    for key in totals:
        print(f"| {key} | {totals[key]} | {' | '.join(f'{rights[tool, key] / totals[key]:.1%}' for tool in TOOLS)} |")
    print(f"| clean documents changed | {len(texts)} | {' | '.join(str(changed[tool]) for tool in TOOLS)} |")
    print(f"\nDocuments in which postmend leaves a line neither as it was nor right: {wrong}.")


def has_wrong_line(damaged: str, truth: str, result: str) -> bool:
    lines = zip(damaged.split("\n"), truth.split("\n"), result.split("\n"), strict=True)
    return any(after not in (before, right) for before, right, after in lines)


if __name__ == "__main__":
    main()
