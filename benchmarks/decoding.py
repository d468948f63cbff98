"""How often the text of a file that is not UTF-8 comes out right, by length and tool, as Markdown tables.

    python benchmarks/decoding.py TEXTS [--passages N]

TEXTS is a folder of clean UTF-8 texts, LANGUAGE.txt each (fr.txt, ru.txt, pt_BR.txt ...). Passages of 100, 250, 1,000
and 10,000 characters are drawn from each, without the letters that an encoding does not have; passages that are ASCII
are left out. A tool is right when its text is the passage, to the letter, whatever it calls the encoding. `safe` is the
share that `postmend fix` converts without asking, `safe but wrong` the number of those that are not the passage.
Needs `pip install "postmend[bench]"`.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import chardet
import charset_normalizer

from postmend.conversion import convert
from postmend.model import Fixability

LENGTHS = (100, 250, 1000, 10_000)
LANGUAGES = {
    "cp1252": "fr de es it pt_BR nl sv da fi nb is ca",
    "latin-1": "fr de es sv",
    "iso8859-15": "fr fi",
    "mac_roman": "fr de es it pt_BR sv",
    "cp850": "fr de es pt_BR da",
    "cp437": "fr de es sv",
    "cp1250": "pl cs hu sk hr sl",
    "iso8859-2": "pl cs hu sk hr sl",
    "cp852": "pl cs hu sk hr",
    "cp1251": "ru uk bg sr",
    "koi8-r": "ru",
    "koi8-u": "uk",
    "cp866": "ru",
    "iso8859-5": "ru bg sr",
    "mac_cyrillic": "ru uk bg",
    "cp1253": "el",
    "iso8859-7": "el",
    "cp1254": "tr",
    "iso8859-9": "tr",
    "cp1255": "he",
    "cp1256": "ar fa",
    "cp1257": "lt lv",
    "cp874": "th",
    "gb18030": "zh_Hans",
    "big5": "zh_Hant",
    "cp932": "ja",
    "euc_jp": "ja",
    "cp949": "ko",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in an old encoding."""

    encoding: str
    length: int
    text: str

    @property
    def data(self) -> bytes:
        return self.text.encode(self.encoding)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--passages", type=int, default=5, help="for each language, encoding and length")
    arguments = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    for passage in passages(arguments.texts, arguments.passages):
        for row in (str(passage.length), passage.encoding, "all"):
            counts[row, "", "n"] += 1
            for tool, decode in TOOLS.items():
                counts[row, tool, "right"] += decode(passage.data) == passage.text
            safe = safe_text(passage.data)
            counts[row, "", "safe"] += safe is not None
            counts[row, "", "wrong"] += safe is not None and safe != passage.text
    print("\n".join(table(counts)))


def passages(folder: Path, count: int) -> Iterator[Passage]:
    """All passages; the same ones each time. Of texts that are too short, all is taken for the greatest length."""
    for encoding, languages in LANGUAGES.items():
        for language in languages.split():
            text = (folder / f"{language}.txt").read_text("utf-8")
            text = text.encode(encoding, "ignore").decode(encoding)
            for length in LENGTHS:
                chance = random.Random(f"{encoding} {language} {length}")
                for _ in range(count if length < LENGTHS[-1] else 1):
                    start = chance.randrange(max(1, len(text) - length))
                    passage = text[start : start + length]
                    if not passage.isascii():
                        yield Passage(encoding, length, passage)


def by_postmend(data: bytes) -> str | None:
    found = convert("post.md", data)
    return found.text if found else data.decode("utf-8")


def safe_text(data: bytes) -> str | None:
    """What `postmend fix` makes of it; None when it asks first."""
    found = convert("post.md", data)
    is_safe = found and all(f.fix and f.fix.fixability is Fixability.SAFE for f in found.findings)
    return found.text if found and is_safe else None


def by_chardet(data: bytes) -> str | None:
    return decoded(data, chardet.detect(data)["encoding"])


def by_charset_normalizer(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data).best()
    return decoded(data, best.encoding) if best else None


def decoded(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


TOOLS: dict[str, Callable[[bytes], str | None]] = {
    "postmend": by_postmend,
    "chardet": by_chardet,
    "charset-normalizer": by_charset_normalizer,
}


def table(counts: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """One line for each length and encoding, and one for all."""
    yield f"| | passages | {' | '.join(TOOLS)} | safe | safe but wrong |"
    yield f"| :-- | --: |{' --: |' * (len(TOOLS) + 2)}"
    for row in [*map(str, LENGTHS), *LANGUAGES, "all"]:
        n = counts[row, "", "n"]
        rights = (f"{counts[row, tool, 'right'] / n:.1%}" for tool in TOOLS)
        yield f"| {row} | {n} | {' | '.join(rights)} | {counts[row, '', 'safe'] / n:.1%} | {counts[row, '', 'wrong']} |"


if __name__ == "__main__":
    main()
