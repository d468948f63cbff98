"""A bar for precision and recall, on made-up articles: what falls below it has been broken by a change."""

from __future__ import annotations

import random

from articles import edited, post, prints, text

from postmend.comparator import find_duplicates

NAMES = [
    a + b for a in ("amber", "birch", "cedar", "delta", "ember") for b in ("fox", "hen", "owl", "elk", "yak", "bee")
]
TEMPLATE = text(900, 150)


def test_precision_and_recall() -> None:
    chance = random.Random(3)
    articles = {name: text(n, chance.randint(150, 400)) for n, name in enumerate(NAMES)}
    posts = [post(f"{name}.md", f"{TEMPLATE} {body}", title=f"All of {name}") for name, body in articles.items()]
    truth = set()
    for n, (name, body) in enumerate(articles.items()):
        copy = (
            edited(body, 0.02, n),
            edited(body, 0.1, n),
            shortened(body),
            f"{body} {text(n + 500)}",
            body,
        )[n % 5]
        path = f"old/{name}-again.md"
        title = f"All of {name}" if n % 2 else f"Remembering {name} fondly"
        posts.append(post(path, f"{TEMPLATE} {copy}", title=title))
        truth.add((f"{name}.md", path))
    for n in range(10):
        posts.append(post(f"tool-1.{n}.md", f"{edited(text(800), 0.1, n)}", title=f"Tool 1.{n} released"))
    strong = ("PM201", "PM202", "PM203", "PM204")
    found = {(pair.left, pair.right) for pair in find_duplicates(prints(*posts)) if pair.code in strong}
    assert found <= truth
    assert len(found) >= 0.97 * len(truth)


def shortened(body: str) -> str:
    words = body.split()
    return " ".join(words[: max(120, len(words) // 2)])
