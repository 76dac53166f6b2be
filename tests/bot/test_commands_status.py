"""What an admin reads of the state of a server: what needs them, what ran, what is next, the feeds, and the bot itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from simulated import NOON, OTHER_SERVER, said

from bot import admins, runs
from bot.delivery import posting
from bot.operation.health import Check, Health, State
from bot.rendering import TEXT_LIMIT
from bot.rendering import status as words
from bot.runs import Outcome, Run
from briefs.models import Feed, Post, PostState, Schedule
from briefs.store.records import JobRecord, SetAside

HOUR = timedelta(hours=1)


async def status(world):
    return said(await world.admin.slash(world.channel, "status"))


def plan(world, channel, at="08:00", made=NOON):
    return world.newsroom.store.add_schedule(world.guild.id, channel.id, (at,), range(7), "UTC", None, made)


def closed(world, **denied):
    overwrite = discord.PermissionOverwrite(**dict.fromkeys(denied or {"send_messages": True}, False))
    return world.guild.create_text_channel("closed", overwrites={world.guild.me: overwrite})


# ------------------------------------------------------------------------------------------------------ what needs them
async def test_a_server_without_trouble_is_all_well(world):
    plan(world, world.channel)

    text = await status(world)

    assert "### Status · all well" in text
    assert "2 articles from 1 feed, all readable." in text
    assert text.count(":f>") == 3
    assert "-# Debrief 0." in text


async def test_what_is_missing_to_post_is_named_with_where_it_is_given(world):
    channel = closed(world, send_messages=True, read_message_history=True)
    plan(world, channel)

    text = await status(world)

    assert "### Status · 1 thing needs you" in text
    assert (
        f"- ⚠️ {channel.mention} gets no briefings, since I may not post there: settings of {channel.mention} →" in text
    )
    assert "→ allow **Send Messages and Read Message History**." in text


async def test_what_is_missing_beside_the_text_is_named_as_it_is_configured(world):
    channel = closed(world, create_public_threads=True, embed_links=True)
    plan(world, channel)
    store, guild = world.newsroom.store, world.guild.id

    pictures = await status(world)
    posting.choose(store, guild, channel.id, "images", value=False)
    nothing = await status(world)
    posting.choose(store, guild, channel.id, "thread", value=True)
    threads = await status(world)

    assert f"{channel.mention} gets its briefings without pictures: settings of" in pictures
    assert "allow **Embed Links**" in pictures
    assert "all well" in nothing
    assert "gets its briefings without threads: " in threads
    assert "allow **Create Public Threads**" in threads


async def test_an_announcement_channel_needs_no_more_to_be_published(world):
    channel = world.guild.create_news_channel("announcements")
    plan(world, channel)

    assert "all well" in await status(world)


async def test_a_channel_that_is_gone_is_told_once_with_what_to_do(world):
    store = world.newsroom.store
    store.add_schedule(world.guild.id, 4_242, ("08:00",), range(7), "UTC", None, NOON)

    unknown = await status(world)
    store.raise_alarm(world.guild.id, "channel 4242", "The channel **old** was deleted.", NOON)
    known = await status(world)

    assert "A scheduled channel no longer exists: move its schedule with `/schedule edit`" in unknown
    assert "The channel **old** was deleted." in known
    assert "no longer exists" not in known


async def test_alarms_and_unreachable_channels_for_notices_are_told(world):
    store, channel = world.newsroom.store, closed(world)
    store.set_setting(world.guild.id, admins.CHANNEL, str(channel.id))
    store.raise_alarm(world.guild.id, "post 77", "<#77>: Discord refuses the message.", NOON - HOUR)
    store.raise_alarm(OTHER_SERVER, "post 99", "<#99>: another server's trouble.", NOON)

    text = await status(world)

    assert "### Status · 2 things need you" in text
    assert f"Notices cannot reach {channel.mention}: " in text
    assert "<#77>: Discord refuses the message. (since <t:" in text
    assert "another server" not in text


# ---------------------------------------------------------------------------------------------------------- what ran
async def test_a_posted_briefing_is_linked(world):
    await world.admin.slash(world.channel, "brief now")

    text = await status(world)

    message = world.channel.last_message
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{message.id}"
    assert f"- ✅ {world.channel.mention} · <t:" in text
    assert f" · [posted]({link})" in text


async def test_feeds_that_fail_are_named(world):
    store = world.newsroom.store
    feed = store.subscribe(world.guild.id, "https://dead.example/rss", title="Dead **Feed**", now=NOON)
    store.record_failure(feed.id, "It timed out.", at=NOON, next_poll_at=NOON)

    text = await status(world)

    assert "2 articles from 2 feeds, 1 failing;" in text
    assert "**Dead \\*\\*Feed\\*\\*** failed 1 time: It timed out." in text


async def test_an_empty_server_learns_what_to_do_first(empty_world):
    text = await status(empty_world)

    assert "`/feeds add`" in text
    assert "`/schedule add`" in text
    assert "`/brief now`" in text


async def test_paused_schedules_are_counted_and_not_among_the_next(world):
    made = plan(world, world.channel)
    world.newsroom.store.pause_schedule(world.guild.id, made.id, NOON)

    text = await status(world)

    assert "⏸ 1 schedule is paused: `/schedule list`" in text
    assert ":f>" not in text


async def test_the_bot_says_when_it_is_not_well_itself(world):
    store = world.newsroom.store
    for hours in (3, 2, 1):
        store.record_job("poll", at=NOON - hours * HOUR, error="The database of another server is at /secret.")
    failing = await status(world)
    store.record_job("poll", at=NOON, error=None)
    well = await status(world)

    assert "-# ⚠️ No feed has been read for 3 hours: 3 tries in a row failed. The log says why" in failing
    assert "Tell whoever runs this bot" in failing
    assert "secret" not in failing
    assert "Tell whoever" not in well


async def test_what_was_set_aside_is_named_with_how_to_have_it_tried_again(world):
    store = world.newsroom.store
    own = store.feeds(world.guild.id)[0]
    other = store.subscribe(OTHER_SERVER, "https://other.example/rss", title="Other", now=NOON)
    for feed, title in ((own, "Long **Regatta**"), (other, "Their secret")) * 2:
        store.note_crash("article", f"a{feed.id}", feed_id=feed.id, title=title, reason="It died.", now=NOON)

    text = await status(world)

    assert "- ⚠️ **Long \\*\\*Regatta\\*\\*** · " in text
    assert f"It died. It is not read. `debrief feeds retry article:a{own.id}`" in text
    assert "secret" not in text


async def test_the_state_is_for_admins(world):
    assert "status" in world.admin.available_commands(world.channel)
    assert not {"status", "audit"} & {*world.reader.available_commands(world.channel)}


# ------------------------------------------------------------------------------------------------------ pure decisions
PLAN = Schedule(7, 1, 10, ("11:00",), tuple(range(7)), "UTC", None, NOON - timedelta(days=9))
KEY = "10:2026-03-03:11:00"


def job(*, ran, succeeded=None):
    return {"schedule 7": JobRecord("schedule 7", ran, succeeded, None if succeeded else "It broke.")}


def post(state, *, part=0, key=KEY, at=NOON - HOUR, message=None, error=None):
    return Post(part + 1, key, part, 1, 10, 1, "n", state, at, message, error)


@pytest.mark.parametrize(
    ("posts", "jobs", "outcome"),
    [
        ([post(PostState.SENT, message=5)], {}, Outcome.POSTED),
        ([post(PostState.SENT, message=5), post(PostState.CLAIMED, part=1)], {}, Outcome.ON_ITS_WAY),
        ([post(PostState.FAILED, error="The channel is gone.")], {}, Outcome.REFUSED),
        ([], job(ran=NOON - HOUR, succeeded=NOON - HOUR), Outcome.NOTHING_NEW),
        ([], job(ran=NOON - HOUR), Outcome.FAILED),
        ([], job(ran=NOON - 30 * HOUR, succeeded=NOON - 30 * HOUR), Outcome.MISSED),
        ([], {}, Outcome.MISSED),
    ],
)
def test_what_became_of_a_due_briefing_is_told_from_the_ledger_and_the_jobs(posts, jobs, outcome):
    assert [(run.at, run.outcome) for run in runs.latest(posts, [PLAN], jobs, NOON)] == [(NOON - HOUR, outcome)]


def test_a_briefing_in_the_making_one_before_the_schedule_and_one_of_a_paused_schedule_are_not_missed():
    moment = NOON - HOUR + timedelta(minutes=1)
    young, paused = replace(PLAN, created_at=moment), replace(PLAN, paused_at=NOON)

    assert runs.latest([], [PLAN], {}, moment) == []
    assert runs.latest([], [young], {}, NOON) == []
    assert runs.latest([], [paused], {}, NOON) == []


def test_runs_come_newest_first_and_several_messages_are_one():
    early = post(PostState.SENT, key="10:1", at=NOON - 5 * HOUR, message=3)
    parts = [post(PostState.SENT, part=part, message=5 + part) for part in (1, 0)]

    found = runs.latest([*parts, early], [], {}, NOON)

    assert [(run.message_id, run.outcome) for run in found] == [(5, Outcome.POSTED), (3, Outcome.POSTED)]


def test_the_fullest_status_keeps_within_discords_limits():
    feed = Feed(1, "https://e.example/" + "x" * 200, title="F" * 200, failures=9, last_error="E" * 500)
    full = words.Standing(
        2**63,
        NOON,
        needs=("N" * 300,) * 60,
        runs=(Run(NOON, 2**63, Outcome.REFUSED, None, "P" * 500),) * 60,
        coming=((NOON, 2**63),) * 75,
        paused=25,
        scheduled=True,
        feeds=(feed,) * 200,
        polled_at=NOON - HOUR,
        waiting=9,
        due=9,
        set_aside=(SetAside("article", "a" * 40, 1, "T" * 500, "R" * 500, 2, NOON, NOON),) * 60,
        health=Health((Check("feeds", State.FAILING, "S" * 200, "T" * 200),) * 12),
        version="10.10.10",
    )

    shown = words.status_message(full)

    assert shown.content_length() < TEXT_LIMIT
    assert shown.total_children_count < 40
