"""Count the language model of `postmend.fixer.language`.

    python tools/train_language_model.py GNOME_HELP CATALOGUES OUT

GNOME_HELP is the folder `usr/share/help` of Debian's package gnome-user-docs (prose, 39 languages, CC BY-SA 3.0);
word frequencies of 42 languages come from the wordfreq package (data CC BY-SA 4.0). CATALOGUES is the folder
`usr/share/locale` of the packages that `docs/language-model.md` names: the messages of programs, for languages that the
other two don't have. OUT becomes `src/postmend/fixer/language.model`. Only counts of up to three letters in a row go
into it, never a text.

Each language weighs the same, whatever the size of its sources, so that Latvian is not drowned by English.
"""

from __future__ import annotations

import argparse
import gettext
import html
import json
import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import wordfreq

from postmend.fixer import alphabet

WORDS_PER_LANGUAGE = 40_000
LANGUAGE_WEIGHT = 1_000_000.0  # trigrams that each source of each language counts for
CATALOGUE_WEIGHT = 100_000.0  # likewise, for languages that only messages of programs teach
LEAST_CATALOGUE = 10_000  # characters
CATALOGUE_SCRIPTS = {"LATIN", "CYRILLIC", "ARABIC", "HEBREW"}
OWN_SYMBOL = 15.0  # weight from which a character stands for itself
KEPT_TRIGRAM, KEPT_BIGRAM = 12.0, 1.0  # weights below which a count is left to the back-off
HAN_COMMON, HAN_USUAL, HANGUL_COMMON = 500, 3000, 400

# How posts use symbols that neither source has: {} is a member of the class.
SYMBOL_USES = (
    " {} a", " {} A", "\n{} A", "- {} **", "# {} A", "a {} ", "a {}\n", "** {} *", "| {} |", "({})", "{}{}{}", "0 {} 0",
    "{}\ufe0f A",
)  # fmt: skip
SYMBOL_CLASSES = {
    alphabet.EMOJI: 400.0, alphabet.DINGBAT: 300.0, alphabet.ARROW: 300.0, alphabet.MATH: 100.0, alphabet.BOX: 60.0,
    alphabet.CURRENCY: 60.0, alphabet.SIGN: 60.0, "\N{EM DASH}": 400.0, "\N{EN DASH}": 300.0, "\N{BULLET}": 300.0,
    "\N{COPYRIGHT SIGN}": 100.0, "\N{REGISTERED SIGN}": 40.0, "\N{TRADE MARK SIGN}": 40.0, "\N{DEGREE SIGN}": 40.0,
    "\N{RIGHTWARDS ARROW}": 300.0, "\N{EURO SIGN}": 100.0, "\N{NUMERO SIGN}": 100.0, "\N{MIDDLE DOT}": 60.0,
}  # fmt: skip
# Formulas: what the sources, help pages and word lists, never hold. Without them a root of pi is a damaged letter.
MATH_SIGNS = "√∂∑∏∫∞≠≤≥≈±×÷·°²³∆Ω∇∈⊂∪∩→⇒"
SCRIPT_USES = (
    " {0}{0}{0}{0}{0}{0} ", "{0}{0}, ", "{0}{0}.\n", " “{0}{0}{0}”", "({0}{0})", "\n{0}{0}", "**{0}{0}**",
)  # fmt: skip
MATH_OPERANDS = "αβγδεθλμπρσφψωΩΔΣabcfinxyz012"
AFTER_WORD = ("a{}", "a{} ", "a{}s ", "{}a", " {}A", "a{},", "a{}.", "a{}\n", '"{}', "({}", "0{}")
QUOTES = {
    "\N{LEFT DOUBLE QUOTATION MARK}": 300.0, "\N{RIGHT DOUBLE QUOTATION MARK}": 300.0,
    "\N{LEFT SINGLE QUOTATION MARK}": 100.0, "\N{RIGHT SINGLE QUOTATION MARK}": 400.0,
    "\N{HORIZONTAL ELLIPSIS}": 300.0, "\N{DOUBLE LOW-9 QUOTATION MARK}": 100.0,
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": 200.0, "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": 200.0,
    "\N{NO-BREAK SPACE}": 200.0, "\N{DEGREE SIGN}": 60.0, "\N{TRADE MARK SIGN}": 40.0, "\N{REGISTERED SIGN}": 40.0,
    "\N{ZERO WIDTH SPACE}": 20.0, "\N{SOFT HYPHEN}": 20.0, "\N{VARIATION SELECTOR-16}": 30.0, "\N{MIDDLE DOT}": 30.0,
}  # fmt: skip


def prose(folder: Path) -> str:
    """The running text of one language's help pages."""
    parts = []
    for page in sorted(folder.rglob("*.page")):
        source = re.sub(r"<info>.*?</info>|<code.*?</code>|<!--.*?-->", " ", page.read_text("utf-8"), flags=re.S)
        parts.append(html.unescape(re.sub(r"<[^>]+>", "", source)))
    return unicodedata.normalize("NFC", re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", "\n".join(parts))))


def count_text(text: str) -> Counter[str]:
    """Trigrams of running text."""
    return Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))


def upper(word: str, language: str) -> str:
    """The word in capitals; Turkish has a capital for each of its two letters i."""
    return word.replace("i", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}").upper() if language == "tr" else word.upper()


def count_words(language: str) -> Counter[str]:
    """Trigrams of words in lower case, capitalised and in capitals, weighted by how frequent the word is."""
    counts: Counter[str] = Counter()
    frequencies = wordfreq.get_frequency_dict(language, wordlist="best")
    for word in sorted(frequencies, key=lambda w: (-frequencies[w], w))[:WORDS_PER_LANGUAGE]:
        # The square root lets rare words teach their letters without letting "the" be half of English.
        weight = math.sqrt(frequencies[word])
        capitals = upper(word, language)
        for form, share in ((word, 0.7), (capitals[:1] + word[1:], 0.2), (capitals, 0.1)):
            padded = f" {form} "
            for i in range(len(padded) - 2):
                counts[padded[i : i + 3]] += weight * share  # type: ignore[assignment]
    return counts


def messages(folder: Path) -> str:
    """The translated messages of one language, each once, a line each, without what programs put into them."""
    found: set[str] = set()
    for path in sorted(folder.glob("LC_MESSAGES/*.mo")):
        try:
            with path.open("rb") as file:
                catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
        except (OSError, ValueError, IndexError):
            continue  # some catalogues have broken plural rules
        found |= {text for source, text in catalogue.items() if source and source != text}
    text = "\n".join(html.unescape(re.sub(r"<[^<>]*>|%[-#\w.$]*\w|[{}_]|\\[a-z]", "", each)) for each in sorted(found))
    # No post has as many marks of direction, or quotation marks around nothing, as templates have.
    text = re.sub(f"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff{alphabet.QUOTES}\u2026]", "", text)
    return unicodedata.normalize("NFC", re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", text)))


def is_in_known_script(text: str) -> bool:
    """Whether nearly all letters of the text are of scripts whose letters the model counts."""
    letters = [unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()]
    return sum(script in CATALOGUE_SCRIPTS for script in letters) > 0.9 * len(letters)


def sources(gnome_help: Path, catalogues: Path) -> Iterator[tuple[str, Counter[str], float]]:
    """Trigram counts of each source of each language, and what the source weighs."""
    known = {"en", *wordfreq.available_languages("best")}
    for folder in sorted(p for p in gnome_help.iterdir() if p.is_dir()):
        known.add(folder.name)
        yield folder.name, count_text(prose(folder)), LANGUAGE_WEIGHT
    for language in sorted(wordfreq.available_languages("best")):
        yield language, count_words(language), LANGUAGE_WEIGHT
    for folder in sorted(p for p in catalogues.iterdir() if p.is_dir()):
        text = "" if folder.name.partition("_")[0] in known else messages(folder)
        if len(text) >= LEAST_CATALOGUE and is_in_known_script(text):
            yield folder.name, count_text(text), CATALOGUE_WEIGHT


def symbol_uses() -> Iterator[tuple[str, float]]:
    """Trigrams that show how posts use symbols."""
    for table, uses in ((SYMBOL_CLASSES, SYMBOL_USES), (QUOTES, AFTER_WORD), (QUOTES, SYMBOL_USES)):
        for symbol, weight in table.items():
            for use in uses:
                text = f" {use.format(*[symbol] * 3)} "
                for i in range(len(text) - 2):
                    yield text[i : i + 3], weight / len(uses) * 10


def formulas() -> Iterator[tuple[str, float]]:
    """Trigrams of simple formulas."""
    for sign in MATH_SIGNS:
        for operand in MATH_OPERANDS:
            for use in (" {s}{o} ", "{o}{s}{o}", "({s}{o})", " {o}{s} ", "{o} {s} {o}"):
                text = use.format(s=sign, o=operand)
                for i in range(len(text) - 2):
                    yield text[i : i + 3], 20.0


def unseen_scripts() -> Iterator[tuple[str, float]]:
    """Trigrams of words in scripts that no source has: nothing is known of them but that letters stand together."""
    for letter in alphabet.UNSEEN_SCRIPTS.values():
        for use in SCRIPT_USES:
            text = use.format(letter)
            for i in range(len(text) - 2):
                yield text[i : i + 3], 2000.0


def symbols_of(weights: Counter[str]) -> dict[str, str]:
    """The symbol of every character seen, from the characters' weights."""
    ranked = sorted(weights, key=lambda c: (-weights[c], c))
    han = [c for c in ranked if alphabet.class_of(c) == alphabet.HAN_RARE]
    hangul = [c for c in ranked if alphabet.class_of(c) == alphabet.HANGUL_RARE]
    tiers = dict.fromkeys(han[:HAN_COMMON], alphabet.HAN_COMMON)
    tiers |= dict.fromkeys(han[HAN_COMMON:HAN_USUAL], alphabet.HAN_USUAL)
    tiers |= dict.fromkeys(hangul[:HANGUL_COMMON], alphabet.HANGUL_COMMON)
    table = {}
    for char in ranked:
        own = weights[char] >= OWN_SYMBOL and char not in tiers and char not in han and char not in hangul
        fallback = char if own or char in alphabet.CLASS_SIZES else alphabet.class_of(char)
        table[char] = alphabet.plain_symbol(char) or tiers.get(char) or fallback
    return table


def eighths(value: float) -> int:
    """A log probability as the file holds it."""
    return min(255, max(0, round(-value * 8)))


def witten_bell(counts: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Probabilities of n-grams given their context, and the weight that each context leaves to the back-off.

    Witten-Bell: a context seen N times with T different followers gives T / (N + T) to what it was not seen with.
    """
    total: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for gram, weight in counts.items():
        total[gram[:-1]] += weight  # type: ignore[assignment]
        types[gram[:-1]] += 1
    share = {gram: math.log(weight / (total[gram[:-1]] + types[gram[:-1]])) for gram, weight in counts.items()}
    backoff = {context: math.log(types[context] / (total[context] + types[context])) for context in total}
    return share, backoff


def interpolated(counts: dict[str, float], lower: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """`witten_bell` with the shorter context's probability added in."""
    share, backoff = witten_bell(counts)
    full = {
        gram: math.log(math.exp(value) + math.exp(backoff[gram[:-1]] + lower.get(gram[1:], -16.0)))
        for gram, value in share.items()
    }
    return full, backoff


def rows(grams: dict[str, float]) -> list[str]:
    """Each context with all the symbols seen after it, sorted."""
    followers: dict[str, list[str]] = {}
    for gram in sorted(grams):
        followers.setdefault(gram[:-1], []).append(gram[-1])
    return [context + "".join(symbols) for context, symbols in followers.items()]


def pack(table: dict[str, str], trigrams: dict[str, float]) -> bytes:
    """The model file, as `postmend.fixer.language` describes it."""
    bigrams: Counter[str] = Counter()
    unigrams: Counter[str] = Counter()
    for gram, weight in trigrams.items():
        bigrams[gram[1:]] += weight  # type: ignore[assignment]
        unigrams[gram[2]] += weight  # type: ignore[assignment]
    everything = sum(unigrams.values())
    one = {c: math.log(w / everything) for c, w in unigrams.items()}
    two, one_backoff = interpolated({g: w for g, w in bigrams.items() if w >= KEPT_BIGRAM}, one)
    three, two_backoff = interpolated({g: w for g, w in trigrams.items() if w >= KEPT_TRIGRAM and g[1:] in two}, two)
    # A trigram that the back-off predicts to within a quarter of a nat need not be stored.
    three = {g: v for g, v in three.items() if abs(v - two_backoff[g[:2]] - two[g[1:]]) > 0.25}
    bigram_rows, trigram_rows = rows(two), rows(three)
    head = {
        "own": "".join(sorted(c for c, s in table.items() if s == c or alphabet.plain_symbol(c))),
        "han_common": "".join(c for c, s in table.items() if s == alphabet.HAN_COMMON),
        "han_usual": "".join(c for c, s in table.items() if s == alphabet.HAN_USUAL),
        "hangul_common": "".join(c for c, s in table.items() if s == alphabet.HANGUL_COMMON),
        "unigrams": "".join(sorted(one)),
        "bigrams": "\n".join(bigram_rows),
        "trigrams": "\n".join(trigram_rows),
    }
    numbers = [one[c] for c in sorted(one)]
    for table_rows, width, backoff, values in (
        (bigram_rows, 1, one_backoff, two),
        (trigram_rows, 2, two_backoff, three),
    ):
        numbers += [backoff.get(row[:width], 0.0) for row in table_rows]
        numbers += [values[row[:width] + symbol] for row in table_rows for symbol in row[width:]]
    return zlib.compress(json.dumps(head, ensure_ascii=False).encode() + b"\0" + bytes(map(eighths, numbers)), 9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gnome_help", type=Path)
    parser.add_argument("catalogues", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    pooled: Counter[str] = Counter()
    for name, counts, weight in sources(args.gnome_help, args.catalogues):
        scale = weight / sum(counts.values())
        print(f"{name}: {len(counts)} trigrams")
        for trigram, count in counts.items():
            pooled[trigram] += count * scale  # type: ignore[assignment]
    for trigram, weight in (*symbol_uses(), *formulas(), *unseen_scripts()):
        pooled[trigram] += weight  # type: ignore[assignment]
    weights: Counter[str] = Counter()
    for trigram, weight in pooled.items():
        weights[trigram[1]] += weight  # type: ignore[assignment]
    table = symbols_of(weights)
    trigrams: Counter[str] = Counter()
    for trigram, weight in pooled.items():
        trigrams["".join(table.get(c) or alphabet.class_of(c) for c in trigram)] += weight  # type: ignore[assignment]
    data = pack(table, trigrams)
    args.out.write_bytes(data)
    print(f"{len(data)} bytes, {len(table)} characters")


if __name__ == "__main__":
    main()
