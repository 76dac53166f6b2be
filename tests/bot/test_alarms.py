"""Where briefings cannot be posted any more, a server's admins are told once how to mend it, and once that it is mended."""

from __future__ import annotations

import discord
import pytest
from simulated import NOON, OTHER_SERVER, text_of

from bot import alarms
from bot.delivery.publishing import Publisher
from briefs.models import PostState


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
async def desk(world):
    """A server whose news channel gets briefings, with a channel where its admins read."""
    world.newsroom.clock = Clock()
    mighty = discord.Permissions(manage_channels=True, manage_roles=True)  # the bot does what an admin would
    me = world.env.backend.guilds[world.guild.id].members[world.env.backend.bot_user.id]
    me.role_ids.append(world.guild.create_role("Debrief", permissions=mighty).id)
    world.updates = world.guild.create_text_channel("moderators")
    world.env.backend.guilds[world.guild.id].public_updates_channel_id = world.updates.id
    await world.restart()
    schedule(world, world.channel)
    return world


def schedule(world, channel, *, guild=None, by=None):
    """Let a channel get briefings."""
    return world.newsroom.store.add_schedule(guild or world.guild.id, channel.id, ("08:00",), (0,), "UTC", by, NOON)


async def look(world):
    await world.env.bot.publisher.settled()
    await world.env.bot.publisher.alarms.look()
    await world.env.settle()


async def close(world, channel, **permissions):
    """Take permissions from the bot in a channel, or with None give them back."""
    overwrite = discord.PermissionOverwrite(**permissions)
    await world.env.bot.get_channel(channel.id).set_permissions(
        world.env.bot.get_guild(world.guild.id).me, overwrite=overwrite
    )
    await world.env.settle()


def told(world):
    return [text_of(message) for message in world.updates.history()]


async def delete(world, channel):
    await world.env.bot.get_channel(channel.id).delete()
    await world.env.settle()


async def test_all_is_well_and_nobody_is_told_anything(desk):
    await look(desk)
    assert told(desk) == []
    assert desk.newsroom.store.alarms() == ()


# ---------------------------------------------------------------------------------------------------- permissions
async def test_a_lost_permission_is_told_once_with_how_to_mend_it(desk):
    await close(desk, desk.channel, send_messages=False)
    for _ in range(3):
        await look(desk)
    [text] = told(desk)
    assert f"I may not post in {desk.channel.mention} any more" in text
    assert "allow **Send Messages**" in text


async def test_when_it_is_mended_that_is_told_once_too(desk):
    await close(desk, desk.channel, send_messages=False)
    await look(desk)
    await close(desk, desk.channel, send_messages=None)
    for _ in range(3):
        await look(desk)
    assert len(told(desk)) == 2
    assert f"in the way of briefings in {desk.channel.mention}." in told(desk)[1]
    assert desk.newsroom.store.alarms() == ()


async def test_what_was_mended_before_anybody_was_told_is_not_told(desk, monkeypatch):
    monkeypatch.setattr(alarms.Alarms, "_written", _nowhere)
    await close(desk, desk.channel, send_messages=False)
    await look(desk)
    monkeypatch.undo()
    await close(desk, desk.channel, send_messages=None)
    await look(desk)
    assert told(desk) == []


async def _nowhere(*_):
    return False


async def test_what_could_not_be_told_is_told_later(desk, monkeypatch):
    monkeypatch.setattr(alarms.Alarms, "_written", _nowhere)
    await close(desk, desk.channel, send_messages=False)
    await look(desk)
    monkeypatch.undo()
    await look(desk)
    assert len(told(desk)) == 1


async def test_across_a_restart_it_is_still_told_once(desk):
    await close(desk, desk.channel, send_messages=False)
    await look(desk)
    await desk.restart()
    await look(desk)
    assert len(told(desk)) == 1


async def test_without_a_channel_for_admins_whoever_made_the_schedule_is_told(world):
    schedule(world, world.channel, by=world.admin.id)
    everyone = discord.PermissionOverwrite(send_messages=False)
    shut = world.guild.create_text_channel("shut", overwrites={world.guild.me: everyone})
    schedule(world, shut, by=world.admin.id)
    await look(world)
    [message] = world.admin.user.dm_channel.history()
    assert shut.mention in text_of(message)


async def test_another_server_is_told_nothing(desk):
    there, _ = desk.other_server()
    schedule(desk, there, guild=OTHER_SERVER)
    await close(desk, desk.channel, send_messages=False)
    await look(desk)
    assert there.last_message is None
    assert desk.newsroom.store.alarms(OTHER_SERVER) == ()


# ------------------------------------------------------------------------------------------------ deleted channels
async def test_a_deleted_channels_schedule_is_paused_and_told_with_what_to_do(desk):
    await delete(desk, desk.channel)
    await look(desk)
    [kept] = desk.newsroom.store.schedules(desk.guild.id)
    assert kept.paused_at == NOON
    [text] = told(desk)
    assert "The channel **news** was deleted, so I paused its briefings" in text
    assert "`/schedule edit`" in text


async def test_a_channel_that_was_deleted_while_nobody_looked_is_found(desk):
    desk.newsroom.store.add_schedule(desk.guild.id, 4242, ("08:00",), (0,), "UTC", None, NOON)
    await look(desk)
    assert [each.paused_at for each in desk.newsroom.store.schedules(desk.guild.id)] == [None, NOON]
    assert "A channel that got briefings was deleted" in told(desk)[0]


async def test_once_the_schedule_goes_elsewhere_the_alarm_is_over(desk):
    await delete(desk, desk.channel)
    [kept] = desk.newsroom.store.schedules(desk.guild.id)
    desk.newsroom.store.remove_schedule(desk.guild.id, kept.id)
    await look(desk)
    assert desk.newsroom.store.alarms() == ()
    assert len(told(desk)) == 1


async def test_a_deleted_channel_that_got_nothing_is_nobodys_trouble(desk):
    await delete(desk, desk.guild.create_text_channel("idle"))
    await look(desk)
    assert told(desk) == []


async def test_a_thread_in_which_nobody_wrote_for_long_is_not_taken_for_deleted(desk):
    thread = await desk.env.bot.get_channel(desk.channel.id).create_thread(
        name="Briefings", type=discord.ChannelType.public_thread
    )
    schedule(desk, thread)
    await thread.edit(archived=True)
    await desk.env.settle()
    desk.env.bot.get_guild(desk.guild.id)._remove_thread(thread)
    await look(desk)
    assert told(desk) == []
    assert all(each.paused_at is None for each in desk.newsroom.store.schedules(desk.guild.id))


# ------------------------------------------------------------------------------------------------------ deliveries
async def test_a_refused_delivery_is_told_in_discords_own_words_until_one_arrives(desk):
    briefing = desk.newsroom.compose(desk.guild.id, now=NOON)
    path = f"/channels/{desk.channel.id}/messages"
    desk.env.inject_error("POST", path, status=400, code=240000, message="Message blocked by harmful links filter")
    publisher = desk.env.bot.publisher
    refused = await publisher.publish(desk.guild.id, desk.channel.id, briefing, run_key="one")
    await look(desk)
    assert refused.state is PostState.FAILED
    assert "Message blocked by harmful links filter" in told(desk)[0]

    arrived = await publisher.publish(desk.guild.id, desk.channel.id, briefing, run_key="two")
    await look(desk)
    assert arrived.state is PostState.SENT
    assert len(told(desk)) == 2
    assert "All is well again" in told(desk)[1]


async def test_what_the_bot_can_see_for_itself_is_told_in_its_words_alone(desk):
    briefing = desk.newsroom.compose(desk.guild.id, now=NOON)
    await close(desk, desk.channel, send_messages=False)
    publisher = desk.env.bot.publisher
    await publisher.publish(desk.guild.id, desk.channel.id, briefing, run_key="one")
    await look(desk)
    assert len(told(desk)) == 1
    [alarm] = desk.newsroom.store.alarms()
    assert alarm.subject == f"channel {desk.channel.id}"


async def test_a_publisher_without_alarms_publishes_all_the_same(desk):
    publisher = Publisher(desk.newsroom.store, desk.env.bot, desk.newsroom.clock)
    briefing = desk.newsroom.compose(desk.guild.id, now=NOON)
    delivery = await publisher.publish(desk.guild.id, desk.channel.id, briefing, run_key="one")
    assert delivery.state is PostState.SENT


# ---------------------------------------------------------------------------------------------------- the bot's own work
UNREAD = {"poll": "No feed has been read for 3 hours."}


async def of_jobs(world, said):
    await world.env.bot.publisher.alarms.of_jobs(said)
    await look(world)


@pytest.fixture
def owner(monkeypatch):
    """What the owner of the application is told."""
    heard = []

    async def whispered(_client, user_id, view):
        heard.append((user_id, "\n".join(text_of_view(view))))
        return True

    monkeypatch.setattr(alarms.admins, "whispered", whispered)
    return heard


def text_of_view(view):
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


async def test_the_owner_is_told_once_that_a_job_does_not_succeed_and_once_that_it_does_again(desk, owner):
    for said in (UNREAD, UNREAD, {}, {}):
        await of_jobs(desk, said)
    application = desk.env.bot.application
    assert [user for user, _ in owner] == [application.owner.id] * 2
    assert "No feed has been read for 3 hours." in owner[0][1]
    assert "All is well again" in owner[1][1]
    assert told(desk) == []


async def test_the_owner_is_told_once_that_the_database_cannot_be_used_for_minutes_and_once_that_it_can_again(
    desk, owner
):
    told_by = desk.env.bot.publisher.alarms
    for problem in ("The disk is full. Make room.", None, *["The disk is full. Make room."] * 3, None, None):
        await told_by.of_database(problem)
        desk.newsroom.clock.now += alarms.FAILING
    assert ["The disk is full. Make room." in told for _, told in owner] == [True, True]
    assert ["All is well again" in told for _, told in owner] == [False, True]


async def test_servers_are_told_with_patience_that_no_feed_is_read(desk, owner):
    await of_jobs(desk, UNREAD)
    desk.newsroom.clock.now = NOON + alarms.PATIENCE
    await of_jobs(desk, UNREAD)
    await of_jobs(desk, UNREAD)
    await of_jobs(desk, {})
    first, second = told(desk) if "No feed" in told(desk)[0] else reversed(told(desk))
    assert "No feed has been read for 3 hours." in first
    assert "All is well again" in second
    assert owner


async def test_a_briefing_that_cannot_be_made_is_told_to_its_server_alone(desk, owner):
    (made,) = desk.newsroom.store.schedules()
    own = desk.env.bot.publisher.alarms
    for failures in range(1, 6):
        await own.made(made, failures=failures)
        await look(desk)
    await own.made(made, failures=0)
    await desk.env.settle()
    assert sum("could not be made. I go on trying" in text for text in told(desk)) == 2
    assert sum("All is well again" in text for text in told(desk)) == 1
    assert owner == []
