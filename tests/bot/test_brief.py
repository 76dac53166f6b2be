"""Briefings outside their times: posted now, looked at first, read again."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from simulated import ARTICLES, NOON, OTHER_SERVER, load, said, text_of

from bot.rendering.pages import walked
from bot.scheduling.serving import GRACE, Serving


def answers(result):
    return [*([result.response] if result.response else []), *result.followups]


async def previewed(world):
    """Let an admin look at a briefing; return the message with the offer to post it."""
    return answers(await world.admin.slash(world.channel, "brief preview"))[-1]


# ------------------------------------------------------------------------------------------------------------------ now
async def test_an_admin_posts_a_briefing_and_gets_a_link_to_it(world):
    result = await world.admin.slash(world.channel, "brief now")
    posted = world.channel.last_message

    assert all(answer.ephemeral for answer in answers(result))
    assert "Posted 1 story in" in said(result)
    assert f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{posted.id}" in said(result)
    assert "### 1. " in text_of(posted)
    assert "2 articles by 2 outlets" in text_of(posted)


async def test_the_same_news_are_not_posted_twice(world):
    await world.admin.slash(world.channel, "brief now")
    result = await world.admin.slash(world.channel, "brief now")

    assert "Nothing new for" in said(result)
    assert "`/schedule add` sets one up" in said(result)
    assert len(world.channel.history()) == 1


async def test_what_comes_at_its_time_while_an_admin_posts_by_hand_is_not_told_twice(world, monkeypatch):
    newsroom, both = world.newsroom, threading.Barrier(2)
    compose = newsroom.compose

    def composed(*args, **options):
        made = compose(*args, **options)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)  # for the other, so that neither knows what the other tells
        return made

    monkeypatch.setattr(newsroom, "compose", composed)
    when = {"times": ("12:00",), "days": range(7), "zone": "UTC", "created_by": None, "now": NOON - timedelta(hours=1)}
    schedule = newsroom.store.add_schedule(world.guild.id, world.channel.id, **when)
    serving = Serving(newsroom, world.env.bot.publisher, newsroom.clock, GRACE)
    due = asyncio.create_task(serving.serve(schedule))

    await world.admin.slash(world.channel, "brief now")
    await due

    assert len(world.channel.history()) == 1


async def test_where_nothing_is_new_the_next_briefing_is_named(world):
    when = {"times": ("18:00",), "days": range(7), "zone": "UTC", "created_by": None, "now": NOON}
    world.newsroom.store.add_schedule(world.guild.id, world.channel.id, **when)
    await world.admin.slash(world.channel, "brief now")

    result = await world.admin.slash(world.channel, "brief now")

    due = NOON + timedelta(hours=6)
    assert f"The next briefing there is due <t:{int(due.timestamp())}:f>" in said(result)


async def test_a_briefing_goes_to_the_channel_that_is_named(world):
    other = world.guild.create_text_channel("briefings")

    await world.admin.slash(world.channel, "brief now", channel=other)

    assert "### 1. " in text_of(other.last_message)
    assert world.channel.last_message is None


async def test_what_was_posted_by_hand_stands_in_the_list_of_actions(world):
    await world.admin.slash(world.channel, "brief now")

    (action,), _ = world.newsroom.store.actions(world.guild.id, limit=5)
    assert (action.name, action.user_id) == ("brief now", world.admin.id)


# -------------------------------------------------------------------------------------------------------------- preview
async def test_a_preview_is_for_the_admins_eyes_only_and_posts_nothing(world):
    result = await world.admin.slash(world.channel, "brief preview")

    assert all(answer.ephemeral for answer in answers(result))
    assert "### 1. " in said(result)
    assert "nothing is posted yet" in said(result)
    assert world.channel.last_message is None


async def test_a_preview_is_posted_as_it_was_shown_even_after_a_restart(world):
    result = await world.admin.slash(world.channel, "brief preview")
    shown, offer = answers(result)[-2:]
    await world.restart()

    await world.admin.click(offer, label="Post it now")

    assert text_of(world.channel.last_message) == text_of(shown)
    assert "Posted 1 story in" in text_of(offer)


async def test_a_preview_is_posted_once_and_loses_its_button(world):
    offer = await previewed(world)

    await world.admin.click(offer, label="Post it now")

    assert len(world.channel.history()) == 1
    assert not [each for each in offer.message.components[0].children if each.type is discord.ComponentType.action_row]


async def test_a_preview_whose_stories_were_told_since_is_not_posted(world):
    offer = await previewed(world)
    await world.admin.slash(world.channel, "brief now")

    await world.admin.click(offer, label="Post it now")

    assert len(world.channel.history()) == 1
    assert "posted in this channel in the meantime" in text_of(offer)


async def test_a_preview_that_is_no_longer_kept_says_so_instead_of_posting(world):
    offer = await previewed(world)
    world.newsroom.store.forget_unposted(NOON + timedelta(days=1))

    await world.admin.click(offer, label="Post it now")

    assert "This preview is no longer kept" in text_of(offer)
    assert world.channel.last_message is None


async def test_the_buttons_of_a_preview_work_before_it_is_posted(world):
    result = await world.admin.slash(world.channel, "brief preview")

    sources = await world.admin.click(answers(result)[-2], label="Sources")

    assert "**1.**" in said(sources)


# --------------------------------------------------------------------------------------------------------------- latest
async def test_everyone_reads_the_latest_briefing_again(world):
    await world.admin.slash(world.channel, "brief now")

    for person, command in ((world.reader, "latest"), (world.admin, "brief latest")):
        result = await person.slash(world.channel, command)
        assert all(answer.ephemeral for answer in answers(result))
        assert "### 1. " in said(result)


async def test_what_was_briefed_last_where_one_may_not_read_hides_no_other_briefing(world):
    shut, open_to_me = (discord.PermissionOverwrite(view_channel=each) for each in (False, True))
    board = world.guild.create_text_channel(
        "board", overwrites={world.guild.default_role: shut, world.guild.me: open_to_me}
    )
    talk = world.guild.create_text_channel("talk")
    when = {"times": ("18:00",), "days": range(7), "zone": "UTC", "created_by": None, "now": NOON}
    world.newsroom.store.add_schedule(world.guild.id, world.channel.id, **when)
    bot = world.env.bot
    for place in (world.channel, board):
        made = world.newsroom.compose(world.guild.id, channel_id=place.id, title=f"For {place.name}")
        await bot.publisher.publish(world.guild.id, place.id, made, run_key=place.name)

    assert "For news" in said(await world.reader.slash(talk, "latest"))


@pytest.mark.parametrize("times", [1, 2])
async def test_what_a_person_reads_has_no_picture_where_discord_cannot_use_it(world, times):
    await pictured(world)
    whole = await world.reader.slash(world.channel, "latest")
    world.env.inject_error("POST", "/webhooks/*", status=400, code=50035, message="Invalid Form Body", times=times)

    result = await world.reader.slash(world.channel, "latest")

    if times > 1:  # it was something else that Discord did not take
        assert world.failures()
        return
    assert said(result).replace("\n", "") == said(whole).replace("\n", "")
    assert [has_picture(each) for each in (whole, result)] == [True, False]


async def pictured(world):
    """Post a briefing whose first story has a picture."""
    made = world.newsroom.compose(world.guild.id, channel_id=world.channel.id, title="Briefing")
    first, *rest = made.items
    shown = replace(made, items=(replace(first, image="https://courier.example/ferry.jpg"), *rest))
    await world.env.bot.publisher.publish(world.guild.id, world.channel.id, shown, run_key="pictured")


def has_picture(result):
    shown = (each for answer in answers(result) for each in walked(answer.message.components))
    return any(isinstance(getattr(each, "accessory", None), discord.ThumbnailComponent) for each in shown)


async def test_without_a_briefing_the_latest_says_how_to_get_one(world):
    result = await world.reader.slash(world.channel, "latest")

    assert "No briefing has been posted here yet" in said(result)
    assert world.failures()


async def test_a_stranger_never_reads_another_servers_briefing(world, tmp_path):
    await world.admin.slash(world.channel, "brief now")
    channel, stranger = world.other_server()
    load(world.newsroom, tmp_path, ARTICLES[:1], server=OTHER_SERVER)

    result = await stranger.slash(channel, "latest")

    assert "No briefing has been posted here yet" in said(result)
    assert world.failures()


@pytest.mark.parametrize("command", ["brief now", "brief preview"])
async def test_posting_is_for_those_whom_the_servers_settings_allow(world, command):
    name, _, _ = command.partition(" ")

    (group,) = (each for each in world.env.bot.tree.get_commands() if each.name == name)

    assert group.default_permissions.manage_guild
    assert not group.default_permissions.administrator
