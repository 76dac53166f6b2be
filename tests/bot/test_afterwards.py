"""What follows a delivery: it is passed on from an announcement channel once, its thread opens, and neither holds it up."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
import structlog
from simulated import NOON

from bot.delivery import posting
from bot.delivery.following import Following
from bot.delivery.refusals import PASSED_ON, REFUSALS
from briefs.errors import DatabaseUnavailableError
from briefs.models import PostState


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
async def announcing(world):
    """A server with an announcement channel, and a briefing for it."""
    world.newsroom.clock = Clock()
    await world.restart()
    world.announcements = world.guild.create_news_channel("announcements")
    world.briefing = world.newsroom.compose(world.guild.id, now=NOON)
    return world


async def publish(world, *, channel=None, run="run"):
    publisher = world.env.bot.publisher
    place = channel or world.announcements
    delivery = await publisher.publish(world.guild.id, place.id, world.briefing, run_key=run)
    await publisher.settled()
    return delivery


async def reconcile(world):
    await world.env.bot.publisher.reconcile()
    await world.env.bot.publisher.settled()


def passed_on(world):
    """How often it was asked that a message be passed on."""
    return sum(entry.path.endswith("/crosspost") for entry in world.env.http_requests)


def post(world, run="run"):
    [found] = world.newsroom.store.posts(run)
    return found


async def test_a_briefing_in_an_announcement_channel_is_passed_on_once(announcing):
    delivery = await publish(announcing)
    for _ in range(3):
        await reconcile(announcing)
    assert delivery.state is PostState.SENT
    assert passed_on(announcing) == 1
    assert post(announcing).crossposted_at == NOON


async def test_in_any_other_channel_nothing_is_passed_on(announcing):
    await publish(announcing, channel=announcing.channel)
    await reconcile(announcing)
    assert passed_on(announcing) == 0


async def test_a_channel_that_does_not_want_it_keeps_its_briefing(announcing):
    posting.choose(
        announcing.newsroom.store, announcing.guild.id, announcing.announcements.id, "crosspost", value=False
    )
    await publish(announcing)
    await reconcile(announcing)
    assert passed_on(announcing) == 0


@pytest.mark.parametrize("status", [429, 500])
async def test_what_discord_does_not_let_through_now_is_passed_on_later(announcing, status):
    announcing.env.inject_error("POST", "*/crosspost", status=status)
    delivery = await publish(announcing)
    assert (delivery.state, post(announcing).crossposted_at) == (PostState.SENT, None)
    announcing.newsroom.clock.now += timedelta(minutes=5)
    await reconcile(announcing)
    assert post(announcing).crossposted_at == announcing.newsroom.clock.now


async def test_what_was_passed_on_before_a_crash_is_known_to_be(announcing):
    announcing.env.inject_error("POST", "*/crosspost", status=400, code=PASSED_ON)
    await publish(announcing)
    assert post(announcing).crossposted_at == NOON


async def test_what_may_not_be_passed_on_is_not_tried_for_ever(announcing):
    announcing.env.inject_error("POST", "*/crosspost", status=403, code=50013, times=None)
    await publish(announcing)
    for _ in range(3):
        await reconcile(announcing)
    assert passed_on(announcing) == 1


async def test_what_was_not_passed_on_for_hours_is_old_news(announcing):
    announcing.env.inject_error("POST", "*/crosspost", status=500)
    await publish(announcing)
    announcing.newsroom.clock.now += timedelta(hours=7)
    await reconcile(announcing)
    assert passed_on(announcing) == 1


async def test_a_thread_opens_where_it_is_wanted(announcing):
    posting.choose(announcing.newsroom.store, announcing.guild.id, announcing.channel.id, "thread", value=True)
    await publish(announcing, channel=announcing.channel)
    assert announcing.newsroom.store.thread_of(post(announcing).briefing_id) is not None


async def test_a_thread_that_could_not_be_opened_at_once_is_opened_later(announcing):
    posting.choose(announcing.newsroom.store, announcing.guild.id, announcing.channel.id, "thread", value=True)
    announcing.env.inject_error("POST", "*/threads", status=500)
    await publish(announcing, channel=announcing.channel)
    assert announcing.newsroom.store.thread_of(post(announcing).briefing_id) is None
    await reconcile(announcing)
    assert announcing.newsroom.store.thread_of(post(announcing).briefing_id) is not None


async def test_where_no_thread_may_be_opened_the_briefing_stands_and_admins_are_to_know(announcing):
    posting.choose(announcing.newsroom.store, announcing.guild.id, announcing.channel.id, "thread", value=True)
    announcing.env.inject_error("POST", "*/threads", status=403, code=50013)
    delivery = await publish(announcing, channel=announcing.channel)
    assert delivery.state is PostState.SENT
    [alarm] = announcing.newsroom.store.alarms()
    assert "Create Public Threads" in alarm.detail

    await publish(announcing, channel=announcing.channel, run="next")
    assert announcing.newsroom.store.alarms() == ()


# --------------------------------------------------------------------------------------------------- archived threads
async def archived(world, *, refusals=1):
    thread = await world.env.bot.get_channel(world.channel.id).create_thread(
        name="Briefings", type=discord.ChannelType.public_thread
    )
    await thread.edit(archived=True)
    path = f"/channels/{thread.id}/messages"
    world.env.inject_error("POST", path, status=400, code=50083, message="Thread is archived", times=refusals)
    return thread


async def test_a_thread_is_taken_out_of_the_archive_for_its_briefing(announcing):
    mighty = announcing.guild.create_role("Debrief", permissions=discord.Permissions(manage_channels=True))
    me = announcing.env.backend.guilds[announcing.guild.id].members[announcing.env.backend.bot_user.id]
    me.role_ids.append(mighty.id)
    thread = await archived(announcing)
    assert (await publish(announcing, channel=thread)).state is PostState.SENT


async def test_a_thread_that_is_archived_again_before_each_try_waits(announcing, monkeypatch):
    async def edited(_thread, **_changes):
        """Somebody archives it as often as the bot opens it."""

    thread = await archived(announcing, refusals=None)
    monkeypatch.setattr(discord.Thread, "edit", edited)
    assert (await publish(announcing, channel=thread)).state is PostState.CLAIMED


async def test_a_thread_that_stays_archived_is_refused_with_what_to_do(announcing):
    thread = await archived(announcing, refusals=None)
    delivery = await publish(announcing, channel=thread)
    assert (delivery.state, delivery.problem) == (PostState.FAILED, REFUSALS[50083])


async def test_what_fails_afterwards_is_told_in_the_log_and_a_database_that_is_away_in_a_sentence():
    after = Following(None, None, Clock(), checkpoint=lambda _step: None, alarms=None)
    failures = [DatabaseUnavailableError("The database is locked."), KeyError("nobody expected it")]

    async def fail():
        raise failures.pop(0)

    with structlog.testing.capture_logs() as logged:
        for run in ("one", "two"):
            after.later(fail, run=run)
            await after.settled()
    assert [(each["run"], each.get("cause"), "exc_info" in each) for each in logged] == [
        ("one", "The database is locked.", False),
        ("two", None, True),
    ]
