"""What bytes that are not UTF-8 say: all of them in one encoding, or UTF-8 with something else in between."""

from __future__ import annotations

from collections.abc import Sequence

from postmend.fixer.charsets import decoded
from postmend.fixer.judging import WORD, likelihoods, weighed
from postmend.fixer.mixed import Mixed, read_halves, read_mixed
from postmend.fixer.undecodable import Verdict, read_whole

_VALID, _MOST_VALID = 8.0, 5  # nats that a word speaks for UTF-8 by being valid, and the words that count
_JUDGED = 1000  # words that both stories are tried on
_ACCIDENTS = 20  # words of another encoding to one that is valid UTF-8 by accident, at least


def read_bytes(data: bytes, text: str, hints: Sequence[tuple[str, str]] = ()) -> Verdict | Mixed | None:
    """The better story of the two. None for bytes that are no text at all.

    `text` is the escaped text of the data. `hints` are encodings that the file or the user names, each with the words
    for who does.
    """
    halves = read_halves(text)
    if halves:
        return halves
    words = list(dict.fromkeys(WORD.findall(data)))
    sound = [read for word in words if (read := decoded(word, "utf-8")) is not None]
    if len(words) - len(sound) > _ACCIDENTS * len(sound):
        return read_whole(data, hints)
    mixed = read_mixed(text)
    if len(sound) > _JUDGED or not _is_whole(words[:_JUDGED], sound, mixed):
        return mixed
    return read_whole(data, hints) or mixed


def _is_whole(words: Sequence[bytes], sound: Sequence[str], mixed: Mixed) -> bool:
    """Whether one encoding explains the words better than two do."""
    best = next(iter(weighed(words)), None)
    valid = _VALID * min(len(sound), _MOST_VALID)
    return best is not None and best.score > sum(likelihoods(sound)) + mixed.score + valid
