"""The buttons under the stories of a briefing: *More*, *Sources*, *Ask*. They work as long as the briefing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering
from bot.commands import forms, looking, replies, sources
from bot.commands.buttons import Pressed
from bot.delivery.posting import posting
from bot.rendering import pages
from briefs.quarantine import STORY, Quarantine

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief
    from briefs.models import Card
    from briefs.store import StoredBriefing

STORY_GONE = (
    "Nothing of this story is kept here any more: its sources were removed, or their articles. The links in the briefing still "
    "work, and `/ask` answers from what is here now."
)
STORY_ASIDE = (
    "I crashed over this story twice, so that I set it aside until whoever runs me has it tried again. *Sources* in the "
    "briefing still shows the sentences that I quote."
)


class StoryButton(Pressed, template=pages.STORY):
    """A button under a story."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the story card or the sources to the person who pressed it, or open the form."""
        briefing_id, index = self.number("id"), self.number("index")
        if self.found["what"] == "ask":
            await interaction.response.send_modal(
                forms.question("Ask about this story", f"story:{briefing_id}:{index}")
            )
        elif self.found["what"] == "sources":
            await sources.show(interaction, briefing_id, index)
        else:
            await _show_card(interaction, briefing_id, index)


class BriefingAsk(Pressed, template=pages.BRIEFING_ASK):
    """*Ask* under a whole briefing."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Open the form."""
        await interaction.response.send_modal(forms.question("Ask about the news", f"briefing:{self.number('id')}"))


class AnswerAsk(Pressed, template=pages.ANSWER_ASK):
    """*Ask a follow-up* under an answer."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Open the form."""
        await interaction.response.send_modal(forms.question("Ask a follow-up", f"answer:{self.number('id')}"))


class CardSources(Pressed, template=pages.CARD_SOURCES):
    """*Sources* under a story card."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the first page to the person who pressed it."""
        await replies.acknowledge(interaction)
        view = await interaction.client.in_turn(_card_sources, interaction, self.number("id"), self.number("index"), 0)
        await replies.send(interaction, view)


class CardPage(Pressed, template=pages.CARD_PAGE):
    """*Back* and *Next* on a story card's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_turn(
            _card_sources, interaction, self.number("id"), self.number("index"), self.number("page")
        )
        await interaction.edit_original_response(view=view)


class CardTimeline(Pressed, template=pages.CARD_TIMELINE):
    """*Timeline* under a story card."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the story's timeline to the person who pressed it."""
        await looking.show_timeline(interaction, self.found["story"])


async def _show_card(interaction: discord.Interaction[Debrief], briefing_id: int, index: int) -> None:
    await replies.acknowledge(interaction)
    await replies.send(interaction, await interaction.client.in_turn(_card_view, interaction, briefing_id, index))


def _card_view(interaction: discord.Interaction[Debrief], briefing_id: int, index: int) -> rendering.Page:
    found = sources.kept(interaction, briefing_id)
    card = _card(interaction, found, index)
    if found is None or isinstance(card, str):
        return rendering.page([str(card)])
    images = posting(interaction.client.newsroom.store, found.guild_id, found.channel_id).images
    return rendering.card_message(card, page_id=f"{briefing_id}:{index}", images=images)


def _card_sources(
    interaction: discord.Interaction[Debrief], briefing_id: int, index: int, number: int
) -> rendering.Page:
    card = _card(interaction, sources.kept(interaction, briefing_id), index)
    if isinstance(card, str):
        return rendering.page([card])
    quotations = rendering.card_quotations(card)
    return sources.quotations_page(interaction, quotations, number, page_id=f"cpage:{briefing_id}:{index}")


def _card(interaction: discord.Interaction[Debrief], found: StoredBriefing | None, index: int) -> Card | str:
    """Return the card of a briefing's story as it stands now, or the sentence that says why there is none."""
    if found is None or index >= len(found.briefing.items):
        return sources.BRIEFING_GONE
    item, newsroom = found.briefing.items[index], interaction.client.newsroom
    if Quarantine(newsroom.store, newsroom.clock).aside(STORY, [item.story_id]):  # here it would take the bot with it
        return STORY_ASIDE
    card = newsroom.card(found.guild_id, item.story_id, item.article_ids, channel_id=found.channel_id)
    return card or STORY_GONE


ALL = (StoryButton, CardSources, CardPage, CardTimeline, BriefingAsk, AnswerAsk)
