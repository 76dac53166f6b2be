"""``/topics``: what a channel follows and what it never wants to read about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot import audit, rendering
from bot.commands import replies, scopes
from briefs.errors import SettingError
from briefs.preferences import EVERY_CHANNEL, FOLLOWED, MOST_TOPICS, MUTED, TOPIC_LIMIT, TopicKind, parse_topic, topic

if TYPE_CHECKING:
    from bot.client import Debrief
    from briefs.preferences import Chosen, Topic

CHOICES, CHOICE_LIMIT = 25, 100  # Discord shows no more, and no longer ones
TEXT = "A word or phrase, or a name or an outlet from the list that appears while you type."
KIND = "What it is looked for in: the words of articles, the names in them, or who published them."
FOLLOWING = {
    TopicKind.WORD: "Stories about it come forward, even small ones.",
    TopicKind.NAME: "Stories about it come forward, even small ones.",
    TopicKind.OUTLET: "Stories that it tells come forward, even small ones.",
}
MUTING = {
    TopicKind.WORD: "Stories about it stay out; one that names it in passing does not.",
    TopicKind.NAME: "Stories about it stay out; one that names it in passing does not.",
    TopicKind.OUTLET: "Its articles count no more and are not quoted.",
}
ELSEWHERE = (
    "-# No briefing is scheduled in this channel. Use it where the briefings are, or choose `where: all channels`."
)
UNOFFERED = "I know no such kind of topic. Choose one of those Discord offers."
STRENGTHS = [
    app_commands.Choice(name="much more of it", value=6.0),
    app_commands.Choice(name="more of it", value=FOLLOWED),
    app_commands.Choice(name="as much as of any other", value=1.0),
    app_commands.Choice(name="less of it", value=0.4),
]
Kind = Literal["word", "name", "outlet"]


class Topics(app_commands.Group):
    """The group of topic commands, for admins."""

    def __init__(self) -> None:
        super().__init__(
            name="topics",
            description="Choose what briefings follow and what they leave out.",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="follow", description="Bring stories about something forward, even small ones.")
    @app_commands.describe(text=TEXT, kind=KIND, how="How much of it you want.", where=scopes.WHERE)
    @app_commands.choices(how=STRENGTHS)
    async def follow(
        self,
        interaction: discord.Interaction[Debrief],
        text: app_commands.Range[str, 1, 90],
        kind: Kind | None = None,
        how: float = FOLLOWED,
        where: scopes.Where = "this channel",
    ) -> None:
        """Remember the topic and its weight."""
        await replies.acknowledge(interaction)
        chosen = _meant(text, kind, how)
        await interaction.client.in_thread(_set, interaction, chosen, scopes.channel(interaction, where))
        await _note(interaction, "follow", chosen, where)
        effect = f" {FOLLOWING[chosen.kind]}" if chosen.follows else ""
        await _told(interaction, f"{_in(where)} {rendering.topic_row(chosen)}.{effect}", where)

    @app_commands.command(name="mute", description="Keep stories about something, or an outlet's articles, out.")
    @app_commands.describe(text=TEXT, kind=KIND, where=scopes.WHERE)
    async def mute(
        self,
        interaction: discord.Interaction[Debrief],
        text: app_commands.Range[str, 1, 90],
        kind: Kind | None = None,
        where: scopes.Where = "this channel",
    ) -> None:
        """Remember the topic as muted."""
        await replies.acknowledge(interaction)
        chosen = _meant(text, kind, MUTED)
        await interaction.client.in_thread(_set, interaction, chosen, scopes.channel(interaction, where))
        await _note(interaction, "mute", chosen, where)
        await _told(interaction, f"{_in(where)} {rendering.topic_row(chosen)}. {MUTING[chosen.kind]}", where)

    @app_commands.command(name="list", description="What this channel follows and leaves out.")
    async def show(self, interaction: discord.Interaction[Debrief]) -> None:
        """List the channel's topics and the server's."""
        await replies.acknowledge(interaction)
        channel, server = await interaction.client.in_thread(_chosen, interaction)
        text = rendering.topics_text(channel.topics, server.topics)
        empty = "None yet. Follow something with `/topics follow`, leave something out with `/topics mute`."
        rows = rendering.listed(text.splitlines(), empty=empty)
        await replies.say(interaction, f"### Topics · {len(channel.topics) + len(server.topics)}\n{rows}")

    @app_commands.command(name="remove", description="Neither follow nor mute something any more.")
    @app_commands.rename(chosen="topic")
    @app_commands.describe(chosen="The topic; begin to type it.")
    async def remove(self, interaction: discord.Interaction[Debrief], chosen: str) -> None:
        """Forget one."""
        await replies.acknowledge(interaction)
        removed, where = await interaction.client.in_thread(_remove, interaction, chosen)
        await _note(interaction, "remove", removed, where)
        told = f"{rendering.topic_name(removed)} is a topic like any other again"
        await replies.say(interaction, f"Removed: {told} in {where}.")

    @follow.autocomplete("text")
    @mute.autocomplete("text")
    async def _known(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        return await interaction.client.in_thread(_offered, interaction, typed)

    @remove.autocomplete("chosen")
    async def _topics(self, interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
        found = _labels(*await interaction.client.in_thread(_chosen, interaction))
        fitting = [label for label in found if typed.strip().casefold() in label.casefold()]
        return [app_commands.Choice(name=label, value=label) for label in fitting[:CHOICES]]


async def _told(interaction: discord.Interaction[Debrief], text: str, where: scopes.Where) -> None:
    """Say what holds now; and where it holds for a channel without briefings, that it does nothing elsewhere."""
    client = interaction.client
    schedules = await client.in_thread(client.newsroom.store.schedules, replies.server(interaction))
    scheduled = {schedule.channel_id for schedule in schedules}
    idle = where == scopes.HERE and scheduled and interaction.channel_id not in scheduled
    await replies.say(interaction, rendering.lines(text, ELSEWHERE if idle else ""))


async def _note(interaction: discord.Interaction[Debrief], name: str, chosen: Topic, where: str) -> None:
    """Write down what was chosen, and for which channels."""
    here = getattr(interaction.channel, "name", None) or "this channel"
    place = "all channels" if where == scopes.EVERYWHERE else f"#{here}"
    await audit.note(
        interaction, f"topics {name}", f"{chosen.text} ({chosen.kind.value}, weight {chosen.weight:g}) in {place}"
    )


def _meant(text: str, kind: Kind | None, weight: float) -> Topic:
    """The topic a person means; where no kind is given, "name:Ada Berg" gives it, as the list offers it. Raises SettingError."""
    if kind not in (None, *TopicKind) or weight not in (MUTED, *(each.value for each in STRENGTHS)):
        raise SettingError(UNOFFERED, setting="topic")
    return parse_topic(text, weight) if kind is None else topic(TopicKind(kind), text, weight)


def _offered(interaction: discord.Interaction[Debrief], typed: str) -> list[app_commands.Choice[str]]:
    """The outlets and names of the news that fit what was typed so far; of words none."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    given, wanted = getattr(interaction.namespace, "kind", None), typed.strip().casefold()
    kinds = [each for each in (TopicKind.OUTLET, TopicKind.NAME) if given in (None, each.value)]
    known = [(name, each) for each in kinds for name in newsroom.known(guild_id, each)]
    fitting = [(name, each) for name, each in known if wanted in name.casefold() and len(name) <= TOPIC_LIMIT]
    return [
        app_commands.Choice(name=f"{name} · {each.value}", value=name if given else f"{each.value}:{name}")
        for name, each in fitting[:CHOICES]
    ]


def _in(where: scopes.Where) -> str:
    return "This channel now" if where == scopes.HERE else "Each channel of this server now"


def _set(interaction: discord.Interaction[Debrief], chosen: Topic, channel_id: int) -> None:
    """Store a topic; SettingError where there are as many as there may be."""
    newsroom, guild_id = interaction.client.newsroom, replies.server(interaction)
    known = newsroom.store.chosen(guild_id, channel_id).topics
    if len(known) >= MOST_TOPICS and chosen.key not in {each.key for each in known}:
        message = f"There are {MOST_TOPICS} topics already. Remove one with /topics remove first."
        raise SettingError(message, setting="topic")
    newsroom.store.set_topic(guild_id, channel_id, chosen, added_by=interaction.user.id, now=newsroom.clock())


def _chosen(interaction: discord.Interaction[Debrief]) -> tuple[Chosen, Chosen]:
    """What the channel chose, and what the server did."""
    store, guild_id = interaction.client.newsroom.store, replies.server(interaction)
    here = store.chosen(guild_id, scopes.channel(interaction, scopes.HERE))
    return here, store.chosen(guild_id, EVERY_CHANNEL)


def _remove(interaction: discord.Interaction[Debrief], text: str) -> tuple[Topic, str]:
    """Remove the topic that is meant, by its label or by its text alone; SettingError where there is none."""
    known = _labels(*_chosen(interaction))
    wanted = text.strip().casefold()
    for label, (found, where) in known.items():
        if wanted in {label.casefold(), found.text.casefold()}:
            channel_id = scopes.channel(interaction, where)
            interaction.client.newsroom.store.remove_topic(replies.server(interaction), channel_id, found)
            return found, where
    message = "There is no such topic here. Choose one from the list that appears while you type."
    raise SettingError(message, setting="topic")


def _labels(channel: Chosen, server: Chosen) -> dict[str, tuple[Topic, str]]:
    """The topics by what a person chooses them by."""
    where = [*((each, scopes.HERE) for each in channel.topics), *((each, scopes.EVERYWHERE) for each in server.topics)]
    return {_label(each, place): (each, place) for each, place in where}


def _label(chosen: Topic, place: str) -> str:
    """Return a topic's text, as far as there is room, with what tells it from others of the same text."""
    told = f" · {chosen.kind.value} · {place}"
    return f"{rendering.shorten(chosen.text, CHOICE_LIMIT - len(told))}{told}"
