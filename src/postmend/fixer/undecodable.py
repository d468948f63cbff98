"""What a file that is not UTF-8 most likely is."""

from __future__ import annotations

from dataclasses import dataclass

from postmend.fixer import language

_SAMPLE = 20_000  # characters that the model reads of each candidate
_MOST = 8  # candidates


@dataclass(frozen=True, slots=True)
class Reading:
    """The bytes of a file read as one encoding."""

    encoding: str  # as Python calls it
    text: str


def likeliest_reading(data: bytes) -> Reading | None:
    """The best of charset-normalizer's candidates, judged by the language model; None when nothing fits.

    Its own order is right for four posts in five; the model knows more languages and compares whole texts.
    """
    from charset_normalizer import from_bytes

    readings = []
    for match in list(from_bytes(data))[:_MOST]:
        try:
            readings.append(Reading(match.encoding, data.decode(match.encoding)))
        except (UnicodeDecodeError, LookupError):
            continue
    model = language.load()
    scored = [(model.score("", reading.text[:_SAMPLE], ""), -i, reading) for i, reading in enumerate(readings)]
    return max(scored, default=(0.0, 0, None), key=lambda s: s[:2])[2]
