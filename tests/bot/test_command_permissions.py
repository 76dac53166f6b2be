"""Who may use which command by default; a server's own integration settings may say otherwise, and Discord asks only them."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands
from simulated import build, said

ADMINS = discord.Permissions(manage_guild=True)
BY_DEFAULT = {
    "ask": None,
    "latest": None,
    "timeline": None,
    "upcoming": None,
    "connections": None,
    "help": None,
    "privacy": None,
    "Ask about this": None,
    "brief": ADMINS,
    "schedule": ADMINS,
    "feeds": ADMINS,
    "topics": ADMINS,
    "settings": ADMINS,
    "status": ADMINS,
    "audit": ADMINS,
    "setup": ADMINS,
}


@pytest.fixture
def commands(newsroom):
    """Every command that the bot registers, by its name."""
    from bot.commands import register

    client = build(newsroom)
    register(client)
    return {command.name: command for command in client.tree.get_commands()}


def leaves(command):
    return command.walk_commands() if isinstance(command, app_commands.Group) else [command]


def test_each_command_is_for_admins_or_for_everyone_as_the_table_says(commands):
    assert {name: command.default_permissions for name, command in commands.items()} == BY_DEFAULT


def test_no_command_checks_permissions_itself_so_that_integration_settings_decide(commands):
    assert not [leaf.qualified_name for command in commands.values() for leaf in leaves(command) if leaf.checks]


def test_no_command_is_offered_outside_servers(commands):
    assert not [name for name, command in commands.items() if not command.guild_only]


@pytest.mark.parametrize("name", ["status", "schedule list", "settings", "audit", "topics list", "feeds list"])
async def test_integration_settings_open_a_command_to_a_reader_and_close_it_to_an_admin(world, name):
    synced = await world.env.bot.tree.fetch_commands()
    command = next(each for each in synced if each.name == name.split()[0])
    world.guild.set_command_permissions(command, {world.reader: True, world.admin: False})

    opened = said(await world.reader.slash(world.channel, name))

    assert opened.startswith("### ")
    assert name in world.reader.available_commands(world.channel)
    assert name not in world.admin.available_commands(world.channel)


async def test_whoever_was_given_the_panel_of_settings_may_use_it(world):
    synced = await world.env.bot.tree.fetch_commands()
    command = next(each for each in synced if each.name == "settings")
    world.guild.set_command_permissions(command, {world.reader: True})
    shown = await world.reader.slash(world.channel, "settings")
    message = shown.followups[-1] if shown.followups else shown.response

    await world.reader.select(message, ["3"], custom_id=f"settings:{world.channel.id}:stories")

    assert world.newsroom.store.chosen(world.guild.id, world.channel.id).settings == {"stories": "3"}


def test_commands_belong_to_servers_that_added_the_bot_and_not_to_people(newsroom):
    from bot.commands import register

    client = build(newsroom)
    register(client)
    told = [command.to_dict(client.tree) for command in client.tree.get_commands()]

    assert {(*each["contexts"], *each["integration_types"]) for each in told} == {(0, 0)}  # both: servers alone


async def test_settings_that_could_not_be_looked_up_are_looked_up_again(world, monkeypatch):
    bot = world.env.bot
    monkeypatch.setattr(world.newsroom.store, "settings", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        await bot.permits.of(bot, world.guild.id)
    monkeypatch.undo()

    assert "ask" in await bot.permits.of(bot, world.guild.id)
