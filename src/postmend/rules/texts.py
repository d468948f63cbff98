"""Rules about broken text. Each is documented with these words."""

from __future__ import annotations

from postmend.model import Fixability
from postmend.rules.rule import Rule, Severity

TEXTS: tuple[Rule, ...] = (
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
        "content/post.md:7:4: PM102 [~] Mojibake that lost a byte: `voilÃ ` -> `voilà` (UTF-8 read as windows-1252; "
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
        "content/post.md:5:16: PM104 [~] Text is lost: `caf\N{REPLACEMENT CHARACTER}` -> `café` "
        "(as elsewhere in this document)",
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
        "content/post.md:5:11: PM105 [~] Control character START OF HEADING (U+0001)",
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
        "content/post.md:2:14: PM108 [~] Invisible ZERO WIDTH SPACE (U+200B) in `title`",
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
        "content/post.md:5:5: PM120 [~] Invisible ZERO WIDTH SPACE (U+200B)",
    ),
)
