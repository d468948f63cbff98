"""Scoring many texts at once gives to the last bit what scoring them one by one gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend.fixer import alphabet, language

MODEL = language.load()

words = st.sampled_from(
    ["Привет", "für", "日本語", "łódź", "“so”", "â€œso", "\x81", "\x00", "ქართული", "ภาษา", "🚀", "0 1\n2", "한국어"]
)
texts = st.one_of(words, st.text(max_size=6), st.characters(), st.sampled_from(sorted(alphabet.CLASS_SIZES)))
items = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=30)


@given(items)
def test_arrays_give_exactly_what_single_scores_give(items: list[language.Item]) -> None:
    assert MODEL._arrays.scores(items) == [MODEL.score(*item) for item in items]


@given(st.tuples(texts, texts, texts))
def test_every_score_is_a_multiple_of_an_eighth(item: language.Item) -> None:
    assert (MODEL.score(*item) * 8).is_integer()


def test_empty_and_short_contexts() -> None:
    items = [
        ("", "", ""),
        (" ", "", ""),
        ("", "a", ""),
        ("ab", "", ""),
        ("b", "c", ""),
        ("\0", "c", ""),
        ("xyz", "c", "def"),
    ]
    assert MODEL._arrays.scores(items) == [MODEL.score(*item) for item in items]
    assert MODEL.scores([]) == []


def test_what_was_asked_before_and_the_size_of_the_batch_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [(" ", word, "é") for word in ("für", "fÃ¼r", "Привет", "\U0001f680")] * language.SMALL
    expected = [MODEL.score(*item) for item in items]
    monkeypatch.setattr(language, "_CHUNK", 7)
    for asked in (0, language.WORTH_ARRAYS):
        monkeypatch.setattr(MODEL, "_asked", asked)
        assert MODEL.scores(items) == expected
        assert MODEL.scores(items[:2]) == expected[:2]
