"""Rules about what postmend is told. Each is documented with these words."""

from __future__ import annotations

from postmend.model import Fixability
from postmend.rules.rule import Rule, Severity

OWN: tuple[Rule, ...] = (
    Rule(
        "PM901",
        "unused-suppression",
        "A suppression leaves nothing out",
        Severity.WARNING,
        Fixability.SAFE,
        "A post says that findings are to be left out, and there are none: they were repaired, or have moved away from "
        "the comment. Left in place, it would hide the next accident. The repair takes away the comment, or the codes "
        "in it that are not needed; front matter is left to you. A comment that can't be understood is reported, too: "
        "it leaves nothing out. Rules that a run does not look for are not judged.",
        "content/post.md:5:1: PM901 [*] Unused suppression: nothing of PM101 is found on the next line",
    ),
)
