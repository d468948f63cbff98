"""Every rule that postmend knows, in one table; documentation, help and messages are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from postmend.model import Fixability


class Severity(StrEnum):
    """How much a finding matters. Findings of severity INFO never fail a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem: its code, its name, what it means, how bad it is and how far postmend may repair it."""

    code: str
    name: str
    summary: str
    severity: Severity
    fixability: Fixability
    explanation: str
    example: str


RULES: tuple[Rule, ...] = (
    Rule(
        "PM001",
        "invalid-utf8",
        "The file is not UTF-8",
        Severity.ERROR,
        Fixability.DISPLAY,
        "Site generators read posts as UTF-8. This file holds bytes that are not, so it was most likely saved "
        "in an older encoding. The message names the encoding that the text most likely has. postmend does "
        "not convert the file; open it in an editor with that encoding and save it as UTF-8.",
        "content/post.md:1:1: PM001 Not UTF-8 (byte 0xCF at 31); reads as windows-1251",
    ),
    Rule(
        "PM004",
        "nul-or-binary",
        "The file is not a text file",
        Severity.WARNING,
        Fixability.DISPLAY,
        "The file has the name of a post and the content of an image, an archive or another binary. It is left alone.",
        "content/photo.md:1:1: PM004 Binary file: it begins like a PNG image",
    ),
    Rule(
        "PM101",
        "mojibake",
        "Text was decoded in the wrong encoding",
        Severity.ERROR,
        Fixability.SAFE,
        "A program wrote the text as UTF-8 and another one read it in an older encoding, such as MacRoman or "
        "windows-1252: each letter outside of English turned into two or three wrong ones. Or text in one old "
        "encoding was read as another, which turned each letter into a wrong one. postmend weighs "
        "two stories for each stretch of text, as written or damaged, with a language model and with evidence "
        "from the whole document. The repair is safe when it is clearly the likelier story, no other reading "
        "comes close, and damaging the repaired text again gives exactly what the file holds.",
        "content/post.md:2:9: PM101 [*] Mojibake in `title`: `CafÃ©` -> `Café` (UTF-8 read as windows-1252)",
    ),
    Rule(
        "PM102",
        "lossy-mojibake",
        "Text was decoded in the wrong encoding and then lost a byte",
        Severity.WARNING,
        Fixability.UNSAFE,
        "After the wrong decoding an editor or a form changed one of the wrong characters: most often a "
        "no-break space became a plain one, and half a letter went with it. The suggestion is the likeliest "
        "text; what was lost can't be proved. Looked for only in documents that hold other mojibake.",
        "content/post.md:9:5: PM102 [~] Mojibake that lost a byte: `voilÃ ` -> `voilà ` (UTF-8 read as windows-1252)",
    ),
    Rule(
        "PM103",
        "uncertain-mojibake",
        "Text may have been decoded in the wrong encoding",
        Severity.WARNING,
        Fixability.UNSAFE,
        "The text looks like mojibake, but the evidence is not enough to change it without asking: it may be "
        "too short, another reading may be nearly as likely, or it may stand in code. The message says which. "
        "Look at the suggestion, and apply it with `postmend fix --unsafe-fixes` if it is right.",
        "content/post.md:7:12: PM103 [~] Perhaps mojibake: `√≠cones` -> `ícones` (UTF-8 read as MacRoman; "
        "too little evidence for it in this document)",
    ),
    Rule(
        "PM106",
        "mojibake-in-filename",
        "The name of a file or folder is damaged",
        Severity.WARNING,
        Fixability.UNSAFE,
        "An archive, a file transfer or a program wrote the name in one encoding and another one read it in "
        "another, escaped it (`caf%C3%A9.md`, `caf#U00e9.md`), or set its accents apart from their letters, unlike "
        "the other names of the folder and the links. Links lead nowhere then, and the address of the post is "
        "damaged. The title and the text of the post and the other names have to vouch for a better name. `postmend "
        "fix --rename` gives files and folders these names and updates the links in all posts; without `--rename`, "
        "names stay as they are. The addresses of renamed posts may change.",
        "content/caf├⌐.md:1:1: PM106 [~] File name `caf├⌐.md` -> `café.md` (UTF-8 read as DOS code page 437)",
    ),
    Rule(
        "PM109",
        "mojibake-on-purpose",
        "An article about encodings shows damaged text",
        Severity.INFO,
        Fixability.UNSAFE,
        "The article is about encodings, and the damaged text in it looks like examples. It is left alone and "
        "does not fail a run. If it is damage after all, `postmend fix --unsafe-fixes` repairs it.",
        "content/post.md:5:10: PM109 [~] Mojibake in 12 places, it seems as examples; the first one: `Ã©` -> `é`",
    ),
    Rule(
        "PM201",
        "duplicate-body",
        "Two posts have the same text",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Word for word the bodies are the same, whatever their titles, dates and markup. Broken posts are "
        "compared as they would read repaired. Keep the suggested post, and delete or redirect the other.",
        "content/cafe-2.md:1:1: PM201 Same text as content/cafe.md",
    ),
    Rule(
        "PM202",
        "near-duplicate-body",
        "Two posts have nearly the same text",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Most runs of five words in one post also stand in the other. Text that many posts share, such as a "
        "common introduction, does not count.",
        "content/cafe-2.md:1:1: PM202 94% same body as content/cafe.md",
    ),
    Rule(
        "PM203",
        "contained-body",
        "One post stands inside another",
        Severity.WARNING,
        Fixability.DISPLAY,
        "A large part of the shorter post also stands in the longer one, as with an excerpt, or with a part "
        "that was published next to the whole.",
        "content/excerpt.md:1:1: PM203 88% of it stands in content/whole.md",
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
        "aside, and the titles are alike. The texts differ.",
        "content/privet.md:1:1: PM205 Slug and title much like content/привет.md",
    ),
    Rule(
        "PM206",
        "url-collision",
        "Two posts have the same address",
        Severity.ERROR,
        Fixability.DISPLAY,
        "Only one of the two can be published there: the generator drops one or fails. Change the slug of either.",
        "content/b.md:3:7: PM206 URL /posts/cafe/ is also produced by content/cafe.md",
    ),
    Rule(
        "PM207",
        "duplicate-title",
        "Two posts in one language have the same title",
        Severity.WARNING,
        Fixability.DISPLAY,
        "Readers and search engines can't tell them apart, though their texts differ.",
        "content/b.md:2:8: PM207 Same title as content/a.md",
    ),
    Rule(
        "PM208",
        "untranslated-copy",
        "A page in another language has the same text as the original",
        Severity.INFO,
        Fixability.DISPLAY,
        "The page was copied into another locale and never translated. That may be wanted; it does not fail a run.",
        "content/fr/start.md:1:1: PM208 Same text as content/en/start.md",
    ),
    Rule(
        "PM301",
        "front-matter-unparsable",
        "The front matter can't be parsed",
        Severity.ERROR,
        Fixability.DISPLAY,
        "The generator will reject the post, or publish it without a title. The message gives the parser's "
        "reason and the place.",
        "content/post.md:3:8: PM301 Front matter: mapping values are not allowed here",
    ),
)

BY_CODE = {rule.code: rule for rule in RULES}
