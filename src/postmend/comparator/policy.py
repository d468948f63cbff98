"""What counts as a duplicate, as one frozen value."""

from __future__ import annotations

from postmend.values import dataclass


@dataclass(frozen=True, slots=True)
class DuplicatePolicy:
    """How alike two posts must be before they are reported.

    `threshold` (0 to 1) is the share of words that must have survived for two bodies to count as one text.
    If a share t of the words survives and the changes are spread evenly, t ** 5 of the runs of five words
    survive: .33 at .80. That much of the shorter body is asked for when title, description or slug also
    match, and that much of both bodies when only they speak, provided they are long; else t ** 3 (.51 at
    .80) of the shorter one. A body of less than twice `min_words` must reach t ** 3 and t instead. The
    threshold is a share of words; the scores in a `Pair` are exact shares of five-word runs, and so lower
    than it.

    `min_words` is the length (words; single characters in Chinese, Japanese, Thai ...) from which a body is
    compared at all. Shorter bodies are reported only if they are equal and title or description match too.

    `cross_language` reports copies across locales as if they were of one locale, a page that was never translated among
    them. Without it a copy in another locale is no more than an untranslated page (PM208). Translations of a page are
    never duplicates of it.

    `include_drafts` compares drafts too; without it they are left out.

    `repaired` is the damage (see `Fingerprint`) that the run repairs, so that it does not count against a post.

    `not_duplicates` are pairs of posts, by their paths (POSIX, relative to the root), that are alike on purpose. They
    are not reported, whatever they share but an address.
    """

    threshold: float = 0.80
    min_words: int = 50
    cross_language: bool = False
    include_drafts: bool = False
    repaired: int = 0
    not_duplicates: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 < self.threshold <= 1.0:
            raise ValueError(f"threshold must be above 0 and at most 1, not {self.threshold}")
        if self.min_words < 1:
            raise ValueError(f"min_words must be at least 1, not {self.min_words}")

    def containment(self, tokens: int, *, supported: bool) -> float:
        """The containment asked for, given the words of the shorter body and whether metadata support it."""
        long = tokens >= 2 * self.min_words
        if supported:
            return self.threshold**5 if long else self.threshold**3
        return self.threshold**3 if long else self.threshold
