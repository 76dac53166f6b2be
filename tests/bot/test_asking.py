"""Asking: what is offered while typing, forms that outlive a restart, context, what helps where nothing answers."""

from __future__ import annotations

import discord
import pytest
from simulated import NOON, OTHER_SERVER, SECRET, load, said, text_of

from bot import rendering
from bot.commands.completing import completed
from bot.rendering import pages

NAMES = ("Ada Berg", "Jon Vik", "Skagen", "Larvik", "Dmitry Bakanov", "Berg Shipping")
HEADLINES = ("Foreign ministers meet in Oslo", "A very long headline " * 8)


# ------------------------------------------------------------------------------------------------------ while one types
def test_what_is_typed_comes_first_and_a_begun_name_is_completed():
    assert completed("Who met Dmitry B", NAMES, HEADLINES)[:3] == [
        "Who met Dmitry B",
        "Who met Dmitry Bakanov?",
        "What’s new with Dmitry Bakanov?",
    ]


def test_nothing_typed_offers_examples_from_todays_stories():
    offered = completed("", NAMES, HEADLINES)

    assert offered[:2] == ["What’s new with Ada Berg?", "What happened: Foreign ministers meet in Oslo?"]


def test_a_question_that_a_name_does_not_end_is_not_offered_with_one():
    assert completed("When did Dmi", NAMES, ()) == ["When did Dmi", "What’s new with Dmitry Bakanov?"]


def test_words_of_a_headline_find_its_story():
    assert "What happened: Foreign ministers meet in Oslo?" in completed("minist oslo", NAMES, HEADLINES)


@pytest.mark.parametrize(
    "typed", ["", "a", "?!", "В", "مرحبا", "🚀🚀", "x" * 300, "Who met " * 60, "  ", "Ber", "@everyone"]
)
def test_offers_stay_within_discords_limits(typed):
    many = [f"Berg {number}" + "x" * (number % 120) for number in range(200)]
    offered = completed(typed, many, [f"Berg {number} wins" for number in range(100)])

    assert len(offered) <= 25
    assert all(0 < len(each) <= 100 for each in offered)
    assert len(set(offered)) == len(offered)


async def test_names_and_stories_of_this_server_are_offered_and_no_others(world, tmp_path):
    load(world.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)

    offered = await world.reader.autocomplete(world.channel, "ask", "question", "")
    begun = await world.reader.autocomplete(world.channel, "ask", "question", "who met Kas")

    assert any("Ada Berg" in each["name"] for each in offered)
    assert [each["value"] for each in begun] == ["who met Kas"]


async def test_every_offered_question_gets_an_answer(world):
    offered = await world.reader.autocomplete(world.channel, "ask", "question", "")
    offered += (await world.reader.autocomplete(world.channel, "ask", "question", "who met Ada"))[1:]

    assert len(offered) > 4
    for each in offered:
        assert "searched" not in said(await world.reader.slash(world.channel, "ask", question=each["value"])), each


# ---------------------------------------------------------------------------------------------------------------- forms
async def test_a_form_that_was_opened_before_a_restart_is_answered_after_it(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    shown = await world.reader.click(world.channel.last_message, label="Ask a follow-up")

    await world.restart()
    result = await world.reader.submit_modal(shown, {"question": "and where?"})

    assert "where Ada Berg met Jon Vik" in said(result)
    assert not result.ephemeral


async def test_a_form_is_answered_once(world):
    shown = await world.reader.context_menu(world.channel, "Ask about this", await hello(world))

    await world.reader.submit_modal(shown, {"question": "Who met Jon Vik?"})

    assert len([m for m in world.channel.history() if "Ada Berg" in text_of(m)]) == 1


async def test_a_form_may_be_answered_in_private(world):
    shown = await world.reader.context_menu(world.channel, "Ask about this", await hello(world))

    result = await world.reader.submit_modal(shown, {"question": "Who met Jon Vik?", "private": True})

    assert result.ephemeral
    assert "Ada Berg" in said(result)


async def test_a_form_without_words_is_refused_with_an_example(world):
    shown = await world.reader.context_menu(world.channel, "Ask about this", await hello(world))

    result = await world.reader.submit_modal(shown, {"question": "?!"})

    assert "Ask a question in words" in said(result)
    assert result.ephemeral


async def hello(world):
    return await world.admin.send(world.channel, "hello")


# ------------------------------------------------------------------------------------------------------- ask about this
async def test_asking_about_an_answer_of_ours_leans_on_it(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    shown = await world.admin.context_menu(world.channel, "Ask about this", world.channel.last_message)

    assert "where Ada Berg met Jon Vik" in said(await world.admin.submit_modal(shown, {"question": "and where?"}))


async def test_asking_about_a_briefing_is_answered_from_it(world):
    await world.admin.slash(world.channel, "brief now")

    shown = await world.reader.context_menu(world.channel, "Ask about this", world.channel.last_message)
    told = said(await world.reader.submit_modal(shown, {"question": "What happened?"}))

    assert "About: Berg and Vik agree on ferry line" in told
    assert "Ada Berg met Jon Vik" in told


@pytest.mark.parametrize(
    ("words", "prefilled"),
    [
        ("Nice weather. Who met Jon Vik? <@1> https://example.org", "Who met Jon Vik?"),
        ("Berg **met** Vik, <#5> wow", "Berg met Vik, wow"),
        ("<@1> 🚀", "🚀"),
        ("who? " + "long words and no end " * 90, "who?"),
        ("מי פגש את Jon Vik?", "מי פגש את Jon Vik?"),
    ],
)
async def test_asking_about_somebodys_message_begins_with_its_question_or_its_words(world, words, prefilled):
    message = await world.admin.send(world.channel, words)

    shown = await world.reader.context_menu(world.channel, "Ask about this", message)

    assert field(shown)["value"] == prefilled


async def test_asking_about_a_very_long_message_begins_with_as_much_as_a_question_may_hold(world):
    message = await world.admin.send(world.channel, "words without end " * 100)

    shown = await world.reader.context_menu(world.channel, "Ask about this", message)

    assert 250 < len(field(shown)["value"]) <= 300


async def test_asking_about_a_message_without_words_begins_empty_and_embeds_lend_theirs(world):
    webhook = world.guild.create_webhook(world.channel)
    await webhook.send(embeds=[discord.Embed(title="Berg met Vik", description="In **Oslo**?")])
    picture = await world.admin.send(world.channel, "", attachments=[("cat.png", b"x")])

    embedded = await world.reader.context_menu(world.channel, "Ask about this", world.channel.history()[0])
    empty = await world.reader.context_menu(world.channel, "Ask about this", picture)

    assert field(embedded)["value"] == "In Oslo?"
    assert not field(empty).get("value")


# -------------------------------------------------------------------------------------------------------- show to all
async def test_a_private_answer_is_shown_to_all_once(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?", private=True)

    await world.reader.click(asked.response, label="Show to all")

    [public] = [m for m in world.channel.history(viewer=world.admin) if "Ada Berg" in text_of(m)]
    assert f"Shown by <@{world.reader.id}>" in text_of(public)
    assert not world.env.backend.get_message(world.channel.id, public.id).ping_user_ids
    assert "Show to all" not in labels(world.channel.history(viewer=world.reader)[0])


async def test_a_private_answer_that_is_no_longer_kept_is_not_shown(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?", private=True)
    world.newsroom.store.forget_questions(NOON.replace(year=2030))

    result = await world.reader.click(asked.response, label="Show to all")

    assert "a question and its answer for a day only" in said(result)
    assert not world.channel.history(viewer=world.admin)


async def test_a_public_answer_has_nothing_to_show(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")

    assert labels(world.channel.last_message) == ["Sources", "Ask a follow-up"]


# ------------------------------------------------------------------------------------------------- what helps otherwise
async def test_a_name_misspelt_is_offered_and_asked_again_at_a_press(world):
    asked = await world.reader.slash(world.channel, "ask", question="Who sued Skagenn yesterday?")

    result = await world.reader.click(asked.response, label="Did you mean Skagen?")

    assert "Who sued Skagen yesterday?" in said(result)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Should we trust Ada Berg?", "no opinions"),
        ("What do you think about Ada Berg?", "no opinions"),
        ("Will Ada Berg win the next election?", "do not forecast"),
        ("Who won the tennis tournament in Madrid?", "`/feeds add`"),
    ],
)
async def test_what_no_source_can_tell_is_said_honestly(world, question, word):
    told = said(await world.reader.slash(world.channel, "ask", question=question))

    assert word in told
    assert "2 articles searched back to <t:1772463600:D>" in told


async def test_a_question_about_an_answer_that_is_forgotten_is_taken_by_itself(world):
    await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
    shown = await world.reader.click(world.channel.last_message, label="Ask a follow-up")
    world.newsroom.store.forget_questions(NOON.replace(year=2030))

    told = said(await world.reader.submit_modal(shown, {"question": "Who met Ada Berg?"}))

    assert "Jon Vik" in told
    assert "no longer kept" in told


async def test_a_form_about_another_servers_briefing_tells_nothing_of_it(world, tmp_path):
    await world.admin.slash(world.channel, "brief now")
    channel, stranger = world.other_server()
    load(world.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)
    await world.env.bot.get_channel(channel.id).send(
        view=rendering.page(["x"], buttons=[pages.button("A", "answer:99:ask"), pages.button("B", "brief:1:0:ask")])
    )
    shown = await stranger.context_menu(channel, "Ask about this", channel.last_message)

    told = said(await stranger.submit_modal(shown, {"question": "What happened?"}))

    assert "Vik" not in told
    assert "About" not in told


def field(shown):
    """Return the form's first field."""
    return shown.modal["components"][0]["component"]


def labels(message):
    """Return what stands on a message's buttons."""
    return [part.label for part in message.components[0].children[-1].children]
