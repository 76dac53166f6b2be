"""Talking to the bot without a command: replies, mentions, threads; and what is none of its business."""

from __future__ import annotations

import pytest
from simcord.backend.models.message import AllowedMentions
from simulated import NOON, OTHER_SERVER, SECRET, build, load, said, text_of

from bot.delivery import threads
from bot.delivery.posting import choose
from bot.limits import Limits


def us(world):
    return f"<@{world.env.bot.user.id}>"


def heard(world, channel=None):
    """Return what the bot said in a channel, oldest first."""
    return [m for m in (channel or world.channel).history() if m.author.id == world.env.bot.user.id]


async def ask(world, words, *, person=None, channel=None, reply_to=None):
    """Mention the bot; return what it answered last."""
    channel = channel or world.channel
    await (person or world.reader).send(channel, f"{us(world)} {words}", reply_to=reply_to)
    return heard(world, channel)[-1]


async def silent_reply(world, message, words="and where?"):
    """Reply with the ping turned off."""
    world.env.backend.create_message(
        world.channel.id,
        world.reader.id,
        words,
        reference={"channel_id": str(world.channel.id), "message_id": str(message.id)},
        allowed_mentions=AllowedMentions(replied_user=False),
    )
    await world.env.settle()


# --------------------------------------------------------------------------------------------------------- being asked
async def test_a_mention_with_a_question_is_answered_as_a_reply_that_pings_nobody(world):
    answer = await ask(world, "who met Jon Vik?")

    assert "Ada Berg" in text_of(answer)
    assert answer.reference.message_id == world.channel.history()[0].id
    assert not answer.mentions
    assert [r for r in world.env.http_requests if r.path.endswith("/typing")]


async def test_a_reply_to_an_answer_leans_on_it_whoever_writes_it(world):
    answer = await ask(world, "who met Jon Vik?")

    await world.admin.send(world.channel, "and where?", reply_to=answer)

    assert "where Ada Berg met Jon Vik" in text_of(heard(world)[-1])


async def test_the_next_mention_leans_on_ones_own_last_answer(world):
    await ask(world, "who met Jon Vik?")

    assert "where Ada Berg met Jon Vik" in text_of(await ask(world, "and where?"))
    assert "where Ada Berg" not in text_of(await ask(world, "and where?", person=world.admin))


async def test_a_reply_to_a_briefing_is_answered_from_its_stories(world):
    await world.admin.slash(world.channel, "brief now")
    [briefing] = heard(world)

    answer = await ask(world, "when?", reply_to=briefing)

    assert "About: " in text_of(answer)
    assert "2 March 2026" in text_of(answer)


async def test_a_mention_without_words_gives_a_short_help(world):
    answer = await ask(world, "!?")

    assert "`/ask`" in text_of(answer)
    assert len(text_of(answer).splitlines()) == 2


@pytest.mark.parametrize("words", ["", "hello!", "hi there", "🚀", "help"])
async def test_a_greeting_gets_the_same(world, words):
    assert "`/ask`" in text_of(await ask(world, words))


@pytest.mark.parametrize("words", ["thanks!", "ok, thank you so much", "lol", "good bot 👍", "Nice. Thx"])
async def test_thanks_need_no_answer(world, words):
    await world.reader.send(world.channel, f"{us(world)} {words}")

    assert not heard(world)


async def test_a_reply_that_does_not_mention_the_bot_is_told_so_once_a_day(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    [answer] = heard(world)

    await silent_reply(world, answer)
    await silent_reply(world, answer)

    [_, hint] = heard(world)
    assert f"Begin with {us(world)}" in text_of(hint)
    shown = await world.reader.click(hint, label="Ask here instead")
    assert "where Ada Berg met Jon Vik" in said(await world.reader.submit_modal(shown, {"question": "and where?"}))


async def test_a_reply_to_the_answer_of_a_command_reaches_the_bot_without_its_words(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    await world.reader.send(world.channel, "and where?", reply_to=heard(world)[0])

    assert "Discord shows me your words only if you mention me" in text_of(heard(world)[-1])


@pytest.mark.parametrize(
    "words",
    [
        "who met Jon Vik? " + "x" * 250,
        "🚀" * 150 + " who met Jon Vik?",
        "مَن قابل Jon Vik؟",
        "\u202ewho met Jon Vik?",
        "a" * 1_900,
    ],
)
async def test_long_right_to_left_and_emoji_laden_questions_are_answered(world, words):
    answer = await ask(world, words)

    assert answer.reference
    assert len(text_of(answer)) < 4_000


async def test_two_people_at_once_each_get_their_answer(world):
    backend, channel = world.env.backend, world.channel.id
    for person, words in ((world.reader, "who met Jon Vik?"), (world.admin, "when will the ferry line reopen?")):
        backend.create_message(channel, person.id, f"{us(world)} {words}")
    await world.env.settle()

    told = {m.reference.message_id: text_of(m) for m in heard(world)}
    first, second = (m.id for m in world.channel.history() if m.author.id != world.env.bot.user.id)
    assert "Ada Berg" in told[first]
    assert "June" in told[second]


async def test_after_a_restart_a_reply_still_leans_on_its_answer(world):
    answer = await ask(world, "who met Jon Vik?")
    await world.restart()

    await world.reader.send(world.channel, "and where?", reply_to=answer)

    assert "where Ada Berg met Jon Vik" in text_of(heard(world)[-1])


# --------------------------------------------------------------------------------------------------- none of its business
async def test_what_is_not_said_to_the_bot_is_left_alone(world):
    await world.reader.send(world.channel, "who met Jon Vik?")
    first = await world.admin.send(world.channel, "@everyone who met Jon Vik?")
    await world.reader.send(world.channel, "I wonder, too", reply_to=first)
    await world.guild.create_webhook(world.channel).send(f"{us(world)} who met Jon Vik?")
    await world.reader.edit(world.channel.history()[0], f"{us(world)} who met Jon Vik?")

    assert not heard(world)


async def test_in_private_messages_nothing_is_answered(world):
    await world.reader.send_dm("who met Jon Vik?")

    assert not [r for r in world.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]


# -------------------------------------------------------------------------------------------------------- what goes wrong
async def test_where_the_bot_may_not_answer_it_stays_quiet(world):
    world.env.inject_error("POST", "/channels/*/typing", status=403, code=50013)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)

    await world.reader.send(world.channel, f"{us(world)} who met Jon Vik?")

    assert not heard(world)


async def test_where_the_history_is_closed_the_answer_comes_without_a_reference(world):
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=160002)

    answer = await ask(world, "who met Jon Vik?")

    assert "Ada Berg" in text_of(answer)
    assert answer.reference is None


async def test_a_channel_that_is_gone_or_archived_is_nobodys_failure(world):
    for status, code in ((404, 10003), (400, 50083)):
        world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
        await world.reader.send(world.channel, f"{us(world)} who met Jon Vik?")

    assert not heard(world)


async def test_an_unexpected_failure_gives_a_code(world, monkeypatch):
    monkeypatch.setattr(type(world.newsroom), "answer", lambda *_args, **_options: 1 / 0)

    assert "Something went wrong (code " in text_of(await ask(world, "who met Jon Vik?"))


@pytest.mark.parametrize("words", ["who met Jon Vik?", ""])
async def test_a_flood_is_answered_with_when_to_try_again(world, words):
    await world.env.restart_bot(build(world.newsroom, limits=Limits(person=2)))

    for _ in range(3):
        answer = await ask(world, words)

    assert "Try again in" in text_of(answer)


# ------------------------------------------------------------------------------------------------------------- threads
async def briefing_thread(world):
    """Post a briefing with a thread; return its first post, its briefing and the thread's channel."""
    await world.admin.slash(world.channel, "brief now")
    store, message = world.newsroom.store, heard(world)[0]
    briefing_id, briefing = store.latest_briefing(world.guild.id, world.channel.id)
    run = f"{world.channel.id}:2026-03-03:08:00"
    post = store.claim(
        run, 0, guild_id=world.guild.id, channel_id=world.channel.id, briefing_id=briefing_id, nonce="n", now=NOON
    )
    store.record_sent(post.id, message.id)
    [post] = store.posts(run)
    return post, briefing


async def test_a_briefing_gets_one_thread_whatever_is_repeated(world):
    post, briefing = await briefing_thread(world)
    store = world.newsroom.store

    for _ in range(2):
        assert await threads.open_thread(world.env.bot, store, post, briefing) is None

    [thread] = world.channel.threads
    assert thread.name == "Briefing · 3 March 2026"
    assert store.thread_of(post.briefing_id) == thread.id == post.message_id


async def test_a_thread_that_stood_before_a_crash_is_taken(world):
    post, briefing = await briefing_thread(world)
    await world.env.bot.get_channel(world.channel.id).get_partial_message(post.message_id).create_thread(name="x")

    assert await threads.open_thread(world.env.bot, world.newsroom.store, post, briefing) is None
    assert world.newsroom.store.thread_of(post.briefing_id) == post.message_id


async def test_without_the_permission_the_briefing_stands_and_it_is_said_what_to_allow(world):
    post, briefing = await briefing_thread(world)
    world.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)

    problem = await threads.open_thread(world.env.bot, world.newsroom.store, post, briefing)

    assert "Create Public Threads" in problem
    assert world.newsroom.store.thread_of(post.briefing_id) is None


async def test_a_thread_that_a_crash_prevented_is_opened_where_it_is_wanted(world):
    post, _ = await briefing_thread(world)
    store, client = world.newsroom.store, world.env.bot

    assert await threads.open_missing(client, store, NOON) == {}
    assert not world.channel.threads
    choose(store, world.guild.id, world.channel.id, "thread", value=True)
    world.env.inject_error("POST", "/channels/*/threads", status=500, times=2)
    assert await threads.open_missing(client, store, NOON) == {}
    await threads.open_missing(client, store, NOON)

    assert store.thread_of(post.briefing_id) == world.channel.threads[0].id
    assert not store.posts_without_thread(NOON)


async def test_in_a_briefings_thread_questions_are_about_the_briefing(world):
    post, briefing = await briefing_thread(world)
    await threads.open_thread(world.env.bot, world.newsroom.store, post, briefing)
    [thread] = world.channel.threads

    first = await ask(world, "what happened?", channel=thread)
    second = await ask(world, "when?", channel=thread)

    assert "About: Berg and Vik agree on ferry line" in text_of(first)
    assert "Ada Berg met" in text_of(first)
    assert "March 2026" in text_of(second)


async def test_a_thread_of_another_server_tells_nothing(world, tmp_path):
    channel, stranger = world.other_server()
    load(world.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)
    post, _ = await briefing_thread(world)
    world.newsroom.store.save_thread(channel.id, guild_id=world.guild.id, briefing_id=post.briefing_id)

    answer = await ask(world, "what happened in Oslo?", person=stranger, channel=channel)

    assert "Jon Vik" not in text_of(answer)
    assert "About" not in text_of(answer)
