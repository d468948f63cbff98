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
    Rule(
        "PM902",
        "stale-baseline-entry",
        "The baseline knows of findings that are gone",
        Severity.INFO,
        Fixability.DISPLAY,
        "Somebody repaired what `postmend baseline` had recorded. If the same damage came again, the baseline would "
        "hide it. `postmend baseline --prune` takes such entries out and adds none. This is a note: it fails no run.",
        ".postmend-baseline.json:1:1: PM902 The baseline holds 1 finding that is gone, of content/post.md; `postmend "
        "baseline --prune` takes such entries out",
    ),
)
