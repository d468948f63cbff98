"""What a repair must leave as it is: the structure of the Markdown, and front matter values that it does not touch."""

from __future__ import annotations

import pytest

from postmend import mend
from postmend.edits import apply_edits
from postmend.mend import NotVerified, applied, verify
from postmend.model import Edit, Fix, Fixability, Span
from postmend.structure import MOST, difference

PAGE = """# Title

Some *text* with a [link](/a/) and an ![image](b.png), <b>bold</b> &amp; more.

- one
- two

> quoted

```python
code
```

| a | b |
| - | - |
| c | d |

---

<div>
html
</div>
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Title", "## Title", "1 headings of level 1 would become 0"),
        ("more.", "more. [x](y)", "1 links would become 2"),
        ("![image](b.png)", "image", "1 images would become 0"),
        ("- two", "two", "2 list items would become 1"),
        ("> quoted", "quoted", "1 quotations would become 0"),
        ("```python\ncode\n```", "code", "1 code blocks would become 0"),
        ("| - | - |", "| - |", "1 tables would become 0"),
        ("more.", "more <i>x</i>", "0 <i> tags would become 2"),
        ("html\n</div>", "html\n", "2 <div> tags would become 1"),
    ],
)
def test_what_would_change_is_named(old: str, new: str, said: str) -> None:
    changed = difference(PAGE, PAGE.replace(old, new))
    assert changed is not None
    assert changed.startswith(said)


@pytest.mark.parametrize(("old", "new"), [("Title", "Été"), ("text", "**text**"), ("quoted", "a\nb"), ("code", "# x")])
def test_words_may_change(old: str, new: str) -> None:
    assert difference(PAGE, PAGE.replace(old, new)) is None


def test_what_is_too_large_to_parse_is_not_parsed() -> None:
    assert difference("x" * MOST, f"# {'x' * MOST}") is None


def refused(before: str, old: str, new: str) -> str:
    at = before.index(old)
    edit = Edit(Span(at, at + len(old)), old, new)
    with pytest.raises(NotVerified) as caught:
        verify("a.md", before, apply_edits(before, [edit]), [edit])
    return str(caught.value)


def test_a_repair_that_would_change_the_structure_is_not_written() -> None:
    assert refused("One\nÃ— two\n", "Ã— two", "# two") == (
        "its structure would change: 0 headings of level 1 would become 1"
    )


def test_one_such_repair_among_many_costs_few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ã©tÃ© " * 50 + "\n\nÃ— two\n\n" + "Ã©tÃ© " * 50
    fixes = [
        Fix((Edit(Span(at, at + 2), old, new),), Fixability.SAFE)
        for at in range(len(text))
        for old, new in (("Ã©", "é"), ("Ã—", "#"))
        if text.startswith(old, at)
    ]
    looks: list[str] = []
    monkeypatch.setattr(mend, "verify", lambda path, *rest: looks.append(path) or verify(path, *rest))
    assert applied("a.md", text, fixes) == text.replace("Ã©", "é")
    assert len(looks) < 20


def accepted(text: str, old: str, new: str) -> None:
    at = text.index(old)
    edit = Edit(Span(at, at + len(old)), old, new)
    verify("a.md", text, apply_edits(text, [edit]), [edit])


def test_a_repair_must_not_change_another_value() -> None:
    accepted('---\ntitle: "a"\nmore: "b"\n---\nText.\n', '"a"', '"é"')
    # What repeats a repaired value changes with it; what is read otherwise for any other reason must not.
    accepted("---\ntitle: &t Ã©tÃ©\nmore: *t\nrest: x\n---\n", "Ã©tÃ©", "été")
    assert "`a` in its front matter would change" in refused("---\na: x #Ã§\nb: y\n---\n", "#Ã§", "ç")


def test_fixes_that_change_the_structure_only_together_are_not_all_left_out() -> None:
    """Without one of the comments the line below stays a list; without both it makes the text above a heading."""
    comment = "<!-- postmend: ignore PM101 -->\n"
    text = f"Le cafÃ© est fermÃ©.\n{comment}{comment}-\n"
    fixes = [
        Fix((Edit(Span(at, at + len(comment)), comment, ""),), Fixability.SAFE)
        for at in (text.index(comment), text.rindex(comment))
    ]
    word = text.index("cafÃ©")
    fixes.append(Fix((Edit(Span(word, word + 5), "cafÃ©", "café"),), Fixability.SAFE))
    after = applied("a.md", text, fixes)
    assert "café" in after
    assert after.count(comment) == 1
