"""The *Sources* buttons: what a briefing, a story or an answer quotes, each sentence in its context, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering
from bot.commands import replies
from bot.commands.buttons import Pressed
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.client import Debrief
    from briefs.models import Answer
    from briefs.newsroom import Newsroom
    from briefs.store import StoredBriefing

BRIEFING_GONE = (
    "This briefing is no longer kept, so I have nothing more of it than you see. Its links still work, and `/latest` shows the "
    "newest briefing."
)
ANSWER_GONE = (
    "This answer is no longer kept, so I cannot show its quotations. Ask again with `/ask` and they will be there."
)
NOTHING_QUOTED = "Nothing is quoted here but the headline. *More* shows what else the outlets wrote."


class BriefingSources(Pressed, template=pages.BRIEFING_SOURCES):
    """*Sources* under a whole briefing."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the first page to the person who pressed it."""
        await show(interaction, self.number("id"))


class BriefingPage(Pressed, template=pages.BRIEFING_PAGE):
    """*Back* and *Next* on a briefing's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(
            _briefing_page, interaction, self.number("id"), None, self.number("page")
        )
        await interaction.edit_original_response(view=view)


class StoryPage(Pressed, template=pages.STORY_PAGE):
    """*Back* and *Next* on a story's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(
            _briefing_page, interaction, self.number("id"), self.number("index"), self.number("page")
        )
        await interaction.edit_original_response(view=view)


class AnswerSources(Pressed, template=pages.ANSWER_SOURCES):
    """*Sources* under an answer."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the first page to the person who pressed it."""
        await replies.acknowledge(interaction)
        await replies.send(
            interaction, await interaction.client.in_thread(_answer_page, interaction, self.number("id"), 0)
        )


class AnswerPage(Pressed, template=pages.ANSWER_PAGE):
    """*Back* and *Next* on an answer's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(_answer_page, interaction, self.number("id"), self.number("page"))
        await interaction.edit_original_response(view=view)


async def show(interaction: discord.Interaction[Debrief], briefing_id: int, story: int | None = None) -> None:
    """Show the person who asks what a briefing, or one story of it, quotes."""
    await replies.acknowledge(interaction)
    view = await interaction.client.in_thread(_briefing_page, interaction, briefing_id, story, 0)
    await replies.send(interaction, view)


def _briefing_page(
    interaction: discord.Interaction[Debrief], briefing_id: int, story: int | None, number: int
) -> rendering.Page:
    found = kept(interaction, briefing_id)
    if found is None:
        return rendering.page([BRIEFING_GONE])
    page_id = f"page:{briefing_id}:0" if story is None else f"spage:{briefing_id}:{story}"
    return quotations_page(interaction, rendering.briefing_quotations(found.briefing, story), number, page_id)


def _answer_page(interaction: discord.Interaction[Debrief], answer_id: int, number: int) -> rendering.Page:
    answer: Answer | None = interaction.client.newsroom.store.answer(answer_id, replies.server(interaction))
    if answer is None:
        return rendering.page([ANSWER_GONE])
    return quotations_page(interaction, rendering.answer_quotations(answer), number, f"apage:{answer_id}")


def kept(interaction: discord.Interaction[Debrief], briefing_id: int) -> StoredBriefing | None:
    """Return a briefing with its channel to the server it was made for, and to no other."""
    stored = interaction.client.newsroom.store.briefing(briefing_id)
    return stored if stored and stored.guild_id == replies.server(interaction) else None


def quotations_page(
    interaction: discord.Interaction[Debrief], quotations: Sequence[rendering.Quotation], number: int, page_id: str
) -> rendering.Page:
    """Return a page of quotations, the last for one beyond; ``page_id`` begins the ids of its buttons."""
    if not quotations:
        return rendering.page([NOTHING_QUOTED])
    number = min(number, (len(quotations) - 1) // rendering.PAGE_SIZE)  # there may have been more once
    found = shown(interaction.client.newsroom, rendering.on_page(quotations, number))
    return rendering.sources_message(found, number=number, total=len(quotations), page_id=page_id)


def shown(newsroom: Newsroom, quotations: Sequence[rendering.Quotation]) -> list[rendering.Shown]:
    """Return quotations with what stands around each, and what is to be known of its article; of one that is gone the words."""
    articles = newsroom.store.articles([quotation.evidence.article_id for quotation in quotations])
    newest = newsroom.store.current([article.root for article in articles.values()])
    edited = {key for key, article in articles.items() if newest.get(article.root, article).version > article.version}
    return [
        rendering.Shown(each, newsroom.context(each.evidence), articles[key], key in edited)
        if key in articles
        else rendering.Shown(each, ("", each.evidence.text, ""))
        for each in quotations
        for key in [each.evidence.article_id]
    ]


ALL = (BriefingSources, BriefingPage, StoryPage, AnswerSources, AnswerPage)
