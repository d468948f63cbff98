"""Posts and texts for the tests of the comparator."""

from __future__ import annotations

import random
import re
from typing import Any

from postmend.comparator import Fingerprint, fingerprint
from postmend.model import Document, Post, Span

_SYLLABLES = re.findall("..", "bacedifoguhajekilomunaperosutavewixozy")


def words(seed: int, count: int = 200) -> list[str]:
    """Words that hardly any other seed has in this order; the same on every machine."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(count)]


def text(seed: int, count: int = 200) -> str:
    return " ".join(words(seed, count))


def edited(source: str, share: float, seed: int = 1) -> str:
    """The text with a share of its words replaced, spread over the whole."""
    chance = random.Random(seed)
    made = (f"new{chance.randint(0, 9**9)}" if chance.random() < share else w for w in source.split())
    return " ".join(made)


def document(path: str, body: str, head: str = "---\ntitle: x\n---\n") -> Document:
    return Document(path, head + body, None, Span(len(head), len(head) + len(body)))


def post(path: str, body: str, **metadata: Any) -> Post:
    """A post whose slug, page and title come from its path, unless told otherwise."""
    name = path.rsplit("/", 1)[-1].removesuffix(".md")
    values: dict[str, Any] = {
        "slug": name,
        "url": None,
        "locale": None,
        "page": path.removesuffix(".md"),
        "title": f"On {name} and the rest",
        "description": "",
        "date": None,
        "draft": False,
        "tags": (),
    }
    return Post(document=document(path, body), **(values | metadata))


def prints(*posts: Post) -> list[Fingerprint]:
    return [fingerprint(p) for p in posts]
