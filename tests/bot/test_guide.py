"""`/help` shows what the caller may do here, and nothing else."""

from __future__ import annotations

import re

import discord
import pytest
from simulated import said

from bot.commands import guide
from bot.rendering import COMPONENT_LIMIT, TEXT_LIMIT


async def told(world, by):
    return said(await by.slash(world.channel, "help"))


async def command(world, name):
    return next(each for each in await world.env.bot.tree.fetch_commands() if each.name == name)


def named(text):
    return set(re.findall(r"</([a-z]+)[a-z ]*:\d+>", text))


async def test_a_reader_sees_what_a_reader_may_do_each_with_an_example_that_can_be_clicked(world):
    text = await told(world, world.reader)

    assert {"ask", "timeline", "upcoming", "connections"} <= named(text)
    assert not {"setup", "feeds", "schedule", "settings", "status", "audit"} & named(text)
    assert "*Who met whom?*" in text
    assert "Manage" not in text


async def test_an_admin_sees_what_admins_may_do_too(world):
    text = await told(world, world.admin)

    assert {"ask", "setup", "feeds", "schedule", "settings", "status", "audit"} <= named(text)


async def test_every_command_has_its_line(world):
    entries = {entry.command.partition(" ")[0] for entries in guide.GROUPS.values() for entry in entries}
    commands = {each.name for each in world.env.bot.tree.get_commands(type=discord.AppCommandType.chat_input)}

    assert commands - {"help", "privacy"} <= entries


async def test_what_the_servers_integration_settings_open_to_a_reader_is_shown(world):
    world.guild.set_command_permissions(await command(world, "feeds"), {world.reader: True})

    text = await told(world, world.reader)

    assert "feeds" in named(text)
    assert "schedule" not in named(text)


async def test_what_they_close_to_someone_is_not_shown(world):
    world.guild.set_command_permissions(await command(world, "ask"), {world.guild.default_role: False})
    world.guild.set_command_permissions(await command(world, "schedule"), {world.admin: False})

    assert "ask" not in named(await told(world, world.reader))
    assert not {"ask", "schedule"} & named(await told(world, world.admin))


async def test_what_is_shown_is_what_discord_offers(world):
    """Held against the simulated Discord's own decision, for several ways of opening and closing."""
    readers = world.guild.create_role("Readers")
    member = world.guild.add_member(world.env.create_user("cleo"), roles=[readers])
    every = world.env.bot.application_id
    world.guild.set_command_permissions(await command(world, "status"), {readers: True})
    world.guild.set_command_permissions(await command(world, "timeline"), {world.channel: False})
    world.guild.set_command_permissions(every, {world.guild.default_role: False, world.admin: True, readers: True})

    for person in (world.admin, world.reader, member):
        offered = {name.partition(" ")[0] for name in person.available_commands(world.channel)}
        if "help" in offered:
            assert named(await told(world, person)) == offered - {"help"}


async def test_the_settings_are_asked_for_once_for_several_people(world):
    await told(world, world.reader)
    asked = len([each for each in world.env.http_requests if each.path.endswith("/permissions")])
    await told(world, world.admin)

    assert asked == len([each for each in world.env.http_requests if each.path.endswith("/permissions")])


@pytest.mark.parametrize("status", [403, 500])
async def test_where_discord_does_not_tell_what_holds_by_default_is_shown(world, status):
    world.env.inject_error("GET", "*/permissions", status=status, times=None)

    assert {"ask", "timeline"} <= named(await told(world, world.reader))
    assert "setup" not in named(await told(world, world.reader))


async def test_its_buttons_work_after_a_restart(world):
    await world.reader.slash(world.channel, "help")
    await world.restart()
    shown = world.channel.history(viewer=world.reader)[-1]

    headlines = await world.reader.click(shown, label="What's new?")
    await world.admin.slash(world.channel, "brief now")
    briefing = await world.reader.click(shown, label="What's new?")
    form = await world.reader.click(shown, label="Ask")

    assert "Newest stories" in said(headlines)
    assert "Oslo" in said(headlines) or "ferry" in said(headlines)
    assert "Bugle" in said(briefing)
    assert headlines.ephemeral
    assert briefing.ephemeral
    assert form.modal["title"] == "Ask about the news"


async def test_where_nothing_was_read_yet_whats_new_says_so(empty_world):
    world = empty_world
    await world.reader.slash(world.channel, "help")

    result = await world.reader.click(world.channel.history(viewer=world.reader)[-1], label="What's new?")

    assert "no news here yet" in said(result)


async def test_it_fits_a_message_and_reads_without_ids_before_the_commands_are_known():
    usable = {entry.command.partition(" ")[0] for entries in guide.GROUPS.values() for entry in entries}

    page = guide.page(usable, {})

    assert (
        sum(len(item.content) for item in page.walk_children() if isinstance(item, discord.ui.TextDisplay))
        < TEXT_LIMIT / 2
    )
    assert len(list(page.walk_children())) <= COMPONENT_LIMIT
    assert "`/feeds add`" in "\n".join(i.content for i in page.walk_children() if isinstance(i, discord.ui.TextDisplay))
