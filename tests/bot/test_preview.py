"""The preview: a page in a browser with the real bot behind it."""

from __future__ import annotations

import asyncio
import json
import re
import socket

import aiohttp
import discord
import pytest
import simcord
from outlet import LOOPBACK
from simulated import ARTICLES, NOON, build, load, said

from bot import preview, rendering
from bot.desk import open_samples
from bot.settings import Settings
from briefs.errors import SettingError
from briefs.newsroom import Newsroom


@pytest.fixture
def desk(tmp_path):
    found = Newsroom.in_memory(clock=lambda: NOON)
    load(found, tmp_path, ARTICLES, server=preview.GUILD)
    yield found
    found.close()


async def test_the_briefing_and_the_address_are_printed_and_the_page_is_served(desk):
    told, bot = [], build(desk)
    serving = asyncio.create_task(preview.serve(bot, port=0, tell=told.append))
    try:
        async with asyncio.timeout(60):
            while len(told) < 2:
                await asyncio.sleep(0.05)
        address = re.search(r"http://127\.0\.0\.1:\d+/", told[1])[0]
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            page = await answer.text()
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    assert "1 story · from 2 articles by 2 outlets" in told[0]
    assert answer.status == 200
    assert "SimCord" in page


def test_the_samples_briefing_is_one_message_with_a_picture_that_the_page_is_given():
    desk, _ = open_samples(Settings(_env_file=None), None, guild_id=preview.GUILD)
    briefing = desk.compose(preview.GUILD, title="Briefing")
    desk.close()

    [message] = rendering.briefing_messages(briefing, briefing_id=1)

    [picture] = [each for each in message.walk_children() if isinstance(each, discord.ui.Thumbnail)]
    name, drawn = preview.sample_pictures()[picture.media.url]
    assert name == "mountain-valley.png"
    assert drawn.startswith(b"\x89PNG")
    assert len(preview.sample_pictures()) == 2


async def test_once_prints_the_briefing_and_returns(desk):
    told = []
    await preview.serve(build(desk), port=0, tell=told.append, once=True)

    assert len(told) == 1
    assert "\n[1] " in told[0]


async def test_a_port_that_is_taken_is_told_with_what_to_set(desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingError, match="PREVIEW_PORT"):
            await preview.serve(build(desk), port=taken.getsockname()[1], tell=lambda _text: None)


async def test_without_articles_the_preview_says_that_there_is_nothing_new():
    desk, told = Newsroom.in_memory(clock=lambda: NOON), []
    await preview.serve(build(desk), port=0, tell=told.append, once=True)
    desk.close()

    assert "Nothing new" in told[0]


async def test_the_one_who_looks_may_do_everything():
    desk = Newsroom.in_memory(clock=lambda: NOON)
    env = simcord.Env(build(desk))
    await env.start()
    channel, admin, reader = preview.furnish(env)
    offered = set(admin.available_commands(channel))
    for_reader = set(reader.available_commands(channel))
    answered = await admin.slash(channel, "status")
    await env.shutdown()
    desk.close()

    assert {"ask", "brief now", "schedule add", "feeds add", "status", "help"} <= offered
    assert for_reader < offered
    assert "No feeds yet" in said(answered)


async def test_what_is_loaded_for_the_preview_is_answered_in_it(tmp_path):
    """The simulation stops some clocks; the news must not lie in the future for it."""
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    desk, _report = open_samples(Settings(_env_file=None), file, guild_id=preview.GUILD)
    env = preview.simulate(build(desk))
    await env.start()
    channel, admin, _reader = preview.furnish(env)
    result = await admin.slash(channel, "ask", question="Who met Jon Vik?")
    await env.shutdown()
    desk.close()

    assert "Ada Berg" in said(result)
    assert channel.last_message.created_at.date() == desk.clock().date()


async def test_a_site_on_this_machine_is_added_in_the_preview_where_it_is_allowed(outlet):
    outlet.feed("/news.xml", "Larvik Post", "library")
    found = Newsroom.in_memory(options=LOOPBACK, clock=lambda: NOON)
    env = preview.simulate(build(found))
    await env.start()
    channel, admin, _reader = preview.furnish(env)
    added = await admin.slash(channel, "feeds add", address=outlet.home(("/news.xml", "Larvik Post")))
    body = f'<opml><body><outline xmlUrl="{outlet.url}/other.xml"/></body></opml>'.encode()
    imported = await admin.slash(channel, "feeds import", file=("list.opml", body))
    await env.shutdown()
    found.close()

    assert "Added **Larvik Post**" in said(added)
    assert "Added 1 feed." in said(imported)


async def test_the_page_calls_no_error_what_the_bot_answers_with_a_sentence(desk, monkeypatch):
    bot = build(desk)
    env = preview.simulate(bot)
    await env.start()
    preview.answer_expected_failures(bot)
    channel, admin, _reader = preview.furnish(env)

    refused = await admin.slash(channel, "ask", question="?!…")
    expected = env.errors_since(0)
    monkeypatch.setattr(type(desk), "answer", lambda *_args, **_options: 1 / 0)
    await admin.slash(channel, "ask", question="Who met Jon Vik?")
    unexpected = env.errors_since(0)
    await env.shutdown()

    assert "Ask a question in words" in said(refused)
    assert not expected
    assert len(unexpected) == 1


async def test_the_simulations_clock_goes_with_the_desks(desk):
    hours = [12]
    desk.clock = lambda: NOON.replace(hour=hours[-1])
    env = preview.simulate(build(desk))
    await env.start()
    channel, admin, _reader = preview.furnish(env)
    await admin.slash(channel, "ask", question="Who met Jon Vik?")
    before = channel.last_message.created_at
    hours.append(13)
    await admin.slash(channel, "ask", question="Who met Jon Vik?")
    await env.shutdown()

    assert (before.hour, channel.last_message.created_at.hour) == (12, 13)
