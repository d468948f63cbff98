"""What a file was called before its name went through the wrong program.

A name is a short text, so others have to vouch for it: the other names of the run, which went the same way, and the
title and the text of the post itself. `caf├⌐.md` is repaired alone; `ïðèâåò.md` needs a post that says привет.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from postmend.fixer.accidents import describe, is_guess
from postmend.fixer.misnaming import (
    Misnaming,
    from_bytes,
    is_shown_in,
    recomposed,
    same_way,
    utf8_readings,
    vouched_reading,
)
from postmend.fixer.mojibake import find_repairs
from postmend.fixer.patches import splice
from postmend.model import Fixability, Span

_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# What unzip writes for a character that it can't spell here: four digits, or six beyond U+FFFF.
_INFO_ZIP = re.compile(r"#U([0-9A-Fa-f]{4})|#L([0-9A-Fa-f]{6})")
_SEPARATORS = str.maketrans("-_", "  ")
_NO_TEXT = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # part of words in Persian and Indian scripts
_SPLITTERS = frozenset("/\\\0")


def is_odd(name: str) -> bool:
    """Whether the name may be damaged at all. Most are ASCII, and that is all it costs to know."""
    return not name.isascii() or "%" in name or "#" in name


def better_names(
    names: Iterable[str], texts: Mapping[str, str], elsewhere: Collection[str] = ()
) -> dict[str, Misnaming]:
    """The damaged ones of `names`, which are the suspects of one run, with what they should be.

    `texts` holds for some of the names the repaired title and text of their posts, without links. `elsewhere` names
    accidents that happened for certain in the texts of the run.
    """
    plain = {name: unescaped(name) or Misnaming(name, "") for name in sorted(set(names))}
    known = {was.name: texts.get(name, "") for name, was in plain.items()}
    better = _repaired([name for name in known if _is_text(name)], known, elsewhere)
    better |= from_bytes([name for name in known if not _is_text(name)], known)
    found: dict[str, Misnaming] = {}
    for name, was in plain.items():
        if name != was.name and _shows(texts.get(name, ""), name):
            continue  # an article about such names
        last = _after(was, better.get(was.name))
        if last.name != name and _can_be(last.name, name):
            found[name] = last
    return found


def unescaped(name: str) -> Misnaming | None:
    """A name without the escapes that stand for letters outside of English; None where there are none such."""
    if "%" in name and (plain := _without_percents(name)):
        return Misnaming(plain, "percent-encoded")
    if "#" in name and (zipped := _INFO_ZIP.sub(_character, name)) != name and _has_letters(zipped):
        return Misnaming(zipped, "escaped by unzip")
    return None


def is_decomposed(name: str) -> bool:
    """Whether accents stand apart from their letters (NFD). Singletons such as the angstrom sign don't count."""
    return not name.isascii() and len(composed(name)) < len(name)


def prefers_composed(name: str, others: Iterable[str]) -> bool:
    """Whether more of the `others` have accents on their letters than apart from them."""
    balance = 0
    for other in others:
        if other != name and not other.isascii():
            balance += _is_composed(other) - is_decomposed(other)
    return balance > 0


def composed(name: str) -> str:
    """The name in Unicode's composed form (NFC)."""
    return unicodedata.normalize("NFC", name)


def _is_composed(name: str) -> bool:
    return unicodedata.normalize("NFD", name) != name == composed(name)


def suspects(names: Iterable[str]) -> set[str]:
    """The names that are worth a look at their posts, which may vouch for a better one."""
    return {name for name in names if is_odd(name) and _is_suspect(name)}


def _is_suspect(name: str) -> bool:
    if name.isascii():
        return unescaped(name) is not None
    if not _is_text(name) or unescaped(name):
        return True
    from postmend.fixer.spans import distinct_words
    from postmend.fixer.strange import strange_words

    kinds = {unicodedata.category(c) for c in name if not c.isascii()}
    if any(kind[0] in "CPSZ" and kind != "Pd" for kind in kinds):
        return True
    return bool(strange_words(distinct_words(name.translate(_SEPARATORS)))) or any(True for _ in utf8_readings(name))


def _repaired(names: list[str], texts: Mapping[str, str], elsewhere: Collection[str]) -> dict[str, Misnaming]:
    """The better ones of names that are text. What its own post vouches for comes first.

    Where one old encoding was read as another, and no post says which, another name must have gone the same way.
    """
    foreign = [name for name in names if not name.isascii() and not is_shown_in(texts[name], name)]
    vouched = {name: reading for name in foreign if (reading := vouched_reading(name, texts[name]))}
    ways = {reading.chain for reading in vouched.values()}
    found = {
        name: repaired
        for name, repaired in _together(foreign, elsewhere).items()
        if repaired.chain in ways or not any(map(is_guess, repaired.chain))
    }
    for name in foreign:
        joined = recomposed(name)
        if joined and name in found and composed(found[name].name) != composed(joined.name):
            del found[name]  # two stories, and nobody to tell which is true
        elif same := joined or (same_way(name, ways) if name not in found else None):
            found[name] = same
    return found | vouched


def _together(names: list[str], elsewhere: Collection[str]) -> dict[str, Misnaming]:
    """What the names say about one another: each is a line of one text. None is repaired by half."""
    text = "\n".join(names).translate(_SEPARATORS)
    repairs = find_repairs(text, elsewhere=elsewhere)
    found: dict[str, Misnaming] = {}
    start = 0
    for name in names:
        end = start + len(name)
        own = [r for r in repairs if start <= r.span.start and r.span.end <= end]
        if own and all(r.fixability is Fixability.SAFE for r in own):
            new = splice(name, ((Span(r.span.start - start, r.span.end - start), r.new) for r in own))
            if not _is_suspect(new):
                found[name] = Misnaming(new, describe(own[0].chain), own[0].chain)
        start = end + 1
    return found


def _after(was: Misnaming, better: Misnaming | None) -> Misnaming:
    """Both steps as one: what was escaped, and what had gone wrong before that."""
    if better is None:
        return replace(was, name=composed(was.name)) if was.story else was
    story = f"{better.story}, then {was.story}" if was.story else better.story
    return Misnaming(composed(better.name), story, better.chain)


def _without_percents(name: str) -> str | None:
    """The name with all its escapes decoded, if they hold whole letters outside of English and nothing that splits."""
    plain = ""
    end = 0
    for match in _ESCAPES.finditer(name):
        try:
            decoded = unquote_to_bytes(match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return None
        plain += name[end : match.start()] + decoded
        end = match.end()
    plain += name[end:]
    return plain if "%" not in plain and _SPLITTERS.isdisjoint(plain) and _has_letters(composed(plain)) else None


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if 0x80 <= code <= 0x10FFFF else match[0]


def _has_letters(name: str) -> bool:
    return any(not c.isascii() and c.isalpha() for c in name) and _is_text(name)


def _is_text(name: str) -> bool:
    """Whether the name is valid text; one that is no UTF-8 holds surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in name)


def _shows(text: str, name: str) -> bool:
    """Whether the text shows the name, or an escape of it, as it is."""
    return any(match[0] in text for match in (*_ESCAPES.finditer(name), *_INFO_ZIP.finditer(name)))


def _can_be(name: str, old: str) -> bool:
    """Whether a file called `old` may have the name: text in one piece, nothing invisible, and not hidden by it."""
    if not name.strip(". ") or not _SPLITTERS.isdisjoint(name) or name.startswith(".") > old.startswith("."):
        return False
    return not any(
        (unicodedata.category(c) in _NO_TEXT and c not in _JOINERS) or c == "\N{REPLACEMENT CHARACTER}" for c in name
    )
