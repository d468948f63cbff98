"""The tools that the benchmarks compare: `TOOLS[name](text)` is the repaired text. They need `pip install plsfix`.

ftfy is asked for what postmend does: its encoding fixes, without those of quotes, widths, ligatures and entities.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import ftfy
import plsfix

import postmend

ENCODING_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)

TOOLS: dict[str, Callable[[str], str]] = {
    "postmend": postmend.repair,
    "ftfy": partial(ftfy.fix_text, config=ENCODING_ONLY),
    "plsfix": plsfix.fix_text,
}
