"""What a person sees who uses the commands and buttons."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import discord
from simulated import ARTICLES, NOON, OTHER_SERVER, SECRET, load, said

from bot import rendering
from bot.client import intents
from bot.rendering import pages
from briefs.models import Answer, Evidence, Status
from briefs.store.records import Arrival, Poll


async def test_the_bot_asks_for_no_privileged_intent():
    wanted = intents()

    assert {name for name, on in wanted if on} == {"guilds", "guild_messages"}


# ------------------------------------------------------------------------------------------------------------------ ask
async def test_a_question_gets_a_cited_answer_in_the_channel(world):
    result = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    assert not result.ephemeral
    assert "Ada Berg" in said(result)
    assert "The Bugle" in said(result)
    assert "2 sources" in said(result)


async def test_a_question_is_acknowledged_before_anything_else(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    callback = next(request for request in world.env.http_requests if request.path.endswith("/callback"))

    assert callback.json["type"] == discord.InteractionResponseType.deferred_channel_message.value


async def test_an_answer_does_not_wait_while_every_common_thread_is_busy(world):
    loop, busy = asyncio.get_running_loop(), threading.Event()
    with ThreadPoolExecutor(1) as narrow:
        loop.set_default_executor(narrow)
        briefing = loop.run_in_executor(None, busy.wait)
        result = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
        busy.set()
        await briefing

    assert "Ada Berg" in said(result)


async def test_a_question_can_be_asked_in_private(world):
    result = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?", private=True)

    assert result.ephemeral
    assert "Ada Berg" in said(result)


async def test_a_question_that_nothing_answers_says_so(world):
    result = await world.reader.slash(world.channel, "ask", question="Who won the tennis tournament in Madrid?")

    assert "2 articles searched" in said(result)


async def test_a_question_without_words_is_refused_with_an_example(world):
    result = await world.reader.slash(world.channel, "ask", question="?!…")

    assert "Ask a question in words" in said(result)
    assert all(answer.ephemeral for answer in _answers(result))
    assert world.failures()


async def test_one_server_never_hears_another_servers_news(world, tmp_path):
    channel, stranger = world.other_server()
    load(world.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)

    here = await world.reader.slash(world.channel, "ask", question="Who did Ada Berg meet?")
    there = await stranger.slash(channel, "ask", question="Who did Ada Berg meet?")

    assert "Quill" not in said(here)
    assert "Jon Vik" not in said(there)
    assert "Quill" in said(there)


async def test_an_answer_pings_nobody(world, tmp_path):
    loud = {
        **ARTICLES[0],
        "id": "loud",
        "text": "Ada Berg met @everyone and <@1> in Oslo on Monday. They talked for long.",
    }
    load(world.newsroom, tmp_path, [loud], server=OTHER_SERVER)
    channel, stranger = world.other_server()

    await stranger.slash(channel, "ask", question="Who did Ada Berg meet?")

    assert not channel.last_message.mention_everyone
    assert not channel.last_message.mentions


# -------------------------------------------------------------------------------------------------------------- buttons
async def test_sources_show_the_sentence_in_its_context_to_the_one_who_asks(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    result = await world.reader.click(_answers(asked)[-1], label="Sources")

    assert result.ephemeral
    assert "**1.**" in said(result)
    assert "**Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday.**" in said(result)


async def test_a_follow_up_is_asked_in_a_form_and_answered_for_everyone(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    shown = await world.reader.click(_answers(asked)[-1], label="Ask a follow-up")
    result = await world.reader.submit_modal(shown, {_field(shown): "When will the ferry line reopen?"})

    assert shown.modal["title"] == "Ask a follow-up"
    assert not result.ephemeral
    assert "June" in said(result)


async def test_a_question_that_leans_on_the_one_before_is_understood(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    asked = await world.reader.slash(world.channel, "ask", question="and where?")

    assert "where Ada Berg met Jon Vik" in said(asked)
    assert "Oslo" in said(asked)


async def test_another_persons_question_leans_on_nothing_but_the_answer_whose_button_was_pressed(world):
    answered = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    alone = await world.admin.slash(world.channel, "ask", question="and where?")
    shown = await world.admin.click(_answers(answered)[-1], label="Ask a follow-up")
    pressed = await world.admin.submit_modal(shown, {_field(shown): "and where?"})

    assert "Oslo" not in said(alone)
    assert "where Ada Berg met Jon Vik" in said(pressed)


async def test_buttons_work_after_a_restart(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    await world.admin.slash(world.channel, "brief now")
    answer, briefing = world.channel.history()[:2]

    await world.restart()

    for message in (answer, briefing):
        assert "**1.** " in said(await world.reader.click(message, label="Sources"))
    shown = await world.reader.click(briefing, label="Ask")
    assert "Ada Berg" in said(await world.reader.submit_modal(shown, {_field(shown): "Who met Jon Vik?"}))


async def test_a_button_with_another_servers_number_shows_nothing(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    await world.admin.slash(world.channel, "brief now")
    channel, stranger = world.other_server()
    forged = [pages.button("A", "answer:1:sources"), pages.button("B", rendering.marker(1, 0))]
    await world.env.bot.get_channel(channel.id).send(view=rendering.page(["Forged"], buttons=forged))

    for label in ("A", "B"):
        assert "no longer kept" in said(await stranger.click(channel.last_message, label=label))


async def test_the_pages_of_many_sources_are_turned_in_place(world):
    evidence = tuple(
        Evidence("bugle", start, start + 20, "", f"Outlet {number}")
        for number, start in enumerate(range(0, 100, 20), 1)
    )
    answer = Answer("who?", Status.ANSWERED, "x", "x", evidence=evidence, sources=5)
    number = world.newsroom.store.save_answer(
        answer, guild_id=world.guild.id, channel_id=world.channel.id, asked_by=1, now=NOON
    )
    await world.env.bot.get_channel(world.channel.id).send(view=rendering.answer_message(answer, answer_id=number))
    first = await world.reader.click(world.channel.last_message, label="Sources")

    await world.reader.click(_answers(first)[-1], label="Next")

    assert "Outlet 4" in said(first)
    assert "page 2 of 2" in said(first)


async def test_sources_tell_that_an_article_was_edited_and_could_not_be_read_in_full(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    store = world.newsroom.store
    old, reading = store.articles(["bugle"])["bugle"], store.readings(["bugle"])["bugle"]
    edited = replace(old, id="bugle-2", version=2, version_of="bugle"), replace(reading, article_id="bugle-2")
    feed = store.feeds(world.guild.id)[0]
    store.record_poll(feed.id, Poll(NOON, NOON, (Arrival("bugle", "2", "bugle", edited),)))

    text = said(await world.reader.click(_answers(asked)[-1], label="Sources"))

    assert text.count("edited since") == 1
    assert text.index("The Bugle") < text.index("edited since")


async def test_a_forgotten_answer_is_told_kindly(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    world.newsroom.store.purge_answers(NOON.replace(year=2030))

    result = await world.reader.click(_answers(asked)[-1], label="Sources")

    assert "no longer kept" in said(result)


async def test_an_unexpected_failure_gives_a_code_and_nothing_else(world, monkeypatch, caplog):
    monkeypatch.setattr(type(world.newsroom), "answer", lambda *_args, **_options: 1 / 0)

    result = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    assert "Something went wrong (code " in said(result)
    assert "division" not in said(result)
    assert all(answer.ephemeral for answer in _answers(result))
    assert world.failures()


# ---------------------------------------------------------------------------------------------------------------- brief
async def test_a_channel_that_is_closed_to_the_bot_is_named_with_what_it_needs(world):
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.me: discord.PermissionOverwrite(send_messages=False)}
    )
    result = await world.admin.slash(world.channel, "brief now", channel=closed)

    assert "I may not post in closed. Give me Send Messages there" in said(result)
    assert world.failures()


async def test_a_briefings_sources_are_for_those_who_press(world):
    await world.admin.slash(world.channel, "brief now")

    result = await world.reader.click(world.channel.last_message, label="Sources")

    assert result.ephemeral
    assert re.search(r"\(\[(bugle|courier)\.example\]\(https://\S+/(oslo|ferry)\)\)", said(result))


# ----------------------------------------------------------------------------------------------------------------- help
async def test_a_reader_is_not_offered_the_admins_commands(world):
    offered = set(world.reader.available_commands(world.channel))

    assert {"ask", "latest", "help", "privacy"} <= offered
    assert not any(name.startswith(("brief", "feeds", "schedule", "setup", "status")) for name in offered)


async def test_outside_a_server_nothing_is_offered(world):
    assert not world.reader.user.available_commands()


# ----------------------------------------------------------------------------------------------------------------- sync
async def test_commands_are_told_to_discord_only_when_they_changed(world):
    await world.restart()

    assert len([r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]) == 1


def _answers(result):
    return [*([result.response] if result.response else []), *result.followups]


def _field(shown):
    return shown.modal["components"][0]["component"]["custom_id"]
