"""Files that are not UTF-8: what they read as, what is safe to convert, and that no byte gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmend.config import Policy
from postmend.conversion import convert
from postmend.edits import apply_edits
from postmend.examine import examine
from postmend.fixer.undecodable import read_whole
from postmend.mend import repaired
from postmend.model import Fixability
from postmend.scanner.document import decode_escaped, encode_escaped
from postmend.scanner.places import Site

RUSSIAN = "---\ntitle: Дневник моря\n---\n\nУтром море спокойно, а к вечеру поднимается ветер.\r\nМы читали газету.\n"
FRENCH = "---\ntitle: Café d'été\n---\n\nLe café était fermé, mais la boulangère nous a prêté sa clé. Ça va bien.\n"
GERMAN = "Über die Brücke fährt täglich ein Güterzug; die Bäckerei öffnet früh und schließt spät.\n"
POLISH = "Łódź jest piękna. Wieść o święcie rozeszła się późno, więc zżęto żyto już następnego dnia.\n"
TEXTS = {
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp866": RUSSIAN,
    "mac_cyrillic": RUSSIAN,
    "iso8859-5": RUSSIAN,
    "cp1252": FRENCH,
    "mac_roman": FRENCH,
    "cp850": GERMAN,
    "cp1250": POLISH,
    "iso8859-2": POLISH,
    "cp852": POLISH,
    "cp1253": "Το πρωί η θάλασσα είναι ήρεμη, αλλά το βράδυ σηκώνεται αέρας και φεύγουμε για το σπίτι.\n",
    "cp1254": "Sabahları deniz sakindir, ama akşamları rüzgâr çıkar ve biz eve döneriz. Işık söner.\n",
    "cp1255": "בבוקר הים שקט, אבל בערב הרוח מתחזקת ואנחנו חוזרים הביתה.\n",
    "cp1256": "في الصباح يكون البحر هادئا، وفي المساء تهب الرياح ونعود إلى البيت.\n",
    "gb18030": "早上海面很平静，傍晚起风了，我们就回家。面包已经烤好了。\n",
    "big5": "早上海面很平靜，傍晚起風了，我們就回家。麵包已經烤好了。\n",
    "cp932": "朝の海は静かですが、夕方になると風が強くなるので、家に帰ります。\n",
    "euc_jp": "朝の海は静かですが、夕方になると風が強くなるので、家に帰ります。\n",
    "cp949": "아침에는 바다가 조용하지만 저녁에는 바람이 불어서 우리는 집으로 돌아갑니다.\n",
    "utf-16": RUSSIAN,
    "utf-16-le": RUSSIAN,
    "utf-16-be": FRENCH,
    "utf-32": RUSSIAN,
    "utf-32-be": FRENCH,
    "iso2022_jp": "朝の海は静かですが、夕方になると風が強くなる。\n",
}


def mended(path: str, data: bytes, policy: Policy | None = None) -> bytes:
    """What `fix` makes of a file."""
    policy = policy or Policy()
    findings = [f for f in examine(path, data, Site(), policy).findings if f.fix and policy.applies(f.fix.fixability)]
    return encode_escaped(repaired(path, data, findings, policy)[1])


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_file_in_one_encoding_becomes_utf8(encoding: str) -> None:
    assert mended("post.md", TEXTS[encoding].encode(encoding)) == TEXTS[encoding].encode()


def test_mojibake_that_shows_up_in_the_converted_text_is_repaired_as_well() -> None:
    damaged = FRENCH.encode().decode("cp1252")
    assert mended("post.md", damaged.encode("utf-16")) == FRENCH.encode()


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.md", "---\nencoding: windows-1251\n---\nПривет\n", "---\nencoding: utf-8\n---\nПривет\n"),
        ("a.md", "+++\ncharset = 'koi8-r'\n+++\nПривет\n", "+++\ncharset = 'utf-8'\n+++\nПривет\n"),
        ("a.html", '<meta charset="windows-1251"><p>Мир</p>\n', '<meta charset="utf-8"><p>Мир</p>\n'),
        (
            "a.html",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мир</p>\n',
            '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>Мир</p>\n',
        ),
        (
            "a.html",
            "<?xml version='1.0' encoding='windows-1251'?><p>Мир</p>\n",
            "<?xml version='1.0' encoding='utf-8'?><p>Мир</p>\n",
        ),
        ("a.md", "<!-- -*- coding: windows-1251 -*- -->\nМир\n", "<!-- -*- coding: utf-8 -*- -->\nМир\n"),
    ],
)
def test_what_a_file_declares_is_believed_and_updated(path: str, text: str, expected: str) -> None:
    encoding = "koi8-r" if "koi8-r" in text else "cp1251"
    assert mended(path, text.encode(encoding)) == expected.encode()


def test_a_meta_tag_that_an_article_shows_is_no_declaration() -> None:
    text = RUSSIAN + '\n    <meta charset="windows-1252">\n'
    assert mended("post.md", text.encode("cp1251")) == text.encode()


def test_a_declaration_that_the_text_contradicts_is_not_followed() -> None:
    data = RUSSIAN.replace("title", "encoding: koi8-r\ntitle").encode("cp1251")
    found = convert("post.md", data)
    assert found is not None
    assert found.findings[0].fix is not None
    assert found.findings[0].fix.fixability is Fixability.UNSAFE
    assert "reads better as windows-1251" in found.findings[0].message
    assert mended("post.md", data) == data


def test_the_encoding_that_the_user_names_settles_a_tie() -> None:
    data = "Perché no? È così.\n".encode("mac_roman")
    assert mended("post.md", data) == data
    assert mended("post.md", data, Policy(encoding="mac_roman")) == "Perché no? È così.\n".encode()


@pytest.mark.parametrize("lines", [1, 2, 5, 20])
@pytest.mark.parametrize(
    ("encoding", "line"), [("cp1252", FRENCH.split("\n")[4]), ("cp1251", "Мы читали газету дома.")]
)
def test_lines_of_another_encoding(encoding: str, line: str, lines: int) -> None:
    sound = (FRENCH if encoding == "cp1252" else RUSSIAN).split("\n")
    foreign = [f"{line} {n}" for n in range(lines)]
    data = b"\n".join([*(s.encode() for s in sound), *(f.encode(encoding) for f in foreign), sound[4].encode()])
    assert mended("post.md", data) == "\n".join([*sound, *foreign, sound[4]]).encode()


def test_a_letter_cut_in_half_stays_and_the_rest_too() -> None:
    data = FRENCH.encode() + b"Un caf\xc3 noir.\n"
    found = convert("post.md", data)
    assert found is not None
    assert [f.fix for f in found.findings] == [None]
    assert f"byte 0xC3 at {len(FRENCH.encode()) + 6}" in found.findings[0].message
    assert mended("post.md", data) == data


def test_halves_of_emoji_are_put_together() -> None:
    data = "Schön, sehr schön ".encode() + b"\xed\xa0\xbd\xed\xb8\x80!\n"
    assert mended("post.md", data) == "Schön, sehr schön 😀!\n".encode()


def test_excerpts_are_short_and_show_bytes() -> None:
    found = convert("post.md", (RUSSIAN * 300).encode("cp1251"))
    assert found is not None
    (finding,) = found.findings
    assert (finding.start.line, finding.start.column) == (2, 8)
    assert finding.before == "title: " + "".join(
        f"\\x{b:02X}" if b > 0x7F else chr(b) for b in "Дневник моря".encode("cp1251")
    )
    assert finding.after == "title: Дневник моря"


def test_utf8_is_none_of_this() -> None:
    assert convert("post.md", RUSSIAN.encode()) is None


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda data: FRENCH.encode() + data))
@settings(max_examples=60, deadline=None)
def test_random_bytes_lose_nothing(data: bytes) -> None:
    """Neither crash nor loss: what is repaired can be undone to the byte, and is UTF-8 where it was changed."""
    text = decode_escaped(data)
    assert encode_escaped(text) == data
    found = convert("post.md", data)
    for finding in found.findings if found else ():
        if finding.fix:
            new = apply_edits(text, finding.fix.edits)
            assert not any("\ud800" <= c <= "\udfff" for edit in finding.fix.edits for c in edit.new)
            assert encode_escaped(new)
    mended("post.md", data)


@pytest.mark.parametrize("encoding", ["kz1048", "cp037"])
def test_an_encoding_that_hardly_anybody_uses_is_named_and_not_believed(encoding: str) -> None:
    text = {"kz1048": "Қазақстан Республикасы. Астанасы Астана қаласы.\n", "cp037": "Nobody writes posts like this.\n"}
    verdict = read_whole((text[encoding] * 5).encode(encoding))
    assert verdict is not None
    assert (verdict.reading.encoding, verdict.reading.text) == (encoding, text[encoding] * 5)
    assert verdict.doubt


def test_a_letter_that_was_cut_next_to_one_of_another_encoding_is_no_capital() -> None:
    found = convert("post.md", "Le café était fermé. ".encode() + b"d\xe9j\xc3 vu\n")
    assert found is not None
    assert [(f.code, f.fix) for f in found.findings] == [("PM001", None)]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("stray", ["\0", "\x07"])
def test_a_stray_control_character_makes_no_binary_file(encoding: str, stray: str) -> None:
    text = f"{RUSSIAN}{stray}{RUSSIAN}"
    findings = examine("post.md", text.encode(encoding), Site(), Policy()).findings
    assert findings[0].code in ("PM001", "PM002")
    assert findings[0].fix is not None and findings[0].fix.edits[0].new == text
