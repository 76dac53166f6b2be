"""What a person sees who looks at timelines, plans and connections."""

from __future__ import annotations

import looks
import pytest
from simulated import said

from briefs.models import Timeline


@pytest.fixture
def overlooked(world):
    """A bot whose desk has found something to look at."""
    desk = world.newsroom
    desk.timeline = lambda guild, about: looks.LONG if about == "Jon Vik" else looks.SHORT
    desk.agenda = lambda guild, about=None: looks.PLANNED
    desk.connections = lambda guild, about=None: looks.MET
    return world


def answer(result):
    """Return the last message that answered an interaction."""
    return [*([result.response] if result.response else []), *result.followups][-1]


async def test_a_timeline_tells_each_day_in_the_outlets_own_words(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "timeline", about="Ada Berg")

    assert result.ephemeral
    assert "**Monday 2 March 2026**" in said(result)
    assert looks.MEETING in said(result)
    assert "2 sources" in said(result)
    assert "planned" in said(result)


async def test_what_is_planned_is_told_with_the_hour_in_the_readers_own_time(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "upcoming")

    assert "<t:1772699400:f>" in said(result)
    assert "Also reported: Friday 6 March 2026" in said(result)
    assert "called off" in said(result)


async def test_connections_say_who_did_what_to_whom(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "connections", private=False)

    assert not result.ephemeral
    assert "**Harbour Lines** sued **Larvik**" in said(result)


async def test_a_long_timeline_is_turned_page_by_page_after_a_restart(overlooked):
    world = overlooked
    result = await world.reader.slash(world.channel, "timeline", about="Jon Vik")
    assert "page 1 of 4" in said(result)

    await world.restart()
    await world.reader.click(answer(result), label="Next")

    assert "page 2 of 4" in said(result)
    assert "**9.** Vik said 9 things" in said(result)


async def test_nothing_found_offers_names_that_are_known(world):
    world.newsroom.timeline = lambda guild, about: Timeline(about, (), 2)
    result = await world.reader.slash(world.channel, "timeline", about="Ada Brg")

    assert "nothing with a date about **Ada Brg**" in said(result)
    assert "2 articles" in said(result)
    assert "`/timeline about:Ada Berg`" in said(result)
