"""What admins did is written down, shown to this server's admins, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from simulated import NOON, OTHER_SERVER, said, text_of


async def audit(world):
    return said(await world.admin.slash(world.channel, "audit"))


def note(world, number, *, guild=None, detail=None):
    at = NOON - timedelta(minutes=100 - number)
    world.newsroom.store.note_action(
        guild or world.guild.id, world.admin.id, "settings", detail or f"change {number}", at
    )


async def test_an_empty_log_says_what_will_stand_there(world):
    text = await audit(world)

    assert "### What admins did · 0" in text
    assert "Whatever an admin changes with my commands is written down here." in text
    assert "kept for 180 days" in text


async def test_who_did_what_and_when_stands_there_and_pings_nobody(world):
    await world.admin.slash(world.channel, "schedule add", channel=world.channel, times="08:00")

    result = await world.admin.slash(world.channel, "audit")

    assert f"> · <@{world.admin.id}> · `/schedule add`" in said(result)
    assert "#news every day at 08:00 (UTC time)" in said(result).replace("\\", "")
    assert result.ephemeral


async def test_the_log_is_turned_page_by_page_before_and_after_a_restart(world):
    for number in range(21):
        note(world, number)
    result = await world.admin.slash(world.channel, "audit")
    message = result.followups[-1] if result.followups else result.response
    first = text_of(message)

    await world.admin.click(message, label="Next")
    second = text_of(message)
    await world.restart()
    await world.admin.click(message, label="Next")

    assert "change 20" in first
    assert "change 11" in first
    assert "change 10" in second
    assert "page 2 of 3" in second
    assert "change 0" in text_of(message)


async def test_another_servers_log_is_not_shown(world):
    note(world, 1, guild=OTHER_SERVER, detail="their secret")

    assert "their secret" not in await audit(world)


async def test_what_was_done_neither_formats_nor_pings(world):
    note(world, 1, detail="@everyone <@1> **bold** [x](https://evil.example) שלום 🦆")

    text = await audit(world)

    assert "@everyone" not in text
    assert "<@1>" not in text
    assert "**bold**" not in text
    assert "](https://evil" not in text
    assert "שלום 🦆" in text


async def test_long_details_keep_within_discords_limits(world):
    for number in range(10):
        note(world, number, detail="*" * 900)

    assert len(await audit(world)) < 4_000


async def test_every_admins_command_that_changes_something_is_written_down(empty_world, outlet):
    world = empty_world
    admin, channel = world.admin, world.channel
    await admin.slash(channel, "feeds add", address=outlet.feed("/rss", "Quay News", "library"))
    await admin.slash(channel, "feeds poll")
    await admin.slash(channel, "feeds notices", channel=channel)
    await admin.slash(channel, "feeds remove", feed="Quay News")
    await admin.slash(channel, "topics follow", text="ferry")
    await admin.slash(channel, "topics mute", text="storm", where="all channels")
    await admin.slash(channel, "topics remove", topic="storm")
    await admin.slash(channel, "schedule add", channel=channel, times="08:00")

    noted = [(each.name, each.detail) for each in reversed(world.newsroom.store.actions(world.guild.id, limit=50)[0])]

    assert noted == [
        ("feeds add", "Quay News"),
        ("feeds poll", "Quay News"),
        ("feeds notices", "#news"),
        ("feeds remove", "Quay News"),
        ("topics follow", "ferry (word, weight 3) in #news"),
        ("topics mute", "storm (word, weight 0) in all channels"),
        ("topics remove", "storm (word, weight 0) in all channels"),
        ("schedule add", "#news every day at 08:00 (UTC time)"),
    ]
