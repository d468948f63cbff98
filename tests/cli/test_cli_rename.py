"""`fix --rename`: a site whose names were damaged has its links again, and `undo` gives all bytes back."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from cli_posts import Put
from cli_runner import run

posix = pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")

# Posts of a sound site by path: a number that stays theirs, a title, and links as they stand in the text.
HUGO = {
    "content/posts/café-à-paris.md": (
        "1",
        "Café à Paris",
        "[a](../docs/résumé.md) [b](über-uns) ![](crème-brûlée.png)",
    ),
    "content/posts/über-uns.md": ("2", "Über uns", '[a](/posts/café-à-paris/#eins) {{< ref "posts/año-nuevo.md" >}}'),
    "content/posts/año-nuevo.md": (
        "3",
        "Año nuevo",
        "[a](über-uns.md?x=1)\n\n[b]: ../docs/žluťoučký-kůň/index.md",
    ),
    "content/docs/résumé.md": (
        "4",
        "Résumé",
        '<a href="../posts/café-à-paris.md">x <img src="../posts/crème-brûlée.png">',
    ),
    "content/docs/žluťoučký-kůň/index.md": ("5", "Žluťoučký kůň", "[a](../résumé.md) [b](../../posts/привет-мир.md)"),
    "content/posts/привет-мир.md": ("6", "Привет, мир", "[a](/docs/résumé/) [b](<日本語の記事.md> 'c')"),
    "content/posts/日本語の記事.md": ("7", "日本語の記事", "[a](plain.md) [b](./привет-мир.md)"),
    "content/posts/plain.md": ("8", "Plain", "[a](../docs/žluťoučký-kůň/) [b](日本語の記事.md) `[c](über-uns.md)`"),
    "content/posts/crème-brûlée.png": ("9", "", ""),
    "hugo.toml": ("", "", ""),
}
ASTRO = {
    "src/content/blog/café-à-paris.mdx": ("1", "Café à Paris", '<Image src="./crème-brûlée.png" /> [a](./über-uns.md)'),
    "src/content/blog/über-uns.md": ("2", "Über uns", "[a](/blog/café-à-paris) [b](../blog/voilà/index.md)"),
    "src/content/blog/voilà/index.md": ("3", "Voilà", "[a](../café-à-paris.mdx#x) ![b](../crème-brûlée.png)"),
    "src/content/blog/crème-brûlée.png": ("9", "", ""),
    "astro.config.mjs": ("", "", ""),
}
SITES = {"hugo": HUGO, "astro": ASTRO}


def through(codec: str) -> Callable[[str], str]:
    return lambda name: name.encode().decode(codec)


def escaped(name: str) -> str:
    return "".join(c if c.isascii() else f"#U{ord(c):04x}" for c in name)


DAMAGES: dict[str, Callable[[str], str]] = {
    "cp437": through("cp437"),
    "cp850": through("cp850"),
    "mac zip": lambda name: unicodedata.normalize("NFD", name).encode().decode("cp437"),
    "percent": quote,
    "unzip": escaped,
    "twice": lambda name: name.encode().decode("latin-1").encode().decode("cp437"),
}


def text_of(number: str, title: str, links: str) -> str:
    return f"---\ntitle: {title}\nnumber: {number}\n---\n\n{links}\n"


def with_names(path: str, damage: Callable[[str], str]) -> str:
    return "/".join(part if part.isascii() else damage(part) for part in path.split("/"))


def with_links(links: str, damage: Callable[[str], str], encoded: bool) -> str:
    """The links with damaged names, where these can stand in a link."""

    def damaged(match: re.Match[str]) -> str:
        name = damage(match[0])
        return quote(name) if encoded or re.search(r"[%#\s()<>]", name) else name

    return re.sub(r"[\w-]*[^\x00-\x7f][\w-]*", damaged, links)


def build(root: Path, site: Mapping[str, tuple[str, str, str]], damage: Callable[[str], str]) -> None:
    """The site with damaged names. In every third post links are good, damaged, or damaged and percent-encoded."""
    for k, (path, (number, title, links)) in enumerate(site.items()):
        target = root / with_names(path, damage)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".png"):
            target.write_bytes(b"\x89PNG\r\n\x1a\n" + number.encode())
        else:
            shown = with_links(links, damage, k % 3 == 2) if k % 3 else links
            target.write_text(text_of(number, title, shown) if number else "", encoding="utf-8")


def links_of(root: Path) -> dict[tuple[str, int], str | None]:
    """Where every link leads, by the numbers of the posts: a resolver of its own, made as simply as can be."""
    content = root / "content" if (root / "content").exists() else root / "src/content"
    numbers = {
        path.relative_to(root).as_posix(): (re.search(rb"number: (\d)|\x1a\n(\d)", path.read_bytes()) or [b""])[0][-1:]
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }
    found: dict[tuple[str, int], str | None] = {}
    for path, number in numbers.items():
        if path.endswith(".png"):
            continue
        text = re.sub("`[^`]*`", "", (root / path).read_text(encoding="utf-8"))
        targets = re.findall(r'\]\(<?([^\s)>]+)|\]: (\S+)|(?:href|src)="([^"]+)"|ref "([^"]+)"', text)
        for k, groups in enumerate(targets):
            target = re.split("[?#]", unquote("".join(groups)))[0]
            base = content.relative_to(root).as_posix()
            below = base if target.startswith("/") or groups[3] else posixpath.dirname(path)
            wanted = posixpath.normpath(f"{below}/{target.strip('/')}")
            tries = (wanted, f"{wanted}.md", f"{wanted}.mdx", f"{wanted}/index.md")
            found[number.decode(), k] = next((numbers[t].decode() for t in tries if t in numbers), None)
    return found


def tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@posix
@pytest.mark.parametrize("generator", SITES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_site_has_its_links_again(tmp_path: Path, generator: str, damage: str) -> None:
    site = SITES[generator]
    good, bad = tmp_path / "good", tmp_path / "bad"
    build(good, site, lambda name: name)
    build(bad, site, DAMAGES[damage])
    wanted, before = links_of(good), tree(bad)
    assert None not in wanted.values()
    assert links_of(bad) != wanted
    shown = run(bad, "fix", "--rename", "--output-format", "concise")
    assert set(tree(bad)) == set(site), shown.out
    assert links_of(bad) == wanted
    again = run(bad, "fix", "--rename", "--output-format", "concise").out
    assert "PM106" not in again
    run(bad, "undo").expect(0)
    assert tree(bad) == before


@posix
@pytest.mark.parametrize("generator", SITES)
def test_a_folder_of_sound_names_is_left_alone(posts: Path, generator: str) -> None:
    build(posts, SITES[generator], lambda name: name)
    before = tree(posts)
    assert "PM106" not in run(posts, "check", "--output-format", "concise").out
    run(posts, "fix", "--rename")
    assert tree(posts) == before


@posix
def test_without_the_option_names_stay(posts: Path) -> None:
    build(posts, HUGO, DAMAGES["cp437"])
    names = set(tree(posts))
    shown = run(posts, "fix", "--unsafe-fixes", "--output-format", "concise").expect(1).out
    assert set(tree(posts)) == names
    assert "8 names repairable with `postmend fix --rename`." in shown


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-c", "core.quotepath=false", *arguments], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@posix
def test_git_knows_the_new_names_and_takes_the_diff(tmp_path: Path) -> None:
    root = tmp_path / "site"
    build(root, HUGO, DAMAGES["cp437"])
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    (root / "content/posts" / DAMAGES["cp437"]("señor.md")).write_text(text_of("0", "Señor", "untracked"))
    patch = run(root, "fix", "--rename", "--diff").expect(1).stdout
    before = tree(root)
    run(root, "fix", "--rename")
    after = tree(root)
    status = git(root, "status", "--short")
    assert status.count("\nR") + status.startswith("R") == 8
    assert "?? content/posts/señor.md" in status
    assert not git(root, "diff", "--cached", "--diff-filter=M", "--name-only")
    run(root, "undo").expect(0)
    assert tree(root) == before
    assert git(root, "status", "--short").strip().startswith("??")
    (tmp_path / "patch").write_bytes(patch)
    git(root, "apply", "../patch")
    assert tree(root) == after


@posix
def test_what_has_a_reason_against_it_is_refused(posts: Path, put: Put) -> None:
    taken = put("caf├⌐.md", text_of("1", "Café", ""))
    put("Café.MD", text_of("2", "Tea", ""))
    for damaged in ("se├▒or.md", "sen╠âor.md"):  # one with the accent apart: both would be `señor.md`
        put(damaged, text_of("3", "Señor", ""))
    outside = posts.parent / "├╝ber.md"
    outside.write_text(text_of("5", "Über", ""))
    (posts / "r├⌐sum├⌐.md").symlink_to(outside)
    names = sorted(os.listdir(posts))  # noqa: PTH208
    shown = run(posts, "fix", "--rename", "--output-format", "concise", ".", str(taken)).expect(1).out
    assert "PM106 File name `caf├⌐.md` -> `café.md` (UTF-8 read as DOS code page 437); not to be renamed" in shown
    assert shown.count("another file would be called `señor.md`, too") == 2
    assert sorted(os.listdir(posts)) == names  # noqa: PTH208
    assert outside.exists()


@posix
def test_names_with_accents_apart_follow_their_folder_and_links(posts: Path, put: Put) -> None:
    apart = unicodedata.normalize("NFD", "crème.md")
    put(apart, text_of("1", "Crème", ""))
    assert "PM106" not in run(posts, "check", "--output-format", "concise").out
    put("plain.md", text_of("2", "Plain", "[a](crème.md)"))
    assert "PM106 [~] File name" in run(posts, "check", "--output-format", "concise").out
    put("plain.md", text_of("2", "Plain", f"[a]({quote(apart)})"))
    put("brûlée.md", text_of("3", "Brûlée", f"[a]({apart})"))
    run(posts, "fix", "--rename").expect(0)
    assert (posts / "crème.md").exists()
    assert "[a](cr%C3%A8me.md)" in (posts / "plain.md").read_text()
    assert "[a](crème.md)" in (posts / "brûlée.md").read_text()


@posix
def test_names_that_are_no_utf8(posts: Path, put: Put) -> None:
    put(b"caf\xe9-\xe0-paris.md", text_of("1", "Café à Paris", "[a](%DCber-uns.md)"))
    put(b"\xdcber-uns.md", text_of("2", "Über uns", ""))
    put(b"\xcf\xf0\xe8.md", text_of("3", "Hello", ""))
    shown = run(posts, "check", "--output-format", "json", "--select", "PM106").expect(1).json["findings"]
    assert [(f["before"], f["after"], f["fix"]) for f in shown] == [
        ("caf\udce9-\udce0-paris.md", "café-à-paris.md", "unsafe"),
        ("\udccf\udcf0\udce8.md", None, None),
        ("\udcdcber-uns.md", "Über-uns.md", "unsafe"),
    ]
    run(posts, "fix", "--rename")
    assert "[a](%C3%9Cber-uns.md)" in (posts / "café-à-paris.md").read_text()


def test_front_matter_that_names_the_file(posts: Path, put: Put) -> None:
    damaged = "cr├¿me"
    (posts / f"{damaged}.png").write_bytes(b"\x89PNG\r\n")
    head = f"title: Crème\nimage: ./{damaged}.png\nslug: '{damaged}'\naliases: [/{damaged}/]\nnote: {damaged}\n"
    put(f"{damaged}.md", f"---\n{head}---\n\nimport x from './{damaged}.png'\n")
    run(posts, "fix", "--rename", "--ignore", "PM101")
    text = (posts / "crème.md").read_text()
    assert "image: ./crème.png\nslug: 'crème'" in text
    assert f"aliases: [/{damaged}/]\nnote: {damaged}\n" in text
    assert "'./crème.png'" in text
