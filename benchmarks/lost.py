"""Lose letters of clean documents, and count how many documents are reported and how many guesses are right.

    python benchmarks/lost.py CORPUS            # a folder with clean documents, in a folder for each language

Each document loses what is not ASCII: one `?` for a character, one for each byte of it in UTF-8, or U+FFFD for a
character; in the whole document, in three of ten of the lines that have such characters, or in one word.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from postmend.config import Policy
from postmend.examine import document_repairs, examine
from postmend.losses import LOST, document_losses
from postmend.model import Finding
from postmend.scanner.document import read_document
from postmend.scanner.places import Site

KINDS = frozenset((".md", ".mdx", ".markdown", ".html", ".txt"))
SIGNS: dict[str, Callable[[str], str]] = {
    "`?` for a character": lambda char: "?",
    "`?` for a byte": lambda char: "?" * len(char.encode()),
    "U+FFFD": lambda char: "\N{REPLACEMENT CHARACTER}",
}
EXTENTS = ("whole", "lines", "one word")


def main() -> None:
    """Prints a line for each kind of loss, extent and script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--missed", action="store_true", help="name the documents that are not reported")
    args = parser.parse_args()
    documents = list(_documents(args.corpus))
    alarms = [name for name, text in documents if _lost(text)]
    print(f"{len(documents)} clean documents, reported: {len(alarms)} {' '.join(alarms)}")
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for name, text in documents:
        for sign in SIGNS:
            for extent in EXTENTS:
                damaged = _damaged(text, extent, SIGNS[sign], random.Random(f"{name}|{sign}|{extent}"))
                if damaged == text:
                    continue
                for script in (_script(text), "all"):
                    counts[sign, extent, script] += _judged(text, damaged, sign)
                if args.missed and not _lost(damaged):
                    print("missed:", name, sign, extent)
    for (sign, extent, script), count in sorted(counts.items()):
        print(
            f"{sign:20} {extent:9} {script:9} documents {count['documents']:3} reported {count['reported']:3}"
            f" guesses right {count['right']:5} wrong {count['wrong']:4}"
        )


def _documents(corpus: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(corpus.rglob("*")):
        if path.suffix in KINDS:
            text = path.read_text("utf-8")
            if not text.isascii():
                yield path.relative_to(corpus).as_posix(), text


def _script(text: str) -> str:
    latin = len(re.findall(r"[\u00c0-\u024f\u1e00-\u1eff]", text))
    other = len(re.findall(r"[\u0370-\uffff]", re.sub(r"[\u2000-\u2fff]", "", text)))
    return "Latin" if latin >= other else "other"


def _damaged(text: str, extent: str, lose: Callable[[str], str], rng: random.Random) -> str:
    def lost(part: str) -> str:
        return "".join(char if char.isascii() else lose(char) for char in part)

    lines = text.split("\n")
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    if extent == "whole":
        return lost(text)
    if extent == "lines":
        for number in rng.sample(foreign, max(1, len(foreign) * 3 // 10)):
            lines[number] = lost(lines[number])
    else:
        number = rng.choice(foreign)
        parts = re.split(r"(\s+)", lines[number])
        at = rng.choice([i for i, part in enumerate(parts) if not part.isascii()])
        lines[number] = "".join([*parts[:at], lost(parts[at]), *parts[at + 1 :]])
    return "\n".join(lines)


def _lost(text: str) -> list[Finding]:
    found = examine("post.md", text.encode(), Site(), Policy()).findings
    return [finding for finding in found if finding.code == LOST]


def _judged(text: str, damaged: str, sign: str) -> Counter[str]:
    count = Counter(documents=1, reported=int(bool(_lost(damaged))))
    if len(damaged) == len(text):
        document = read_document("post.md", damaged)
        for loss in document_losses(document, document_repairs(document, Policy())):
            if loss.guess:
                count["right" if loss.guess.text == loss.gap.span.of(text) else "wrong"] += 1
    return count


if __name__ == "__main__":
    main()
