"""What a message that somebody points at is about: an answer, a briefing or a story of ours, or the words of somebody; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord

from bot.asking import QUESTION_LIMIT
from bot.rendering import flat, shorten
from bot.rendering.pages import walked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ANSWER = re.compile(r"(?:answer|apage):(\d{1,18}):")
_STORY = re.compile(r"story:(\d{1,18}:\d{1,4})(?::|$)")
_BRIEFING = re.compile(r"(?:brief|page):(\d{1,18}):")
_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:)\S*?>")
_MARKUP = re.compile(r"[*_~`|#>]+")
_ADDRESS = re.compile(r"https?://\S+")
_ASKS = re.compile(r"[^.!?\n]*\?")


def context(message: discord.Message) -> str:
    """Return what a message of ours is about, as ``bot.asking`` writes it; '' for nothing in particular."""
    ids = [custom_id for part in walked(message.components) if (custom_id := getattr(part, "custom_id", None))]
    answers = [found[1] for each in ids if (found := _ANSWER.match(each))]
    stories = dict.fromkeys(found[1] for each in ids if (found := _STORY.match(each)))
    briefings = [found[1] for each in ids if (found := _BRIEFING.match(each))]
    if answers:
        return f"answer:{answers[0]}"
    if len(stories) == 1:
        return f"story:{next(iter(stories))}"
    told = [*(each.partition(":")[0] for each in stories), *briefings]
    return f"briefing:{told[0]}" if told else ""


def question(message: discord.Message) -> str:
    """Return what somebody's message asks, or what it says: its last question, else its words, as long as a question may be."""
    words = words_of(message)
    asked = [each.strip() for each in _ASKS.findall(words) if any(c.isalpha() for c in each)]
    return shorten(asked[-1] if asked else words, QUESTION_LIMIT)


def words_of(message: discord.Message) -> str:
    """Return the words of a message in lines, without mentions, addresses and markup; those of its embeds where it has none."""
    texts = [message.content, *(snapshot.content for snapshot in message.message_snapshots)]
    if not any(map(plain, texts)):
        texts = [*_embedded(message.embeds), *_displayed(message.components)]
    return "\n".join(told for text in texts for line in text.splitlines() if (told := plain(line)))


def plain(text: str) -> str:
    """Return words without mentions, addresses and markup, in one line."""
    return flat(_MARKUP.sub("", _ADDRESS.sub(" ", _MENTION.sub(" ", text))))


def _embedded(embeds: Iterable[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from filter(None, (embed.title, embed.description))


def _displayed(components: Iterable[object]) -> Iterator[str]:
    for part in walked(components):
        if isinstance(part, discord.TextDisplay):
            yield part.content
