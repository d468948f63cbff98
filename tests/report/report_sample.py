"""A report made by hand, with every kind of thing that a report can hold."""

from __future__ import annotations

from dataclasses import replace

from postmend.model import (
    Cluster,
    Edit,
    Failure,
    FieldChange,
    Finding,
    Fix,
    Fixability,
    Pair,
    Passage,
    Position,
    Report,
    Span,
)


def finding(code: str, path: str, line: int, column: int, message: str, **more: object) -> Finding:
    """A finding whose offset is not worth thinking about."""
    start = Position(line, column, 10 * line + column)
    made = Finding(code, path, start, replace(start, column=column + 1, offset=start.offset + 1), message)
    return replace(made, fingerprint=f"{code}-{line}-{column}", **more)  # type: ignore[arg-type]


def repair(before: str, after: str, way: Fixability = Fixability.SAFE) -> dict[str, object]:
    """What a mojibake finding has besides its place."""
    edit = Edit(Span(0, len(before)), before, after)
    return {
        "before": before,
        "after": after,
        "chain": ("windows-1252",),
        "fix": Fix((edit,), way),
        "confidence": 0.98765432,
    }


CAFE, CAFE_2, CAFE_3 = "content/posts/cafe.md", "content/posts/cafe-2.md", "content/posts/cafe-copy.md"

FINDINGS = (
    finding(
        "PM101",
        CAFE,
        2,
        8,
        "Mojibake in `title`: `CafÃ©` -> `Café` (UTF-8 read as windows-1252)",
        **repair("CafÃ©", "Café"),
        context="title: CafÃ© de Paris",
        detail="12 other places in this document show the same accident.",
    ),
    finding(
        "PM101",
        "content/ru/post.md",
        9,
        13,
        "Mojibake: `Ã\x90Â¿` -> `п` (UTF-8 read as windows-1252 twice)",
        **{**repair("Ã\x90Â¿", "п"), "chain": ("windows-1252", "windows-1252")},
        context="a line before\nСлово 東京 🎉 Ã\x90Â¿, и дальше\nCafÃ\x90Â¿",
    ),
    finding(
        "PM103",
        CAFE,
        7,
        12,
        "Perhaps mojibake: `Ã¼` -> `ü` (too little evidence for it in this document)",
        **repair("Ã¼", "ü", Fixability.UNSAFE),
        context="the letter Ã¼ in " + "a very long line " * 20,
    ),
    finding("PM001", "content/old.md", 1, 1, "Not UTF-8 (byte 0xCF at 31); reads as windows-1251"),
    finding("PM004", "content/photo.md", 1, 1, "Binary file: it begins like a PNG image"),
    finding("PM201", CAFE_3, 1, 1, f"Same text as {CAFE}", other=CAFE),
    finding("PM202", CAFE_2, 1, 1, f"94% same body as {CAFE} (slug 0.92, title 1.00)", other=CAFE),
    finding("PM208", "content/fr/start.md", 1, 1, "Same text as content/en/start.md"),
    finding(
        "PM301",
        "content/posts/b.md",
        3,
        8,
        "Front matter: mapping values are not allowed here",
        context="title: a: b",
    ),
    *(
        finding("PM101", "content/zz.md", n, 3, "Mojibake: `Ã©` -> `é`", **repair("Ã©", "é"), context="l’Ã©té")
        for n in range(1, 15)
    ),
)

PAIRS = (
    Pair(
        CAFE,
        CAFE_3,
        "PM201",
        1.0,
        1.0,
        0.875,
        1.0,
        1.0,
        880,
        (None, None),
        "Same text, word for word.",
        CAFE,
        Passage(884, (5, 44), (7, 46), "The old café on the corner of the square opened in…"),
    ),
    Pair(
        CAFE_2,
        CAFE,
        "PM202",
        0.94123456789,
        0.97,
        0.92,
        1.0,
        0.004,
        820,
        (None, None),
        "Nearly the same text: 94% of their five-word runs are in both posts.",
        CAFE,
        Passage(412, (5, 5), (7, 32), "The old café on the corner of the square opened in…"),
        words=(884, 871),
        shared_words=(830, 830),
        links=(0, 3),
        fields=(
            FieldChange("title", "The café on the corner", "Café"),
            FieldChange("description", None, "All about the café, its cakes, " + "its many rooms, " * 12 + "its cat"),
            FieldChange("layout", "post", None),
        ),
        reasons=("older (2019-05-02, the other 2021-01-01)", "more links to it (3, to the other 0)"),
        objections=("shorter by 13 words",),
    ),
    Pair(
        "content/a.md",
        "content/b.md",
        "PM207",
        0.0,
        0.0,
        0.1,
        1.0,
        0.0,
        0,
        ("en", None),
        "Same title, but different texts.",
        "content/a.md",
    ),
)

CLUSTERS = (Cluster((CAFE_2, CAFE_3, CAFE), CAFE, "PM201", ("older (2019-05-02, the other 2021-01-01)",)),)

FAILURES = (
    Failure("content/locked.md", "No permission to read it", "chmod u+r content/locked.md"),
    Failure("content/gone.md", "It was removed while postmend worked"),
)

FULL = Report("/srv/site", 1204, FINDINGS, PAIRS, CLUSTERS, FAILURES)
FIXED = replace(FULL, findings=FINDINGS[2:4], fixed=FINDINGS[:2], run_id="20261121-211502", failures=())
EMPTY = Report("/srv/site", 1204)
HOSTILE = Report(
    "/srv/site",
    2,
    (
        finding(
            "PM101",
            "[bold]evil\x1b]0;title\x07\n.md",
            1,
            1,
            "Mojibake: `[red]\u202e\x9b2J\u2028\udcff`",
            **repair("[/red]\x1b[2JÃ©\u202e", "[/red]\x1b[2Jé\u202e"),
            context="\t:smile: [link=x][/red]\x1b[2JÃ©\u202e\u0085 tail \udc80\r\nnext",
            detail="[bold]\x1b[31m",
        ),
    ),
    (Pair("a\x1b.md", "b\u202e.md", "PM201", 1, 1, 1, 1, 1, 9, ("\x1b", None), "\x07", "a\x1b.md"),),
    (Cluster(("a\x1b.md", "b\u202e.md", "c\n.md"), "a\x1b.md", "PM201"),),
    (Failure("x\r\n.md", "\x1b[2J", "\udcff"),),
)
