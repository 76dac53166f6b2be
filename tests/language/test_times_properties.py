"""Whatever a feed says, reading its times neither fails nor invents words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.language.pipeline import Passage, load
from briefs.language.times import describe, find, value_range
from briefs.language.times.lexicon import SYMBOL_OF
from briefs.models import BlockKind

ANCHORS = st.none() | st.datetimes(timezones=st.just(UTC))
WORDS = (
    st.sampled_from(sorted(SYMBOL_OF))
    | st.integers(0, 3000).map(str)
    | st.sampled_from(["1st", "16:13", "2025-02-30", "'87", "80s"])
)


@pytest.fixture(scope="module")
def nlp():
    return load()


def check(nlp, text, anchor):
    for when in find([Passage("a1", 7, BlockKind.PROSE, 0, nlp(text))], anchor):
        assert 7 <= when.start < when.end <= 7 + len(text)
        assert text[when.start - 7 : when.end - 7].strip()
        assert (when.first is None) == (when.last is None) == (value_range(when.value) is None)
        assert when.first is None or when.first < when.last
        assert describe(when)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), anchor=ANCHORS)
def test_any_text_is_read(nlp, text, anchor):
    check(nlp, text, anchor)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=14), anchor=ANCHORS)
def test_any_row_of_words_of_time_is_read(nlp, words, anchor):
    check(nlp, " ".join(words), anchor)


@settings(max_examples=500)
@given(value=st.text(alphabet="0123456789-WQHSXTPZUFAIEMOVN:.", max_size=18))
def test_any_value_is_described_and_its_instants_are_in_order(value):
    span = value_range(value)
    assert span is None or span[0] < span[1]
    describe(value)


@given(day=st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(2999, 1, 1)))  # noqa: DTZ001 - a bare day
def test_every_day_has_words_and_holds_itself(day):
    span = value_range(f"{day:%Y-%m-%d}")
    assert span is not None
    assert span[0] <= day.replace(tzinfo=UTC) < span[1]
    assert str(day.year) in describe(f"{day:%Y-%m-%d}")
