"""Find the duplicates of a folder and print them as JSON, for a scorer that runs a command.

    python benchmarks/duplicates.py FOLDER [--repair] [--profile]

It reads posts by itself (front matter by PyYAML, the locale from a folder `i18n-xx` or `xx`), so that the
comparator can be measured without the other parts. `--repair` undoes whole-text mojibake crudely, by trying
codecs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from postmend.comparator.find import find_duplicates
from postmend.comparator.fingerprints import fingerprint
from postmend.model import Document, Post, Span

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?\n)\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LOCALE = re.compile(r"(?:i18n-)?([a-z]{2}(?:[-_][a-z]{2})?)\Z")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-")
_SIGNS = re.compile("[ÃÂÐÑâ€‚„Žƒ√–—‚Ââäåæç]")
_KINDS = (".md", ".mdx", ".markdown", ".html", ".txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repair", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--locales", action=argparse.BooleanOptionalAction, default=True)
    args = parser.parse_args()
    started = time.perf_counter()
    files = sorted(path for path in args.folder.rglob("*") if path.suffix in _KINDS)
    posts = [read(path, args.folder, repair=args.repair, locales=args.locales) for path in files]
    read_at = time.perf_counter()
    prints = [fingerprint(post) for post in posts]
    printed_at = time.perf_counter()
    pairs = find_duplicates(prints)
    if args.profile:
        print(f"{len(posts)} posts: read {read_at - started:.2f} s,", end=" ", file=sys.stderr)
        print(f"fingerprint {printed_at - read_at:.2f} s,", end=" ", file=sys.stderr)
        print(f"find {time.perf_counter() - printed_at:.2f} s", file=sys.stderr)
    print(json.dumps({"pairs": [asdict(pair) for pair in pairs]}, ensure_ascii=False, indent=1))


def read(path: Path, root: Path, *, repair: bool = False, locales: bool = True) -> Post:
    """The post at `path`, with its path relative to `root`."""
    text = path.read_bytes().decode("utf-8", "replace")
    text = undamaged(text) if repair else text
    name = path.relative_to(root).as_posix()
    found = _FRONT_MATTER.match(text)
    fields = load(found[1]) if found else {}
    end = found.end() if found else (toml.end() if (toml := _TOML.match(text)) else 0)
    if not found and toml:
        fields = dict(re.findall(r'^(\w+)\s*=\s*"(.*)"', toml[1], re.MULTILINE))
    parts = name.split("/")
    locale = (
        next((found[1] for part in parts[:-1] if (found := _LOCALE.match(part))), None) if locales else None
    )
    tags = fields.get("tags")
    dated = _DATED.match(path.name)
    return Post(
        document=Document(name, text, None, Span(end, len(text))),
        slug=path.parent.name if path.stem in ("index", "_index") else path.stem,
        url=fields.get("permalink") if isinstance(fields.get("permalink"), str) else None,
        locale=locale,
        page="/".join(part for part in parts if not _LOCALE.match(part)) if locale else name,
        title=str(fields.get("title") or ""),
        description=str(fields.get("description") or fields.get("excerpt") or ""),
        date=str(fields["date"])[:10] if fields.get("date") else (dated[1] if dated else None),
        draft=bool(fields.get("draft")),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
    )


def load(text: str) -> dict[str, Any]:
    """Front matter as YAML, or nothing when it cannot be read."""
    try:
        fields = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}


def undamaged(text: str) -> str:
    """The text before UTF-8 was read with another codec, line by line, as far as a codec explains the
    line."""
    return "\n".join(_undamaged(line) if _SIGNS.search(line) else line for line in text.split("\n"))


def _undamaged(line: str) -> str:
    for codec in ("cp1252", "mac_roman", "latin-1", "cp1251"):
        try:
            return line.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    import ftfy

    return str(
        ftfy.fix_text_segment(line, unescape_html=False, uncurl_quotes=False, fix_character_width=False)
    )


if __name__ == "__main__":
    main()
