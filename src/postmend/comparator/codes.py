"""The codes of pairs, the strongest first."""

from __future__ import annotations

SAME_BODY = "PM201"
NEAR_BODY = "PM202"
CONTAINED = "PM203"
REWRITTEN = "PM204"
SIMILAR_SLUG = "PM205"
SAME_URL = "PM206"
SAME_TITLE = "PM207"
UNTRANSLATED = "PM208"
UNRELATED = ""

ORDER = (
    SAME_BODY,
    NEAR_BODY,
    CONTAINED,
    REWRITTEN,
    SAME_URL,
    SIMILAR_SLUG,
    SAME_TITLE,
    UNTRANSLATED,
    UNRELATED,
)
VERIFIED = frozenset((SAME_BODY, NEAR_BODY, CONTAINED, REWRITTEN))  # codes that say: one article
