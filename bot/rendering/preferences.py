"""What a channel wants of its briefings, in words: its settings and who chose each, its topics and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escaping import clip
from bot.rendering.pages import lines
from briefs.preferences import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.preferences import Chosen, Topic

TOPIC_ROOM = 120
SORTS = {
    Sort.IMPORTANCE: "by importance",
    Sort.NEWEST: "newest first",
    Sort.SOURCES: "most sources first",
}
SETTINGS = {
    "stories": "Stories",
    "sentences": "Sentences",
    "words": "Words",
    "sort": "Order",
    "opinion": "Opinion",
    "says_unmoved": "Stories without news",
    "dates": "Dates",
    "post_thread": "Discussion threads",
    "post_images": "Pictures",
    "post_crosspost": "Publishing to followers",
}
SWITCHES = {  # those that are on or off, as a switch is called
    "opinion": "Opinion",
    "says_unmoved": "Stories without news",
    "post_thread": "Discussion threads",
    "post_images": "Pictures",
    "post_crosspost": "Publishing to followers",
}


def choosers_text(channel: Chosen, server: Chosen) -> str:
    """Return who chose which of the settings that hold: the channel, the server for all its channels, or nobody."""
    here = [label for name, label in SETTINGS.items() if name in channel.settings]
    everywhere = [label for name, label in SETTINGS.items() if name in server.settings and name not in channel.settings]
    told = [
        f"Chosen for this channel: {', '.join(here)}." if here else "",
        f"Chosen for all channels: {', '.join(everywhere)}." if everywhere else "",
        "The rest is the default." if here or everywhere else "Nothing is chosen yet: all of it is the default.",
    ]
    return " ".join(filter(None, told))


def topics_text(channel: Sequence[Topic], server: Sequence[Topic]) -> str:
    """Return the topics of a channel and of its server, those that mute last."""
    own = {topic.key for topic in channel}
    here = [f"- {topic_row(topic)}" for topic in _ordered(channel)]
    everywhere = [
        f"- {topic_row(topic)}{' · this channel chose otherwise' if topic.key in own else ''}"
        for topic in _ordered(server)
    ]
    return lines(
        "**In this channel**" if here else "",
        *here,
        "**In all channels**" if everywhere else "",
        *everywhere,
    )


def _ordered(topics: Sequence[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: (-topic.weight, topic.key))


def topic_row(topic: Topic) -> str:
    """Return a topic and what it does, as in "follows **flood** (word)"."""
    return f"{topic_verb(topic)} {topic_name(topic)}"


def topic_verb(topic: Topic) -> str:
    """Return what a topic does to the stories about it."""
    if topic.mutes:
        return "mutes"
    if topic.weight == 1:
        return "treats like any other"
    return "follows" if topic.follows else "puts back"


def topic_name(topic: Topic) -> str:
    """Return a topic as a person reads it."""
    return f"**{clip(topic.text, TOPIC_ROOM)}** ({topic.kind.value})"
