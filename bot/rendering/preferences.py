"""What a channel wants of its briefings, in words: its settings and who chose each, its topics and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escaping import clip
from bot.rendering.pages import lines
from briefs.preferences import POSTING, Sort, language_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.posting import Posting
    from briefs.preferences import Chosen, Preferences, Topic

TOPIC_ROOM = 120
SORTS = {
    Sort.IMPORTANCE: "the most important first",
    Sort.NEWEST: "the newest first",
    Sort.SOURCES: "what most sources tell first",
}
SETTINGS = {
    "stories": "Stories",
    "sentences": "Sentences",
    "words": "Words",
    "sort": "Order",
    "opinion": "Opinion and background",
    "says_unmoved": "Stories without news",
    "dates": "Dates",
    "post_thread": "Discussion",
    "post_crosspost": "Passing on",
    "post_images": "Pictures",
}
SWITCHES = {  # those that are on or off, as a switch is called
    "opinion": "Opinion",
    "says_unmoved": "Stories without news",
    "post_thread": "Discussion threads",
    "post_images": "Pictures",
    "post_crosspost": "Passing on",
}


def settings_text(effective: Preferences, posting: Posting, channel: Chosen, server: Chosen) -> str:
    """Return the settings that hold for a channel, each with who chose it."""
    values = _values(effective) | _posted(posting)
    return "\n".join(
        f"- **{label}**: {values[name]} · {_chooser(name, channel, server)}" for name, label in SETTINGS.items()
    )


def _values(wanted: Preferences) -> dict[str, str]:
    words = "as many as it takes" if wanted.words is None else f"at most {wanted.words} for each story"
    language = "in each reader's own language" if wanted.dates is None else f"in {language_name(wanted.dates)}"
    return {
        "stories": f"at most {wanted.stories}",
        "sentences": f"at most {wanted.sentences} for each story",
        "words": words,
        "sort": SORTS[wanted.sort],
        "opinion": "among the news" if wanted.opinion else "left out",
        "says_unmoved": "named in a line" if wanted.says_unmoved else "not mentioned",
        "dates": language,
    }


def _posted(posting: Posting) -> dict[str, str]:
    return {
        f"{POSTING}thread": "a thread under each briefing" if posting.thread else "no thread under briefings",
        f"{POSTING}crosspost": "announcement channels publish to their followers"
        if posting.crosspost
        else "nothing is published to followers",
        f"{POSTING}images": "where a source offers one" if posting.images else "none",
    }


def _chooser(name: str, channel: Chosen, server: Chosen) -> str:
    if name in channel.settings:
        return "this channel's"
    return "this server's" if name in server.settings else "the default"


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
