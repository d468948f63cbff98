"""Made-up posts with planted duplicates, for `duplicates_scale.py`: the same posts for the same number, everywhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

DUPLICATES = 0.02  # of the posts
_WORDS = (840, 960)  # of a body: 5 to 6 kB
_PARAGRAPH = 60
_SYLLABLES = [
    *(consonant + vowel for consonant in "bcdfghlmnprstv" for vowel in "aeio"),
    *(vowel + consonant for vowel in "aeio" for consonant in "nrls"),
    *("tr", "pr", "gr"),
]
_ACCENTED = ("café", "naïve", "déjà", "über", "façade", "señor", "fiancé", "jalapeño")


def make_posts(folder: Path, count: int) -> set[tuple[str, str]]:
    """Writes `count` posts below `folder`, as a Hugo site; the pairs that were planted, lower path first."""
    (folder / "content").mkdir(parents=True)
    (folder / "hugo.toml").write_text('title = "Made-up posts"\n', "utf-8")
    vocabulary = _vocabulary()
    planted: set[tuple[str, str]] = set()
    copies = round(count * DUPLICATES)
    for number in range(count - copies):
        _write(folder, number, _text(*_post(_body(number, vocabulary), number)))
    for number in range(count - copies, count):
        chance = random.Random(-number)
        source = chance.randrange(count - copies)
        kind = _KINDS[number % len(_KINDS)]
        text = kind(_post(_body(source, vocabulary), number, copied=True), chance, vocabulary)
        _write(folder, number, text)
        planted.add((_name(source), _name(number)))
    return planted


def _vocabulary() -> list[str]:
    chance = random.Random(1)
    made = {"".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000)}
    return sorted(made, key=lambda word: (len(word), word))


def _words(chance: random.Random, vocabulary: Sequence[str], count: int) -> Iterator[str]:
    """Words of which, as in any language, the short ones are the frequent ones."""
    size = len(vocabulary)
    for _ in range(count):
        yield vocabulary[int(size * chance.random() ** 3)]


def _body(number: int, vocabulary: Sequence[str]) -> list[str]:
    chance = random.Random(number)
    words = list(_words(chance, vocabulary, chance.randint(*_WORDS)))
    for place in range(7, len(words), 90):
        words[place] = chance.choice(_ACCENTED)
    return words


def _post(words: list[str], number: int, *, copied: bool = False) -> tuple[str, list[str]]:
    title = " ".join(words[20:25] if copied else words[:5]).capitalize()
    head = (
        f'---\ntitle: "{title}"\ndate: {2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}\n'
        f"description: {' '.join(words[30:42] if copied else words[5:17])}\n"
        f"tags: [{words[17]}, {words[18]}]\n---\n\n"
    )
    return head, words


def _text(head: str, words: Sequence[str]) -> str:
    paragraphs = (words[at : at + _PARAGRAPH] for at in range(0, len(words), _PARAGRAPH))
    return head + "\n\n".join(" ".join(words).capitalize() + "." for words in paragraphs) + "\n"


_Kind = Callable[[tuple[str, list[str]], random.Random, Sequence[str]], str]


def _same(post: tuple[str, list[str]], chance: random.Random, vocabulary: Sequence[str]) -> str:
    return _text(*post)


def _reworded(post: tuple[str, list[str]], chance: random.Random, vocabulary: Sequence[str]) -> str:
    head, words = post
    swapped = [chance.choice(vocabulary) if chance.random() < 0.04 else word for word in words]
    return _text(head, swapped)


def _excerpt(post: tuple[str, list[str]], chance: random.Random, vocabulary: Sequence[str]) -> str:
    head, words = post
    return _text(head, words[: len(words) // 2])


def _broken(post: tuple[str, list[str]], chance: random.Random, vocabulary: Sequence[str]) -> str:
    return _text(*post).encode().decode("cp1252")


_KINDS: tuple[_Kind, ...] = (_same, _reworded, _excerpt, _broken)


def _name(number: int) -> str:
    return f"content/{number // 500:03}/post-{number:06}.md"


def _write(folder: Path, number: int, text: str) -> None:
    path = folder / _name(number)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
