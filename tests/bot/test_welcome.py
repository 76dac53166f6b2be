"""What the admins of a server see first: one message, and never the same again."""

from __future__ import annotations

import re
from datetime import timedelta

import discord
import pytest
from simulated import NOON, said, text_of

from bot import welcome


@pytest.fixture
async def world(empty_world):
    """A bot that has greeted the server it is on, and knows none beside it."""
    empty_world.env.backend.clock.now = empty_world.newsroom.clock
    await empty_world.env.settle()
    return empty_world


async def joined(world, name="Library", *, updates=True, system=False, owner=None):
    """Let the bot join a server with a channel for admins and one for all."""
    guild = world.env.create_guild(name, owner=owner)
    places = {}
    if updates:
        places["public_updates_channel_id"] = guild.create_text_channel("moderators").id
    if system:
        places["system_channel_id"] = guild.create_text_channel("general").id
    world.env.backend.edit_guild(guild.id, places)
    await announced(world, guild)
    return guild


async def announced(world, guild):
    """Let the bot hear that it joined: a simulated server always seems to have been there."""
    await world.env.settle()
    await world.env.bot.on_guild_join(world.env.bot.get_guild(guild.id))
    await world.env.settle()


def messages(guild):
    """All that the bot wrote on a server for more than one, with the channel's name."""
    return [(name, text_of(each)) for name, channel in guild.channels.items() for each in _said(guild, channel)]


def _said(guild, channel):
    return [each for each in channel.history() if each.author.id == guild.me.id and not each.flags.ephemeral]


def letters(user):
    return [text_of(each) for each in user.dm_channel.history()]


async def test_the_admins_channel_gets_the_set_up_itself(world):
    guild = await joined(world)

    [(where, text)] = messages(guild)

    assert where == "moderators"
    assert "Hello" in text
    assert "Where?" in text
    assert not re.search(r"<t:|now \d", f"{text}{guild.channels['moderators'].last_message.components}"), (
        "it may be read later"
    )
    assert not letters(guild.owner)


async def test_without_such_a_channel_the_owner_is_told_where_to_begin(world):
    guild = await joined(world, "Reading *room*", updates=False, system=True)

    [text] = letters(guild.owner)

    assert "any channel of **Reading \\*room\\***, type `/setup`" in text
    assert not messages(guild)


async def test_who_invited_the_bot_is_told_rather_than_the_owner(world):
    env, inviter = world.env, world.env.create_user("ivy")
    guild = env.create_guild("Library")
    guild.add_member(inviter)
    env.backend.record_audit_log(
        guild.id, discord.AuditLogAction.bot_add.value, user_id=inviter.id, target_id=env.bot.user.id
    )
    await announced(world, guild)

    assert letters(inviter)
    assert not letters(guild.owner)


async def test_where_no_person_takes_messages_one_open_channel_gets_a_button_for_admins(world):
    owner = world.env.create_user("olga")
    world.env.inject_error("POST", f"/channels/{owner.dm_channel.id}/messages", status=403, code=50007)
    guild = await joined(world, updates=False, system=True, owner=owner)
    admin = guild.add_member(
        world.env.create_user("ann2"),
        roles=[guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))],
    )
    reader = guild.add_member(world.env.create_user("ben2"))

    [(where, text)] = messages(guild)
    [shown] = _said(guild, guild.channels["general"])
    refused = await reader.click(shown, label="Set me up")
    opened = await admin.click(shown, label="Set me up")

    assert where == "general"
    assert "For admins" in text
    assert "Only this server's admins" in said(refused)
    assert "Where?" in said(opened)
    assert opened.ephemeral
    assert len(messages(guild)) == 1


async def test_a_server_where_nobody_can_be_reached_is_joined_all_the_same(world):
    owner = world.env.create_user("olga")
    world.env.inject_error("POST", f"/channels/{owner.dm_channel.id}/messages", status=403, code=50007)
    guild = await joined(world, updates=False, owner=owner)

    assert not messages(guild)
    assert not world.failures()


async def test_nobody_is_greeted_twice_not_even_after_a_restart(world):
    guild = await joined(world)

    await world.restart()
    await welcome.greet(world.env.bot, world.env.bot.get_guild(guild.id))
    await world.env.settle()

    assert len(messages(guild)) == 1


async def test_a_server_that_was_joined_while_nobody_looked_is_greeted_at_the_next_start(world):
    guild = await joined(world)
    world.newsroom.store.forget_guild(guild.id)

    await world.restart()
    await world.env.settle()

    assert len(messages(guild)) == 2


async def test_a_server_that_was_there_before_greetings_were_is_left_in_peace(world):
    used, old = await joined(world, "Used"), await joined(world, "Old")
    for guild in (used, old):
        world.newsroom.store.forget_guild(guild.id)
    world.newsroom.store.subscribe(used.id, "https://post.example/rss", title="Post", now=NOON)
    world.env.backend.guilds[old.id].members[world.env.bot.user.id].joined_at = (NOON - timedelta(days=9)).isoformat()

    await world.restart()
    await world.env.settle()

    assert [len(messages(guild)) for guild in (used, old)] == [1, 1]
    assert welcome.WELCOMED in world.newsroom.store.settings(old.id)


async def test_a_server_that_comes_back_hears_what_was_kept(world):
    guild = await joined(world)
    world.newsroom.store.subscribe(guild.id, "https://post.example/rss", title="Post", now=NOON)
    world.newsroom.store.add_schedule(guild.id, 1, ("08:00",), (0,), "UTC", None, NOON)

    world.newsroom.store.depart(guild.id, NOON)
    await announced(world, guild)

    [_, (_, text)] = messages(guild)
    assert "kept your 1 feed and 1 schedule" in text
    assert "Where?" not in text


async def test_a_server_that_comes_back_with_nothing_kept_begins_anew(world):
    guild = await joined(world)
    world.newsroom.store.depart(guild.id, NOON)

    await announced(world, guild)

    assert "Where?" in messages(guild)[-1][1]


async def test_a_servers_name_is_only_a_name(world):
    for name in ("مكتبة الميناء", "🚢 Harbour 🛟", "**bold** @everyone <@1> [x](https://evil.example)"):
        guild = await joined(world, name, updates=False)

        [text] = letters(guild.owner)

        assert "type `/setup`" in text
        assert "[x](" not in text
        assert "@everyone" not in text.replace("@\u200beveryone", "")
