"""Asking: what is offered while typing, forms that outlive a restart, context, what helps where nothing answers."""

from __future__ import annotations

import pytest
from simulated import OTHER_SERVER, SECRET, load, said, text_of

from bot.commands.completing import completed

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
