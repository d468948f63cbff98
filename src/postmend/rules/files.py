"""Rules about files as a whole. Each is documented with these words."""

from __future__ import annotations

from postmend.model import Fixability
from postmend.rules.rule import Rule, Severity

FILES: tuple[Rule, ...] = (
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
        "content/post.md:6:4: PM005 [*] windows-1252 in a UTF-8 file: `\\xE9tait d\\xE9j\\xE0 tr\\xE8s tard, et la…` "
        "-> `était déjà très tard, et la fenêtre res…`",
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
)
