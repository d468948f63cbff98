"""Files that are no pages of their own: text that pages include. They may be repaired, but not compared as posts."""

from __future__ import annotations

from postmend.model import Post
from postmend.scanner.metadata import Meta
from postmend.scanner.places import Site

# Astro leaves out what begins with an underscore. Hugo's users name folders so that are not to be rendered, which a
# `cascade` in another file says. Jekyll's and Docusaurus's are no posts to begin with.
_BY_NAME = frozenset({"astro", "hugo"})
_POSTS = frozenset({"_posts", "_drafts"})
_NEVER = frozenset({"never", "false", "no"})


def is_fragment(post: Post, site: Site) -> bool:
    """Whether the generator does not publish a post by itself, draft or not."""
    if site.generator in _BY_NAME:
        *folders, name = post.path.removeprefix(f"{site.base}/").split("/")
        hidden = [folder for folder in folders if folder.startswith("_") and folder not in _POSTS]
        if hidden or (site.generator == "astro" and name.startswith("_")):
            return True
    return site.generator == "hugo" and _is_never_rendered(Meta(post.document))


def _is_never_rendered(meta: Meta) -> bool:
    """What Hugo's front matter says: `build: {render: never}`, in older sites `_build`, or `headless: true`."""
    return meta.text("build.render", "_build.render").lower() in _NEVER or meta.text("headless").lower() == "true"
