"""Schedules, answers, settings and jobs outlive a restart, and each server has its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import DAY, FEED, NOON, answer, briefing, pair

from briefs.errors import StoreError
from briefs.models import Schedule, Story
from briefs.store import EVERYONE, JobRecord, Statistics, Store

ASKED = {"guild_id": 1, "channel_id": 10, "asked_by": 100}


def test_a_schedule_comes_back_as_it_was_set(store):
    schedule = store.add_schedule(1, 10, ("08:00", "18:30"), (0, 4, 6), "Europe/Paris", 100, NOON)
    assert schedule == Schedule(schedule.id, 1, 10, ("08:00", "18:30"), (0, 4, 6), "Europe/Paris", 100, NOON)
    other = store.add_schedule(2, 20, ("07:00",), (), "UTC", None, NOON)
    assert store.schedules() == (schedule, other)
    assert store.schedules(1) == (schedule,)


def test_a_server_removes_its_own_schedules_only(store):
    schedule = store.add_schedule(1, 10, ("08:00",), (0,), "UTC", None, NOON)
    assert store.remove_schedule(2, schedule.id) is False
    assert store.remove_schedule(1, schedule.id) is True
    assert store.remove_schedule(1, schedule.id) is False
    assert store.add_schedule(1, 10, ("08:00",), (0,), "UTC", None, NOON).id != schedule.id


def test_an_answer_is_given_back_to_its_own_server_only(store):
    saved = store.save_answer(answer(), **ASKED, now=NOON)
    assert store.answer(saved, 1) == answer()
    assert store.answer(saved, 2) is None
    assert store.answer(saved + 1, 1) is None


def test_a_follow_up_finds_the_last_answer_given_to_its_person_in_its_channel(store):
    store.save_answer(answer(), **ASKED, now=NOON)
    last = replace(answer(), question="and where?")
    store.save_answer(last, **ASKED, now=NOON)
    for elsewhere in ({"guild_id": 9}, {"channel_id": 9}, {"asked_by": 9}):
        store.save_answer(answer(), **(ASKED | elsewhere), now=NOON)

    assert store.latest_answer(**ASKED, since=NOON) == last
    assert store.latest_answer(**ASKED, since=NOON + DAY) is None


def test_old_answers_are_forgotten_and_their_ids_never_used_again(store):
    old = store.save_answer(answer(), **ASKED, now=NOON - DAY)
    assert store.purge_answers(NOON) == 1
    assert store.answer(old, 1) is None
    assert store.save_answer(answer(), **ASKED, now=NOON) > old


def test_a_setting_is_set_changed_and_taken_back(store):
    store.set_setting(1, "stories", "5")
    store.set_setting(1, "stories", "7")
    store.set_setting(1, "length", "60")
    store.set_setting(2, "stories", "3")
    assert store.settings(1) == {"length": "60", "stories": "7"}
    store.set_setting(1, "length", None)
    assert store.settings(1) == {"stories": "7"}
    assert store.settings(3) == {}


def test_a_job_that_fails_keeps_its_last_success_and_counts_since(store):
    store.record_job("poll", at=NOON, error=None)
    store.record_job("poll", at=NOON + DAY, error="The disk is full.")
    store.record_job("poll", at=NOON + 2 * DAY, error="The disk is still full.")
    store.record_job("brief", at=NOON, error="No channel.")
    assert store.jobs() == (
        JobRecord("brief", NOON, None, "No channel.", failures=1, failing_since=NOON),
        JobRecord("poll", NOON + 2 * DAY, NOON, "The disk is still full.", failures=2, failing_since=NOON + DAY),
    )
    store.record_job("poll", at=NOON + 3 * DAY, error=None)
    assert store.jobs()[1] == JobRecord("poll", NOON + 3 * DAY, NOON + 3 * DAY, None)


def test_a_forgotten_server_leaves_nothing_and_the_others_keep_all(store):
    answers = {}
    for guild in (1, 2):
        feed = store.subscribe(guild, FEED, now=NOON)
        store.add_schedule(guild, 10 * guild, ("08:00",), (0,), "UTC", None, NOON)
        place = {"guild_id": guild, "channel_id": 10 * guild}
        saved = store.save_briefing(briefing("a1"), **place)
        post = store.claim(f"run {guild}", 0, **place, briefing_id=saved, nonce="n", now=NOON)
        store.record_sent(post.id, 5)
        answers[guild] = store.save_answer(answer(), **place, asked_by=100, now=NOON)
        store.set_setting(guild, "stories", "5")
    store.add_articles([pair("a1")], feed_id=feed.id)

    store.forget_guild(1)

    assert (store.feeds(1), store.schedules(1), store.settings(1), store.visible(1)) == ((), (), {}, ())
    assert store.latest_briefing(1) is None
    assert store.answer(answers[1], 1) is None
    assert store.told_articles(10) == set()
    assert store.posts("run 1") == ()
    assert (len(store.feeds(2)), len(store.schedules(2)), store.visible(2)) == (1, 1, ("a1",))
    assert store.latest_briefing(2)[1] == briefing("a1")
    assert store.answer(answers[2], 2) == answer()


def test_what_the_operator_reads_for_all_is_not_forgotten_as_a_server(store):
    store.subscribe(EVERYONE, FEED, now=NOON)
    with pytest.raises(StoreError, match="operator"):
        store.forget_guild(EVERYONE)
    assert len(store.feeds(1)) == 1


def test_statistics_count_what_is_stored(store):
    assert store.statistics() == Statistics(0, 0, 0, 0, None)
    store.subscribe(1, FEED, now=NOON)
    store.add_articles([pair("a1"), pair("a2", at=NOON + DAY)])
    store.save_stories([Story("s1", ("a1", "a2"))])
    assert store.statistics() == Statistics(2, 1, 2, 1, NOON + DAY)


def test_all_is_there_after_a_restart(store_url):
    with Store.open(store_url) as store:
        feed = store.subscribe(1, FEED, now=NOON)
        store.add_articles([pair("a1")], feed_id=feed.id)
        saved = store.save_answer(answer(), **ASKED, now=NOON)
    with Store.open(store_url) as store:
        assert store.visible(1) == store.search(["bridge"], guild_id=1) == ("a1",)
        assert store.answer(saved, 1) == answer()
