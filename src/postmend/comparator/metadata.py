"""What the front matter and the slugs of posts say about each other, and how common each value is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from postmend.comparator import slugs, titles
from postmend.comparator.fingerprints import Fingerprint
from postmend.comparator.library import Library, description_key, slug_key, title_key

TELLING_WIDTH = 20  # columns from which a description is more than a tag line
FEW = 3  # posts that may share title and description and still be versions of one article
_SEASON = 21  # days around one date in the year
_DATED = re.compile(r"/(?:[^/]+/){0,3}?((?:19|20)\d\d)/\d\d?/(?:\d\d?/)?")  # an address with year and month
_APART = 3  # months between two posts of one name
SOME = 4  # posts that may share a title, a description or a slug before it says nothing

KeyMaker = Callable[[Fingerprint, str | None], int | None]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the metadata of two posts are (0 to 1), and what that is worth."""

    slug: float
    title: float
    description: float
    same_title: bool  # the same telling title, which few posts of the locale have
    same_description: bool  # the same telling description, likewise
    same_slug: bool  # the same telling slug, likewise
    rewritten: bool  # as much in common as only two versions of one article have
    series: bool  # titles or slugs that differ in a number, month, ordinal or release word
    sequel: bool  # the same where only one has it or more differs, which a nearly equal body outweighs
    periodic: bool  # a title that names a month, day or season
    recurring: bool  # the same heading in another year

    @property
    def supports(self) -> bool:
        """Whether the metadata speaks for one article, rather than for an occasion that comes again."""
        return (self.same_title or self.same_description or self.same_slug) and not self.recurring


class Metadata:
    """The metadata of the posts of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def likeness(self, one: int, other: int) -> Likeness:
        """How alike the metadata of two posts are."""
        left, right = self._library.post(one), self._library.post(other)
        same_title = self._same_title(left, right)
        same_description = self._same_description(left, right)
        recurring = _is_recurring(left, right)
        return Likeness(
            slug=slugs.likeness(left.slug, right.slug),
            title=titles.likeness(left.title, right.title),
            description=titles.likeness(left.description, right.description),
            same_title=same_title,
            same_description=same_description,
            same_slug=self._same_slug(left, right),
            rewritten=same_title and same_description and not recurring and self._same_occasion(left, right),
            series=_are_series(left, right),
            sequel=_is_sequel(left, right),
            periodic=titles.is_periodic(left.title),
            recurring=recurring,
        )

    def _same_title(self, left: Fingerprint, right: Fingerprint) -> bool:
        key = titles.key(left.title)
        equal = key == titles.key(right.title) and not titles.is_generic(left.title)
        return equal and self._few(title_key, left, right)

    def _same_description(self, left: Fingerprint, right: Fingerprint) -> bool:
        key = titles.key(left.description)
        telling = titles.width(left.description) >= TELLING_WIDTH
        telling = telling and key not in (titles.key(left.title), titles.key(right.title))
        return telling and key == titles.key(right.description) and self._few(description_key, left, right)

    def _same_slug(self, left: Fingerprint, right: Fingerprint) -> bool:
        equal = slugs.likeness(left.slug, right.slug) == 1.0 and not titles.is_generic(slugs.block(left.slug))
        return equal and self._few(slug_key, left, right)

    def _few(self, key: KeyMaker, left: Fingerprint, right: Fingerprint) -> bool:
        """Whether few posts of either locale have what the left one has."""
        return max(self._count(key(left, left.locale)), self._count(key(left, right.locale))) <= SOME

    def _count(self, key: int | None) -> int:
        return len(self._library.having(key))

    def _same_occasion(self, left: Fingerprint, right: Fingerprint) -> bool:
        """Equal date or tags, and no more than three posts with that title and description."""
        same_date = left.date is not None and left.date == right.date
        if not same_date and (left.tags != right.tags or not left.tags or _are_yearly(left.date, right.date)):
            return False
        description = titles.key(left.description)
        namesakes = map(self._library.post, self._library.having(title_key(left, left.locale)))
        return sum(titles.key(post.description) == description for post in namesakes) <= FEW

    def few_have_title(self, post: Fingerprint) -> bool:
        """Whether the title is told from a series' or a template's by being rare."""
        return self._count(title_key(post, post.locale)) <= FEW


def _are_yearly(left: str | None, right: str | None) -> bool:
    """Whether two ISO dates are of one time of year in different years: season's greetings repeat title and tags."""
    if not left or not right or left[:4] == right[:4]:
        return False
    days = abs((date(2000, *_month_and_day(left)) - date(2000, *_month_and_day(right))).days)
    return min(days, 366 - days) <= _SEASON


def _month_and_day(iso: str) -> tuple[int, int]:
    """The month and the day of an ISO date. Days that a month lacks are written, too: they count as its 28th."""
    month, day = int(iso[5:7]), int(iso[8:10])
    return month, min(day, 28)


def _is_recurring(left: Fingerprint, right: Fingerprint) -> bool:
    """Whether two posts have one heading at different times, by their slugs, dates or addresses.

    What comes again is written again: `/2017/08/29/vulnerabilities`, `/2019/03/05/vulnerabilities`. Copies with a new
    date share their text, and need no support.
    """
    if slugs.differ_in_date(left.slug, right.slug):
        return True
    same_slug = left.slug == right.slug  # letter by letter: another spelling of it is a slip
    ours, theirs = (_DATED.match(post.url or "") for post in (left, right))
    if ours and theirs:
        same_title = titles.key(left.title) == titles.key(right.title)
        return (same_slug and ours[0] != theirs[0]) or (same_title and ours[1] != theirs[1])
    if not left.date or not right.date or left.date[:4] == right.date[:4]:
        return False
    apart = abs(12 * (int(left.date[:4]) - int(right.date[:4])) + int(left.date[5:7]) - int(right.date[5:7]))
    return same_slug and apart >= _APART


def _are_series(left: Fingerprint, right: Fingerprint) -> bool:
    """Slugs count only if the titles differ: content systems put numbers into the slugs of copies."""
    if titles.key(left.title) == titles.key(right.title) != "":
        return False
    return titles.are_series(left.title, right.title) or slugs.are_series(left.slug, right.slug)


def _is_sequel(left: Fingerprint, right: Fingerprint) -> bool:
    return (
        titles.is_sequel(left.title, right.title)
        or titles.differ_in_number(left.title, right.title)
        or slugs.is_sequel(left.slug, right.slug)
    )


def linked(group: Sequence[int], most: int = 16) -> Iterable[tuple[int, int]]:
    """All pairs of a small group; in a large one each with the first, for pairs grow with the square."""
    if len(group) <= most:
        return combinations(group, 2)
    return ((group[0], number) for number in group[1:])
