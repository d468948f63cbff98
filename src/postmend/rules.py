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
    """A kind of problem: its code, its name, what it means, how bad it is and how far postmend may repair it.

    `example` is a line of `concise` output, and what the post in `fixtures/rules/CODE/` gives. A rule that is not
    `on` by itself is only looked for when its whole code is selected.
    """

    code: str
    name: str
    summary: str
    severity: Severity
    fixability: Fixability
    explanation: str
    example: str
    on: bool = True


RULES: tuple[Rule, ...] = (
    Rule(
        "PM001",
        "invalid-utf8",
        "The file is not UTF-8",
        Severity.ERROR,
        Fixability.SAFE,
        "Site generators read posts as UTF-8. This file was saved in an older encoding. `postmend fix` writes it as "
        "UTF-8 and changes no letter and no line ending; where the file names its old encoding, in the front matter "
        "or in a `<meta>` tag, that becomes `utf-8`. The message names the encoding. It is one that the file "
        "names for itself, or that `--encoding` names, or the one in which the text reads clearly best. The "
        "conversion is safe when no other encoding comes close, and writing the text in the old encoding again "
        "gives exactly the bytes of the file. Otherwise the message shows both readings: look, and choose with "
        "`--encoding`.",
        "content/post.md:2:8: PM001 [*] Not UTF-8 (byte 0xCF at 11); reads as windows-1251",
    ),
    Rule(
        "PM002",
        "utf16-or-utf32",
        "The file is UTF-16 or UTF-32",
        Severity.ERROR,
        Fixability.SAFE,
        'Some Windows programs save text with two or four bytes a character ("Unicode" in old versions of Notepad, '
        "PowerShell's `>`). Site generators can't read it. `postmend fix` writes the file as UTF-8, without a byte "
        "order mark. A file that ends within a character was cut off; it is reported and left alone.",
        "content/post.md:1:1: PM002 [*] UTF-16 with a byte order mark, not UTF-8",
    ),
    Rule(
        "PM003",
        "byte-order-mark",
        "A byte order mark hides the front matter",
        Severity.WARNING,
        Fixability.SAFE,
        "The file begins with U+FEFF, an invisible mark that some Windows programs put before UTF-8. Jekyll and Nuxt "
        "then don't see the front matter behind it. Astro, Hugo and most other generators skip one mark, so nothing "
        "is said where one of these is recognised; two marks are too many for all of them. The repair takes the "
        "marks away.",
        "content/post.md:1:1: PM003 [*] A byte order mark before the front matter; some generators don't see it then",
    ),
    Rule(
        "PM004",
        "nul-or-binary",
        "The file is not a text file",
        Severity.WARNING,
        Fixability.DISPLAY,
        "The file has the name of a post and the content of an image, an archive or another binary. It is left alone.",
        "content/photo.md:1:1: PM004 Binary file, though its name is that of a post; it is left alone",
    ),
    Rule(
        "PM005",
        "mixed-encodings",
        "Parts of the file are in another encoding",
        Severity.ERROR,
        Fixability.SAFE,
        "Most of the file is UTF-8, but some lines or words are not: somebody edited or merged an old file with a "
        "program that wrote another encoding. What is UTF-8 stays. The other words are read together, next to the "
        "sound words of the post, and the repair is safe when one encoding explains them clearly best. Bytes "
        "that no encoding explains, such as a letter that was cut in half, are reported as PM001 and stay.",
        "content/post.md:6:1: PM005 [*] windows-1252 in a UTF-8 file: `d\\xE9j\\xE0` -> `déjà`",
    ),
    Rule(
        "PM006",
        "mixed-line-endings",
        "The lines of a file end in different ways",
        Severity.WARNING,
        Fixability.SAFE,
        "Some lines end with LF, others with CRLF or a lone CR, as happens when files are merged by hand or written by "
        "several programs. Site generators don't mind. The repair gives all lines the ending that most have, LF when "
        "there are as many of another kind.",
        "content/post.md:5:18: PM006 [*] Mixed line endings: 4 LF, 2 CRLF; the first CRLF is here",
        on=False,
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
        "content/post.md:2:8: PM101 [*] Mojibake in `title`: `CafÃ©` -> `Café` (UTF-8 read as windows-1252)",
    ),
    Rule(
        "PM102",
        "lossy-mojibake",
        "Text was decoded in the wrong encoding and then lost a byte",
        Severity.WARNING,
        Fixability.UNSAFE,
        "Bytes that made no character of the wrong encoding became `?`, often with the space behind them; or an "
        "editor or a form changed some of the wrong characters: a no-break space became a plain one, controls "
        "vanished, letters were taken apart. Each lost byte is one of a few. The suggestion is the reading that the "
        "language and the rest of the document make likeliest; what was lost can't be proved. Where another is as "
        "likely, it is only shown.",
        "content/post.md:7:4: PM102 [~] Mojibake that lost a byte: `voilÃ ` -> `voilà ` (UTF-8 read as windows-1252; "
        "a byte was lost on the way, and this is the likeliest one)",
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
        "content/post.md:5:10: PM103 [~] Perhaps mojibake: `pi√π` -> `più` (UTF-8 read as MacRoman; "
        "too little evidence for it in this document)",
    ),
    Rule(
        "PM104",
        "replacement-character",
        "Text is gone, and signs stand in its place",
        Severity.WARNING,
        Fixability.UNSAFE,
        "A program could not read or write some letters and put a sign in their place: U+FFFD "
        "(`\N{REPLACEMENT CHARACTER}`; after another accident also `ï¿½` or `锟斤拷`), or a question mark. No decoding "
        "brings them back. postmend looks for the line where it may still be whole: in other posts with the same text, "
        "and in the git history of the file. Else it suggests a word only if no other fits. Question marks are "
        "reported where they have the shape of words (`????? ??????? ????`) or where several words of a document lack "
        "letters (`d?j?`).",
        "content/post.md:9:5: PM104 [~] Text is lost: `caf\N{REPLACEMENT CHARACTER} noir` -> `café noir` "
        "(as in content/cafe.md:12)",
    ),
    Rule(
        "PM105",
        "control-character",
        "A control character stands in the text",
        Severity.WARNING,
        Fixability.UNSAFE,
        "Control characters other than tabs, line breaks and form feeds have no business in a post: they come from "
        "terminals, word processors and broken conversions, and feed readers and parsers stumble over them. The "
        "message has the name that Unicode gives them. Those from U+0080 to U+009F are mostly quotation marks, dashes "
        "and the like of windows-1252, and the suggestion is the one that stood there. Others are removed. What a "
        "terminal printed is left alone in code.",
        "content/post.md:4:3: PM105 [~] Control character PRIVATE USE TWO (U+0092), in windows-1252 it is `’`",
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
        "PM107",
        "escaped-mojibake",
        "Wrongly decoded text was written as escapes, or an escape was escaped again",
        Severity.WARNING,
        Fixability.UNSAFE,
        "The damage of PM101, but written as HTML entities, percent-encoded in an address, or with backslashes in "
        "JSON and YAML. The document is read with its escapes as characters, so all evidence counts; the repair is "
        "written in the same kind of escape, and nothing else is unescaped. It is not applied without asking: an "
        "address may be right although its name is damaged, and code may show escapes on purpose. The rule also finds "
        "words in which an escape was escaped again, so that readers see `caf&eacute;`.",
        "content/post.md:7:4: PM107 [~] Escaped mojibake: `Caf&Atilde;&copy;` -> `Caf&eacute;` (UTF-8 read as "
        "windows-1252, then written as HTML entities)",
    ),
    Rule(
        "PM108",
        "invisible-character",
        "An invisible character stands where it does harm",
        Severity.WARNING,
        Fixability.UNSAFE,
        "Invisible characters in front matter, in addresses and in code split words for search engines, lead to "
        "missing pages and break what readers copy. Marks of direction may show code in another order than it "
        "runs, tag characters and rows of variation selectors may hide a text. Joiners in Persian or Hindi, flags and "
        "emoji, marks of direction in Hebrew and Arabic, soft hyphens in body text and no-break spaces are "
        "no fault. The suggestion is to remove them, but for marks of direction whose loss could change the order.",
        "content/post.md:2:12: PM108 [~] Invisible ZERO WIDTH SPACE (U+200B) in `title`",
    ),
    Rule(
        "PM109",
        "mojibake-on-purpose",
        "An article about encodings shows damaged text",
        Severity.INFO,
        Fixability.UNSAFE,
        "The article is about encodings, and the damaged text in it looks like examples. It is left alone and "
        "does not fail a run. If it is damage after all, `postmend fix --unsafe-fixes` repairs it.",
        "content/post.md:5:77: PM109 [~] Mojibake in 2 places, it seems as examples; the first one: `Ã©` -> `é`",
    ),
    Rule(
        "PM120",
        "invisible-character-in-prose",
        "An invisible character was pasted into the text",
        Severity.INFO,
        Fixability.UNSAFE,
        "Zero-width spaces, joiners and the like come along when text is copied from a web page or a chat. In running "
        "text nobody sees them, but they split words for search. They don't fail a run. A zero-width space beside "
        "markup is taken as meant: it is how authors keep an `@` or a `<` from being read.",
        "content/post.md:9:14: PM120 [~] Invisible ZERO WIDTH SPACE (U+200B), 2 times",
    ),
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
        "aside, and the titles are alike. The texts differ.",
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
        "content/start.fr.md:1:1: PM208 Same text as content/start.en.md, in another locale",
    ),
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

BY_CODE = {rule.code: rule for rule in RULES}
