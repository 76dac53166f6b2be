"""From an empty server to a scheduled briefing, as an admin does it."""

from __future__ import annotations

import discord
import pytest
from simulated import said, text_of


@pytest.fixture
def world(empty_world):
    """A bot in a server without any feed."""
    return empty_world


def answers(result):
    return [*([result.response] if result.response else []), *result.followups]


async def opened(world, by=None):
    """Run /setup; return the panel."""
    result = await (by or world.admin).slash(world.channel, "setup")
    return answers(result)[-1]


async def test_an_admin_sets_up_a_briefing_in_three_choices(world):
    panel = await opened(world)
    assert panel.ephemeral
    assert "Choose the channel" in text_of(panel)

    await world.admin.select(panel, [world.channel], custom_id="setup:channel")
    await world.admin.select(panel, ["World", "Space"], custom_id="setup:packs")
    assert "Added 11 feeds" in text_of(panel)
    await world.admin.click(panel, label="Start")

    assert "Your briefing is set up" in text_of(panel)
    [schedule] = world.newsroom.store.schedules(world.guild.id)
    assert (schedule.channel_id, schedule.times, schedule.zone) == (world.channel.id, ("08:00",), "UTC")
