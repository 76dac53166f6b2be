"""What admins choose for their channels, and what becomes of it in a briefing."""

from __future__ import annotations

import pytest
from simulated import OTHER_SERVER, said

from bot.commands import settings as commands
from briefs.preferences import EVERY_CHANNEL, MOST_TOPICS, Topic, TopicKind

DEFAULTS = [
    "- **Stories**: at most 5 · the default",
    "- **Sentences**: at most 3 for each story · the default",
    "- **Words**: as many as it takes · the default",
    "- **Order**: the most important first · the default",
    "- **Opinion and background**: left out · the default",
    "- **Stories without news**: not mentioned · the default",
    "- **Dates**: in each reader's own language · the default",
]


def choices(found):
    return [choice["value"] for choice in found]


# --------------------------------------------------------------------------------------------------------------- topics
async def test_a_muted_word_keeps_its_story_out_of_this_channel_only(world):
    other = world.guild.create_text_channel("other")
    muted = await world.admin.slash(world.channel, "topics mute", text="ministers")

    assert "This channel now mutes **ministers** (word). Stories about it stay out" in said(muted)
    assert "Nothing new for this channel" in said(await world.admin.slash(world.channel, "brief now"))
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


# ------------------------------------------------------------------------------------------------------------- settings
async def test_the_settings_of_a_new_server_are_the_defaults(world):
    shown = said(await world.admin.slash(world.channel, "settings show"))

    assert shown.splitlines() == [f"### Briefings in {world.channel.mention}", *DEFAULTS]


async def test_settings_are_kept_for_the_channel_or_the_server_and_say_whose_they_are(world):
    await world.admin.slash(world.channel, "settings set", stories=7, dates="de", unmoved=True, where="all channels")
    shown = said(await world.admin.slash(world.channel, "settings set", stories=2, words=60, sort="newest"))
    other = world.guild.create_text_channel("other")

    assert "**Stories**: at most 2 · this channel's" in shown
    assert "**Words**: at most 60 for each story · this channel's" in shown
    assert "**Order**: the newest first · this channel's" in shown
    assert "**Stories without news**: named in a line · this server's" in shown
    assert "**Dates**: in German · this server's" in shown
    assert "**Stories**: at most 7 · this server's" in said(await world.admin.slash(other, "settings show"))


async def test_a_setting_is_taken_back_alone_or_with_all(world):
    await world.admin.slash(world.channel, "settings set", stories=2, words=0, sentences=1)

    one = said(await world.admin.slash(world.channel, "settings reset", setting="stories"))
    every = said(await world.admin.slash(world.channel, "settings reset"))

    assert "**Stories**: at most 5 · the default" in one
    assert "**Words**: as many as it takes · this channel's" in one
    assert every.splitlines()[1:] == DEFAULTS


async def test_a_setting_shapes_the_briefing(world):
    await world.admin.slash(world.channel, "settings set", sentences=1)

    briefing = world.newsroom.compose(world.guild.id, channel_id=world.channel.id)

    assert [len(item.sentences) for item in briefing.items] == [1]
    assert len(world.newsroom.compose(world.guild.id).items[0].sentences) > 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Choose at least one setting"),
        ({"words": 5}, "The number of words of a story must be a whole number from 10 to 1000, or “none”, not “5”"),
        ({"dates": "klingon", "stories": 9}, "I know no language “klingon”"),
    ],
)
async def test_a_wrong_setting_is_refused_and_nothing_is_kept(world, options, sentence):
    assert sentence in said(await world.admin.slash(world.channel, "settings set", **options))
    assert not world.newsroom.store.chosen(world.guild.id, world.channel.id).settings
    assert world.failures()


async def test_languages_are_offered_by_their_names_and_each_is_one(world):
    offered = await world.admin.autocomplete(world.channel, "settings set", "dates", "portug")
    every = await world.admin.autocomplete(world.channel, "settings set", "dates", "")

    assert offered == [{"name": "Portuguese (Brazil)", "value": "pt-BR"}]
    assert every[0]["value"] == "reader"
    assert len(every) == commands.CHOICES


@pytest.mark.parametrize("command", ["topics list", "settings show"])
async def test_choosing_is_for_admins(world, command):
    assert not {name for name in world.reader.available_commands(world.channel) if name == command}
