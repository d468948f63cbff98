"""Renames as a plan: which are refused, and what becomes of the links."""

from __future__ import annotations

import pytest

from postmend.edits import apply_edits
from postmend.renames import Rename, Tree, in_order, link_edits, moved, refusal
from postmend.scanner.document import read_document

OLD, FOLDER = "caf├⌐.md", "├╝ber"
NAMES = {f"posts/{OLD}": "café.md", f"docs/{FOLDER}": "über", "posts/r├⌐(1).png": "ré (1).png"}
FILES = (f"posts/{OLD}", f"docs/{FOLDER}/a.md", "posts/b.md", "posts/r├⌐(1).png")


def relinked(text: str, path: str = "posts/b.md", address: str | None = "/posts/b/") -> str:
    tree = Tree(NAMES, roots=("content", ""))
    for file in FILES:
        tree.add(file)
    tree.publish("/posts/caf├⌐/", "/posts/café/")
    document = read_document(path, text)
    return apply_edits(text, link_edits(document, address, tree))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[x]({OLD})", "[x](café.md)"),
        (f"![x](./{OLD}?a=b#c 'title')", "![x](./café.md?a=b#c 'title')"),
        ("[x](caf%E2%94%9C%E2%8C%90.md)", "[x](caf%C3%A9.md)"),
        (f"[x](../docs/{FOLDER}/a)", "[x](../docs/über/a)"),
        (f"[x](/docs/{FOLDER}/a.md)", "[x](/docs/über/a.md)"),
        ("[x](/posts/caf├⌐/#y)", "[x](/posts/café/#y)"),
        ("[x](../caf├⌐/)", "[x](../café/)"),
        ("[x](<r├⌐(1).png>)", "[x](<ré%20%281%29.png>)"),
        ('<img srcset="a.png 1x, r├⌐(1).png 2x">', '<img srcset="a.png 1x, ré%20%281%29.png 2x">'),
        (f"[x]: {OLD} 'title'", "[x]: café.md 'title'"),
        (f'{{{{< relref "{OLD}" >}}}}', '{{< relref "café.md" >}}'),
        ("{% post_url caf├⌐ %}", "{% post_url café %}"),
        (f"[x]({{filename}}{OLD})", "[x]({filename}café.md)"),
        (f"import x from './{OLD}'\n", "import x from './café.md'\n"),
        (f"---\nsee: [posts/{OLD}, b]\n---\n", "---\nsee: [posts/café.md, b]\n---\n"),
    ],
)
def test_links_follow(before: str, after: str) -> None:
    assert relinked(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "[x](café.md) [y](caf%C3%A9.md) [z](../docs/über/a.md)",  # they were meant for the right names
        f"`[x]({OLD})`\n\n```\n[x]({OLD})\n```\n",
        f"[x](https://example.org/posts/{OLD}) <mailto:{OLD}>",
        f"[x](../docs/{OLD}) [y](elsewhere/{OLD}) {OLD}",
        f"---\ntitle: {OLD}\naliases: [/posts/caf├⌐/]\n---\n",
        "[x](b.md) [y](#caf├⌐) [z](../../../caf├⌐.md)",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert relinked(text) == text


def test_a_document_that_is_renamed_repeats_its_name_in_its_address() -> None:
    text = "---\nslug: caf├⌐\ntitle: caf├⌐\npermalink: /x/caf├⌐/\n---\n"
    wanted = "---\nslug: café\ntitle: caf├⌐\npermalink: /x/café/\n---\n"
    assert relinked(text, f"posts/{OLD}") == wanted
    assert relinked(text) == text


@pytest.mark.parametrize(
    ("name", "siblings", "why"),
    [
        ("café.md", [], ""),
        ("café.md", ["x.md"], ""),
        ("café.md", ["CAFÉ.md"], "is there already"),
        ("café.md", ["cafe\N{COMBINING ACUTE ACCENT}.md"], "is there already"),
        ("nul.é.md", [], "Windows"),
        ("é.", [], "Windows"),
        ("é?.md", [], "Windows"),
        ("é" * 130, [], "too long"),
    ],
)
def test_refusals(name: str, siblings: list[str], why: str) -> None:
    rename = Rename("posts/old.md", name)
    reason = refusal(rename, ["old.md", *siblings], [rename])
    assert why in reason
    assert bool(why) == bool(reason)


def test_two_files_do_not_get_one_name() -> None:
    one, other = Rename("posts/a.md", "é.md"), Rename("posts/b.md", "É.md")
    assert "another file" in refusal(one, [], [one, other])
    assert not refusal(one, [], [one, Rename("docs/b.md", "é.md")])


def test_what_is_inside_comes_first() -> None:
    renames = [Rename("a", "b", is_folder=True), Rename("a/c", "d", is_folder=True), Rename("a/c/e.md", "f.md")]
    assert in_order(renames) == renames[::-1]
    assert moved("a/c/e.md", {r.path: r.name for r in renames}) == "b/d/f.md"
