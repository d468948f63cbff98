"""Question marks where letters were: text that was saved in an encoding that doesn't have them.

A question mark is a common sign, so one alone says nothing: `ja?nein`, `????-??-??` and a row of them as a joke are
what an author wrote. What counts is that marks come in the shape of words, `????? ??????? ????`, or that several words
lack a letter in the middle and are words once it is back. Only prose is asked: code and addresses are full of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

from postmend.fixer.fitting import Gap
from postmend.fixer.guesses import Guesser, is_one_script, words_around
from postmend.model import Span
from postmend.values import dataclass

# What a document must hold for either kind to be looked for, and most don't: `?x=1` is an address.
# It begins with the mark, so that the search skips to marks; what stands before is looked at then.
_SUSPECT = re.compile(
    r"\?(?:(?<=[^\W\d_]\?)\?{0,2}[^\W\d_](?![\w.-]{0,30}=)|(?<![\w?]\?)(?:\?+[^\w?]{1,4}\?{2,}|\?{7}))"
)
_INSIDE = re.compile(r"(?<=[^\W\d_])\?{1,3}(?=[^\W\d_])")
_TOKEN = re.compile(r"\S+")
_EDGES = "*_~\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}«»()[]:,.;!>#-"
_TECHNICAL = frozenset("=&/\\<>{}|^$*@#%+~_`")  # signs that make a token code or an address

_ENOUGH = 16.0  # nats, of all words of a document that lack letters
_DOUBT = 12.0  # nats that two words with a question mark between them may gain as well from a letter in its place
_MOST = 28.0  # nats that one word can bring
_FEWEST_LETTERS = 4
_MOST_WORDS = 200  # of a document; they say enough

# Between spaces and the punctuation of a sentence: `????-??-?? ??:??` is a pattern, not words.
_HOLLOW = re.compile(r"""(?<![^\s(\["'«*_])\?{2,}(?![^\s)\]"'»*_.,;:!])""")
_LETTER = re.compile(r"[^\W\d_]")
_LONG_RUN = 8


def find_questions(text: str, prose: Callable[[], Sequence[Span]], guesser: Callable[[], Guesser]) -> Iterator[Gap]:
    """The runs of question marks in the `prose` of a text that stand for lost letters; in no particular order.

    `prose` and `guesser` are called only where there is something to ask.
    """
    if "?" not in text or not _SUSPECT.search(text):
        return
    pieces = list(_pieces(text, prose()))
    if _has_hollow_words([piece.of(text) for piece in pieces]):
        yield from _gaps(_HOLLOW, text, pieces)
        yield from _gaps(_INSIDE, text, pieces)
        return
    words = list(_words(text, pieces))
    if words and _is_convincing(words, guesser()):
        yield from (word.gap for word in words if word.is_plain)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with a question mark between its letters."""

    gap: Gap
    text: str
    is_plain: bool  # whether a letter may be missing: the mark does not end a sentence, and nothing is technical


def _pieces(text: str, prose: Iterable[Span]) -> Iterator[Span]:
    """The lines of the prose that hold question marks."""
    for span in prose:
        at = text.find("?", span.start, span.end)
        while at >= 0:
            start = max(text.rfind("\n", span.start, at) + 1, span.start)
            end = text.find("\n", at, span.end)
            end = span.end if end < 0 else end
            yield Span(start, end)
            at = text.find("?", end, span.end)


def _gaps(pattern: re.Pattern[str], text: str, pieces: Iterable[Span]) -> Iterator[Gap]:
    for piece in pieces:
        for run in pattern.finditer(text, piece.start, piece.end):
            yield Gap(Span(*run.span()), len(run.group()), is_question=True)


def _has_hollow_words(lines: Iterable[str]) -> bool:
    """Whether some line is words of question marks, or several lines are long runs of them, of several lengths."""
    long_runs: list[int] = []
    for line in lines:
        lengths = [len(run) for run in _HOLLOW.findall(line)]
        if _is_hollow(lengths, bool(_LETTER.search(line))):
            return True
        if len(lengths) == 1 and lengths[0] >= _LONG_RUN and not _LETTER.search(line):
            long_runs += lengths
    return len(set(long_runs)) > 1 and sum(long_runs) >= 3 * _LONG_RUN


def _is_hollow(lengths: Sequence[int], has_letters: bool) -> bool:
    """Whether runs of question marks in one line are words. `? ?? ???` are marks, and equal ones are a pattern."""
    rising = all(b - a == 1 for a, b in pairwise(lengths))
    if rising or len(set(lengths)) < 2 or sum(lengths) < 10 or max(lengths) < 4:
        return False
    return len(lengths) > 2 or (min(lengths) >= 4 and not has_letters)


def _words(text: str, pieces: Iterable[Span]) -> Iterator[_Word]:
    for piece in pieces:
        for token in _TOKEN.finditer(text, piece.start, piece.end):
            if "?" in token.group():
                yield from _words_of(text, Span(*token.span()))


def _words_of(text: str, token: Span) -> Iterator[_Word]:
    is_technical = not _TECHNICAL.isdisjoint(token.of(text).strip(_EDGES))
    for span, gaps in words_around(text, _gaps(_INSIDE, text, [token])):
        word = span.of(text)
        is_plain = not is_technical and is_one_script(word) and not any(_ends_sentence(text, gap) for gap in gaps)
        yield from (_Word(gap, word, is_plain) for gap in gaps)


def _ends_sentence(text: str, gap: Gap) -> bool:
    """Whether a new sentence begins after the mark: `Warum?Darum`."""
    return text[gap.span.end].isupper() and text[gap.span.start - 1].islower()


def _is_convincing(words: Iterable[_Word], guesser: Guesser) -> bool:
    """Whether the words of a document, each counted once, are likelier with a letter in place of the mark than with a
    question mark and a space.
    """
    evidence = 0.0
    for word, is_plain in islice(sorted({(word.text, word.is_plain) for word in words}), _MOST_WORDS):
        if not is_plain:
            evidence -= _DOUBT
        elif sum(map(str.isalpha, word)) >= _FEWEST_LETTERS:
            evidence += _ENOUGH if guesser.knows(word) else min(guesser.gain(word), _MOST) - _DOUBT
    return evidence >= _ENOUGH
