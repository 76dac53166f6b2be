"""Whatever goes wrong, a person gets a sentence or a code, and the operator finds the code, the cause and the server in the log."""

from __future__ import annotations

import re
from types import SimpleNamespace

import discord
import pytest
import structlog
from simulated import said, text_of

from bot.commands import failures, forms, stories
from bot.rendering import pages
from bot.scheduling import departures

CODE = re.compile(r"\(code ([A-Z2-9]{6})\)")


class BrokenError(Exception):
    """Something that nobody expected."""


def breaks(*_arguments, **_options):
    raise BrokenError


@pytest.fixture
def logged():
    with structlog.testing.capture_logs() as entries:
        yield entries


def found(entries, told, world):
    """Return the log's entry for the code that a person was told, which has the cause and the server."""
    [code] = CODE.findall(told)
    [entry] = [entry for entry in entries if entry.get("code") == code]
    assert isinstance(entry["exc_info"], BrokenError)
    assert (entry["log_level"], entry["guild"]) == ("error", world.guild.id)
    return entry


async def shown(world, **options):
    """Let the bot post a message with something to press; return it."""
    await world.env.bot.get_channel(world.channel.id).send(view=pages.page(["Press."], **options))
    await world.env.settle()
    return world.channel.last_message


async def opened(world, monkeypatch, form):
    """Let a button open a form; return what opened it."""

    async def press(_button, interaction):
        await interaction.response.send_modal(form)

    monkeypatch.setattr(stories.AnswerAsk, "press", press)
    message = await shown(world, buttons=[pages.button("Ask", "answer:1:ask")])
    return await world.reader.click(message, label="Ask")


# ---------------------------------------------------------------------------------------------- a code that is found
async def test_a_commands_code_is_found_in_the_log(world, logged, monkeypatch):
    monkeypatch.setattr(world.newsroom.store, "feeds", breaks)
    told = said(await world.admin.slash(world.channel, "feeds list"))
    assert found(logged, told, world)["command"] == "feeds list"
    assert world.failures()


async def test_a_buttons_code_is_found_in_the_log(world, logged, monkeypatch):
    monkeypatch.setattr(world.newsroom.store, "answer", breaks)
    message = await shown(world, buttons=[pages.button("Sources", "answer:1:sources")])
    told = said(await world.reader.click(message, label="Sources"))
    assert found(logged, told, world)["command"] == "answer:1:sources"


async def test_a_menus_code_is_found_in_the_log(world, logged, monkeypatch):
    monkeypatch.setattr(world.env.bot.offers, "take", breaks)
    menu = discord.ui.Select(custom_id=f"feeds:choose:{'0' * 16}", options=[discord.SelectOption(label="One")])
    message = await shown(world, menu=menu)
    told = said(await world.admin.select(message, ["One"]))
    assert found(logged, told, world)["command"].startswith("feeds:choose:")


async def test_a_forms_code_is_found_in_the_log(world, logged, monkeypatch):
    monkeypatch.setattr(world.newsroom, "answer", breaks)
    form = await opened(world, monkeypatch, forms.question("Ask", "answer:1"))
    told = said(await world.reader.submit_modal(form, {"question": "Who met whom?"}))
    assert found(logged, told, world)["command"] == "ask:answer:1"


async def test_the_code_below_a_message_is_found_in_the_log(world, logged, monkeypatch):
    monkeypatch.setattr(world.newsroom, "answer", breaks)
    await world.reader.send(world.channel, f"<@{world.env.backend.bot_user.id}> Who met whom?")
    assert found(logged, text_of(world.channel.last_message), world)["command"] == "conversation"


async def test_a_completion_that_fails_is_in_the_librarys_log(world, monkeypatch, caplog):
    monkeypatch.setattr(world.newsroom.store, "feeds", breaks)
    assert await world.admin.autocomplete(world.channel, "feeds remove", "feed", "b") == []
    [record] = [record for record in caplog.records if record.exc_info]
    assert "feeds remove" in record.getMessage()
    assert str(world.guild.id) in record.getMessage()
    assert isinstance(record.exc_info[1].__cause__ or record.exc_info[1], BrokenError)


async def test_an_event_that_fails_is_in_the_log_with_its_server(world, logged, monkeypatch):
    monkeypatch.setattr(departures, "left", breaks)
    world.env.bot.dispatch("guild_remove", world.env.bot.get_guild(world.guild.id))
    await world.env.settle()
    [entry] = [entry for entry in logged if "code" in entry]
    assert (entry["command"], entry["guild"]) == ("on_guild_remove", world.guild.id)
    assert isinstance(entry["exc_info"], BrokenError)
    assert world.failures()


# ------------------------------------------------------------------------------------------------ of another version
@pytest.mark.parametrize("custom_id", ["brief:1:0:applaud", "panel", "answer:x:sources"])
async def test_a_button_that_nobody_answers_any_more_says_so(world, custom_id):
    message = await shown(world, buttons=[pages.button("Old", custom_id)])
    result = await world.reader.click(message, label="Old")
    assert "This belongs to an older version of me" in said(result)
    assert "`/help`" in said(result)
    assert result.response.ephemeral


async def test_a_menu_that_nobody_answers_any_more_says_so(world):
    menu = discord.ui.Select(custom_id="topics:old", options=[discord.SelectOption(label="One")])
    message = await shown(world, menu=menu)
    assert "an older version of me" in said(await world.reader.select(message, ["One"]))


async def test_a_form_that_nobody_takes_in_any_more_says_so(world, monkeypatch):
    old = forms.question("Ask")
    old.custom_id = "ask:nothing:of:today"
    form = await opened(world, monkeypatch, old)
    told = said(await world.reader.submit_modal(form, {"question": "Who met whom?"}))
    assert "This form belongs to an older version of me" in told


async def test_a_button_of_today_is_not_called_old_though_it_takes_long(world):
    message = await shown(world, buttons=[pages.button("Sources", "answer:1:sources")])
    assert "older version" not in said(await world.reader.click(message, label="Sources"))


# ------------------------------------------------------------------------------------------------- Discord is left
async def test_what_leaving_discord_cuts_off_is_no_failure_of_a_command(logged):
    left = SimpleNamespace(is_closed=lambda: True)
    interaction = SimpleNamespace(client=left, type=discord.InteractionType.application_command, command=None, data={})
    await failures.explain(interaction, RuntimeError("Session is closed"))
    assert [entry["event"] for entry in logged] == ["not answered any more"]


async def test_nor_of_an_event(world, logged, monkeypatch):
    monkeypatch.setattr(forms, "submitted", breaks)
    monkeypatch.setattr(world.env.bot, "is_closed", lambda: True)
    world.env.bot.dispatch("interaction", SimpleNamespace(id=1))
    await world.env.settle()
    assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == []
    assert world.failures()
