"""The small Discord is one that discord.py believes: it greets, resumes, refuses, forgets and fails as the real one does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import discord
import pytest
import yarl

from discord_on_loopback import CHANNEL, GUILD, LOADING, OTHER_CHANNEL, SEND, TOKEN, VIEW, Loopback, description

HEARTBEAT, IDENTIFY, RESUME = 1, 2, 6


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Loopback(tmp_path_factory.mktemp("discord")) as started:
        yield started


@pytest.fixture
def loopback(server):
    server.reset()
    yield server
    assert server.broken() == []


class Client(discord.Client):
    """Writes down what it hears."""

    heard: list

    async def on_message(self, message):
        self.heard.append(message.content)

    async def on_socket_event_type(self, name):
        self.heard.append(name)

    async def on_interaction(self, interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="an answer")
        await interaction.followup.send("and more")


@asynccontextmanager
async def connected(loopback, monkeypatch, **options):
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.environment["DISCORD_API_URL"])
    gateway = yarl.URL(loopback.environment["DISCORD_GATEWAY_URL"])
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    intents = discord.Intents(guilds=True, guild_messages=True)
    async with Client(intents=intents, guild_ready_timeout=0, **options) as opened:
        opened.heard = []
        running = asyncio.create_task(opened.start(TOKEN))
        await until(opened.is_ready)
        yield opened
    await asyncio.gather(running, return_exceptions=True)


async def until(condition, seconds=10):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def ops(loopback, wanted):
    """Wait until the client has said these to the gateway, heartbeats left out."""
    await until(lambda: [op for op in loopback.state()["ops"] if op != HEARTBEAT] == wanted)


# -------------------------------------------------------------------------------------------------------------- gateway
async def test_a_client_is_greeted_and_knows_its_server(loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        assert [channel.id for channel in client.get_guild(GUILD).text_channels] == [CHANNEL, OTHER_CHANNEL]
        assert loopback.state()["ops"][:2] == [HEARTBEAT, IDENTIFY]


async def test_a_command_is_acknowledged_answered_and_followed_up(loopback, monkeypatch):
    async with connected(loopback, monkeypatch):
        token = loopback.interact({"id": "1", "name": "latest", "type": 1})
        await until(lambda: len(loopback.interaction(token)["replies"]) == 2)
    answered = loopback.interaction(token)
    assert answered["callback"]["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert [reply["content"] for reply in answered["replies"]] == ["an answer", "and more"]
    assert not any(reply["flags"] & LOADING for reply in answered["replies"])


@pytest.mark.parametrize(
    "trouble",
    [
        ("drop", {}),
        ("reconnect", {}),
        ("close", {"code": 1001}),
        ("close", {"code": 4000}),
        ("invalidate", {"resumable": True}),
    ],
    ids=str,
)
async def test_after_trouble_a_client_resumes_and_is_told_what_it_missed(trouble, loopback, monkeypatch):
    act, details = trouble
    async with connected(loopback, monkeypatch) as client:
        loopback.gateway(act, **details)
        await client.get_partial_messageable(CHANNEL).send("missed by nobody")
        await ops(loopback, [IDENTIFY, RESUME])
        await until(lambda: "RESUMED" in client.heard and "missed by nobody" in client.heard)
        assert client.heard.count("missed by nobody") == 1


async def test_a_session_that_is_not_known_any_more_is_begun_anew(loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        loopback.gateway("forget")
        loopback.gateway("drop")
        await until(lambda: loopback.state()["ops"].count(IDENTIFY) == 2, seconds=20)
        await until(client.is_ready)


@pytest.mark.parametrize("code", [4004, 4010, 4014])
async def test_a_close_for_good_ends_the_client(code, loopback, monkeypatch):
    expected = discord.PrivilegedIntentsRequired if code == 4014 else discord.ConnectionClosed
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.environment["DISCORD_API_URL"])
    gateway = yarl.URL(loopback.environment["DISCORD_GATEWAY_URL"])
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    async with discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0) as client:
        running = asyncio.create_task(client.start(TOKEN))
        await until(client.is_ready)
        loopback.gateway("close", code=code)
        with pytest.raises(expected):
            await asyncio.wait_for(running, 10)


async def test_a_client_whose_heartbeats_nobody_acknowledges_comes_again(loopback, monkeypatch):
    loopback.settings(heartbeat_interval=200)
    async with connected(loopback, monkeypatch, heartbeat_timeout=0.5) as client:
        loopback.deaf()
        await until(lambda: RESUME in loopback.state()["ops"], seconds=20)
        loopback.deaf(False)
        await until(lambda: "RESUMED" in client.heard)


# ---------------------------------------------------------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("kind", "details"),
    [("refuse", {"status": 500}), ("refuse after", {"status": 502}), ("limit", {}), ("global limit", {}), ("slow", {})],
)
async def test_what_discordpy_tries_again_by_itself_stands_once(kind, details, loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        loopback.fault(kind, **details)
        sent = await client.get_partial_messageable(CHANNEL).send("once")
    [message] = loopback.stands()
    assert int(message["id"]) == sent.id
    assert sum(loopback.faults().values()) == 1


@pytest.mark.parametrize(("kind", "stands"), [("cut", 0), ("cut after", 1)])
async def test_a_cut_connection_leaves_what_was_stored(kind, stands, loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        loopback.fault(kind)
        with pytest.raises((OSError, discord.DiscordException, discord.http.aiohttp.ClientError)):
            await client.get_partial_messageable(CHANNEL).send("cut")
    assert len(loopback.stands()) == stands


async def test_a_limit_without_its_label_is_an_error_at_once(loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        loopback.fault("unlabelled limit")
        with pytest.raises(discord.HTTPException):
            await client.get_partial_messageable(CHANNEL).send("limited")


async def test_a_set_limit_is_waited_for(loopback, monkeypatch):
    loopback.settings(limit=[2, 0.5])
    async with connected(loopback, monkeypatch) as client:
        await asyncio.gather(*(client.get_partial_messageable(CHANNEL).send(str(n)) for n in range(5)))
    assert len(loopback.stands()) == 5


async def test_a_nonce_holds_for_minutes_only(loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        place = client.get_partial_messageable(CHANNEL)
        first = await place.send("a", nonce="n")
        loopback.clock(ahead=299)
        assert (await place.send("a", nonce="n")).id == first.id
        loopback.clock(ahead=600)
        assert (await place.send("a", nonce="n")).id != first.id
    assert len(loopback.stands()) == 2


async def test_a_lost_permission_and_a_lost_channel_are_told_and_refused(loopback, monkeypatch):
    async with connected(loopback, monkeypatch) as client:
        loopback.permissions(VIEW | SEND)
        loopback.deny(CHANNEL, SEND)
        await until(lambda: "CHANNEL_UPDATE" in client.heard)
        with pytest.raises(discord.Forbidden):
            await client.get_partial_messageable(CHANNEL).send("no")
        loopback.delete(OTHER_CHANNEL)
        await until(lambda: "CHANNEL_DELETE" in client.heard)
        with pytest.raises(discord.NotFound):
            await client.get_partial_messageable(OTHER_CHANNEL).send("no")


async def test_what_stands_outlives_the_server(tmp_path, monkeypatch):
    with Loopback(tmp_path) as loopback:
        async with connected(loopback, monkeypatch) as client:
            await client.get_partial_messageable(CHANNEL).send("it stands")
            loopback.kill()
            loopback.start()
            assert [message["content"] for message in loopback.stands()] == ["it stands"]


# ---------------------------------------------------------------------------------------------------------- description
@pytest.fixture
def described():
    found = description()
    if found is None:
        pytest.skip("Discord's description of its interface (../shared/discord/openapi.json) is not here")
    return found


POST = ("POST", f"/channels/{CHANNEL}/messages")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({"content": "fine", "nonce": "1", "enforce_nonce": True}, ""),
        ({"content": "x" * 4001}, "body.content: 'xxx"),
        ({"content": 1}, "is no string or null"),
        ({"nonce": "n" * 26}, "body.nonce"),
        ({"components": [{"type": 99}]}, "body.components[0]"),
        ({"components": [{"type": 10}]}, "content is missing"),
        ({"allowed_mentions": {"parse": ["everybody"]}}, "'everybody' is not"),
        ({"message_reference": {"message_id": 5}}, ""),
    ],
)
def test_what_a_request_breaks_is_named(described, body, rule):
    problems = described.request(*POST, body)
    assert bool(problems) == bool(rule)
    assert rule in "; ".join(problems)


def test_a_path_that_discord_does_not_have_is_named(described):
    assert described.request("GET", "/channels/1/news", None) == ["Discord has no GET /channels/1/news"]


async def test_the_server_tells_what_a_client_broke(described, server, monkeypatch):
    server.reset()
    async with connected(server, monkeypatch) as client:
        await client.get_partial_messageable(CHANNEL).send("x" * 4001)
    assert "out of bounds" in server.broken()[0]
