"""Whatever a feed writes, nothing of it becomes a link, a mention, a heading or anything else that only we may write."""

from __future__ import annotations

import re

import discord
import pytest
from simcord.components import walk_components
from simcord.preview._markdown import markdown_tokens
from simulated import NOON, SERVER, load
from test_rendering import CONTEXT, _links

from bot.delivery import posting
from bot.notices import message
from briefs.preferences import Topic, TopicKind
from briefs.store.records import Notice

FORGED = (
    "[bank](https://evil.example/a) @everyone @here <@666> <@&666> <#666> <t:666:R> </ask:666> <:x:666> <a:x:666> "
    "||666 hidden|| https://evil.example/b discord.gg/evil `666` ~~666~~ **[x](<https://evil.example/c>)**"
)
OURS = re.compile(r"(?<!\\)<(?:@[!&]?|#|t:|/\w[\w ]*:|a?:\w+:)666")  # what Discord would show as something of its own
PLAIN = (
    "latest",
    "upcoming",
    "connections",
    "status",
    "audit",
    "brief preview",
    "feeds list",
    "schedule list",
    "topics list",
)


def hostile(number):
    """An article that tries it everywhere."""
    return {
        "id": f"evil-{number}",
        "source": f"Evil {FORGED}",
        "title": f"# Ada Berg and Jon Vik {FORGED}",
        "author": FORGED,
        "url": f"https://www.bugle.example/{number}",
        "published_at": f"2026-03-0{number}T15:00:00Z",
        "text": f"Ada Berg met Jon Vik in Oslo on Monday, {FORGED} they said.\n\n# Heading {FORGED}\n\n> Quote {FORGED}\n\n"
        f"The ferry line will reopen on 4 June, said [Ada Berg](https://evil.example/d) {FORGED}.",
    }


@pytest.fixture
async def flooded(empty_world, tmp_path):
    """A server whose sources, topics and errors are all hostile."""
    world, store = empty_world, empty_world.newsroom.store
    load(world.newsroom, tmp_path, [hostile(1), hostile(2)])
    feed = store.subscribe(SERVER, "https://bugle.example/rss", title=FORGED, now=NOON)
    store.record_failure(feed.id, f"It said {FORGED}", at=NOON, next_poll_at=NOON)
    store.add_schedule(SERVER, world.channel.id, ("08:00",), (0,), "UTC", None, NOON)
    store.set_topic(SERVER, world.channel.id, Topic(TopicKind.WORD, FORGED[:90], 3.0), now=NOON)
    store.note_action(SERVER, world.admin.id, "feeds add", FORGED, NOON)
    posting.choose(store, SERVER, world.channel.id, "thread", value=True)
    publisher = world.env.bot.publisher
    briefing = world.newsroom.compose(SERVER, now=NOON, channel_id=world.channel.id)
    await publisher.publish(SERVER, world.channel.id, briefing, run_key="run")
    await publisher.settled()
    return world


async def pressed(world, shown, components):
    """Press every button under a message, *Show to all* first: others put something else in its place."""
    found = [each for each in walk_components(components) if each.get("type") == discord.ComponentType.button.value]
    usable = [each["custom_id"] for each in found if each.get("custom_id") and not each.get("disabled")]
    for custom_id in sorted(usable, key=lambda each: ":show" not in each):
        await world.reader.click(shown, custom_id=custom_id)


async def looked_at(world):
    """Let people look at everything there is."""
    for name in PLAIN:
        await world.admin.slash(world.channel, name)
    for question in ("Who met whom?", "What did Ada Berg say?", "When will the ferry line reopen?"):
        answer = await world.reader.slash(world.channel, "ask", question=question)
        await pressed(world, answer.response, answer.response.components)
    for name in ("timeline", "connections", "upcoming"):
        overview = await world.reader.slash(world.channel, name, about="Ada Berg")
        await pressed(world, overview.response, overview.response.components)
    for briefing in world.channel.history():
        stored = world.env.backend.messages[world.channel.id][briefing.id]
        if "story:" in str(stored.components):
            await pressed(world, briefing, stored.components)
    [feed] = world.newsroom.store.feeds(SERVER)[:1]
    told = message([Notice(SERVER, feed, None, recovered=False)], server=FORGED)
    await world.env.bot.get_channel(world.channel.id).send(view=told)
    await world.env.settle()


def texts(world):
    """Yield every text that the bot sent."""
    for entry in world.env.http_requests:
        body = entry.json if isinstance(entry.json, dict) else {}
        components = body.get("components") or (body.get("data") or {}).get("components") or []
        yield from (each["content"] for each in walk_components(components) if each.get("type") == 10)


async def test_nothing_that_a_feed_writes_becomes_anything_but_text(flooded):
    await looked_at(flooded)
    flooded.failures()
    found = list(texts(flooded))
    assert sum("evil" in text for text in found) > 10, "it was shown, as text"
    for text in found:
        assert not OURS.search(text), text
        assert not re.search(r"@(everyone|here)\b", text), text
        assert not any("evil" in link for link in _links(markdown_tokens(text, context=CONTEXT))), text
        assert not re.search(r"(?<!\\)\|\|", text), text
        assert not re.search(r"(?<!\\)https?://evil", text), text
