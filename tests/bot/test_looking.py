"""What a person sees who looks at timelines, plans and connections."""

from __future__ import annotations

import os
from io import BytesIO

import discord
import looks
import pytest
from PIL import Image
from simulated import OTHER_SERVER, SECRET, load, said, text_of

from bot import pictures
from bot.__main__ import build_client
from bot.commands import looking, subjects
from bot.rendering import describing, overviews
from bot.settings import Settings
from briefs.models import Agenda, Connections, Grain, Timeline, When
from briefs.workers import Workers


@pytest.fixture
def overlooked(world):
    """A bot whose desk has found much to look at."""
    desk = world.newsroom
    desk.timeline = lambda guild, about: looks.LONG if about == "Jon Vik" else looks.SHORT
    desk.agenda = lambda guild, about=None: looks.PLANNED
    desk.connections = lambda guild, about=None: looks.MET
    return world


def answer(result):
    """Return the last message that answered an interaction."""
    return [*([result.response] if result.response else []), *result.followups][-1]


def buttons(message):
    """Return the labels of a message's buttons, as a reader sees them."""
    real = message if isinstance(message, discord.Message) else message.message
    found = [c for c in _walk(real.components) if isinstance(c, discord.Button)]
    return [button.label for button in found if not button.disabled]


def _walk(components):
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


# ------------------------------------------------------------------------------------------------------ from real news
async def test_a_timeline_tells_what_the_outlets_wrote_of_somebody(world):
    result = await world.reader.slash(world.channel, "timeline", about="ada berg")

    assert result.ephemeral
    assert "## Ada Berg" in said(result)
    assert "**Monday 2 March 2026**" in said(result)
    assert looks.MEETING in said(result)
    assert "bugle.example" in said(result)


async def test_a_timeline_of_a_story_is_found_by_its_headline(world):
    ((story, headline),) = world.newsroom.headlines(world.guild.id)

    by_id = await world.reader.slash(world.channel, "timeline", about=story)
    by_words = await world.reader.slash(world.channel, "timeline", about=headline)

    assert headline in said(by_id)
    assert said(by_id) == said(by_words)
    assert buttons(answer(by_id)) == ["Sources", "Upcoming", "Connections", "Show to all"]

    await world.reader.click(answer(by_id), label="Connections")

    assert f"## Connections: {headline}" in said(by_id)
    assert "**Ada Berg** met **Jon Vik**" in said(by_id)


async def test_what_is_planned_is_told_of_everything(world):
    result = await world.reader.slash(world.channel, "upcoming")

    assert "## Upcoming" in said(result)
    assert "June 2026" in said(result)
    assert "ferry line" in said(result)


async def test_what_is_planned_in_a_story_is_found_by_its_headline_and_from_its_timeline(world):
    ((story, headline),) = world.newsroom.headlines(world.guild.id)

    by_words = await world.reader.slash(world.channel, "upcoming", about=headline)
    timeline = await world.reader.slash(world.channel, "timeline", about=story)
    await world.reader.click(answer(timeline), label="Upcoming")

    assert f"## Upcoming: {headline}" in said(by_words)
    assert "June 2026" in said(by_words)
    assert said(timeline) == said(by_words)


async def test_connections_say_who_met_whom(world):
    result = await world.reader.slash(world.channel, "connections", private=False)

    assert not result.ephemeral
    assert "**Ada Berg** met **Jon Vik**" in said(result) or "**Jon Vik** met **Ada Berg**" in said(result)


async def test_one_server_never_sees_another_servers_overviews(world, tmp_path):
    channel, stranger = world.other_server()
    load(world.newsroom, tmp_path, [SECRET], server=OTHER_SERVER)
    secret = world.newsroom.headlines(OTHER_SERVER)[0][0]

    stolen = await world.reader.slash(world.channel, "timeline", about=secret)
    here = [await world.reader.slash(world.channel, name, about="Ada Berg") for name in ("timeline", "connections")]
    there = await stranger.slash(channel, "timeline", about="Ada Berg")

    assert not any("Quill" in said(each) or "stranger" in said(each) for each in (stolen, *here))
    assert "Jon Vik" not in said(there)


async def test_a_story_of_another_server_is_nothing_here(world, tmp_path):
    world.other_server()
    far = {
        "id": "far",
        "text": "Kasimir Quill opened a bakery in Tromsø on Sunday. It sells buns.",
        "published_at": "2026-03-02T19:00:00Z",
    }
    load(world.newsroom, tmp_path, [far], server=OTHER_SERVER)

    result = await world.reader.slash(world.channel, "timeline", about=world.newsroom.headlines(OTHER_SERVER)[0][0])

    assert "I found nothing with a date in this story" in said(result)
    assert "Quill" not in said(result)


async def test_sources_show_what_a_timeline_rests_on_in_its_context(world):
    shown = await world.reader.slash(world.channel, "timeline", about="Ada Berg")

    result = await world.reader.click(answer(shown), label="Sources")

    assert result.ephemeral
    assert f"**{looks.MEETING}**" in said(result)


# -------------------------------------------------------------------------------------------------------------- messages
async def test_how_each_moment_stands_is_told_in_words(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")

    assert "2 sources, 2 independent" in said(result)
    assert "-# planned · " in said(result)


async def test_an_hour_is_shown_in_the_readers_own_time_and_other_days_beside_it(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "upcoming")

    assert "<t:1772699400:f>" in said(result)
    assert "Also reported: Friday 6 March 2026 (Harbour Courier" in said(result)
    assert "possible, not certain" in said(result)
    assert "called off" in said(result)


async def test_what_is_planned_comes_with_a_file_for_the_calendar(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "upcoming")

    (file,) = answer(result).attachments
    assert file.filename == "upcoming.ics"
    assert (await file.read()).startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("command", "described"),
    [
        ("timeline", describing.timeline_described(looks.SHORT)),
        ("connections", describing.connections_described(looks.MET)),
    ],
)
async def test_a_picture_says_in_words_what_it_shows(overlooked, command, described):
    result = await overlooked.reader.slash(overlooked.channel, command, about="Ada Berg")

    (file,) = answer(result).attachments
    gallery = next(c for c in _walk(answer(result).message.components) if isinstance(c, discord.MediaGalleryComponent))
    assert file.description == described
    assert gallery.items[0].description == described
    assert Image.open(BytesIO(await file.read())).width == 800


async def test_a_single_moment_needs_no_picture(overlooked):
    overlooked.newsroom.timeline = lambda guild, about: Timeline("Ada Berg", looks.SHORT.moments[:1], 2)
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")

    assert answer(result).attachments == []
    assert "damaged the quay" in said(result)


async def test_a_picture_that_cannot_be_drawn_is_left_out(overlooked, capsys):
    class Broken(Workers):
        def run(self, task, *args):
            message = "no room for fonts"
            raise OSError(message)

    overlooked.env.bot.studio = Broken(0)
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")

    assert answer(result).attachments == []
    assert looks.MEETING in said(result)
    assert "picture not drawn" in capsys.readouterr().out


async def test_the_operators_bot_draws_in_a_process_of_its_own_and_draws_the_same(newsroom):
    client = build_client(Settings(_env_file=None), newsroom)
    try:
        drawn = client.studio.run(pictures.connections_picture, looks.MET)
        assert client.studio.run(os.getpid) != os.getpid()
    finally:
        await client.close()

    assert drawn == pictures.connections_picture(looks.MET)


# ----------------------------------------------------------------------------------------------------------------- pages
async def test_a_long_timeline_is_turned_page_by_page_after_a_restart(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Jon Vik")
    assert "page 1 of 4" in said(result)
    assert len(answer(result).attachments) == 1

    await overlooked.restart()
    await overlooked.reader.click(answer(result), label="Next")

    assert "page 2 of 4" in said(result)
    assert "**9.** Vik said 9 things" in said(result)
    assert answer(result).attachments == []

    await overlooked.reader.click(answer(result), label="Back")

    assert "page 1 of 4" in said(result)
    assert len(answer(result).attachments) == 1


async def test_a_page_that_others_read_stays_and_the_next_is_shown_to_who_pressed(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Jon Vik", private=False)

    turned = await overlooked.admin.click(answer(result), label="Next")

    assert "page 1 of 4" in said(result)
    assert turned.ephemeral
    assert "page 2 of 4" in said(turned)


@pytest.mark.parametrize("command", ["timeline", "upcoming", "connections"])
async def test_what_one_person_sees_is_shown_to_all_once_with_its_picture_or_file(overlooked, command):
    world = overlooked
    result = await world.reader.slash(world.channel, command, about="Jon Vik")
    mine = answer(result)
    had = [file.filename for file in mine.message.attachments]
    await world.restart()

    await world.reader.click(mine, label="Show to all")

    shown = world.channel.last_message
    assert text_of(shown) == f"{text_of(mine)}\n-# Shown by <@{world.reader.id}>"
    assert [file.filename for file in shown.attachments] == had
    assert [file.filename for file in mine.message.attachments] == had
    assert len(had) == 1
    assert "Show to all" not in buttons(mine) + buttons(shown)
    assert len(world.channel.history(viewer=world.admin)) == 1


async def test_a_page_that_was_shown_to_all_is_not_offered_again_when_it_is_turned(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "timeline", about="Jon Vik")
    await world.reader.click(answer(result), label="Next")
    assert "Show to all" in buttons(answer(result))
    page = text_of(answer(result))

    await world.reader.click(answer(result), label="Show to all")
    assert text_of(world.channel.last_message).startswith(page)

    await world.reader.click(answer(result), label="Back")
    assert "Show to all" not in buttons(answer(result))
    await world.reader.click(answer(result), label="Connections")
    assert "Show to all" in buttons(answer(result))


async def test_what_all_see_already_is_not_to_be_shown_to_all_but_ones_own_page_of_it_is(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "timeline", about="Jon Vik", private=False)
    assert "Show to all" not in buttons(answer(result))

    turned = await world.admin.click(answer(result), label="Next")

    assert "Show to all" in buttons(answer(turned))


async def test_what_is_no_longer_kept_is_not_shown_to_all(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "timeline", about="Jon Vik")
    world.newsroom.timeline = lambda guild, about: Timeline("Jon Vik", (), 0)

    await world.reader.click(answer(result), label="Show to all")

    assert looking.GONE in text_of(answer(result))
    assert world.channel.last_message is None


async def test_a_page_that_is_no_more_is_the_last(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Jon Vik")
    overlooked.newsroom.timeline = lambda guild, about: looks.SHORT

    await overlooked.reader.click(answer(result), label="Next")

    assert looks.MEETING in said(result)
    assert "page" not in said(result)


async def test_sources_begin_with_those_of_the_page_and_are_turned(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Jon Vik")
    await overlooked.reader.click(answer(result), label="Next")

    shown = await overlooked.reader.click(answer(result), label="Sources")
    assert "page 3 of 10" in said(shown)
    assert "**9.**" in said(shown)

    await overlooked.reader.click(answer(shown), label="Next")
    assert "page 4 of 10" in said(shown)


async def test_sources_that_are_no_longer_kept_say_so(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "connections")
    overlooked.newsroom.connections = lambda guild, about=None: Connections(None, (), 0)

    shown = await overlooked.reader.click(answer(result), label="Sources")

    assert said(shown) == looking.GONE


async def test_what_is_looked_at_can_be_looked_at_another_way(overlooked):
    timeline = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")
    everything = await overlooked.reader.slash(overlooked.channel, "connections")

    assert buttons(answer(timeline)) == ["Sources", "Ask", "Upcoming", "Connections", "Show to all"]
    assert buttons(answer(everything)) == ["Sources", "Upcoming", "Show to all"]

    await overlooked.reader.click(answer(timeline), label="Upcoming")
    assert "## Upcoming" in said(timeline)
    assert [file.filename for file in answer(timeline).attachments] == ["upcoming.ics"]


async def test_a_question_about_a_name_begins_from_what_is_new(overlooked):
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")
    await overlooked.restart()

    shown = await overlooked.reader.click(answer(result), label="Ask")

    assert shown.modal["title"] == "Ask about Ada Berg"
    assert shown.modal["components"][0]["component"]["value"] == "What’s new with Ada Berg?"


def test_moments_of_one_day_stand_below_one_heading():
    """The time of day stands beside each: an instant where its zone is known, else as it was told."""
    day, first = "2026-03-05", looks.day("2026-03-05").first
    morning = When(f"{day}TMO", 0, 0, Grain.PART_OF_DAY, first, first)
    whens = (looks.day(day), morning, looks.minute(f"{day}T08:30Z"), looks.minute(f"{day}T10:15"))

    found = overviews.rows(Timeline("A day", tuple(looks.moment(looks.MEETING, when) for when in whens)))

    assert {row.heading for row in found} == {"Thursday 5 March 2026"}
    assert [overviews.clock(when) for when in whens] == ["", "morning", "<t:1772699400:f>", "10:15 local time"]


# --------------------------------------------------------------------------------------------------------------- nothing
async def test_a_view_that_shows_nothing_leads_back(overlooked):
    overlooked.newsroom.agenda = lambda guild, about=None: Agenda(about, (), 2)
    result = await overlooked.reader.slash(overlooked.channel, "timeline", about="Ada Berg")

    await overlooked.reader.click(answer(result), label="Upcoming")
    assert "I found nothing planned about **Ada Berg**" in said(result)
    assert answer(result).attachments == []

    await overlooked.reader.click(answer(result), label="Timeline")
    assert looks.MEETING in said(result)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("timeline", "nothing with a date about **Ada Brg**"),
        ("upcoming", "nothing planned about **Ada Brg**"),
        ("connections", "nothing on who met, sued, bought or visited whom about **Ada Brg**"),
    ],
)
async def test_nothing_found_offers_names_that_are_written_alike(world, command, told):
    result = await world.reader.slash(world.channel, command, about="Ada Brg")

    assert told in said(result)
    assert f"`/{command} about:Ada Berg`" in said(result)


async def test_a_server_without_news_is_told_what_to_do(empty_world):
    result = await empty_world.reader.slash(empty_world.channel, "upcoming")

    assert "There is no news on this server yet" in said(result)
    assert "/feeds add" in said(result)


async def test_what_a_person_types_cannot_format_or_ping(world):
    result = await world.reader.slash(
        world.channel, "timeline", about="**@everyone** [x](http://y.example)", private=False
    )

    assert "@everyone" not in said(result)
    assert "[x](" not in said(result)
    assert not answer(result).message.mention_everyone


# ----------------------------------------------------------------------------------------------------------------- names
async def test_names_and_stories_are_offered_while_one_types(world):
    ((story, headline),) = world.newsroom.headlines(world.guild.id)

    for command in ("timeline", "upcoming", "connections"):
        both = await world.reader.autocomplete(world.channel, command, "about", "")
        assert (f"📰 {headline}", story) in [(choice["name"], choice["value"]) for choice in both]
    names = await world.reader.autocomplete(world.channel, "upcoming", "about", "be")

    assert "Ada Berg" in [choice["value"] for choice in names]


def test_what_is_offered_keeps_to_what_discord_takes():
    names = ["كأس العالم", "🚀 Rocket", "x" * 61, *(f"Name {n}" for n in range(60))]
    stories = [(f"s-{n:012}", f"A headline {n} " + "that goes on and on " * 9) for n in range(60)]

    found = subjects.offered("", names, stories)

    assert len(found) == 25
    assert {value for _, value in found} > {"كأس العالم", "s-000000000000"}
    assert all(1 <= len(label) <= 100 and 1 <= len(value) <= 60 for label, value in found)


def test_names_that_begin_so_come_first():
    found = subjects.offered("vik", ["Jon Vik", "Viktor Moe", "Oslo"], [("s-000000000001", "Vik resigns")])

    assert [label for label, _ in found] == ["Viktor Moe", "Jon Vik", "📰 Vik resigns"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  ada   BERG ", "Ada Berg"),
        ("Berg resigns", "s-000000000001"),
        ("📰 Berg resigns", "s-000000000001"),
        ("s-000000000001", "s-000000000001"),
        ("Somebody Else", "Somebody Else"),
        ("\u202e ", None),
        (None, None),
    ],
)
def test_what_is_typed_is_taken_for_what_it_names(typed, meant):
    assert subjects.meant(typed, ["Ada Berg"], [("s-000000000001", "Berg resigns")]) == meant


async def test_a_headline_that_was_offered_shortened_still_finds_its_story():
    headline = "A headline that goes on " + "and on " * 20
    ((label, story),) = subjects.offered("goes", [], [("s-000000000001", headline)])

    assert subjects.meant(label, [], [("s-000000000001", headline)]) == story


def test_the_nearest_names_are_those_written_alike_then_those_that_share_a_word():
    names = ["Oslo", "Ada Berg", "Berg Mining", "Ida Borg"]

    assert subjects.nearest("Ada Burg", names)[:2] == ("Ada Berg", "Ida Borg")
    assert "Berg Mining" in subjects.nearest("Berg", names)
    assert subjects.nearest("Qqq", names) == tuple(names)


# ---------------------------------------------------------------------------------------------------------------- limits
LOUD = "🚀 **كأس** _العالم_ [x](https://y.example) @everyone " * 12


@pytest.mark.parametrize("command", ["timeline", "upcoming", "connections"])
async def test_the_longest_news_fit_a_message_on_every_page(overlooked, command):
    world, about, link = overlooked, "🚀" * 60, "https://news.example/" + "x" * 480
    when = looks.minute("2026-03-05T08:30Z")
    told = {"outlet": LOUD, "url": link}
    others = tuple((when, looks.evidence(LOUD, **told)) for _ in range(9))
    world.newsroom.timeline = lambda guild, about: Timeline(
        LOUD, tuple(looks.moment(LOUD, when, **told) for _ in range(40)), 99
    )
    world.newsroom.agenda = lambda guild, about=None: Agenda(
        LOUD, tuple(looks.plan(LOUD, when, others=others, **told) for _ in range(40)), 99
    )
    links = tuple(looks.link(f"{LOUD}{n}", LOUD, LOUD, when=when) for n in range(40))
    world.newsroom.connections = lambda guild, about=None: Connections(LOUD, links, 99)

    result = await world.reader.slash(world.channel, command, about=about)

    for _ in range(3):
        text = text_of(answer(result))
        assert len(text) <= 4_000
        assert "@everyone" not in text
        assert len(answer(result).message.components) <= 40
        await world.reader.click(answer(result), label="Next")
    assert "page 4 of" in said(result)
