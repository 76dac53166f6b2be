"""A briefing stands in its channel exactly once, whatever happens to the bot, the network or Discord."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord_on_loopback import CHANNEL, GUILD, HISTORY, OTHER_CHANNEL, SEND, VIEW
from news import briefing

from bot.delivery import patience, publishing, reconciling
from bot.delivery.publishing import Publisher, nonce, standing
from bot.operation.vitals import Vitals
from briefs.errors import QuotationError
from briefs.models import PostState

pytest_plugins = ["connected"]

RUN = f"{CHANNEL}:2025-08-01:07:00"
LONG = briefing(times=12)  # needs several messages


async def at_once(_seconds):
    """Wait for nothing between two tries."""


@pytest.fixture
def store(news_store):
    return news_store


@pytest.fixture
def publisher(store, client, clock):
    return Publisher(store, client, clock, pause=at_once)


def texts(messages):
    """All text that stands in messages."""
    return "\n".join(_text(component) for message in messages for component in message["components"])


def _text(component):
    inner = [_text(child) for child in component.get("components", [])]
    return "\n".join([component.get("content", ""), *inner])


async def publish(publisher, what=None, *, channel=CHANNEL, run=RUN):
    return await publisher.publish(GUILD, channel, what or briefing(), run_key=run)


# ------------------------------------------------------------------------------------------------------------ as planned
async def test_a_briefing_is_posted_and_recorded(publisher, loopback, store):
    delivery = await publish(publisher)
    [message] = loopback.stands()
    assert "The ferry line to Oskar Island reopened on Friday" in texts([message])
    assert (delivery.state, delivery.message_ids, delivery.problem) == (PostState.SENT, (int(message["id"]),), None)
    assert [post.state for post in store.posts(RUN)] == [PostState.SENT]


async def test_a_long_briefing_is_several_messages_in_order(publisher, loopback):
    delivery = await publish(publisher, LONG)
    stands = loopback.stands()
    assert len(stands) > 1
    assert delivery.message_ids == tuple(int(message["id"]) for message in stands)


async def test_the_same_run_asked_for_again_posts_nothing_more(publisher, loopback, store, client, clock):
    first = await publish(publisher)
    assert await publish(publisher) == first
    assert await publish(Publisher(store, client, clock)) == first
    assert len(loopback.stands()) == 1


async def test_two_processes_with_one_run_post_once(publisher, loopback, store, client, clock):
    other = Publisher(store, client, clock, pause=at_once)
    await asyncio.gather(publish(publisher), publish(other), publish(publisher))
    assert len(loopback.stands()) == 1


async def test_nobody_is_mentioned(publisher, loopback):
    await publish(publisher)
    [sent] = loopback.requests("POST")
    assert sent["body"]["allowed_mentions"]["parse"] == []


async def test_a_sentence_that_is_not_verbatim_stops_the_post(publisher, loopback, store):
    told = briefing()
    item = told.items[0]
    altered = dataclasses.replace(item.sentences[0], text="The ferry sank.")
    false = dataclasses.replace(told, items=(dataclasses.replace(item, sentences=(altered,)), *told.items[1:]))
    with pytest.raises(QuotationError):
        await publish(publisher, false)
    assert loopback.stands() == []
    assert store.posts(RUN) == ()


# ------------------------------------------------------------------------------------------------ Discord in trouble
@pytest.mark.parametrize(("status", "words"), [(403, "allow it “View Channel”"), (404, "The channel is gone")])
async def test_a_refused_channel_is_that_channels_result(publisher, loopback, store, status, words):
    loopback.refuse(CHANNEL, status)
    delivery = await publish(publisher)
    assert delivery.state is PostState.FAILED
    assert words in delivery.problem
    assert store.told_articles(CHANNEL) == set()
    other = await publish(publisher, channel=OTHER_CHANNEL, run="other")
    assert other.state is PostState.SENT


@pytest.mark.parametrize("statuses", [[503], [429, 429], [503, 429, 503]])
async def test_trouble_that_passes_is_waited_out(publisher, loopback, statuses):
    loopback.fail(*statuses)
    assert (await publish(publisher)).state is PostState.SENT
    assert len(loopback.stands()) == 1


@pytest.fixture
async def half_arrived(loopback, store, client, clock):
    """A long briefing whose channel took the first message and no more."""

    def shut(step):
        if step == "recorded":
            loopback.deny(CHANNEL, SEND)

    loopback.permissions(VIEW | SEND | HISTORY)
    await asyncio.sleep(0.05)  # the client has heard of it
    return await publish(Publisher(store, client, clock, pause=at_once, checkpoint=shut), LONG)


async def test_a_briefing_that_began_to_arrive_waits_for_its_channel(
    half_arrived, publisher, loopback, store, client, clock
):
    assert (half_arrived.state, len(half_arrived.message_ids)) == (PostState.CLAIMED, 1)
    [waiting] = await publisher.reconcile()
    assert waiting.state is PostState.CLAIMED
    loopback.deny(CHANNEL, 0)
    clock.now += timedelta(hours=3)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert [int(message["id"]) for message in loopback.stands()] == list(delivery.message_ids)


@pytest.mark.usefixtures("half_arrived")
async def test_it_does_not_wait_for_ever(publisher, clock):
    clock.now += timedelta(days=2)
    assert [delivery.state for delivery in await publisher.reconcile()] == [PostState.FAILED]
    assert await publisher.reconcile() == ()


# -------------------------------------------------------------------------------------------------------- a bad picture
def pictured(told):
    """Return a briefing whose first story has a picture."""
    first, *rest = told.items
    shown = dataclasses.replace(first, image="https://courier.example/ferry.jpg")
    return dataclasses.replace(told, items=(shown, *rest))


def has_picture(message):
    return "ferry.jpg" in str(message["components"])


def buttons(message):
    """The ids of a message's buttons; they mark it in the channel's history."""
    return re.findall(r"'custom_id': '([^']+)'", str(message["components"]))


async def test_a_picture_that_discord_takes_is_posted(publisher, loopback):
    await publish(publisher, pictured(briefing()))
    assert has_picture(loopback.stands()[0])


@pytest.mark.parametrize("what", [briefing(), LONG])
async def test_a_message_whose_picture_discord_cannot_use_is_posted_without_it(publisher, loopback, what):
    loopback.fail(400)
    delivery = await publish(publisher, pictured(what))
    assert delivery.state is PostState.SENT
    stands = loopback.stands()
    whole = await publish(publisher, pictured(what), channel=OTHER_CHANNEL, run="with its picture")
    assert [has_picture(message) for message in stands] == [False] * len(whole.message_ids)
    assert texts(stands).split() == texts(loopback.stands(OTHER_CHANNEL)).split()
    marks = [[each.split(":", 2)[-1] for each in buttons(m)] for m in (*stands, *loopback.stands(OTHER_CHANNEL))]
    assert marks[: len(stands)] == marks[len(stands) :]


async def test_a_message_that_discord_does_not_take_without_its_picture_either_is_refused(publisher, loopback):
    loopback.fail(400, 400)
    assert (await publish(publisher, pictured(briefing()))).state is PostState.FAILED
    assert len(loopback.requests("POST")) == 2


async def test_a_message_without_a_picture_that_is_refused_is_not_sent_a_second_time(publisher, loopback):
    loopback.fail(400)
    assert (await publish(publisher)).state is PostState.FAILED
    assert len(loopback.requests("POST")) == 1


@pytest.mark.parametrize("step", ["picture refused", "sent"])
async def test_killed_around_a_refused_picture_the_briefing_stands_once(
    step, publisher, loopback, store, client, clock
):
    loopback.fail(400)
    await killed_at(step, store, client, clock, what=pictured(briefing()))
    loopback.forget_nonces()
    loopback.fail(400)  # for whatever is sent again
    clock.now += timedelta(minutes=10)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    [message] = loopback.stands()
    assert not has_picture(message)


async def test_a_long_outage_leaves_the_post_to_the_next_look(publisher, loopback, store):
    loopback.fail(*[503] * 5)
    assert (await publish(publisher)).state is PostState.CLAIMED
    assert loopback.stands() == []
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert len(loopback.stands()) == 1
    assert await publisher.reconcile() == ()


# --------------------------------------------------------------------------------------------------- the bot is killed
class KilledError(BaseException):
    """The process ends here."""


def killer(step, *, times=1):
    """Die at the n-th time a step is done."""
    left = [times]

    def check(done):
        if done == step:
            left[0] -= 1
            if left[0] == 0:
                raise KilledError

    return check


async def killed_at(step, store, client, clock, *, times=1, what=None):
    dying = Publisher(store, client, clock, checkpoint=killer(step, times=times))
    with pytest.raises(KilledError):
        await publish(dying, what)


@pytest.mark.parametrize("step", ["claimed", "sent"])
@pytest.mark.parametrize("later", [timedelta(seconds=5), timedelta(minutes=30)])
async def test_killed_between_claim_send_and_record_the_briefing_stands_once(
    step, later, publisher, loopback, store, client, clock
):
    await killed_at(step, store, client, clock)
    clock.now += later
    loopback.forget_nonces()
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert [int(message["id"]) for message in loopback.stands()] == list(delivery.message_ids)
    assert len(loopback.stands()) == 1


async def test_killed_before_the_claim_nothing_is_told_and_the_run_is_free(publisher, loopback, store, client, clock):
    await killed_at("saved", store, client, clock)
    assert await publisher.reconcile() == ()
    assert store.told_articles(CHANNEL) == set()
    assert (await publish(publisher)).state is PostState.SENT
    assert len(loopback.stands()) == 1


async def test_a_history_that_fails_for_a_moment_is_read_again_at_once(publisher, loopback, store, client, clock):
    await killed_at("claimed", store, client, clock)
    loopback.fault("cut", r"GET /channels/\d+/messages", times=2)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert len(loopback.stands()) == 1


async def test_an_earlier_briefing_of_the_channel_is_not_taken_for_the_one_that_is_looked_for(
    publisher, loopback, store, client, clock
):
    earlier = await publish(publisher, run="an earlier run")
    await killed_at("claimed", store, client, clock)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert set(delivery.message_ids).isdisjoint(earlier.message_ids)
    assert len(loopback.stands()) == 2


async def test_a_history_that_cannot_be_read_for_long_leaves_the_briefing_to_the_next_look(
    publisher, loopback, store, client, clock
):
    await killed_at("sent", store, client, clock)
    loopback.fault("cut", r"GET /channels/\d+/messages", times=None, name="away")
    assert [each.state for each in await publisher.reconcile()] == [PostState.CLAIMED]
    loopback.lift("away")
    assert [each.state for each in await publisher.reconcile()] == [PostState.SENT]
    assert len(loopback.stands()) == 1


async def test_killed_after_the_record_there_is_nothing_to_do(publisher, loopback, store, client, clock):
    await killed_at("recorded", store, client, clock)
    assert await publisher.reconcile() == ()
    assert len(loopback.stands()) == 1


@pytest.mark.parametrize(("step", "times"), [("sent", 1), ("recorded", 1), ("sent", 2), ("recorded", 2)])
async def test_killed_in_the_middle_of_several_messages_each_stands_once(
    step, times, publisher, loopback, store, client, clock
):
    await killed_at(step, store, client, clock, times=times, what=LONG)
    loopback.forget_nonces()
    [delivery] = await publisher.reconcile()
    whole = await publish(publisher, LONG, channel=OTHER_CHANNEL, run="whole")
    assert delivery.state is PostState.SENT
    assert len(delivery.message_ids) == len(whole.message_ids)
    assert len(set(delivery.message_ids)) == len(loopback.stands()) == len(delivery.message_ids)


async def test_killed_between_two_claims_every_message_still_arrives(publisher, loopback, store, clock):
    briefing_id = store.save_briefing(LONG, guild_id=GUILD, channel_id=CHANNEL)
    place = {"guild_id": GUILD, "channel_id": CHANNEL, "briefing_id": briefing_id}
    store.claim(RUN, 0, **place, nonce=nonce(RUN, 0), now=clock.now)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert len(delivery.message_ids) == len(loopback.stands()) > 1


async def test_a_briefing_that_an_update_renders_in_fewer_messages_is_told_where_it_stands_whole(
    publisher, loopback, store, clock
):
    briefing_id = store.save_briefing(briefing(), guild_id=GUILD, channel_id=CHANNEL)
    place = {"guild_id": GUILD, "channel_id": CHANNEL, "briefing_id": briefing_id}
    for part in range(2):
        store.claim(RUN, part, **place, nonce=nonce(RUN, part), now=clock.now)
    [delivery] = await publisher.reconcile()
    assert (len(delivery.message_ids), len(loopback.stands())) == (1, 1)
    assert "/latest shows it whole" in delivery.problem
    assert await publisher.reconcile() == ()


async def test_what_was_sent_is_not_counted_as_refused(half_arrived, store, client, clock):
    vitals = Vitals(clock)
    clock.now += timedelta(days=2)
    await Publisher(store, client, clock, pause=at_once, vitals=vitals).reconcile()
    refused = len(store.posts(RUN)) - len(half_arrived.message_ids)
    assert vitals.briefings == {"posted": 0, "failed": refused}


async def test_a_briefing_of_which_nothing_arrived_is_not_posted_hours_later(publisher, loopback, store, client, clock):
    await killed_at("claimed", store, client, clock)
    clock.now += timedelta(hours=9)
    [delivery] = await publisher.reconcile()
    assert (delivery.state, loopback.stands()) == (PostState.FAILED, [])
    assert store.told_articles(CHANNEL) == set()


async def test_a_briefing_that_began_to_arrive_is_finished_even_hours_later(publisher, loopback, store, client, clock):
    await killed_at("recorded", store, client, clock, what=LONG)
    clock.now += timedelta(hours=9)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT


async def test_a_channel_refused_at_the_restart_does_not_stop_the_others(publisher, loopback, store, client, clock):
    await killed_at("claimed", store, client, clock)
    dying = Publisher(store, client, clock, checkpoint=killer("claimed"))
    with pytest.raises(KilledError):
        await publish(dying, channel=OTHER_CHANNEL, run="other")
    clock.now += timedelta(minutes=10)
    loopback.refuse(CHANNEL, 403)
    deliveries = await publisher.reconcile()
    assert [delivery.state for delivery in deliveries] == [PostState.FAILED, PostState.SENT]


async def test_where_the_history_cannot_be_read_it_is_not_posted_a_second_time(
    store, loopback, client, clock, publisher
):
    await killed_at("sent", store, client, clock)
    clock.now += timedelta(minutes=10)
    loopback.forget_nonces()
    everyone = client.get_guild(GUILD).default_role
    everyone._permissions = discord.Permissions(view_channel=True, send_messages=True).value
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.FAILED
    assert "Read Message History" in delivery.problem
    assert len(loopback.stands()) == 1


# ----------------------------------------------------------------------------------------- time: nonces, clocks, patience
async def passing(publisher, loopback, clock, *, minutes):
    """Let each pause between two tries last for minutes, as where the machine sleeps meanwhile."""

    async def pause(_seconds):
        clock.now += timedelta(minutes=minutes)
        loopback.forget_nonces()

    publisher._pause = pause


@pytest.mark.parametrize("kind", ["cut", "cut after"])
async def test_after_a_pause_in_which_the_nonce_was_forgotten_the_briefing_stands_once(
    kind, publisher, loopback, clock
):
    await passing(publisher, loopback, clock, minutes=10)
    loopback.fault(kind)
    delivery = await publish(publisher)
    assert delivery.state is PostState.SENT
    assert [int(message["id"]) for message in loopback.stands()] == list(delivery.message_ids)
    assert len(delivery.message_ids) == 1


async def test_the_library_does_not_send_again_once_the_nonce_may_be_forgotten(publisher, loopback, monkeypatch):
    monkeypatch.setattr(publishing, "SAFE", 0.5)
    loopback.settings(nonce_seconds=0.5)
    loopback.fault("refuse after", status=502)  # stored; the library tries again after a second
    delivery = await publish(publisher)
    assert delivery.state is PostState.SENT
    assert len(loopback.stands()) == 1


async def hide_history(loopback, client):
    """Take the permission to read the history away, and see that the client knows."""
    loopback.permissions(VIEW | SEND)
    async with asyncio.timeout(10):
        while client.get_guild(GUILD).default_role.permissions.read_message_history:
            await asyncio.sleep(0.01)


async def test_where_the_history_cannot_be_asked_nothing_is_sent_after_the_nonce(publisher, loopback, client, clock):
    await passing(publisher, loopback, clock, minutes=10)
    await hide_history(loopback, client)
    loopback.fault("cut after")
    delivery = await publish(publisher)
    assert delivery.state is PostState.FAILED
    assert "Read Message History" in delivery.problem
    assert len(loopback.stands()) == 1


@pytest.fixture
def hasty(monkeypatch):
    """Little patience, set before the client is made."""
    monkeypatch.setattr(patience, "ANSWER", 0.3)
    monkeypatch.setattr(patience, "LIMITED", 0.05)


@pytest.mark.parametrize("kind", ["silence", "silence after"])
@pytest.mark.usefixtures("hasty")
async def test_an_answer_that_never_comes_is_not_waited_for(kind, publisher, loopback):
    loopback.fault(kind)
    assert (await publish(publisher)).state is PostState.SENT
    assert len(loopback.stands()) == 1


@pytest.mark.parametrize("kind", ["limit", "global limit"])
@pytest.mark.usefixtures("hasty")
async def test_a_long_wait_that_discord_demands_is_not_sat_through_and_stops_nobody_else(kind, publisher, loopback):
    loopback.fault(kind, seconds=3600, times=5)
    assert (await publish(publisher)).state is PostState.CLAIMED
    assert (await publish(publisher, channel=OTHER_CHANNEL, run="other")).state is PostState.SENT
    assert [delivery.state for delivery in await publisher.reconcile()] == [PostState.SENT]


async def test_a_bot_that_leaves_leaves_its_briefing_to_the_next_start(publisher, client, store):
    await client.close()
    assert (await publish(publisher)).state is PostState.CLAIMED
    await publisher.reconcile()
    assert [post.state for post in store.unfinished_posts()] == [PostState.CLAIMED]


OFF = [timedelta(days=-20000), timedelta(hours=-2), timedelta(0), timedelta(hours=2), timedelta(days=30)]


@pytest.mark.parametrize("off", OFF, ids=str)
@pytest.mark.parametrize("set_right", [True, False])
async def test_whatever_the_clock_said_at_the_claim_what_stands_is_found(
    off, set_right, publisher, loopback, store, client, clock
):
    clock.now = datetime.now(UTC) + off
    await killed_at("sent", store, client, clock)
    loopback.forget_nonces()
    if set_right:
        clock.now = datetime.now(UTC)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.SENT
    assert len(loopback.stands()) == 1


async def test_a_clock_that_was_set_back_does_not_make_a_claim_recent(publisher, loopback, store, client, clock):
    await killed_at("sent", store, client, clock)
    loopback.forget_nonces()
    await hide_history(loopback, client)
    clock.now -= timedelta(hours=1)
    [delivery] = await publisher.reconcile()
    assert delivery.state is PostState.FAILED
    assert len(loopback.stands()) == 1


@pytest.mark.parametrize(("later", "state"), [(2, PostState.SENT), (9, PostState.FAILED)])
async def test_among_very_many_messages_it_is_found_or_not_posted_again(
    later, state, publisher, loopback, store, client, clock, monkeypatch
):
    monkeypatch.setattr(reconciling, "AFTER", 5)
    monkeypatch.setattr(reconciling, "BEFORE", 3)
    chatter = client.get_partial_messageable(CHANNEL)
    for number in range(6):
        await chatter.send(str(number))
    await killed_at("sent", store, client, clock)
    for number in range(later):
        await chatter.send(str(number))
    loopback.forget_nonces()
    [delivery] = await publisher.reconcile()
    assert delivery.state is state
    assert len(loopback.stands()) == 6 + 1 + later


# ---------------------------------------------------------------------------------------------------------------- pure
def test_a_nonce_is_the_same_for_the_same_message_and_fits_discord():
    assert nonce(RUN, 0) == nonce(RUN, 0)
    assert len({nonce(RUN, 0), nonce(RUN, 1), nonce("other", 0)}) == 3
    assert len(nonce(RUN, 0)) <= 25


def test_a_run_without_posts_is_still_on_its_way():
    assert standing(()).state is PostState.CLAIMED
