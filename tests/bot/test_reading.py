"""The buttons under the stories of a briefing, pressed by readers, admins and strangers, before and after restarts."""

from __future__ import annotations

import pytest
from simulated import OTHER_SERVER, SECRET, load, said, text_of
from sqlalchemy import delete

from bot.rendering import pages
from briefs.models import Story
from briefs.store.schema import briefing_articles, briefings, posts

LATER = {
    "id": "gazette",
    "source": "Fjord Gazette",
    "title": "Ferry to Larvik will run from May",
    "url": "https://gazette.example/may",
    "published_at": "2026-03-03T08:00:00Z",
    "text": "The ferry line between Skagen and Larvik will reopen in May, minister Ada Berg said on Tuesday.\n\n"
    "Jon Vik told the Fjord Gazette that the quay in Larvik is repaired already.",
}


@pytest.fixture
async def briefed(world):
    """A world whose channel got a briefing."""
    await world.admin.slash(world.channel, "brief now")
    return world


async def press(world, label, *, who=None):
    return await (who or world.reader).click(world.channel.last_message, label=label)


def answer(result):
    return [*([result.response] if result.response else []), *result.followups][-1]


async def place(world, channel, *found):
    """Let the bot post buttons as another server's message would carry them; return it."""
    view = pages.page(["Press."], buttons=[pages.button(label, custom_id) for label, custom_id in found])
    await world.env.bot.get_channel(channel.id).send(view=view)
    await world.env.settle()
    return channel.last_message


def forget_briefings(store):
    with store._database.writing() as connection:
        for table in (posts, briefing_articles, briefings):
            connection.execute(delete(table))


# ----------------------------------------------------------------------------------------------------------------- more
async def test_more_shows_the_story_card_to_the_one_who_pressed(briefed):
    result = await press(briefed, "More")
    card = said(result)

    assert result.ephemeral
    assert "### " in card
    assert "2 sources · 2 independent" in card
    assert "**In it:**" in card
    assert "Ada Berg" in card.split("**In it:**")[1]
    for outlet in (
        "[bugle.example](https://www.bugle.example/oslo)",
        "[courier.example](https://courier.example/ferry)",
    ):
        assert outlet in card


async def test_a_card_tells_more_than_the_briefing(world):
    world.newsroom.store.choose(world.guild.id, world.channel.id, "sentences", "1")
    await world.admin.slash(world.channel, "brief now")

    card = said(await press(world, "More"))

    assert "ferry line between Skagen and Larvik" not in text_of(world.channel.last_message)
    assert "ferry line between Skagen and Larvik" in card


async def test_a_card_names_who_says_what_where_the_sources_differ(briefed):
    card = said(await press(briefed, "More"))

    assert "**Place:** Bergen (Harbour Courier) or Oslo (The Bugle)" in card


async def test_a_card_shows_the_story_as_it_stands_now(briefed, tmp_path):
    load(briefed.newsroom, tmp_path, [LATER])

    card = said(await press(briefed, "More"))

    assert "gazette.example" in card
    assert "3 sources" in card


async def test_a_story_that_was_merged_into_another_still_opens(briefed):
    store = briefed.newsroom.store
    (story,) = store.stories(["bugle"])
    store.save_stories([Story("s-other", story.article_ids)], merged={story.id: "s-other"})

    assert "2 sources" in said(await press(briefed, "More"))


async def test_a_story_whose_articles_are_gone_says_what_to_do(briefed):
    store = briefed.newsroom.store
    for feed in store.feeds(briefed.guild.id):
        store.unsubscribe(briefed.guild.id, feed.id)

    card = said(await press(briefed, "More"))

    assert "Nothing of this story is kept here any more" in card
    assert "/ask" in card


@pytest.mark.parametrize("label", ["More", "Sources"])
async def test_a_story_that_was_set_aside_is_not_tried_in_the_bot_itself(briefed, label, monkeypatch):
    store = briefed.newsroom.store
    (story,) = store.stories(["bugle"])
    opened = (await press(briefed, "More")) if label == "Sources" else None
    for _ in range(2):
        store.note_crash(
            "story", story.id, feed_id=None, title="Ferry", reason="It died.", now=briefed.newsroom.clock()
        )
    monkeypatch.setattr(briefed.newsroom, "card", None)

    card = said(
        await briefed.reader.click(answer(opened).message, label=label) if opened else await press(briefed, label)
    )

    assert "I crashed over this story twice" in card
    assert "*Sources* in the briefing" in card


async def test_more_works_after_a_restart(briefed):
    await briefed.restart()

    assert "2 sources" in said(await press(briefed, "More"))


@pytest.mark.parametrize("label", ["More", "Sources"])
async def test_once_a_briefing_is_gone_its_buttons_say_so_and_what_to_do(briefed, label):
    forget_briefings(briefed.newsroom.store)

    result = await press(briefed, label)

    assert result.ephemeral
    assert "This briefing is no longer kept" in said(result)
    assert "/latest" in said(result)


async def test_the_cards_buttons_lead_to_timeline_sources_and_question(briefed):
    card = answer(await press(briefed, "More"))

    timeline = await briefed.reader.click(card, label="Timeline")
    sources = await briefed.reader.click(card, label="Sources")
    form = await briefed.reader.click(card, label="Ask")

    assert timeline.ephemeral
    assert sources.ephemeral
    assert "**Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday.**" in said(sources)
    assert form.modal["custom_id"].startswith("ask:story:")


async def test_a_cards_sources_are_paged_in_place(briefed):
    card = answer(await press(briefed, "More"))
    sources = answer(await briefed.reader.click(card, label="Sources"))
    first = text_of(sources)

    await briefed.reader.click(sources, label="Next")

    assert "page 1 of 2" in first
    assert "page 2 of 2" in text_of(sources)


# -------------------------------------------------------------------------------------------------------------- sources
async def test_a_storys_sources_are_its_own_with_their_context(briefed):
    result = await press(briefed, "Sources")

    assert result.ephemeral
    assert "**1.**" in said(result)
    assert "bugle.example" in said(result)


@pytest.mark.parametrize("custom_id", ["spage:1:0:0:back", "page:1:0:0:back"])
async def test_pages_of_sources_turn_in_place_after_a_restart(briefed, custom_id):
    message = await place(briefed, briefed.channel, ("Back", custom_id))
    await briefed.restart()

    await briefed.reader.click(message, label="Back")

    assert "**1.**" in text_of(briefed.channel.last_message)


@pytest.mark.parametrize("custom_id", ["brief:1:0:sources", "brief:1:7:sources"])
async def test_the_sources_of_an_old_message_are_those_of_the_whole_briefing(briefed, custom_id):
    message = await place(briefed, briefed.channel, ("Sources", custom_id))

    result = await briefed.reader.click(message, label="Sources")

    assert result.ephemeral
    assert "bugle.example" in said(result)


# ------------------------------------------------------------------------------------------------------------------ ask
@pytest.mark.parametrize(("custom_id", "context"), [("story:1:0:ask:0", "story:1:0"), ("brief:1:0:ask", "briefing:1")])
async def test_ask_opens_a_form_that_knows_what_it_is_about(briefed, custom_id, context):
    message = await place(briefed, briefed.channel, ("Ask", custom_id))

    result = await briefed.reader.click(message, label="Ask")

    assert result.modal["custom_id"] == f"ask:{context}"


# ------------------------------------------------------------------------------------------------------------ strangers
@pytest.mark.parametrize(
    "custom_id",
    ["story:1:0:more:0", "story:1:0:sources:0", "brief:1:0:sources", "card:1:0:sources", "spage:1:0:1:next"],
)
async def test_another_servers_briefing_is_not_there_for_a_stranger(briefed, tmp_path, custom_id):
    channel, stranger = briefed.other_server()
    load(briefed.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)
    message = await place(briefed, channel, ("Press", custom_id))

    result = await stranger.click(message, label="Press")
    shown = f"{said(result)}\n{text_of(channel.last_message)}"

    assert "This briefing is no longer kept" in shown
    assert "Jon Vik" not in shown


async def test_a_card_never_holds_another_servers_source_of_the_same_story(briefed, tmp_path):
    briefed.other_server()
    load(briefed.newsroom, tmp_path, [{**LATER, "source": "Whisper Weekly"}], server=OTHER_SERVER)
    assert "gazette" in briefed.newsroom.store.stories(["bugle"])[0].article_ids

    card = said(await press(briefed, "More"))

    assert "Whisper" not in card
    assert "2 sources" in card


async def test_a_card_leaves_out_an_outlet_that_the_channel_muted(briefed):
    await briefed.admin.slash(briefed.channel, "topics mute", text="Harbour Courier", kind="outlet")

    card = said(await press(briefed, "More"))

    assert "courier.example" not in card
    assert "The Bugle" in card


async def test_an_admin_sees_what_a_reader_sees(briefed):
    assert said(await press(briefed, "More")) == said(await press(briefed, "More", who=briefed.admin))
