"""Every setting. Reader, schema, documentation and `postmend config` come from this table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args

from postmend.comparator.policy import DuplicatePolicy
from postmend.config import CodeBlocks
from postmend.report.formats import FORMATS
from postmend.scanner.generators import BY_NAME as GENERATORS
from postmend.settings.kinds import (
    CODES,
    FOLDERS,
    GLOBS,
    LOCALES,
    PAIRS,
    PER_FILE,
    Kind,
    Read,
    Wrong,
    choice,
    share,
    shown,
    switch,
    text,
    whole_number,
)

_DUPLICATES = DuplicatePolicy()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name as key and as option, what values it takes, and what is said about it.

    `example` is a line of TOML, or several. A setting without `flag` is a matter of files only; one with a `refusal` of
    the command line only, and this says why.
    """

    name: str
    kind: Kind
    default: Any
    help: str
    example: str = ""
    flag: bool = True
    refusal: str = ""

    def option(self, value: Any = None) -> str:
        """The option of the command line that sets it, to this value if it matters."""
        return f"--no-{self.name}" if value is False else f"--{self.name}"


def _encoding(value: str) -> str:
    """The encoding as Python calls it, or nothing."""
    if not value:
        return ""
    from postmend.fixer.charsets import lookup

    found = lookup(value)
    if found is None:
        raise Wrong(f"the encoding {shown(value)} is unknown. Try windows-1252, koi8-r, shift_jis, gbk ...")
    if found.startswith(("utf-8", "utf-16", "utf-32")):
        raise Wrong(f"{value} is recognised without it. Name an older encoding.")
    return found


def _some(read: Read) -> Read:
    """What is read must not be empty."""

    def checked(value: object) -> Any:
        codes = read(value)
        if not codes:
            raise Wrong("names no rule. Is a variable unset?")
        return codes

    return checked


GROUPS: dict[str, tuple[Setting, ...]] = {
    "Rules": (
        Setting(
            "select",
            Kind(CODES.words, {**CODES.schema, "minItems": 1}, _some(CODES.read), _some(CODES.flag)),
            ("PM",),
            "Only these rules: codes or their beginnings. Given as an option, it also sets aside `extend-select` and "
            "`ignore` of the file.",
            'select = ["PM1", "PM206"]',
        ),
        Setting(
            "extend-select",
            CODES,
            (),
            "Also these rules. One that is off by itself, as PM006 is, needs its whole code. The option adds to the "
            "key.",
            'extend-select = ["PM006"]',
        ),
        Setting(
            "ignore",
            CODES,
            (),
            "Not these rules. Where `select` fits, too, the longer beginning wins. The option adds to the key.",
            'ignore = ["PM207", "PM208"]',
        ),
        Setting(
            "per-file-ignores",
            PER_FILE,
            (),
            "Not these rules in files that match a pattern, whatever else is selected. A pair of duplicates "
            "is left out if one of its posts matches.",
            '[per-file-ignores]\n"archive/" = ["PM2"]\n"*.mdx" = ["PM108"]',
            flag=False,
        ),
    ),
    "Files": (
        Setting(
            "generator",
            choice(("auto", *GENERATORS)),
            "auto",
            "What makes the site; `auto` finds out, `plain` is none of them.",
            'generator = "hugo"',
        ),
        Setting(
            "locales",
            LOCALES,
            (),
            "The languages of the site. Only these then count as languages in the paths of posts; without it all that "
            "exist do, and a folder `no` or `it` may be taken for one.",
            'locales = ["en", "pt-br"]',
            flag=False,
        ),
        Setting("include", GLOBS, (), "Only files that match a pattern.", 'include = ["posts/**/*.md"]'),
        Setting(
            "exclude",
            GLOBS,
            (),
            "No files that match a pattern; outranks `include`.",
            'exclude = ["drafts/", "*.html"]',
        ),
        Setting(
            "force-exclude",
            switch(),
            False,
            "Leave out what `exclude` matches even if it is named on the command line, as pre-commit does with each "
            "file.",
            "force-exclude = true",
        ),
        Setting("respect-gitignore", switch(), True, "Leave out what git ignores.", "respect-gitignore = false"),
        Setting("hidden", switch(), False, "Also files and folders whose name begins with a dot.", "hidden = true"),
        Setting(
            "corpus",
            FOLDERS,
            (),
            "Compare with the posts in these folders; without it with the whole site. In a file they must lie "
            "below its folder.",
            'corpus = ["content/blog"]',
        ),
    ),
    "Repair": (
        Setting(
            "unsafe-fixes",
            switch(),
            False,
            "`fix` also applies the repairs marked `[~]`, which are likely and not proved.",
            "unsafe-fixes = true",
        ),
        Setting(
            "code-blocks",
            choice(get_args(CodeBlocks)),
            "cautious",
            "Damage in code, link targets and scripts: repair it where the evidence is strong (`cautious`), show it "
            "only (`leave`), or treat it as any other text (`repair`).",
            'code-blocks = "leave"',
        ),
        Setting(
            "encoding",
            text("the name of an old encoding", _encoding),
            "",
            "What to take files for that are not UTF-8 and name no encoding themselves.",
            'encoding = "windows-1251"',
        ),
    ),
    "Comparing posts": (
        Setting(
            "threshold",
            share(0.01, 1),
            _DUPLICATES.threshold,
            "The share of words that must have survived for two texts to count as one.",
            "threshold = 0.9",
        ),
        Setting(
            "min-words",
            whole_number(1, 1_000_000),
            _DUPLICATES.min_words,
            "The shortest body that is compared.",
            "min-words = 100",
        ),
        Setting(
            "cross-language",
            switch(),
            False,
            "Report copies across languages as ordinary duplicates.",
            "cross-language = true",
        ),
        Setting("include-drafts", switch(), False, "Also compare drafts.", "include-drafts = true"),
        Setting(
            "not-duplicates",
            PAIRS,
            (),
            "Pairs of posts that are alike on purpose, and are not reported. `reason` is for those who read the file.",
            '[[not-duplicates]]\na = "reports/2024.md"\nb = "reports/2025.md"\nreason = "yearly report"',
            flag=False,
        ),
    ),
    "Output and speed": (
        Setting("output-format", choice(FORMATS), "full", "How results are shown.", 'output-format = "concise"'),
        Setting(
            "jobs", whole_number(0, 256), 0, "How many processes work at once; 0 is one for each processor.", "jobs = 2"
        ),
        Setting("no-cache", switch(), False, "Read every file, and remember nothing.", "no-cache = true"),
        Setting(
            "cache-dir",
            replace(text("a folder", str), flag=str),
            "",
            "The folder in which to remember posts between runs.",
            refusal="it comes with the posts, and must not decide where postmend writes. "
            "Use `--cache-dir` or the variable POSTMEND_CACHE_DIR.",
        ),
    ),
}
SETTINGS = {setting.name: setting for group in GROUPS.values() for setting in group}

# Options that stand for one run and are no settings, and why a file can't have them.
_WRITES = "it comes with the posts, and must not decide where postmend writes."
_UNDO = "it comes with the posts, and must not decide what can't be taken back."
_ONE_RUN = "it is for one run only. Give it on the command line."
ONLY_OPTIONS = {
    "output": _WRITES,
    "baseline": _WRITES,
    "journal-dir": _WRITES,
    "no-backup": _UNDO,
    "force": _UNDO,
    "rename": _UNDO,
    **dict.fromkeys(
        (
            "diff", "interactive", "staged", "since", "files-from", "stdin-filename", "quiet", "verbose", "color",
            "progress", "exit-zero", "exit-non-zero-on-fix", "statistics", "max-findings", "config", "isolated",
            "no-baseline",
        ),
        _ONE_RUN,
    ),
}  # fmt: skip
