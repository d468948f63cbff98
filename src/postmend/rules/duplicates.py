"""Rules about posts that are the same. Each is documented with these words."""

from __future__ import annotations

from postmend.model import Fixability
from postmend.rules.rule import Rule, Severity

DUPLICATES: tuple[Rule, ...] = (
    Rule(
        "PM201",
        "duplicate-body",
        "Two posts have the same text",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Word for word the bodies are the same, whatever their titles, dates and markup. Broken posts are "
        "compared as they would read repaired. Keep the suggested post, and delete or redirect the other.",
        "content/cafe-2.md:1:1: PM201 Same text as content/cafe.md (slug 1.00, title 0.27)",
    ),
    Rule(
        "PM202",
        "near-duplicate-body",
        "Two posts have nearly the same text",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Most runs of five words in one post also stand in the other. Text that many posts share, such as a "
        "common introduction, does not count.",
        "content/cafe-2.md:1:1: PM202 69% same body as content/cafe.md (slug 1.00, title 0.27)",
    ),
    Rule(
        "PM203",
        "contained-body",
        "One post stands inside another",
        Severity.WARNING,
        Fixability.DISPLAY,
        "A large part of the shorter post also stands in the longer one, as with an excerpt, or with a part "
        "that was published next to the whole.",
        "content/excerpt.md:1:1: PM203 100% of it stands in content/whole.md",
    ),
    Rule(
        "PM204",
        "rewritten-post",
        "Two posts have the same front matter and different texts",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Title and description are equal, and so is the date or the tags: the article was written twice, and "
        "both versions are on the site.",
        "content/b.md:1:1: PM204 Same title and description as content/a.md, other text",
    ),
    Rule(
        "PM205",
        "similar-slug",
        "Two posts have nearly the same slug and title",
        Severity.WARNING,
        Fixability.DISPLAY,
        "The slugs agree once dates, `-2` and `copy` endings, transliteration and percent-encoding are set "
        "aside, and the titles are alike. The texts differ. The same slug in another year, or under another date in "
        "the address, is no slip and not reported.",
        "content/привет.md:1:1: PM205 Slug and title much like content/privet.md (slug 1.00, title 1.00)",
    ),
    Rule(
        "PM206",
        "url-collision",
        "Two posts have the same address",
        Severity.ERROR,
        Fixability.DISPLAY,
        "Only one of the two can be published there: the generator drops one or fails. Change the slug of either.",
        "content/posts/cafe.md:1:1: PM206 URL /posts/cafe/ is also produced by content/posts/a.md",
    ),
    Rule(
        "PM207",
        "duplicate-title",
        "Two posts in one language have the same title",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Readers and search engines can't tell them apart, though their texts differ. Titles that fit any text, and "
        "those of posts whose addresses are of different years, are not reported.",
        "content/b.md:2:8: PM207 Same title as content/a.md",
    ),
    Rule(
        "PM208",
        "untranslated-copy",
        "A page in another language has the same text as the original",
        Severity.INFO,
        Fixability.DISPLAY,
        "The page was copied into another locale and never translated. That may be wanted; it does not fail a run. "
        "With `--cross-language` it is reported as a duplicate instead.",
        "content/start.fr.md:1:1: PM208 Same text as content/start.en.md, in another locale",
    ),
)
