"""When a source is polled next: as often as it is worth it, never sooner than asked for, never forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.models import Feed, Wishes
from briefs.sources import rhythm

NOW = datetime(2024, 3, 6, 12, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEAST = 15 * MINUTE
NONE = Wishes()
URL = "https://coast.example/feed"


def every(gap: timedelta, *, newest: timedelta = timedelta(), count: int = 30) -> list[datetime]:
    """The dates of a feed that publishes in even steps, the newest so long ago."""
    return [NOW - newest - gap * n for n in range(count)]


def interval(published=(), *, least: timedelta = LEAST, **known) -> timedelta:
    return rhythm.interval(Feed(1, URL, **known), published, NOW, least=least)


# --------------------------------------------------------------------------------------------------------------- habits
@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (10 * MINUTE, LEAST),
        (HOUR, 30 * MINUTE),
        (4 * HOUR, 2 * HOUR),
        (DAY, 6 * HOUR),
        (7 * DAY, 6 * HOUR),
    ],
)
def test_a_feed_is_looked_at_twice_between_two_entries(gap, expected):
    assert interval(every(gap)) == expected


def test_the_order_of_the_dates_does_not_matter():
    dates = every(HOUR)
    assert interval(dates[::-1]) == interval(dates) == 30 * MINUTE


def test_what_a_feed_did_long_ago_does_not_count():
    assert interval(every(HOUR, count=rhythm.HABIT) + every(30 * DAY, newest=60 * DAY, count=200)) == 30 * MINUTE


def test_one_long_pause_does_not_change_a_habit():
    assert interval(every(HOUR, count=10) + every(HOUR, newest=10 * DAY, count=10)) == 30 * MINUTE


def test_a_silence_makes_polls_rarer_and_something_new_makes_them_frequent_at_once():
    silent = [interval(every(HOUR, newest=hours * HOUR)) for hours in (1, 4, 8, 24, 48, 400)]
    assert silent == [30 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR]
    assert interval([NOW, *every(HOUR, newest=400 * HOUR)]) == 30 * MINUTE


def test_a_day_of_news_sent_at_once_is_not_polled_for_ever_at_its_pace():
    burst = [NOW - 20 * HOUR] * 20
    assert interval(burst) == 20 * HOUR / rhythm.LATE_BY


def test_a_feed_without_dates_goes_by_what_it_brought():
    assert interval(last_new_at=NOW, interval=6 * HOUR) == LEAST
    assert interval(last_new_at=NOW - 16 * HOUR, interval=LEAST) == 2 * HOUR
    assert interval(last_new_at=NOW - 30 * DAY) == 6 * HOUR


def test_an_unchanged_feed_keeps_its_habit_until_the_silence_is_longer():
    assert interval(last_new_at=NOW - HOUR, interval=2 * HOUR) == 2 * HOUR
    assert interval(last_new_at=NOW - DAY, interval=2 * HOUR) == 3 * HOUR


def test_a_feed_of_which_nothing_is_known_is_looked_at_soon():
    assert interval() == LEAST
    assert interval(added_at=NOW - 16 * HOUR) == 2 * HOUR


def test_dates_that_cannot_be_true_are_no_habit():
    in_future = [NOW + HOUR * n for n in range(1, 20)]
    assert interval(in_future, last_new_at=NOW - DAY) == 3 * HOUR
    dated_when_asked = [NOW] * 20  # "published now", at each poll, though nothing came since yesterday
    assert interval(dated_when_asked, last_new_at=NOW - DAY) == 3 * HOUR


def test_an_operator_may_poll_more_rarely_than_every_six_hours():
    assert interval(every(MINUTE), least=DAY) == DAY


# --------------------------------------------------------------------------------------------------------------- wishes
def wait(
    habit: timedelta = LEAST, *, wishes: Wishes = NONE, fresh_for: timedelta | None = None, now=NOW, feed_id: int = 1
) -> timedelta:  # fmt: skip
    return rhythm.after_success(feed_id, habit, wishes, fresh_for, now, least=LEAST) - now


def assert_about(actual: timedelta, expected: timedelta) -> None:
    assert expected <= actual <= expected * (1 + rhythm.JITTER)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, LEAST),
        ({"habit": MINUTE}, LEAST),
        ({"habit": 2 * HOUR}, 2 * HOUR),
        ({"habit": 3 * DAY}, 6 * HOUR),
        ({"wishes": Wishes(every=HOUR)}, HOUR),
        ({"wishes": Wishes(every=MINUTE)}, LEAST),
        ({"wishes": Wishes(every=86_400 * MINUTE)}, DAY),
        ({"fresh_for": HOUR}, HOUR),
        ({"fresh_for": 365 * DAY}, 6 * HOUR),
        ({"habit": 2 * HOUR, "fresh_for": HOUR}, 2 * HOUR),
    ],
)
def test_a_source_is_not_read_sooner_than_it_asks(asked, expected):
    assert_about(wait(**asked), expected)


def next_poll(wishes: Wishes, now: datetime = NOW, habit: timedelta = LEAST) -> datetime:
    return rhythm.after_success(1, habit, wishes, None, now, least=LEAST)


def test_hours_to_be_skipped_are_skipped():
    night = next_poll(Wishes(skip_hours=(12, 13, 14)))
    assert datetime(2024, 3, 6, 15, tzinfo=UTC) <= night <= datetime(2024, 3, 6, 15, tzinfo=UTC) + rhythm.SPREAD
    midnight = next_poll(Wishes(skip_hours=(22, 23, 24, 1)), datetime(2024, 3, 6, 21, 55, tzinfo=UTC))
    assert midnight.replace(minute=0, second=0, microsecond=0) == datetime(2024, 3, 7, 2, tzinfo=UTC)


def test_days_to_be_skipped_are_skipped():
    weekend = next_poll(Wishes(skip_days=(2, 3, 4)))
    assert weekend.replace(minute=0, second=0, microsecond=0) == datetime(2024, 3, 9, tzinfo=UTC)
    both = next_poll(Wishes(skip_days=(2, 3, 4), skip_hours=tuple(range(8))))
    assert both.replace(minute=0, second=0, microsecond=0) == datetime(2024, 3, 9, 8, tzinfo=UTC)


def test_who_skips_every_hour_or_day_is_not_believed():
    assert_about(wait(wishes=Wishes(skip_hours=tuple(range(24)), skip_days=tuple(range(7)))), LEAST)


def test_feeds_added_together_do_not_stay_together():
    waits = [wait(HOUR, feed_id=feed_id) for feed_id in range(1_000)]
    tenths = [sum(HOUR + 0.01 * n * HOUR <= w < HOUR + 0.01 * (n + 1) * HOUR for w in waits) for n in range(10)]
    assert all(60 <= count <= 140 for count in tenths), tenths
    woken = [wait(HOUR, feed_id=feed_id, wishes=Wishes(skip_hours=(13,))) for feed_id in range(1_000)]
    assert len({round(w / MINUTE) for w in woken}) >= 6


def test_a_feed_does_not_keep_one_place_in_the_round_for_ever():
    assert len({wait(now=NOW + HOUR * n) for n in range(24)}) == 24


# -------------------------------------------------------------------------------------------------------------- failures
def retry(failures: int = 0, retry_after: float | None = None, least: timedelta = LEAST) -> timedelta:
    return rhythm.after_failure(Feed(1, URL, failures=failures), retry_after, NOW, least=least) - NOW


@pytest.mark.parametrize(
    ("failures", "expected"),
    [(0, LEAST), (1, 2 * LEAST), (2, 4 * LEAST), (5, 8 * HOUR), (6, 12 * HOUR), (7, 12 * HOUR), (10_000, 12 * HOUR)],
)
def test_each_failure_in_a_row_doubles_the_wait_up_to_half_a_day(failures, expected):
    assert_about(retry(failures), expected)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(None, LEAST), (0, LEAST), (-5, LEAST), (60, LEAST), (7200, 2 * HOUR), (1e12, DAY), (float("inf"), DAY)],
)
def test_retry_after_is_heard_up_to_a_day(seconds, expected):
    assert_about(retry(0, seconds), expected)


# ------------------------------------------------------------------------------------------------------------ properties
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4_000))
leasts = st.timedeltas(min_value=MINUTE, max_value=2 * DAY)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its bounds are naive
maybe_moments = st.none() | moments
wishes_of_all_sorts = st.builds(
    Wishes,
    every=st.none() | spans,
    skip_hours=st.lists(st.integers(-1, 30)).map(tuple),
    skip_days=st.lists(st.integers(0, 9)).map(tuple),
)


@given(moments, st.lists(moments), maybe_moments, maybe_moments, st.none() | spans, leasts)
def test_an_interval_is_never_below_the_least_nor_beyond_six_hours(now, published, last_new_at, added_at, known, least):
    feed = Feed(1, URL, last_new_at=last_new_at, added_at=added_at, interval=known)
    found = rhythm.interval(feed, published, now, least=least)
    assert least <= found <= max(least, rhythm.MOST)
    assert found == rhythm.interval(feed, published[::-1], now, least=least)


@given(st.integers(1, 10**9), spans, wishes_of_all_sorts, st.none() | spans, moments, leasts)
def test_a_next_poll_is_never_too_soon_nor_too_late_nor_in_an_hour_to_be_skipped(
    feed_id, habit, wishes, fresh_for, now, least
):
    at = rhythm.after_success(feed_id, habit, wishes, fresh_for, now, least=least)
    assert at == rhythm.after_success(feed_id, habit, wishes, fresh_for, now, least=least)
    skipped = 7 * DAY + rhythm.SPREAD if wishes.skip_hours or wishes.skip_days else timedelta()
    assert now + least <= at <= now + max(least, rhythm.MOST_WISHED) * (1 + rhythm.JITTER) + skipped
    hours, days = {h % 24 for h in wishes.skip_hours}, {d % 7 for d in wishes.skip_days}
    assert len(hours) == 24 or at.hour not in hours
    assert len(days) == 7 or at.weekday() not in days


@given(st.integers(0, 10**6), st.none() | st.floats(allow_nan=False), moments, leasts)
def test_a_next_try_is_never_too_soon_nor_too_late(failures, retry_after, now, least):
    feed = Feed(1, URL, failures=failures)
    at = rhythm.after_failure(feed, retry_after, now, least=least)
    assert at == rhythm.after_failure(feed, retry_after, now, least=least)
    assert now + least <= at <= now + max(least, rhythm.MOST_RETRY) * (1 + rhythm.JITTER)


# ------------------------------------------------------------------------------------------------------ a month of a feed
def hourly_by_day(days: int = 30) -> list[datetime]:
    """About one entry an hour from 7 to 21 o'clock, none at night."""
    chance = Random(7)
    start = NOW.replace(hour=0)
    return sorted(
        start + DAY * day + HOUR * hour + MINUTE * chance.randrange(60) for day in range(days) for hour in range(7, 21)
    )


def simulated(entries: list[datetime], *, adaptive: bool, dated: bool = True) -> tuple[int, list[timedelta]]:
    """Poll a feed that shows its newest 20 entries for a month; gives the polls and how late each entry was seen."""
    at, end, polls, seen = NOW.replace(hour=0), NOW + 30 * DAY, 0, 0
    feed, lateness = Feed(1, URL, added_at=at), []
    while at < end:
        polls += 1
        out = [entry for entry in entries if entry <= at]
        lateness += [at - entry for entry in out[seen:]]
        feed = Feed(
            1, URL, added_at=feed.added_at, interval=feed.interval, last_new_at=at if len(out) > seen else feed.last_new_at
        )  # fmt: skip
        assert len(out) - seen <= 20, "an entry left the feed before it was seen"
        seen = len(out)
        habit = rhythm.interval(feed, out[-20:] if dated else (), at, least=LEAST) if adaptive else LEAST
        feed = Feed(1, URL, added_at=feed.added_at, interval=habit, last_new_at=feed.last_new_at)
        at = rhythm.after_success(1, habit, NONE, None, at, least=LEAST)
    return polls, lateness


def test_a_month_of_a_feed_that_sleeps_at_night_costs_less_than_half_of_fixed_polling():
    entries = hourly_by_day()
    fixed, fixed_late = simulated(entries, adaptive=False)
    polls, late = simulated(entries, adaptive=True)
    assert len(late) == len(fixed_late) == len(entries)
    assert polls < 0.5 * fixed
    assert mean(delay / MINUTE for delay in late) < 25
    assert max(late) < 1.5 * HOUR
    assert max(fixed_late) <= LEAST * (1 + rhythm.JITTER)


def test_the_same_month_without_dates():
    entries = hourly_by_day()
    fixed, _ = simulated(entries, adaptive=False)
    polls, late = simulated(entries, adaptive=True, dated=False)
    assert polls < fixed
    assert len(late) == len(entries)
    assert max(late) < 1.5 * HOUR


def test_a_weekly_feed_costs_a_twentieth_and_is_seen_within_hours():
    entries = [NOW + 7 * DAY * week for week in range(4)]
    fixed, _ = simulated(entries, adaptive=False)
    polls, late = simulated(entries, adaptive=True)
    assert polls < 0.06 * fixed
    assert max(late) < 6 * HOUR * (1 + rhythm.JITTER)
