"""Ranges of characters beside which an invisible one has work to do, as parts of regular expressions.

Ranges are those of Unicode 16's Blocks.txt, taken generously: a range too many is a miss, one too few a false alarm.
"""

from __future__ import annotations

# Written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic and their historic relatives.
RIGHT_TO_LEFT = "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Scripts that shape or break by joiners and zero-width spaces: the above, Indic, Thai, Lao, Tibetan, Myanmar, Khmer,
# Mongolian, Philippine, Balinese, Javanese and their relatives.
SHAPING = (
    RIGHT_TO_LEFT + "\u0900-\u109f\u1700-\u18af\u1900-\u1aff\u1b00-\u1c7f\u1cd0-\u1cff"
    "\ua800-\ua8ff\ua900-\ua95f\ua980-\uabff\U00011000-\U00011fff\U00016100-\U00016fff"
)
EMOJI = (
    "\N{COPYRIGHT SIGN}\N{REGISTERED SIGN}\N{DOUBLE EXCLAMATION MARK}\N{EXCLAMATION QUESTION MARK}\u2100-\u214f"
    "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\U000e0020-\U000e007f\N{COMBINING ENCLOSING KEYCAP}"
    "\N{VARIATION SELECTOR-16}"
)
PHONETIC = "\u0250-\u02ff"  # dictionaries tie diphthongs with a joiner
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
# Characters of which Unicode registers variants, beside emoji: mathematics, CJK, Phags-pa, Myanmar, Manichaean.
VARYING = EMOJI + "#*0-9\u1000-\u109f\u2000-\u2bff\u3000-\u9fff\ua840-\ua87f\uf900-\ufaff\uff00-\uffef" + SHAPING
VARYING += "\U00020000-\U0003ffff"
