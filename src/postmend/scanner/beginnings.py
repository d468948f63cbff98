"""What stands before front matter: byte order marks, empty lines, text; and which generators mind."""

from __future__ import annotations

import re

from postmend.model import Document, FrontMatter, Span
from postmend.scanner.fields import words
from postmend.scanner.frontmatter import find_front_matter
from postmend.scanner.head_lines import KNOWN_KEYS
from postmend.scanner.lines import with_line_feeds

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# All that is about `---`. Who reads `+++` (Astro, Hugo, Zola) skips a mark and empty lines.
# Jekyll compares the first bytes, Nuxt the first characters. `plain` may be any generator, these too.
_MINDS_MARK = words("jekyll nuxt plain ")
# gray-matter (Eleventy, Gatsby, VitePress, Docusaurus), MkDocs and these two want the fence first. Astro, Hugo and
# Zola skip empty lines; Hexo skips one.
_MINDS_EMPTY_LINES = words("jekyll eleventy gatsby vitepress docusaurus mkdocs nuxt plain ")

_LONGEST_LEAD = 2_000  # characters that may stand before front matter that is looked for
_MOST_LINES = 3  # lines of text, comments aside, likewise
_FENCE = re.compile(r"(?m)^(?:---|\+\+\+)[ \t]*\n")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*-->|\{/\*(?:[^*]|\*(?!/))*\*/\}|\{#[^#\n]*#\}")
# Code that shows front matter, MDC blocks (Nuxt) that have some of their own, sentences that announce an example.
_NO_LEAD = re.compile(r"(?m)^[ \t]*(?:```|~~~|::|>|<)|:[ \t]*$")


def marks_to_remove(document: Document, generator: str) -> Span | None:
    """The byte order marks at the start of a document where they hide the front matter; two are one too many anyway."""
    text = document.text
    if not text.startswith(_MARK):
        return None
    count = next((k for k, char in enumerate(text) if char != _MARK), len(text))
    hides = generator in _MINDS_MARK and _is_fenced(document)
    return Span(0, count) if count > 1 or hides else None


def blanks_to_remove(document: Document, generator: str) -> Span | None:
    """The empty lines before the front matter, where the generator takes it for text because of them."""
    matter = document.front_matter
    if matter is None or generator not in _MINDS_EMPTY_LINES or not _is_fenced(document):
        return None
    lead = matter.span.start
    marks = next((k for k in range(lead) if document.text[k] != _MARK), lead)
    return Span(marks, lead) if marks < lead else None


def misplaced(document: Document) -> Span | None:
    """Where front matter stands that no generator finds, after a comment, text, or an empty front matter.

    Only what is nothing else: two keys that front matter often has, and a closing fence. A thematic break and a line
    with a colon are none.
    """
    start = _candidate(document)
    found = find_front_matter(document.text[start:]) if start else None
    if start is None or found is None or not _is_plain(found):
        return None
    return Span(start, start + found.span.end)


def _is_fenced(document: Document) -> bool:
    matter = document.front_matter
    return matter is not None and document.text.startswith("---", matter.span.start)


def _candidate(document: Document) -> int | None:
    """Where a fence stands that may open front matter further down; None when there is none."""
    matter = document.front_matter
    if matter is not None:
        is_empty = not matter.fields and matter.problem is None and _is_fenced(document)
        return matter.content.end if is_empty else None
    flat = with_line_feeds(document.text[:_LONGEST_LEAD])
    fence = _FENCE.search(flat)
    if fence is None:
        return None
    text = _COMMENT.sub("", flat[: fence.start()])
    lines = [line for line in text.split("\n") if line.strip(f" \t{_MARK}")]
    return fence.start() if len(lines) <= _MOST_LINES and not _NO_LEAD.search("\n".join(lines)) else None


def _is_plain(matter: FrontMatter) -> bool:
    """Whether it can't be anything but front matter."""
    keys = {field.key.casefold() for field in matter.fields}
    return matter.problem is None and len(keys & KNOWN_KEYS) > 1
