"""Schedules as admins make, change, pause, run and remove them; and what they are told of time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest
from simulated import NOON, OTHER_SERVER, said, text_of

from bot.commands.schedule import keeping
from bot.commands.schedule.clashes import SCHEDULES_LIMIT
from bot.commands.schedule.telling import GONE
from briefs.models import Schedule

DAILY = range(7)
CLOSED = discord.PermissionOverwrite(send_messages=False)


def schedules(world):
    return world.newsroom.store.schedules(world.guild.id)


def plan(world, *times, channel=None, days=DAILY, zone="UTC"):
    place = channel or world.channel
    return world.newsroom.store.add_schedule(world.guild.id, place.id, times or ("08:00",), days, zone, None, NOON)


def actions(world):
    return [(each.name, each.detail) for each in world.newsroom.store.actions(world.guild.id, limit=50)[0]]


async def run(world, name, **options):
    """Say what an admin reads who uses one of the commands."""
    return said(await world.admin.slash(world.channel, f"schedule {name}", **options))


async def refused(world, name, **options):
    """Say what an admin reads whose command failed in an expected way."""
    text = await run(world, name, **options)
    assert world.failures()
    return text.replace("\\", "")


def plain_channel(world, name="plain"):
    """Make a channel in which the bot may write, but show no picture."""
    return world.guild.create_text_channel(
        name, overwrites={world.guild.me: discord.PermissionOverwrite(embed_links=False)}
    )


@pytest.mark.parametrize("command", ["add", "edit"])
async def test_what_the_briefings_of_a_channel_will_miss_is_said_in_one_line_with_how_to_mend_it(world, command):
    channel = plain_channel(world)
    if command == "edit":
        plan(world)
        text = await run(world, "edit", schedule="#news", channel=channel)
    else:
        text = await run(world, "add", channel=channel, times="08:00", timezone="UTC")

    (line,) = [line for line in text.splitlines() if "⚠️" in line]
    assert line.startswith(f"-# ⚠️ {channel.mention} gets its briefings without pictures: settings of {channel.mention}")
    assert line.endswith("allow **Embed Links**.")
    assert "⚠️" not in await run(world, "add", channel=world.channel, times="09:00", timezone="UTC")


# ----------------------------------------------------------------------------------------------------------------- add
async def test_a_schedule_is_told_back_with_its_next_runs_in_both_times(world):
    text = await run(
        world, "add", channel=world.channel, times="8:00, 6:30 pm", days="weekdays", timezone="europe/oslo"
    )

    assert f"{world.channel.mention} gets a briefing every weekday at 08:00 and 18:30 (Europe/Oslo time)." in text
    assert text.count(":f>") == 3
    assert "- <t:1772559000:f> (<t:1772559000:R>) · Tue 18:30 in Oslo" in text
    assert schedules(world)[0].times == ("08:00", "18:30")
    assert actions(world) == [("schedule add", "#news every weekday at 08:00 and 18:30 (Europe/Oslo time)")]


async def test_the_clocks_going_forward_soon_is_said(world):
    text = await run(world, "add", channel=world.channel, times="08:00", timezone="London")

    assert "On 29 March the clocks there go forward: the briefing stays at 08:00 local time." in text


async def test_a_time_that_the_clocks_skip_and_one_that_comes_twice_are_said(world):
    text = await run(world, "add", channel=world.channel, times="2:30, 8:00", timezone="Berlin")

    assert "On 29 March the clocks there go forward: the briefings stay at 02:30 and 08:00 local time." in text
    assert "On 29 March the clocks skip 02:30: that briefing comes at 03:00." in text
    assert "On 25 October 02:30 comes twice: the briefing comes the first time only." in text


@pytest.mark.parametrize("kind", ["create_news_channel", "create_text_channel"])
async def test_a_briefing_may_go_to_announcements_and_to_channels_with_any_name(world, kind):
    channel = getattr(world.guild, kind)("📰-أخبار-الصباح-" + "x" * 80)

    text = await run(world, "add", channel=channel, times="08:00")

    assert channel.mention in text
    offered = await world.admin.autocomplete(world.channel, "schedule remove", "schedule", "أخبار")
    assert len(offered[0]["name"]) <= 100
    assert offered[0]["name"].endswith("every day at 08:00 (UTC time)")


async def test_a_briefing_may_go_to_a_thread(world):
    parent = world.env.bot.get_channel(world.channel.id)
    thread = await parent.create_thread(name="daily", type=discord.ChannelType.public_thread)
    await world.env.settle()
    handle = next(each for each in world.channel.threads if each.id == thread.id)

    text = await run(world, "add", channel=handle, times="08:00")

    assert f"<#{thread.id}> gets a briefing" in text
    assert "Posted 1 story" in await run(world, "run", schedule=str(schedules(world)[0].id))
    assert "### 1. " in text_of(handle.last_message)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"times": "8"}, "“8” is no time of day. Did you mean 08:00 or 20:00?"),
        ({"times": "25:00"}, "“25:00” is no time of day. Write times as 08:00 or 6:30 pm"),
        ({"times": "noonish"}, "“noonish” is no time of day"),
        ({"times": "8:00", "days": "wensday"}, "“wensday” is no day. Did you mean Wednesday?"),
        ({"times": "8:00", "timezone": "Atlantis"}, "I know no time zone “Atlantis”"),
        ({"times": "8:00", "timezone": "PST"}, "Did you mean America/Los_Angeles?"),
        ({"times": "8:00", "timezone": "UTC+2"}, "I know no time zone “UTC+2”. Begin to type a city"),
    ],
)
async def test_a_wrong_schedule_is_refused_with_what_to_write(world, options, sentence):
    assert sentence in await refused(world, "add", channel=world.channel, **options)
    assert not schedules(world)
    assert not actions(world)


async def test_a_channel_that_is_closed_to_the_bot_is_refused_with_how_to_open_it(world):
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.me: CLOSED})

    text = await refused(world, "add", channel=closed, times="08:00")

    assert "I may not post in closed. Give me Send Messages there (the channel's settings → Permissions → " in text
    assert not schedules(world)


async def test_the_same_schedule_is_not_added_twice(world):
    plan(world)

    assert "already has that schedule" in await refused(world, "add", channel=world.channel, times="8:00")


def test_of_two_admins_who_add_the_same_at_once_one_is_told_that_it_is_there(store, monkeypatch):
    looked, seen = threading.Barrier(2), store.schedules

    def schedules_of(guild_id):
        found = seen(guild_id)
        with suppress(threading.BrokenBarrierError):
            looked.wait(0.3)  # for the other, so that neither sees what the other keeps
        return found

    monkeypatch.setattr(store, "schedules", schedules_of)
    wanted = Schedule(0, 1, 2, ("08:00",), tuple(DAILY), "UTC", 3, NOON)
    with ThreadPoolExecutor(2) as both:
        tries = [both.submit(keeping.add, store, wanted, NOON) for _ in range(2)]
    refusals = [error for each in tries if (error := each.exception())]

    assert [str(error) for error in refusals] == [
        "This channel already has that schedule. /schedule list shows all of them."
    ]
    assert len(seen(1)) == 1


async def test_two_schedules_that_share_a_minute_are_one_briefing_then_and_it_is_said(world):
    plan(world, "08:00", "12:00", days=range(5))

    text = await run(world, "add", channel=world.channel, times="08:00", days="mon, sat", timezone="UTC")

    assert "Another schedule of this channel has 08:00, too: where both fall on a day it is one briefing." in text


@pytest.mark.parametrize(("zone", "time"), [("Europe/Oslo", "09:00"), ("Asia/Tokyo", "08:00")])
async def test_one_channel_has_no_minute_and_no_time_of_day_in_two_zones(world, zone, time):
    plan(world, "08:00")

    text = await refused(world, "add", channel=world.channel, times=time, timezone=zone)

    assert f"already gets a briefing every day at 08:00 (UTC time), and {time} would meet it" in text
    assert len(schedules(world)) == 1


async def test_there_are_no_more_schedules_than_the_list_of_choices_shows(world):
    for minute in range(SCHEDULES_LIMIT):
        plan(world, f"08:{minute:02}")

    assert "can have 25 schedules" in await refused(world, "add", channel=world.channel, times="09:00")
    offered = await world.admin.autocomplete(world.channel, "schedule edit", "schedule", "")
    assert len(offered) == SCHEDULES_LIMIT


# ------------------------------------------------------------------------------------------------------------ its zone
async def test_without_a_zone_the_one_of_the_other_schedules_is_taken_and_said(world):
    plan(world, zone="Asia/Tokyo")

    text = await run(world, "add", channel=world.channel, times="09:00")

    assert "The time zone is Asia/Tokyo, as your other schedules have it. Another: `/schedule edit timezone:`" in text
    assert schedules(world)[1].zone == "Asia/Tokyo"


async def test_without_any_hint_it_is_utc_and_said(world):
    text = await run(world, "add", channel=world.channel, times="09:00")

    assert "The time zone is UTC, since I do not know yours." in text
    assert "in your own time and in UTC:" in text


async def test_a_zone_is_taken_from_the_servers_language_where_it_tells_one(world):
    guild = world.env.create_guild("Küche", id=OTHER_SERVER, preferred_locale="de")
    channel = guild.create_text_channel("neues")
    role = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    admin = guild.add_member(world.env.create_user("eva"), roles=[role])

    text = said(await admin.slash(channel, "schedule add", channel=channel, times="08:00"))

    assert "every day at 08:00 (Europe/Berlin time)" in text
    assert "The time zone is Europe/Berlin, which I took from your language in Discord." in text


async def test_zones_are_offered_the_likeliest_first_and_by_city_country_and_abbreviation(world):
    plan(world, zone="Europe/Oslo")

    async def offered(typed):
        found = await world.admin.autocomplete(world.channel, "schedule add", "timezone", typed, channel=world.channel)
        return [choice["value"] for choice in found]

    assert (await offered(""))[:2] == ["Europe/Oslo", "UTC"]
    assert len(await offered("")) == 25
    assert await offered("new y") == ["America/New_York"]
    assert "Europe/Berlin" in await offered("germany")
    assert await offered("pst") == ["America/Los_Angeles"]
    assert await offered("🦆") == []


# ---------------------------------------------------------------------------------------------------------------- edit
async def test_an_edit_changes_only_what_is_given(world):
    before = plan(world, days=(0, 2), zone="Europe/Oslo")

    text = await run(world, "edit", schedule=str(before.id), times="9:15")

    after = schedules(world)[0]
    assert "gets a briefing every Monday and Wednesday at 09:15 (Europe/Oslo time)" in text
    assert (after.id, after.channel_id, after.days, after.zone) == (before.id, world.channel.id, (0, 2), "Europe/Oslo")
    assert actions(world)[0] == (
        "schedule edit",
        (
            "#news every Monday and Wednesday at 08:00 (Europe/Oslo time) → "
            "#news every Monday and Wednesday at 09:15 (Europe/Oslo time)"
        ),
    )


async def test_a_schedule_moves_to_another_channel(world):
    before, other = plan(world), world.guild.create_news_channel("briefings")

    await run(world, "edit", schedule=str(before.id), channel=other, timezone="Rome", days="weekends")

    after = schedules(world)[0]
    assert (after.channel_id, after.zone, after.days, after.times) == (other.id, "Europe/Rome", (5, 6), ("08:00",))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Say what to change: the channel, the times, the days or the time zone."),
        ({"times": "08:00"}, "It is like that already; nothing was changed."),
        ({"times": "12:00"}, "already has that schedule"),
        ({"days": "x"}, "“x” is no day"),
    ],
)
async def test_an_edit_that_cannot_be_is_refused_and_changes_nothing(world, options, sentence):
    before = plan(world)
    plan(world, "12:00")

    assert sentence in await refused(world, "edit", schedule=str(before.id), **options)
    assert schedules(world)[0] == before


# ---------------------------------------------------------------------------------------------------- pause and resume
async def test_a_schedule_is_paused_listed_so_and_resumed(world):
    made = plan(world)

    paused = await run(world, "pause", schedule=str(made.id))
    listed = await run(world, "list")
    again = await run(world, "pause", schedule=str(made.id))
    resumed = await run(world, "resume", schedule=str(made.id))

    assert f"Paused: {world.channel.mention} gets no briefing every day at 08:00 (UTC time)" in paused
    assert "⏸ paused" in listed
    assert "### Schedules · 1 · 1 paused" in listed
    assert "It has been paused since" in again
    assert resumed.count(":f>") == 3
    assert schedules(world)[0].paused_at is None
    assert "It was not paused." in await run(world, "resume", schedule=str(made.id))
    assert [name for name, _ in actions(world)] == ["schedule resume", "schedule pause"]


async def test_what_was_paused_does_not_go_on_beside_a_schedule_of_another_zone_that_meets_it(world):
    paused = plan(world, "08:00")
    await run(world, "pause", schedule=str(paused.id))
    plan(world, "09:00", zone="Europe/Paris")

    assert "and 08:00 would meet it" in await refused(world, "resume", schedule=str(paused.id))
    assert schedules(world)[0].paused_at


async def test_what_was_due_while_it_was_paused_is_not_due_any_more(world):
    made = plan(world, "12:30")
    world.newsroom.store.pause_schedule(world.guild.id, made.id, NOON)
    world.newsroom.clock = lambda: NOON + timedelta(hours=1)

    await run(world, "resume", schedule=str(made.id))

    assert schedules(world)[0].created_at == NOON + timedelta(hours=1)


async def test_only_what_can_be_paused_or_resumed_is_offered_for_it(world):
    running, paused = plan(world), plan(world, "12:00")
    world.newsroom.store.pause_schedule(world.guild.id, paused.id, NOON)

    async def offered(name):
        found = await world.admin.autocomplete(world.channel, f"schedule {name}", "schedule", "")
        return [choice["value"] for choice in found]

    assert await offered("pause") == [str(running.id)]
    assert await offered("resume") == [str(paused.id)]
    assert await offered("run") == [str(running.id), str(paused.id)]


async def test_a_paused_schedule_that_is_edited_stays_paused(world):
    made = plan(world)
    await run(world, "pause", schedule=str(made.id))

    text = await run(world, "edit", schedule=str(made.id), times="10:00")

    assert "It is paused: nothing is posted until `/schedule resume`." in text
    assert schedules(world)[0].paused_at


# ----------------------------------------------------------------------------------------------------------------- run
async def test_a_schedules_briefing_is_posted_now_and_linked(world):
    made, other = plan(world, zone="Asia/Tokyo"), world.guild.create_text_channel("admins")

    text = said(await world.admin.slash(other, "schedule run", schedule=str(made.id)))

    posted = world.channel.last_message
    assert f"Posted 1 story in {world.channel.mention}" in text
    assert f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{posted.id}" in text
    assert "Evening briefing" in text_of(posted)  # noon is nine in the evening in Tokyo
    assert actions(world)[0][0] == "schedule run"


async def test_where_nothing_is_new_running_it_says_so_and_posts_nothing(world):
    made = plan(world)
    await run(world, "run", schedule=str(made.id))

    assert "Nothing new for" in await run(world, "run", schedule=str(made.id))
    assert len(world.channel.history()) == 1


async def test_a_schedule_whose_channel_is_gone_says_so_wherever_it_is_met(world):
    made = world.newsroom.store.add_schedule(world.guild.id, 4_242, ("08:00",), DAILY, "UTC", None, NOON)

    listed = await run(world, "list")
    ran = await refused(world, "run", schedule=str(made.id))
    offered = await world.admin.autocomplete(world.channel, "schedule remove", "schedule", "deleted")
    removed = await run(world, "remove", schedule=offered[0]["value"])

    assert GONE in listed
    assert "That channel is gone" in ran
    assert "Removed:" in removed
    assert not schedules(world)


async def test_a_channel_is_not_called_gone_because_discord_is_in_trouble(world, monkeypatch):
    world.newsroom.store.add_schedule(world.guild.id, 4_242, ("08:00",), DAILY, "UTC", None, NOON)

    async def in_trouble(_guild, _channel_id):
        raise discord.DiscordServerError(SimpleNamespace(status=503, reason="down"), "Service Unavailable")

    monkeypatch.setattr(discord.Guild, "fetch_channel", in_trouble)
    text = await refused(world, "list")

    assert "gone" not in text
    assert "Try again" in text


# ------------------------------------------------------------------------------------------------------ list and remove
async def test_a_schedule_is_listed_and_removed_by_choosing_it(world):
    plan(world, days=(0, 2))
    listed = await run(world, "list")
    choices = await world.admin.autocomplete(world.channel, "schedule remove", "schedule", "mon")

    removed = await run(world, "remove", schedule=choices[0]["value"])

    assert "every Monday and Wednesday at 08:00 (UTC time)" in listed
    assert "-# next <t:" in listed
    assert choices[0]["name"] == "#news every Monday and Wednesday at 08:00 (UTC time)"
    assert "no longer gets a briefing" in removed
    assert not schedules(world)


async def test_what_keeps_the_bot_from_posting_stands_in_the_list_with_how_to_mend_it(world):
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.me: CLOSED})
    plan(world, channel=closed)

    text = await run(world, "list")

    assert f"I may not post there: settings of {closed.mention} → Permissions → " in text
    assert "allow **Send Messages**" in text


async def test_a_long_list_is_turned_in_place_before_and_after_a_restart(world):
    for minute in range(SCHEDULES_LIMIT):
        plan(world, f"08:{minute:02}", f"20:{minute:02}", days=(0, 1, 2, 4, 6))
    listed = await world.admin.slash(world.channel, "schedule list")
    message = listed.followups[-1] if listed.followups else listed.response

    await world.admin.click(message, label="Next")
    second = text_of(message)
    await world.restart()
    await world.admin.click(message, label="Next")

    assert "page 2 of 3" in second
    assert "page 3 of 3" in text_of(message)
    assert "08:24" in text_of(message)


async def test_an_empty_list_says_how_to_begin(world):
    assert "Nothing is scheduled. Add a time with `/schedule add`." in await run(world, "list")


async def test_words_that_fit_one_schedule_choose_it_and_words_that_fit_several_do_not(world):
    plan(world)
    plan(world, "12:00")

    several = await refused(world, "remove", schedule="#news")
    none = await refused(world, "remove", schedule="#elsewhere")
    await run(world, "remove", schedule="12:00")

    assert "2 schedules fit “#news”" in several
    assert "no such schedule" in none
    assert [each.times for each in schedules(world)] == [("08:00",)]


@pytest.mark.parametrize("name", ["edit", "pause", "resume", "run", "remove"])
async def test_another_servers_schedule_cannot_be_touched(world, name):
    made = world.newsroom.store.add_schedule(OTHER_SERVER, 1, ("08:00",), (0,), "UTC", None, NOON)

    assert "no such schedule" in await refused(world, name, schedule=str(made.id))
    assert world.newsroom.store.schedules(OTHER_SERVER) == (made,)


async def test_scheduling_is_for_admins(world):
    assert not [name for name in world.reader.available_commands(world.channel) if name.startswith("schedule")]
    assert "schedule pause" in world.admin.available_commands(world.channel)
    assert not [name for name in world.admin.user.available_commands() if name.startswith("schedule")]


def test_a_paused_schedule_has_no_slots():
    from bot.scheduling.slots import due_slots, next_runs

    paused = Schedule(1, 2, 3, ("08:00",), tuple(DAILY), "UTC", paused_at=NOON)

    assert due_slots(paused, NOON, NOON + timedelta(days=9)) == []
    assert next_runs(paused, datetime(2026, 1, 1, tzinfo=UTC), 3) == []
