"""A server's admins are told once that a feed fails, and once that it is well again; nobody else, and never more."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import discord
import pytest
from simulated import NOON, OTHER_SERVER, said, text_of

from bot.notices import Notices
from briefs.store.records import EVERYONE, Poll

HOUR = timedelta(hours=1)


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
async def desk(empty_world):
    """A server, a community channel for its admins, and a clock to set."""
    empty_world.newsroom.clock = Clock()
    empty_world.updates = empty_world.guild.create_text_channel("moderators")
    empty_world.env.backend.guilds[empty_world.guild.id].public_updates_channel_id = empty_world.updates.id
    await empty_world.restart()
    return empty_world


def reads(world, name, *, server=None, added_by=None):
    return world.newsroom.store.subscribe(
        world.guild.id if server is None else server,
        f"https://{name}.example/rss",
        title=name.title(),
        added_by=added_by,
        now=NOON,
    )


def fails(world, *feeds, times=6, ended=False):
    """Let feeds fail once an hour, from now on."""
    for _ in range(times):
        for feed in feeds:
            now = world.newsroom.clock.now
            world.newsroom.store.record_failure(
                feed.id, "It answered <@1> 500.", at=now, next_poll_at=now + HOUR, ended=ended
            )
        world.newsroom.clock.now += HOUR


def recovers(world, *feeds):
    now = world.newsroom.clock.now
    for feed in feeds:
        world.newsroom.store.record_poll(feed.id, Poll(now, now + HOUR))


async def sent(world, *, notices=None):
    """Run one round, as the job does each minute."""
    made = notices or Notices(world.newsroom.store, world.env.bot, world.newsroom.clock)
    await made.send()
    await world.env.settle()


async def test_a_feed_that_keeps_failing_is_told_once(desk):
    fails(desk, reads(desk, "bugle"))

    for _ in range(3):
        await sent(desk)

    (message,) = desk.updates.history()
    assert "1 feed cannot be read" in text_of(message)
    assert "**Bugle** failed 6 times since <t:1772539200:f>: It answered " in text_of(message)
    assert "[bugle.example](https://bugle.example/rss)" in text_of(message)
    assert not message.mentions
    assert "<@1>" not in text_of(message)


@pytest.mark.parametrize("times", [1, 4, 5])
async def test_trouble_that_may_mend_itself_is_told_to_nobody(desk, times):
    fails(desk, reads(desk, "bugle"), times=times)

    await sent(desk)

    assert desk.updates.last_message is None


async def test_a_feed_that_is_gone_for_good_is_told_at_once(desk):
    fails(desk, reads(desk, "bugle"), times=1, ended=True)

    await sent(desk)

    assert "**Bugle** is gone for good and is read no more:" in text_of(desk.updates.last_message)


async def test_a_recovery_is_told_once_and_only_after_a_failure_was(desk):
    bugle, courier = reads(desk, "bugle"), reads(desk, "courier")
    fails(desk, bugle)
    fails(desk, courier, times=2)
    await sent(desk)
    recovers(desk, bugle, courier)

    for _ in range(3):
        await sent(desk)

    told = [text_of(message) for message in desk.updates.history()]
    assert len(told) == 2
    (recovery,) = (text for text in told if "1 feed is read again" in text)
    assert "**Bugle**" in recovery
    assert not any("Courier" in text for text in told)


async def test_a_feed_that_fails_again_after_it_was_well_is_told_again(desk):
    bugle = reads(desk, "bugle")
    for _ in range(2):
        fails(desk, bugle)
        await sent(desk)
        recovers(desk, bugle)
        await sent(desk)

    assert len(desk.updates.history()) == 4


async def test_several_at_once_are_one_message(desk):
    fails(desk, *(reads(desk, f"paper{number}") for number in range(40)))

    await sent(desk)

    (message,) = desk.updates.history()
    assert "40 feeds cannot be read" in text_of(message)
    assert "more." in text_of(message)
    assert len(text_of(message)) < 4_000


async def test_each_server_is_told_of_its_own_feeds_across_a_restart(desk):
    there, _ = desk.other_server()
    desk.newsroom.store.set_setting(OTHER_SERVER, "notices", str(there.id))
    ours, theirs = reads(desk, "bugle"), reads(desk, "courier", server=OTHER_SERVER)
    both = reads(desk, "herald"), reads(desk, "herald", server=OTHER_SERVER)
    fails(desk, ours, theirs, both[0])
    await sent(desk)
    await desk.restart()
    await sent(desk)
    recovers(desk, both[0])
    await sent(desk)
    await desk.restart()
    await sent(desk)

    for channel, own, others in ((desk.updates, "Bugle", "Courier"), (there, "Courier", "Bugle")):
        texts = [text_of(message) for message in channel.history()]
        assert len(texts) == 2
        assert sum(own in text for text in texts) == 1
        assert sum("Herald" in text for text in texts) == 2
        assert not any(others in text for text in texts)


async def test_two_processes_tell_it_once(desk):
    fails(desk, reads(desk, "bugle"), reads(desk, "courier"))
    rounds = [Notices(desk.newsroom.store, desk.env.bot, desk.newsroom.clock) for _ in range(2)]

    await asyncio.gather(*(each.send() for each in rounds))
    await desk.env.settle()

    told = "\n".join(text_of(message) for message in desk.updates.history())
    assert (told.count("**Bugle**"), told.count("**Courier**")) == (1, 1)


# ---------------------------------------------------------------------------------------------------------------- where
async def test_the_channel_that_was_chosen_comes_first(desk):
    chosen = desk.guild.create_text_channel("desk")
    result = await desk.admin.slash(desk.channel, "feeds notices", channel=chosen)
    fails(desk, reads(desk, "bugle"))

    await sent(desk)

    assert f"I tell admins in {chosen.mention}." in said(result)
    assert "Bugle" in text_of(chosen.last_message)
    assert desk.updates.last_message is None


async def test_the_choice_is_taken_back(desk):
    chosen = desk.guild.create_text_channel("desk")
    await desk.admin.slash(desk.channel, "feeds notices", channel=chosen)

    result = await desk.admin.slash(desk.channel, "feeds notices")

    assert f"I tell admins in {desk.updates.mention}" in said(result)
    assert "notices" not in desk.newsroom.store.settings(desk.guild.id)


async def test_a_channel_that_is_closed_to_the_bot_is_not_chosen(desk):
    closed = desk.guild.create_text_channel(
        "closed", overwrites={desk.guild.me: discord.PermissionOverwrite(send_messages=False)}
    )
    result = await desk.admin.slash(desk.channel, "feeds notices", channel=closed)

    assert "I may not post in closed" in said(result)
    assert desk.failures()


async def test_without_such_channels_whoever_added_the_feed_is_told_in_private(empty_world):
    world = empty_world
    world.newsroom.clock = Clock()
    fails(world, reads(world, "bugle", added_by=world.admin.id), reads(world, "courier", added_by=world.admin.id))

    result = await world.admin.slash(world.channel, "feeds notices")
    await sent(world)

    (message,) = world.admin.user.dm_channel.history()
    assert "I send a direct message to whoever added it" in said(result)
    assert "2 feeds cannot be read on **Harbour**" in text_of(message)
    assert world.channel.last_message is None


async def test_if_nobody_added_it_the_channel_that_is_briefed_is_told(empty_world):
    world = empty_world
    world.newsroom.clock = Clock()
    world.newsroom.store.add_schedule(world.guild.id, world.channel.id, ("08:00",), (0,), "UTC", None, NOON)
    fails(world, reads(world, "bugle"))

    await sent(world)

    assert "Bugle" in text_of(world.channel.last_message)


async def test_where_nobody_can_be_told_it_is_tried_again_and_logged_once(empty_world, caplog, capsys):
    world = empty_world
    world.newsroom.clock = Clock()
    fails(world, reads(world, "bugle"))
    notices = Notices(world.newsroom.store, world.env.bot, world.newsroom.clock)
    for _ in range(3):
        await sent(world, notices=notices)
    assert (capsys.readouterr().out + caplog.text).count("nobody could be told") == 1

    world.newsroom.store.set_setting(world.guild.id, "notices", str(world.channel.id))
    await sent(world, notices=notices)

    assert len(world.channel.history()) == 1


async def test_while_discord_is_away_it_is_tried_again(desk, monkeypatch):
    fails(desk, reads(desk, "bugle"))
    with monkeypatch.context() as patched:
        patched.setattr(discord.TextChannel, "send", _away)
        await sent(desk)
    assert desk.updates.last_message is None

    await sent(desk)

    assert len(desk.updates.history()) == 1


async def _away(*_arguments, **_options):
    raise aiohttp.ClientConnectionError


async def test_the_operators_feeds_are_no_servers_business(desk):
    fails(desk, reads(desk, "bugle", server=EVERYONE))

    await sent(desk)

    assert desk.updates.last_message is None


async def test_a_feed_that_was_removed_is_not_told_of(desk):
    bugle = reads(desk, "bugle")
    fails(desk, bugle)
    desk.newsroom.store.unsubscribe(desk.guild.id, bugle.id)

    await sent(desk)

    assert desk.updates.last_message is None
