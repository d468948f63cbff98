"""Clean text to put a damaged line into: `around(text, language)` is a line with `text` in the middle."""

from __future__ import annotations

PARAGRAPHS = {
    "English": ("The café by the harbour opens at nine – on Sundays a little later.", "Nobody there is in a hurry."),
    "French": (
        "Le marché s’étend jusqu’à la rivière où l’été tout le monde se promène.",
        "On y achète de très bons légumes.",
    ),
    "German": (
        "Für die Brötchen stehen die Nachbarn früh auf und gehen über die Brücke.",
        "Später trinken sie Kaffee.",
    ),
    "Spanish": ("Mañana vendrán los niños y también su tía, que vive más allá del río.", "¿Quién preparará el café?"),
    "Portuguese": ("Amanhã não haverá pão na padaria, porque o forno está à espera de peças.", "É só até terça-feira."),
    "Italian": ("La città è più tranquilla di lunedì, perché il mercato è chiuso.", "Si può già vedere il mare."),
    "Dutch": ("De cafés aan de gracht zijn zondag geopend, en daarna één uur langer.", "Wij zien elkaar bij de brug."),
    "Afrikaans": (
        "Môre sê die bure dat hulle weer 'n fees by die rivier wil hê.",
        "Almal bring kos saam en bly tot laat.",
    ),
    "Danish": ("På øen er der både får og køer, og færgen går hver dag året rundt.", "Så er der også æbler."),
    "Finnish": ("Sää on täällä kesällä lämmin, mutta yöt ovat järvellä viileitä.", "Syödään ennen kuin lähdemme."),
    "Czech": ("Příští týden přijede náš děda a přiveze čerstvé houby z lesa.", "Uvaříme z nich dobrou polévku."),
    "Slovak": ("Na jar kvitnú čerešne a ľudia chodia na dlhé prechádzky pri rieke.", "Večer sa vracajú späť domov."),
    "Croatian": ("Sutra ćemo kuhati juhu, a poslije ćemo šetati uz more dok ne padne noć.", "Djeca će već spavati."),
    "Romanian": ("Mâine dimineaţă plecăm spre munte şi ne întoarcem după-amiază.", "Copiii învaţă să înoate în lac."),
    "Turkish": ("Yarın sabah çarşıya gidip taze ekmek ve biraz süt alacağız.", "Öğleden sonra güneşli olacak."),
    "Latvian": ("Rīt no rīta mēs braucam uz jūru, kur ūdens vēl ir auksts.", "Pēc tam ēdīsim zivju zupu."),
    "Lithuanian": ("Rytoj važiuosime prie ežero, nes oras bus gražus ir šiltas.", "Vakare grįšime namo pėsčiomis."),
    "Vietnamese": ("Ngày mai chúng tôi đi chợ sớm để mua cá tươi và rau xanh.", "Buổi chiều trời sẽ mưa nhẹ."),
    "Indonesian": (
        "Besok pagi kami pergi ke pasar untuk membeli ikan dan sayur.",
        "Sorenya hujan turun sebentar saja.",
    ),
    "Gaelic": (
        "Tha an t-eathar aig a’ chidhe agus tha a’ mhuir glè shàmhach an-diugh.",
        "Thèid sinn a-mach a-màireach.",
    ),
    "Greek": ("Αύριο το πρωί θα πάμε στην αγορά για ψάρια και λαχανικά.", "Το απόγευμα θα κάνει ζέστη."),
    "Russian": ("Завтра утром мы поедем на рынок за рыбой и овощами.", "Вечером обещали дождь."),
    "Ukrainian": ("Завтра вранці ми поїдемо на базар по рибу й овочі.", "Увечері обіцяли дощ."),
    "Bulgarian": ("Утре сутринта ще отидем на пазара за риба и зеленчуци.", "Вечерта ще вали дъжд."),
    "Serbian": ("Сутра ујутру идемо на пијацу по рибу и поврће.", "Увече ће падати киша."),
    "Hebrew": ("מחר בבוקר נלך לשוק לקנות דגים וירקות.", "בערב ירד גשם."),
    "Arabic": ("غدا صباحا نذهب إلى السوق لشراء السمك والخضار.", "في المساء سينزل المطر."),
    "Hindi": ("कल सुबह हम मछली और सब्ज़ी लेने बाज़ार जाएँगे।", "शाम को बारिश होगी।"),
    "Tamil": ("நாளை காலை நாங்கள் மீன் வாங்க சந்தைக்குப் போவோம்.", "மாலையில் மழை பெய்யும்."),
    "Thai": ("พรุ่งนี้เช้าเราจะไปตลาดเพื่อซื้อปลาและผัก", "ตอนเย็นฝนจะตก"),
    "Simplified Chinese": ("明天早上我们去市场买鱼和蔬菜。", "晚上会下雨。"),
    "Traditional Chinese": ("明天早上我們去市場買魚和蔬菜。", "晚上會下雨。"),
    "Japanese": ("明日の朝、市場へ魚と野菜を買いに行きます。", "夜は雨が降るでしょう。"),
    "Korean": ("내일 아침 우리는 생선과 채소를 사러 시장에 간다.", "저녁에는 비가 온다."),
}
# What the labels of test cases tell of the language of a text that is too short to show it.
HINTS = {
    "word 'às'": "Portuguese",
    "quele": "Portuguese",
    "as quotes": "Portuguese",
    "'à'": "French",
    "'às'": "French",
    "smurfs": "French",
    "C1 control": "French",
    "end of a word": "French",
    "acute accent": "Spanish",
    "chocolate": "Spanish",
    "Left quote": "Italian",
    "sharp S": "German",
    "Malay": "Indonesian",
    "musical": "Indonesian",
    "emoticon": "Indonesian",
    "Norwegian": "Danish",
    "İstanbul": "Turkish",
    "Rīga": "Latvian",
    "emoji": "English",
    "Science": "English",
    "Iggy Pop": "English",
}


def around(text: str, language: str) -> str:
    """The text between two clean sentences of the language."""
    before, after = PARAGRAPHS[language]
    return f"{before} {text} {after}"


def language_of(text: str, hint: str = "") -> str:
    """The language that the hint tells, else the one whose sentences share the most runs of letters with the text."""
    for word, name in (*HINTS.items(), *zip(PARAGRAPHS, PARAGRAPHS, strict=True)):
        if word in hint:
            return name
    return max(PARAGRAPHS, key=lambda name: len(_runs(text) & _runs(" ".join(PARAGRAPHS[name]))))


def _runs(text: str) -> set[str]:
    padded = f" {text.casefold()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
