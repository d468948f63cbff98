"""The values that the scanner, the fixer and the comparator pass to one another.

All are frozen, slotted and picklable, so that a process pool can carry them. A `Span` counts code points of the text
of one document, from 0, end excluded; lines and columns count from 1.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from postmend.explanation import FieldChange as FieldChange
from postmend.explanation import Passage as Passage
from postmend.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans have a code point in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a document: line and column from 1, offset from 0, columns and offset in code points."""

    line: int
    column: int
    offset: int


class FrontMatterFormat(StrEnum):
    """How the metadata at the head of a post is written."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    HEXO_JSON = "hexo-json"  # JSON members without braces, ended by `;;;`
    HEAD_LINES = "head-lines"  # MultiMarkdown `Key: value` lines


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the front matter.

    `key` is the dotted path (`seo.title`, `tags.0`); `value` a plain scalar (str, int, float, bool, date as ISO str,
    None); `span` covers the value exactly as it is written, quotes included, in the text of the document.
    """

    key: str
    value: str | int | float | bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why front matter can't be parsed: the parser's reason in plain words, and where (offset in the document)."""

    reason: str
    offset: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata at the head of a post.

    `span` covers fences and the line break after the closing one; `content` what lies between the fences.
    With a `problem`, `fields` holds what could be read in spite of it (maybe nothing). `refused` is what this reader
    takes and most others don't, such as a key that is there twice.
    """

    format: FrontMatterFormat
    span: Span
    content: Span
    fields: tuple[Field, ...]
    problem: SyntaxProblem | None = None
    refused: SyntaxProblem | None = None

    def get(self, key: str) -> str | int | float | bool | None:
        """The value of `key` (case-insensitive, first match), or None."""
        wanted = key.casefold()
        return next((f.value for f in self.fields if f.key.casefold() == wanted), None)

    def items(self, key: str) -> tuple[str, ...]:
        """The strings of a list (`tags.0`, `tags.1` ...), in order."""
        prefix = f"{key}.".casefold()
        return tuple(str(f.value) for f in self.fields if f.key.casefold().startswith(prefix))


class RegionKind(StrEnum):
    """What a stretch of the body is, for those who must treat code and markup with more care than prose."""

    PROSE = "prose"
    CODE_FENCE = "code-fence"
    INLINE_CODE = "inline-code"
    TAG = "tag"  # HTML or JSX tag, its attributes excluded
    ATTRIBUTE = "attribute"  # the value of an attribute
    LINK_TARGET = "link-target"
    COMMENT = "comment"
    SCRIPT = "script"  # MDX import/export, JSX expressions, <script>, <style>


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the body. The regions of a body are sorted, do not overlap and leave no gap."""

    kind: RegionKind
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A text file: its text exactly as decoded (BOM and line endings kept), and where its parts are."""

    path: str  # POSIX, relative to the root of the run
    text: str
    front_matter: FrontMatter | None
    body: Span

    @property
    def body_text(self) -> str:
        """The text after the front matter."""
        return self.body.of(self.text)


@dataclass(frozen=True, slots=True)
class Post:
    """A document together with what its site makes of it."""

    document: Document
    slug: str  # last part of the address, as the generator would derive it
    url: str | None  # address on the site, with leading slash; None for a post that is not rendered on its own
    locale: str | None  # "en", "pt-br" ... when the path or the front matter says so
    page: str  # identity without locale and version: translations of one page share it
    title: str
    description: str
    date: str | None  # ISO date, from front matter or file name
    draft: bool
    tags: tuple[str, ...]

    @property
    def path(self) -> str:
        """POSIX path of the file, relative to the root of the run."""
        return self.document.path


class Fixability(StrEnum):
    """How sure a fix is: `fix` applies safe ones, `--unsafe-fixes` also the unsafe ones, nothing the others."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `span`, which must read `old`, by `new`."""

    span: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together, and how far they can be trusted."""

    edits: tuple[Edit, ...]
    fixability: Fixability


@dataclass(frozen=True, slots=True)
class Repair:
    """One damaged span and the text that its author most likely wrote.

    `chain` names the wrong decodings in the order in which they happened. Scores are natural logarithms of
    probabilities under the language model; `gain` is after minus before, `margin` the distance to the best rival.
    """

    span: Span
    old: str
    new: str
    chain: tuple[str, ...]
    score_before: float
    score_after: float
    margin: float
    reversible: bool
    fixability: Fixability
    doubt: str = ""  # why the repair is not safe, in plain words; empty when it is
    escape: str = ""  # how the damaged text is written, where it is written as escapes: the last step of its story

    @property
    def gain(self) -> float:
        """By how much the repaired text is likelier than the observed one (nats)."""
        return self.score_after - self.score_before


Unit = Literal["words", "characters"]  # what a text is counted in: characters where a script knows no spaces


@dataclass(frozen=True, slots=True)
class Pair:
    """Two posts that were compared exactly. Every score is from 0 to 1; `left` < `right`."""

    left: str
    right: str
    code: str
    body: float  # Jaccard similarity of the bodies' word shingles
    containment: float  # shared shingles by those of the shorter body
    slug: float
    title: float
    description: float
    shared: int  # shingles that both bodies have
    locales: tuple[str | None, str | None]
    verdict: str  # one plain sentence
    keep: str  # path of the post to keep
    passage: Passage | None = None
    titles: tuple[str, str] = ("", "")
    unit: Unit = "words"  # what is counted below and in the passage
    words: tuple[int, int] = (0, 0)  # in either body
    shared_words: tuple[int, int] = (0, 0)  # of these, those in runs of five that the other one has, too
    links: tuple[int, int] | None = None  # posts of the site that link to either; None where nobody counted
    fields: tuple[FieldChange, ...] = ()  # front matter that differs, the telling fields first
    reasons: tuple[str, ...] = ()  # for keeping the one to keep
    objections: tuple[str, ...] = ()  # against it


@dataclass(frozen=True, slots=True)
class Cluster:
    """Posts that are linked by verified pairs, the one to keep, and the strongest code among the pairs."""

    members: tuple[str, ...]
    keep: str
    code: str
    reasons: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place."""

    code: str
    path: str
    start: Position
    end: Position
    message: str
    before: str | None = None
    after: str | None = None
    chain: tuple[str, ...] = ()
    fix: Fix | None = None
    confidence: float | None = None  # 0 to 1
    fingerprint: str = ""  # stable under moved lines; before the report is put together, what it is made of besides
    context: str | None = None  # the lines around it, as they stand in the file
    detail: str = ""  # evidence in words, for the full output
    other: str | None = None  # the path of the other post, for a finding about a pair


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be worked on: what is wrong and what to do."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a run has to say, sorted."""

    root: str
    files: int
    findings: tuple[Finding, ...] = ()
    pairs: tuple[Pair, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    failures: tuple[Failure, ...] = ()
    fixed: tuple[Finding, ...] = ()
    run_id: str | None = None  # names the journal that can undo this run
    known: int = 0  # findings that the baseline knows, which are left out
    whole: Report | None = None  # the report that this one shows a part of
