"""Rules about front matter. Each is documented with these words."""

from __future__ import annotations

from postmend.model import Fixability
from postmend.rules.rule import Rule, Severity

HEADS: tuple[Rule, ...] = (
    Rule(
        "PM301",
        "front-matter-unparsable",
        "The front matter can't be parsed",
        Severity.ERROR,
        Fixability.UNSAFE,
        "The generator will reject the post, or publish it without a title. The message says where the fault is and "
        "what to do. Where quotes around one value mend it, `postmend fix --unsafe-fixes` puts them. A key that is "
        "there twice and a day that no calendar has are reported, too, although some generators let them through.",
        "content/post.md:2:8: PM301 [~] Front matter can't be parsed: the value of `title` holds a colon; put it in "
        'quotes: `title: "Paris: a guide"`',
    ),
    Rule(
        "PM302",
        "front-matter-not-first",
        "The front matter is not at the beginning of the file",
        Severity.WARNING,
        Fixability.SAFE,
        "Most generators look for front matter in the first line and take it for text when anything stands before it. "
        "Where that is empty lines only, the repair removes them; Astro, Hugo and Zola allow these, and nothing is "
        "said there. A comment or text before the front matter is shown; move it below.",
        "content/post.md:3:1: PM302 [*] Front matter begins in line 3; most generators look for it in line 1 only",
    ),
)
