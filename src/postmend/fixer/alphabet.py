"""Characters as the symbols that the language model counts.

Letters and signs that are common somewhere stand for themselves. The many thousands of others share a class symbol
(rare Latin letters, frequent Han characters, emoji ...): the model knows where such a class occurs, and each member
then costs the logarithm of the size of its class. Class symbols are private-use characters, which as text are
impossible themselves and so are free for this.
"""

from __future__ import annotations

import math
import unicodedata

QUOTES = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
DASHES = "\N{HYPHEN}\N{EN DASH}\N{EM DASH}"

IMPOSSIBLE = "\ue000"  # unassigned, private use, surrogates, non-characters, U+FFFD
CONTROL = "\ue001"
MARK = "\ue002"
LATIN = "\ue003"
GREEK = "\ue004"
CYRILLIC = "\ue005"
LETTER = "\ue006"  # a letter of a script without a class of its own
HAN_COMMON = "\ue007"
HAN_USUAL = "\ue008"
HAN_RARE = "\ue009"
HANGUL_COMMON = "\ue00a"
HANGUL_RARE = "\ue00b"
EMOJI = "\ue00c"
DINGBAT = "\ue00d"
ARROW = "\ue00e"
MATH = "\ue00f"
BOX = "\ue010"
CURRENCY = "\ue011"
SIGN = "\ue012"
PUNCTUATION = "\ue013"
SPACE = "\ue014"
FORMAT = "\ue015"
NUMBER = "\ue016"
RARE_SIGN = "\ue017"  # mathematics and symbols outside the blocks in common use

# How many members share the probability of a class. Where use is uneven (a handful of emoji make up most of them), the
# effective number is smaller than the number of code points.
CLASS_SIZES = {
    IMPOSSIBLE: 1 << 28,
    CONTROL: 1 << 16,
    MARK: 400,
    LATIN: 900,
    GREEK: 250,
    CYRILLIC: 170,
    LETTER: 3000,
    HAN_COMMON: 500,
    HAN_USUAL: 2500,
    HAN_RARE: 20000,
    HANGUL_COMMON: 400,
    HANGUL_RARE: 6000,
    EMOJI: 300,
    DINGBAT: 100,
    ARROW: 40,
    MATH: 150,
    BOX: 80,
    CURRENCY: 30,
    SIGN: 500,
    PUNCTUATION: 150,
    SPACE: 15,
    FORMAT: 30,
    NUMBER: 300,
    RARE_SIGN: 20000,
}
# Scripts that the sources of the model do not have. Letters and marks of one script stand together in words: without
# that knowledge clean Thai looks likelier as Cyrillic that was misread.
UNSEEN_SCRIPTS = {
    script: chr(0xE100 + number)
    for number, script in enumerate(
        (
            "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "SINHALA", "MALAYALAM", "ORIYA", "GEORGIAN", "ARMENIAN",
            "ETHIOPIC", "THAANA", "SYRIAC", "NKO", "CHEROKEE", "MONGOLIAN", "CANADIAN", "TIFINAGH", "JAVANESE",
        )
    )
}  # fmt: skip
_SCRIPT_SIZE = 60  # letters and marks in common use
CLASS_SIZES |= dict.fromkeys(UNSEEN_SCRIPTS.values(), _SCRIPT_SIZE)
EMISSION = {symbol: -math.log(size) for symbol, size in CLASS_SIZES.items()}

_SCRIPTS = {"LATIN": LATIN, "GREEK": GREEK, "CYRILLIC": CYRILLIC, "HANGUL": HANGUL_RARE, "CJK": HAN_RARE}
_BY_CATEGORY = {
    "Cc": CONTROL, "Cf": FORMAT, "Sm": RARE_SIGN, "Sc": CURRENCY, "Sk": SIGN, "So": RARE_SIGN,
    "Zs": SPACE, "Zl": SPACE, "Zp": SPACE,
}  # fmt: skip
_BY_MAJOR = {"M": MARK, "N": NUMBER, "P": PUNCTUATION, "S": SIGN, "C": IMPOSSIBLE, "Z": SPACE}
_BLOCKS = (
    (0x2190, 0x21FF, ARROW), (0x2200, 0x22FF, MATH), (0x2100, 0x214F, SIGN), (0x2300, 0x23FF, SIGN),
    (0x2500, 0x259F, BOX), (0x25A0, 0x25FF, DINGBAT), (0x2600, 0x27BF, DINGBAT), (0x27F0, 0x27FF, ARROW),
    (0x2B00, 0x2BFF, DINGBAT), (0xFFFD, 0xFFFD, IMPOSSIBLE), (0x1F000, 0x1FAFF, EMOJI),
)  # fmt: skip


def class_of(char: str) -> str:
    """The class symbol of a character that does not stand for itself."""
    code = ord(char)
    category = unicodedata.category(char)
    if code < 0x100 and category[0] == "S":
        return SIGN
    for first, last, symbol in _BLOCKS:
        if first <= code <= last and category != "Cn":
            return symbol
    if category[0] in "LM":
        script = unicodedata.name(char, "").partition(" ")[0]
        own = UNSEEN_SCRIPTS.get(script)
        if own or category[0] == "L":
            return own or _SCRIPTS.get(script, LETTER)
    return _BY_CATEGORY.get(category) or _BY_MAJOR[category[0]]


def plain_symbol(char: str) -> str | None:
    """The symbol of white space and digits, which share one each; None for all others."""
    if char in " \t\n\r":
        return " "
    if char in "0123456789":
        return "0"
    return None
