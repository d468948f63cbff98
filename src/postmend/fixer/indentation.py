"""No-break spaces that indent, after one old encoding was read as another.

A page that was copied from a browser indents its code with them. Read in another encoding each is a letter or a sign,
and no word tells that it was none. Its places do: at the beginning of words, in runs of many lengths, and nowhere else.

Signs stand in runs as well: euros for prices (`€, €€, €€€, €€€€`), daggers of footnotes, double lines of arrows. So do
letters where somebody screams. So some lines must be far in, by different lengths, and go on with a word or a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from postmend.fixer.choosing import Choice
from postmend.fixer.legacy import LegacyPair, legacy_pairs
from postmend.fixer.places import Place
from postmend.fixer.spans import Candidate
from postmend.model import Span

_SPACE = "\N{NO-BREAK SPACE}"
_DEEP = 7  # spaces, in lines of code within code: prices have up to five signs
_DEEP_LENGTHS = 2  # of those, that differ
_LENGTHS = 3  # of all, that differ: a line that is drawn has its one
_INDENTED = re.compile(r"""[A-Za-z_]{3}|[{}()\[\]<'"]""")  # how a line of code begins
_DEEP_RUN = re.compile(rf"([^\x00-\x7f])\1{{{_DEEP - 1}}}")  # no encoding makes ASCII of a no-break space
_GAIN = 40.0  # nats: what no word can show is proved by all places together


def indentation(text: str) -> list[Place]:
    """The runs that were no-break spaces, where a character of `text` stands for nothing else."""
    if not _DEEP_RUN.search(text):
        return []  # nearly always: no table of any encoding has to be read
    return [place for char, pair in stand_ins().items() if char * _DEEP in text for place in _runs(text, char, pair)]


@cache
def stand_ins() -> dict[str, LegacyPair]:
    """What no-break spaces become, each with the commonest accident that makes it."""
    found: dict[str, LegacyPair] = {}
    for pair in sorted(legacy_pairs(), key=lambda pair: pair.rarity):
        try:
            found.setdefault(pair.misread(_SPACE), pair)
        except UnicodeError:
            continue  # an encoding without them
    del found[_SPACE]
    return {char: pair for char, pair in found.items() if len(char) == 1}


def _runs(text: str, char: str, pair: LegacyPair) -> Iterator[Place]:
    # Before a word, in a line of its own, or one after a word: what is drawn ends words in runs, too.
    runs = list(re.finditer(rf"(?<!\S){char}+(?![^\s!-~])|(?<=[!-~]){char}(?!\S)", text))
    lengths = {len(run.group()) for run in runs if text[run.end() : run.end() + 1].strip()}
    deep = {length for run in runs if (length := len(run.group())) >= _DEEP and _INDENTED.match(text, run.end())}
    everywhere = sum(len(run.group()) for run in runs) == text.count(char)
    if everywhere and len(lengths) >= _LENGTHS and len(deep) >= _DEEP_LENGTHS:
        yield from (_place(run, pair) for run in runs)


def _place(run: re.Match[str], pair: LegacyPair) -> Place:
    old = run.group()
    span = Span(0, len(old))
    candidate = Candidate(pair.name, old, span, _SPACE * len(old), _GAIN, whole_word=True, lonely=False)
    return Place(Span(*run.span()), Choice(candidate, _GAIN, 0.0, 0.0))
