"""Which letters go together: the accented letters of one text are those of one language.

The language model pools all languages, so to it a Hungarian letter in Estonian words is merely rare. Here it is wrong.
The tables list what each orthography adds to A to Z, or to the letters that all Cyrillic ones share, with the letters
of loan words that its dictionaries have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

_LATIN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßéà",  # German
    "áéíñóúüªº",  # Spanish
    "àçéèíïóòúüñªº",  # Catalan, Occitan
    "ãõáâàçéêíóôúüªº",  # Portuguese
    "àéèìíîòóùúªº",  # Italian
    "éëïóöüèêáíàâôç",  # Dutch, Afrikaans
    "åäöéàü",  # Swedish, Finnish
    "åæøéèêóòôâäöü",  # Danish, Norwegian
    "áðéíóúýþæö",  # Icelandic
    "áðíóúýæø",  # Faroese
    "äöüõšžé",  # Estonian
    "ąćęłńóśźżé",  # Polish
    "áčďéěíňóřšťúůýžö",  # Czech
    "áäčďéíĺľňóôŕšťúýžö",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîșțé",  # Romanian
    "ăâîşţé",  # Romanian with cedillas, as old encodings have it
    "čćđšžé",  # Croatian, Serbian, Slovene
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņōŗšūž",  # Latvian
    "çğıöşüâîû",  # Turkish
    "çəğıöşü",  # Azerbaijani
    "çëé",  # Albanian
    "çêîşû",  # Kurdish
    "áéíóúàèìòù",  # Irish, Gaelic
    "âêîôûŵŷäëïöüáéíóú",  # Welsh
    "ċġħżàèìòù",  # Maltese
    "ĉĝĥĵŝŭ",  # Esperanto
    "áčđŋšŧž",  # Sami
    "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",  # Vietnamese
)
_ENOUGH = 0.85  # of an alphabet
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщьюя"
_CYRILLIC_MORE = (
    "ыэъё",  # Russian
    "іїєґ",  # Ukrainian
    "іўыэё",  # Belarusian
    "ъѝ",  # Bulgarian
    "ђјљњћџ",  # Serbian
    "ѓѕјљњќџѐѝ",  # Macedonian
)


def foreign_letters(words: Iterable[str], encoding: str) -> int:
    """How many letters of the words stand in the way of all being in one language that the encoding was made for.

    Letters are counted for the Latin and for the Cyrillic script; others don't have two orthographies in one encoding.
    """
    letters = Counter(c for word in words for c in word.lower() if not c.isascii() and c.isalpha())
    return sum(_fewest(letters, known, chosen) for known, chosen in _orthographies(encoding))


def _fewest(letters: Counter[str], known: frozenset[str], alphabets: tuple[frozenset[str], ...]) -> int:
    own = {c: n for c, n in letters.items() if c in known}
    return min((sum(n for c, n in own.items() if c not in alphabet) for alphabet in alphabets), default=0)


@cache
def _orthographies(encoding: str) -> tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]:
    """For each script all its letters, and the alphabets that the encoding was made for."""
    scripts = [frozenset(a) for a in _LATIN], [frozenset(_CYRILLIC + more) for more in _CYRILLIC_MORE]
    return tuple((frozenset().union(*s), tuple(a for a in s if _serves(encoding, a))) for s in scripts)


def _serves(encoding: str, alphabet: frozenset[str]) -> bool:
    """Whether the encoding has the letters. One or two of loan words may be wanting: ISO-8859-1 serves French."""
    if encoding == "cp1258":  # has accents by themselves
        return alphabet == frozenset(_LATIN[-1])
    text = "".join(sorted(alphabet))
    return len(text.encode(encoding, "ignore").decode(encoding)) >= _ENOUGH * len(text)
