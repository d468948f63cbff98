"""Files of settings: which one counts, what it changes, and that commands and hook obey alike."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_posts import CLEAN, DAMAGED, Put
from cli_runner import Outcome, codes, report, run, spawn, tree_bytes, without_privileges
from typer.main import get_command

from postmend.cli.app import make_app
from postmend.hook import main as hook
from postmend.settings.table import ONLY_OPTIONS, SETTINGS

TEXT = "Il y a du café à la carte, très bon, dit-elle, et du thé pour ceux qui n’en veulent pas. " * 5


def concise(folder: Path, *arguments: str) -> Outcome:
    return run(folder, "check", "--output-format", "concise", *arguments)


# ---------------------------------------------------------------- which file counts


def test_the_nearest_file_upwards_counts(posts: Path, put: Put) -> None:
    put("a/b/post.md")
    put("postmend.toml", 'ignore = ["PM1"]')
    run(posts, "check").expect(0)
    run(posts, "check", "a/b").expect(0)
    run(posts / "a" / "b", "check").expect(0)
    run(posts, "check", "--isolated").expect(1)
    put("a/postmend.toml", "")
    run(posts, "check", "a/b/post.md").expect(1)
    run(posts, "check").expect(0)  # one file for all of a run: that of the folder that holds all


def test_the_order_within_a_folder(posts: Path, put: Put) -> None:
    put("post.md")
    put("pyproject.toml", '[project]\nname = "postmend-site"\n')
    run(posts, "check").expect(1)
    put("pyproject.toml", "[tool.postmend]\nthreshold = 0.5\n")
    assert "pyproject.toml:2" in run(posts, "config", "threshold").expect(0).out
    put(".postmend.toml", "threshold = 0.6\n")
    assert " .postmend.toml:1" in run(posts, "config", "threshold").expect(0).out
    put("postmend.toml", "threshold = 0.7\n")
    assert " postmend.toml:1" in run(posts, "config", "threshold").expect(0).out


def test_a_pyproject_of_others_is_passed_over(posts: Path, put: Put) -> None:
    put("postmend.toml", 'ignore = ["PM1"]')
    put("a/pyproject.toml", "[tool.black\n")
    put("a/post.md")
    run(posts, "check", "a").expect(0)


def test_a_file_that_is_named(posts: Path, put: Put) -> None:
    put("content/post.md")
    put("postmend.toml", 'select = ["nonsense"]')
    put("ci/strict.toml", 'exclude = ["content/"]')
    run(posts, "check", "--config", "ci/strict.toml").expect(0)
    assert "ci/none.toml: can't read: " in run(posts, "check", "--config", "ci/none.toml").expect(2).err
    assert "can't be combined" in run(posts, "check", "--config", "ci/strict.toml", "--isolated").expect(2).err
    put("pyproject.toml", "")
    assert "has no table `[tool.postmend]`" in run(posts, "check", "--config", "pyproject.toml").expect(2).err


@pytest.mark.parametrize(
    "content", ['ignor = ["PM1"]', "ignore = [", b"# caf\xe9\n", "cache-dir = 'x'", "\x1b[31m = 1"]
)
@pytest.mark.parametrize("command", ["check", "fix", "dupes", "config", "hook"])
def test_a_file_with_a_mistake_stops_everything(command: str, content: str | bytes, posts: Path, put: Put) -> None:
    put()
    put("postmend.toml", content)
    before = tree_bytes(posts)
    if command == "hook":
        shown = run(posts, "--fix", "post.md", entry=hook).expect(2)
    else:
        shown = run(posts, command).expect(2)
    assert "postmend.toml:" in shown.err and "\x1b" not in shown.err
    assert tree_bytes(posts) == before and shown.out == ""


def test_a_byte_order_mark_and_crlf_do_no_harm(posts: Path, put: Put) -> None:
    put()
    put("postmend.toml", b"\xef\xbb\xbf# Windows\r\nignore = ['PM1']\r\n")
    run(posts, "check").expect(0)


def test_a_file_that_may_not_be_read(posts: Path, put: Put) -> None:
    put()
    put("postmend.toml", "").chmod(0)
    shown = spawn(posts, "check", prepare=without_privileges).expect(2)
    assert "postmend.toml: can't read: permission denied" in shown.err


# ---------------------------------------------------------------- what it changes


def test_patterns_and_paths_are_relative_to_the_file(posts: Path, put: Put) -> None:
    (posts / "site" / ".git").mkdir(parents=True)  # the root of the run, below the file
    put("site/drafts/a.md")
    put("site/old/b.md")
    put("site/c.md")
    put("postmend.toml", 'exclude = ["/site/drafts"]\n[per-file-ignores]\n"site/old/*" = ["PM101"]')
    text_only = "--ignore", "PM2"
    assert codes(report(posts / "site", "check", *text_only)) == {("c.md", "PM101")}
    assert codes(report(posts, "check", "site", *text_only)) == {("site/c.md", "PM101")}
    put("site/old/postmend.toml", 'exclude = ["/b.md"]')  # the root of the run is above the file
    assert codes(report(posts / "site" / "old", "check", *text_only)) == set()


def test_a_folder_beside_the_working_folder_is_its_own_site(demo: Path, posts: Path) -> None:
    (demo / "postmend.toml").write_text('exclude = ["/src"]')
    run(posts, "check", "../demo").expect(0)
    (demo / "postmend.toml").write_text('generator = "astro"')
    assert codes(report(posts, "check", "../demo", "--select", "PM206"))


def test_options_outrank_the_file(posts: Path, put: Put) -> None:
    put("a.md")
    put("b.html")
    put("postmend.toml", 'exclude = ["*.html"]\nignore = ["PM101"]\noutput-format = "json"')
    assert run(posts, "check").expect(0).json["summary"]["files"] == 1
    run(posts, "check", "--select", "PM101").expect(1)
    assert concise(posts, "--exclude", "*.md").out == "No problems in 1 file.\n"
    assert report(posts, "check", "--extend-select", "PM101")["findings"]


def test_pairs_that_are_alike_on_purpose(posts: Path, put: Put) -> None:
    for name in ("a", "b", "c"):
        put(f"posts/{name}.md", f"---\ntitle: {name}\n---\n{TEXT}")
    put("posts/é.md", f"---\ntitle: d\n---\n{TEXT}")
    pairs = 'reason = "yearly"\n[[not-duplicates]]\na = "posts/C.md"\nb = "posts/e\N{COMBINING ACUTE ACCENT}.md"'
    put("postmend.toml", f'[[not-duplicates]]\na = "posts/b.md"\nb = "posts/a.md"\n{pairs}')
    found = {(p["left"], p["right"]) for p in report(posts, "dupes")["pairs"]}
    assert ("posts/a.md", "posts/b.md") not in found and ("posts/c.md", "posts/é.md") not in found
    assert len(found) == 4
    inside = {(p["left"], p["right"]) for p in report(posts / "posts", "dupes")["pairs"]}
    assert len(inside) == 4


def test_duplicates_are_left_out_where_a_post_ignores_them(posts: Path, put: Put) -> None:
    put("a.md", f"---\ntitle: a\n---\n{TEXT}")
    put("archive/b.md", f"---\ntitle: b\n---\n{TEXT}")
    assert report(posts, "dupes")["pairs"]
    put("postmend.toml", '[per-file-ignores]\n"archive/" = ["PM2"]')
    assert report(posts, "dupes")["pairs"] == []


def test_fix_leaves_what_is_ignored_in_a_file(posts: Path, put: Put) -> None:
    put("a.md")
    put("b.md")
    put("postmend.toml", '[per-file-ignores]\n"a.md" = ["PM101"]')
    run(posts, "fix", "--ignore", "PM2").expect(0)
    assert (posts / "a.md").read_text("utf-8") == DAMAGED
    assert (posts / "b.md").read_text("utf-8") == CLEAN


def test_names_that_are_ignored_keep(posts: Path, put: Put) -> None:
    put("cafÃ©.md", CLEAN)
    put("postmend.toml", '[per-file-ignores]\n"*" = ["PM106"]')
    run(posts, "fix", "--rename").expect(0)
    assert (posts / "cafÃ©.md").exists()
    run(posts, "fix", "--rename", "--isolated").expect(0)
    assert not (posts / "cafÃ©.md").exists()


def test_named_files_are_excluded_only_by_force(posts: Path, put: Put) -> None:
    put("drafts/a.md")
    put("postmend.toml", 'exclude = ["drafts/"]')
    run(posts, "check", "drafts/a.md").expect(1)
    run(posts, "check", "drafts/a.md", "--force-exclude").expect(0)
    run(posts, "drafts/a.md", entry=hook).expect(1)
    run(posts, "--force-exclude", "drafts/a.md", entry=hook).expect(0)
    put("postmend.toml", 'exclude = ["drafts/"]\nforce-exclude = true')
    run(posts, "drafts/a.md", entry=hook).expect(0)


def test_standard_input_is_judged_by_its_name(posts: Path, put: Put) -> None:
    put("postmend.toml", 'exclude = ["drafts/"]\nforce-exclude = true\n[per-file-ignores]\n"old/" = ["PM1"]')
    for name in ("drafts/a.md", "old/a.md", str(posts / "old" / "a.md")):
        assert run(posts, "fix", "-", "--stdin-filename", name, stdin=DAMAGED.encode()).expect(0).out == DAMAGED
    assert run(posts, "fix", "-", "--stdin-filename", "a.md", stdin=DAMAGED.encode()).expect(0).out == CLEAN


def test_locales(posts: Path, put: Put) -> None:
    put("fr/a.md", f"---\ntitle: a\n---\n{TEXT}")
    put("no/b.md", f"---\ntitle: b\n---\n{TEXT}")
    assert [p["locales"] for p in report(posts, "dupes")["pairs"]] == [["fr", "no"]]  # Norwegian, it seems
    put("postmend.toml", 'locales = ["fr"]')
    assert [p["locales"] for p in report(posts, "dupes")["pairs"]] == [["fr", None]]


def test_a_corpus(posts: Path, put: Put) -> None:
    put("a.md", f"---\ntitle: a\n---\n{TEXT}")
    put("others/b.md", f"---\ntitle: b\n---\n{TEXT}")
    assert report(posts, "dupes", "a.md")["pairs"] == []
    put("postmend.toml", 'corpus = ["others"]')
    assert [p["right"] for p in report(posts, "dupes", "a.md")["pairs"]] == ["others/b.md"]


def test_a_corpus_behind_a_link(posts: Path, put: Put, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (posts / "others").symlink_to(tmp_path / "private")
    put("a.md")
    put("postmend.toml", 'corpus = ["others"]')
    assert "postmend.toml:1: `corpus`: others is a link" in run(posts, "check").expect(2).err
    run(posts, "check", "--corpus", "others").expect(1)


def test_diff_reads_posts_as_the_settings_say(posts: Path, put: Put) -> None:
    put("a.md", "---\ntitle: a\n---\nOne.\n")
    put("b.md", "---\ntitle: b\n---\nЁж 1\n".encode("koi8-r"))
    put("postmend.toml", 'encoding = "koi8-r"')
    assert "+ Ёж 1" in run(posts, "diff", "a.md", "b.md").expect(0).out
    assert "+ Ёж 1" not in run(posts, "diff", "a.md", "b.md", "--isolated").expect(0).out
    put("postmend.toml", "encodin = 1")
    run(posts, "diff", "a.md", "b.md").expect(2)


def test_the_hook_obeys(posts: Path, put: Put) -> None:
    put("post.md")
    put("postmend.toml", 'ignore = ["PM1"]\nselect = ["PM207"]')
    run(posts, "post.md", entry=hook).expect(0)
    run(posts, "--isolated", "post.md", entry=hook).expect(1)
    put("other.toml", "")
    run(posts, "--config=other.toml", "post.md", entry=hook).expect(1)
    assert "can't read" in run(posts, "--config=gone.toml", "post.md", entry=hook).expect(2).err
    for wrong in ("--config", "--fix=1"):
        assert "unknown option" in run(posts, wrong, "post.md", entry=hook).expect(2).err


# ---------------------------------------------------------------- the command


def test_config_prints_what_a_file_can_hold(posts: Path, put: Put) -> None:
    put("postmend.toml", 'ignore = ["PM1"]\n[per-file-ignores]\n"a b" = ["PM2"]\n[[not-duplicates]]\na = "x"\nb = "y"')
    shown = run(posts, "config", "--min-words", "5").expect(0).out
    values: dict[str, Any] = tomllib.loads(shown)
    assert list(values) == list(SETTINGS)
    assert (values["ignore"], values["min-words"], values["threshold"]) == (["PM1"], 5, 0.8)
    assert (values["per-file-ignores"], values["not-duplicates"]) == ({"a b": ["PM2"]}, [{"a": "x", "b": "y"}])
    put("postmend.toml", "\n".join(line for line in shown.splitlines() if not line.startswith("cache-dir")))
    assert run(posts, "config", "--output-format", "json").expect(0).json["file"] == "postmend.toml"


def test_config_tells_where_values_come_from(posts: Path, put: Put) -> None:
    put("postmend.toml", '\nignore = ["PM1"]')
    found = (
        run(posts, "config", "--output-format", "json", "--ignore", "PM2", "--jobs", "0", "--no-respect-gitignore")
        .expect(0)
        .json
    )
    told = {one["key"]: (one["source"], one["place"]) for one in found["settings"]}
    assert told["ignore"] == ("option", "postmend.toml:2 and --ignore")
    assert told["jobs"] == ("option", "--jobs")
    assert told["respect-gitignore"] == ("option", "--no-respect-gitignore")
    assert told["threshold"] == ("default", None)
    assert told["cache-dir"] == ("environment", "POSTMEND_CACHE_DIR")
    assert run(posts, "config", "ignore").expect(0).out == 'ignore = ["PM1"]  # postmend.toml:2\n'
    assert run(posts, "config", "--cache-dir", "x", "cache-dir").expect(0).out == 'cache-dir = "x"  # --cache-dir\n'
    assert "Did you mean `threshold`?" in run(posts, "config", "treshold").expect(2).err


def test_every_option_is_a_setting_or_stands_for_one_run() -> None:
    commands: Any = get_command(make_app()).commands  # type: ignore[attr-defined]
    for name in ("check", "fix", "dupes"):
        options = {p.name.replace("_", "-") for p in commands[name].params if p.param_type_name == "option"}
        assert options - {"help"} <= {*SETTINGS, *ONLY_OPTIONS}
    with_option = {name for name, setting in SETTINGS.items() if setting.flag}
    assert with_option <= {p.name.replace("_", "-") for p in commands["fix"].params}
