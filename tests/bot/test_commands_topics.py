"""What admins let their channels follow and leave out, and what becomes of it in a briefing."""

from __future__ import annotations

import pytest
from simulated import OTHER_SERVER, said

from briefs.preferences import EVERY_CHANNEL, MOST_TOPICS, Topic, TopicKind


def choices(found):
    return [choice["value"] for choice in found]


# --------------------------------------------------------------------------------------------------------------- topics
async def test_a_muted_word_keeps_its_story_out_of_this_channel_only(world):
    other = world.guild.create_text_channel("other")
    muted = await world.admin.slash(world.channel, "topics mute", text="ministers")

    assert "This channel now mutes **ministers** (word). Stories about it stay out" in said(muted)
    assert "Nothing new for <#" in said(await world.admin.slash(world.channel, "brief now"))
    assert "Posted 1 story" in said(await world.admin.slash(other, "brief now", channel=other))


async def test_a_muted_outlet_of_the_server_is_quoted_in_none_of_its_channels(world):
    await world.admin.slash(world.channel, "topics mute", text="The Bugle", kind="outlet", where="all channels")

    text = said(await world.admin.slash(world.guild.create_text_channel("other"), "brief preview"))

    assert "Harbour Courier" in text
    assert "Bugle" not in text


async def test_a_followed_name_is_listed_and_removed_by_choosing_it(world):
    followed = await world.admin.slash(world.channel, "topics follow", text="Ada Berg", kind="name")
    await world.admin.slash(world.channel, "topics mute", text="ferry", where="all channels")
    listed = said(await world.admin.slash(world.channel, "topics list"))
    offered = choices(await world.admin.autocomplete(world.channel, "topics remove", "topic", "berg"))

    removed = await world.admin.slash(world.channel, "topics remove", topic=offered[0])

    assert "This channel now follows **Ada Berg** (name). Stories about it come forward" in said(followed)
    assert "### Topics · 2" in listed
    assert listed.index("follows **Ada Berg** (name)") < listed.index("**In all channels**")
    assert offered == ["Ada Berg · name · this channel"]
    assert "Removed: **Ada Berg** (name) is a topic like any other again in this channel." in said(removed)
    assert "Ada Berg" not in said(await world.admin.slash(world.channel, "topics list"))


async def test_a_topic_for_a_channel_without_briefings_says_where_it_would_do_something(world):
    store, now = world.newsroom.store, world.newsroom.clock()
    store.add_schedule(world.guild.id, world.channel.id, ("08:00",), range(7), "UTC", None, now)
    admins = world.guild.create_text_channel("admins")

    elsewhere = said(await world.admin.slash(admins, "topics follow", text="ferry"))
    everywhere = said(await world.admin.slash(admins, "topics mute", text="ferry", where="all channels"))
    here = said(await world.admin.slash(world.channel, "topics follow", text="ferry"))

    assert "No briefing is scheduled in this channel." in elsewhere
    assert "No briefing" not in everywhere + here


async def test_a_topic_can_be_removed_by_its_text_alone(world):
    await world.admin.slash(world.channel, "topics mute", text="ferry", where="all channels")

    assert "in all channels" in said(await world.admin.slash(world.channel, "topics remove", topic="Ferry"))
    assert not world.newsroom.store.chosen(world.guild.id, EVERY_CHANNEL).topics


async def test_a_channel_may_choose_otherwise_than_its_server(world):
    await world.admin.slash(world.channel, "topics mute", text="ferry", where="all channels")
    await world.admin.slash(world.channel, "topics follow", text="Ferry", how=1.0)

    listed = said(await world.admin.slash(world.channel, "topics list"))

    assert "treats like any other **Ferry** (word)" in listed
    assert "mutes **ferry** (word) · this channel chose otherwise" in listed
    assert "Posted 1 story" in said(await world.admin.slash(world.channel, "brief now"))


async def test_names_and_outlets_of_the_news_are_offered_while_typing(world):
    either = await world.admin.autocomplete(world.channel, "topics follow", "text", "vi")
    names = await world.admin.autocomplete(world.channel, "topics follow", "text", "vi", kind="name")
    outlets = await world.admin.autocomplete(world.channel, "topics mute", "text", "", kind="outlet")
    words = await world.admin.autocomplete(world.channel, "topics follow", "text", "fer", kind="word")

    followed = await world.admin.slash(world.channel, "topics follow", text=either[0]["value"])

    assert either[0] == {"name": "Jon Vik · name", "value": "name:Jon Vik"}
    assert "follows **Jon Vik** (name)" in said(followed)
    assert choices(names)[0] == "Jon Vik"
    assert sorted(choices(outlets)) == ["Harbour Courier", "The Bugle"]
    assert choices(words) == []


async def test_another_servers_names_and_topics_are_not_offered(world):
    channel, _ = world.other_server()
    world.newsroom.store.set_topic(
        OTHER_SERVER, channel.id, Topic(TopicKind.WORD, "secret", 3), now=world.newsroom.clock()
    )

    assert not await world.admin.autocomplete(world.channel, "topics remove", "topic", "")
    assert world.newsroom.known(OTHER_SERVER, TopicKind.NAME) == ()


@pytest.mark.parametrize(
    ("text", "sentence"), [("the", "Give a word that tells more"), ("…", "such as climate change")]
)
async def test_what_can_be_no_topic_is_refused_with_what_to_write(world, text, sentence):
    assert sentence in said(await world.admin.slash(world.channel, "topics follow", text=text))
    assert world.failures()


async def test_a_topic_that_is_not_there_cannot_be_removed(world):
    assert "no such topic here" in said(await world.admin.slash(world.channel, "topics remove", topic="ferry"))
    assert world.failures()


async def test_there_are_no_more_topics_than_may_be(world):
    store, now = world.newsroom.store, world.newsroom.clock()
    for number in range(MOST_TOPICS):
        store.set_topic(world.guild.id, world.channel.id, Topic(TopicKind.WORD, f"word{number}", 3), now=now)

    refused = await world.admin.slash(world.channel, "topics follow", text="ferry")
    changed = await world.admin.slash(world.channel, "topics mute", text="word1")

    assert "Remove one with /topics remove first" in said(refused)
    assert "now mutes **word1**" in said(changed)
    assert f"### Topics · {MOST_TOPICS}" in said(await world.admin.slash(world.channel, "topics list"))
    assert world.failures()


async def test_a_topic_neither_formats_nor_pings(world):
    text = said(await world.admin.slash(world.channel, "topics follow", text="**@everyone** <@1>"))

    assert "@everyone" not in text
    assert "<@1>" not in text
