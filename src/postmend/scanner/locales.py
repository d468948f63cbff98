"""Which names are locales: `fr`, `pt-br`, `zh_HK`, `zh-hans`, but not `blog` or `to-do`."""

from __future__ import annotations

import re

from postmend.scanner.fields import words

# ISO 639-1, and the longer codes that sites are translated to.
_LANGUAGES = words(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
    "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
    "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
    "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ast ceb ckb fil gsw hsb kab kmr nds pap "
    "sah sat scn szl yue "
)
_SCRIPTS = words("arab armn beng cyrl deva ethi geor grek gujr guru hans hant hebr jpan kore latn tfng thai ")
_REGIONS = words(
    "ad ae af ag al am ao ar at au az ba bb bd be bg bh bi bj bn bo br bs bt bw by bz ca cd cf cg ch ci "
    "cl cm cn co cr cu cv cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fr ga gb gd ge gh gm gn gq "
    "gr gt gw gy hk hn hr ht hu id ie il in iq ir is it jm jo jp ke kg kh kr kw kz la lb lc li lk lr ls "
    "lt lu lv ly ma mc md me mg mk ml mm mn mo mr mt mu mv mw mx my mz na ne ng ni nl no np nz om pa pe "
    "pg ph pk pl pr ps pt py qa ro rs ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv sy sz td tg "
    "th tj tl tm tn to tr tt tw tz ua ug uk us uy uz va vc ve vn vu ws xk ye za zm zw 001 150 419 "
)
_WORDS = words("to-do as-is")  # Tongan in the Dominican Republic, Assamese in Iceland
_FORM = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|[0-9]{3}))?")
_ENCODING = re.compile(r"\.(?:utf-?8|iso-?8859.*)\Z", re.IGNORECASE)


def locale_of(name: str) -> str | None:
    """The locale that `name` stands for, in lower case and with hyphens; None if it is none.

    `pt_BR` gives `pt-br`, `en_US.UTF-8` gives `en-us`. Whether a folder called `it` or `no` is a locale
    depends on where it stands; that is for the caller to judge.
    """
    if not 2 <= len(name) <= 18:
        return None
    match = None if name.lower() in _WORDS else _FORM.fullmatch(_ENCODING.sub("", name).lower())
    if match is None or match[1] not in _LANGUAGES:
        return None
    if (match[2] and match[2] not in _SCRIPTS) or (match[3] and match[3] not in _REGIONS):
        return None
    return "-".join(part for part in match.groups() if part)
