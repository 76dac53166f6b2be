"""One person's flood, or one server's, is slowed down with a word, and keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
import time
from types import SimpleNamespace

import discord
import pytest
from simulated import NOON, build, said

from bot import client, limits
from bot.limits import Limits, TooMuchError
from bot.rendering import pages


class Clock:
    now = 1_000.0

    def __call__(self):
        return self.now


def message(person, server=1):
    guild = SimpleNamespace(id=server) if server else None
    return SimpleNamespace(author=SimpleNamespace(id=person), guild=guild)


def admitted(limit, person, server=1, *, times):
    """How many of so many messages are let in."""
    let_in = 0
    for _ in range(times):
        try:
            limit.admit(message(person, server))
        except TooMuchError:
            continue
        let_in += 1
    return let_in


# --------------------------------------------------------------------------------------------------------- the buckets
def test_a_person_is_let_in_so_often_and_again_after_a_while():
    clock = Clock()
    limit = Limits(person=10, server=1_000, now=clock)
    assert admitted(limit, 7, times=15) == 10
    clock.now += 12
    assert admitted(limit, 7, times=15) == 2
    clock.now += 3_600
    assert admitted(limit, 7, times=15) == 10


def test_the_refusal_says_when_to_try_again_and_then_it_is_so():
    clock = Clock()
    limit = Limits(person=10, server=1_000, now=clock)
    admitted(limit, 7, times=10)
    with pytest.raises(TooMuchError, match=r"You are quicker than I am\. Try again in 6 seconds\."):
        limit.admit(message(7))
    clock.now += 6
    limit.admit(message(7))


def test_one_persons_flood_does_not_slow_down_another():
    limit = Limits(person=10, server=1_000, now=Clock())
    admitted(limit, 7, times=100)
    assert admitted(limit, 8, times=5) == 5


def test_a_server_is_let_in_so_often_whoever_asks_and_other_servers_notice_nothing():
    limit = Limits(person=10, server=60, now=Clock())
    assert sum(admitted(limit, person, times=2) for person in range(50)) == 60
    with pytest.raises(TooMuchError, match="This server asks a lot at the moment"):
        limit.admit(message(99))
    assert admitted(limit, 99, server=2, times=3) == 3


def test_what_the_server_may_not_is_not_taken_from_the_person():
    clock = Clock()
    limit = Limits(person=10, server=60, now=clock)
    for person in range(60):
        admitted(limit, person, times=1)
    admitted(limit, 99, times=50)
    assert admitted(limit, 99, server=2, times=20) == 10


def test_in_private_only_the_person_counts():
    limit = Limits(person=3, server=1, now=Clock())
    assert admitted(limit, 7, server=None, times=9) == 3


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "KEPT", 100)
    limit = Limits(person=10, server=100_000, now=Clock())
    for person in range(500):
        limit.admit(message(person))
    assert len(limit._buckets) == 100
    assert admitted(limit, 499, times=20) == 9


# -------------------------------------------------------------------------------------------------------- in the chat
@pytest.fixture
async def narrow(world):
    """A bot that lets everybody ask twice, and a server three times."""
    world.clock = Clock()
    await world.env.restart_bot(build(world.newsroom, limits=Limits(person=2, server=3, now=world.clock)))
    return world


async def test_too_many_commands_get_a_friendly_word_that_only_the_person_sees(narrow):
    for _ in range(2):
        await narrow.reader.slash(narrow.channel, "ask", question="Who met whom?")
    refused = await narrow.reader.slash(narrow.channel, "ask", question="Who met whom?")
    assert "Try again in 30 seconds." in said(refused)
    assert refused.response.ephemeral
    narrow.clock.now += 30
    assert "Ada Berg" in said(await narrow.reader.slash(narrow.channel, "ask", question="Who met whom?"))


async def test_buttons_count_for_less_than_questions(narrow):
    answer = await narrow.reader.slash(narrow.channel, "ask", question="Who met whom?")
    pressed = [said(await narrow.reader.click(answer.response, label="Sources")) for _ in range(7)]
    assert ["quicker" in text for text in pressed] == [False] * 6 + [True]


async def test_typing_is_never_refused_with_an_error(narrow):
    for _ in range(2):
        await narrow.admin.slash(narrow.channel, "feeds list")
    assert await narrow.admin.autocomplete(narrow.channel, "feeds remove", "feed", "b") == []


async def test_an_autocompletion_that_fails_offers_nothing(world, monkeypatch):
    monkeypatch.setattr(world.newsroom.store, "feeds", lambda *_: 1 / 0)
    assert await world.admin.autocomplete(world.channel, "feeds remove", "feed", "b") == []


async def test_when_very_many_wait_the_next_is_told_so_at_once(world, monkeypatch):
    monkeypatch.setattr(client, "WAITING", 0)
    held, bot = threading.Event(), world.env.bot
    waiting = [asyncio.ensure_future(bot.in_thread(held.wait, 30)) for _ in range(client.THREADS)]
    await asyncio.sleep(0)
    try:
        with pytest.raises(TooMuchError, match="Very many people"):
            await bot.in_thread(len, "")
    finally:
        held.set()
        await asyncio.gather(*waiting)
    assert await bot.in_thread(len, "abc") == 3


async def test_what_was_begun_is_finished_however_many_wait(world, monkeypatch):
    monkeypatch.setattr(client, "WAITING", 0)
    held, full, bot = threading.Event(), asyncio.Event(), world.env.bot

    async def two_steps():
        await bot.in_thread(len, "")
        await full.wait()
        return await bot.in_thread(len, "abc")

    begun = asyncio.create_task(two_steps())
    await asyncio.sleep(0.1)
    waiting = [asyncio.create_task(bot.in_thread(held.wait, 30)) for _ in range(client.THREADS)]
    await asyncio.sleep(0)
    full.set()
    await asyncio.sleep(0)
    held.set()

    assert await begun == 3
    await asyncio.gather(*waiting)


def test_every_kind_of_interaction_costs_something():
    assert all(0 < limits.COSTS.get(kind, 1.0) <= 1 for kind in discord.InteractionType)


async def test_what_keeps_a_processor_busy_is_done_a_few_at_a_time_and_all_of_it(world):
    bot, at_once, most, lock = world.env.bot, 0, 0, threading.Lock()

    def work(number):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.01)
        with lock:
            at_once -= 1
        return number

    assert await asyncio.gather(*(bot.in_turn(work, number) for number in range(20))) == list(range(20))
    assert most == client.TURNS


async def test_typing_is_answered_while_every_thread_is_taken(world):
    held, bot = threading.Event(), world.env.bot
    world.newsroom.store.subscribe(world.guild.id, "https://bugle.example/rss", title="Bugle", now=NOON)
    waiting = [asyncio.ensure_future(bot.in_thread(held.wait, 30)) for _ in range(client.THREADS)]
    await asyncio.sleep(0)
    try:
        [choice] = await world.admin.autocomplete(world.channel, "feeds remove", "feed", "bug")
    finally:
        held.set()
        await asyncio.gather(*waiting)
    assert choice["name"].startswith("Bugle")


CUSTOM_IDS = ("answer:1:sources", "help:news", "setup:start", "look:timeline:0:open:Ada Berg", "feeds:page:0:next")
MENUS = ("setup:times", f"feeds:choose:{'0' * 16}", "settings:0:stories")


@pytest.mark.parametrize("custom_id", [*CUSTOM_IDS, *MENUS])
async def test_every_kind_of_button_and_menu_is_counted(narrow, custom_id):
    for _ in range(2):
        await narrow.admin.slash(narrow.channel, "feeds list")
    options = [discord.SelectOption(label="1"), discord.SelectOption(label="2")]
    menu = discord.ui.Select(custom_id=custom_id, options=options)
    button = pages.button("Press", custom_id)
    view = pages.page(["Here."], **({"menu": menu} if custom_id in MENUS else {"buttons": [button]}))
    await narrow.env.bot.get_channel(narrow.channel.id).send(view=view)
    await narrow.env.settle()
    shown = narrow.channel.last_message
    use = narrow.admin.select(shown, ["1"]) if custom_id in MENUS else narrow.admin.click(shown, label="Press")
    assert "You are quicker than I am" in said(await use)
