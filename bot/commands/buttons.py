"""The buttons under briefings and answers. Their ids carry all they need, so they work after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot import rendering
from bot.commands import failures, forms, replies
from bot.rendering import pages

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence
    from typing import Self

    from bot.client import Debrief
    from briefs.models import Answer, Briefing
    from briefs.newsroom import Newsroom

BRIEFING_GONE = "This briefing is no longer kept, so I cannot show its quotations. The links in the message still work."
ANSWER_GONE = (
    "This answer is no longer kept, so I cannot show its quotations. Ask again with `/ask` and they will be there."
)


class Pressed(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"):
    """A button that was pressed; what its id carries is in ``found``."""

    def __init__(self, item: discord.ui.Button[Any], found: re.Match[str]) -> None:
        super().__init__(item)
        self.found = found

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the button as it stands in the message."""
        del interaction
        assert isinstance(item, discord.ui.Button)
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says; a failure is told to the person who pressed it."""
        try:
            interaction.client.limits.admit(interaction)
            await self.press(interaction)
        except Exception as error:  # noqa: BLE001 - the one place where a button's failures end, as the tree's do
            await failures.explain(interaction, error)

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Do what the button says."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """Return a number that the id carries."""
        return int(self.found[name])


class BriefingSources(Pressed, template=pages.BRIEFING_SOURCES):
    """*Sources* under a briefing."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Show the first page to the person who pressed it."""
        await replies.acknowledge(interaction)
        view = await interaction.client.in_thread(
            _briefing_page, interaction, self.number("id"), self.number("part"), 0
        )
        await replies.send(interaction, view)


class BriefingPage(Pressed, template=pages.BRIEFING_PAGE):
    """*Back* and *Next* on a briefing's sources."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(
            _briefing_page, interaction, self.number("id"), self.number("part"), self.number("page")
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


class BriefingAsk(Pressed, template=pages.BRIEFING_ASK):
    """*Ask* under a briefing."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Open the form."""
        await interaction.response.send_modal(forms.question("Ask about the news", f"briefing:{self.number('id')}"))


class AnswerAsk(Pressed, template=pages.ANSWER_ASK):
    """*Ask a follow-up* under an answer."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Open the form."""
        await interaction.response.send_modal(forms.question("Ask a follow-up", f"answer:{self.number('id')}"))


def _briefing_page(
    interaction: discord.Interaction[Debrief], briefing_id: int, part: int, number: int
) -> rendering.Page:
    briefing = _briefing(interaction, briefing_id)
    if briefing is None:
        return rendering.page([BRIEFING_GONE])
    return _page(interaction, rendering.briefing_quotations(briefing, part), number, f"page:{briefing_id}:{part}")


def _answer_page(interaction: discord.Interaction[Debrief], answer_id: int, number: int) -> rendering.Page:
    answer: Answer | None = interaction.client.newsroom.store.answer(answer_id, replies.server(interaction))
    if answer is None:
        return rendering.page([ANSWER_GONE])
    return _page(interaction, rendering.answer_quotations(answer), number, f"apage:{answer_id}")


def _briefing(interaction: discord.Interaction[Debrief], briefing_id: int) -> Briefing | None:
    """Return a briefing to the server it was made for, and to no other."""
    stored = interaction.client.newsroom.store.briefing(briefing_id)
    return stored.briefing if stored and stored.guild_id == replies.server(interaction) else None


def _page(
    interaction: discord.Interaction[Debrief], quotations: Sequence[rendering.Quotation], number: int, page_id: str
) -> rendering.Page:
    shown = _shown(interaction.client.newsroom, rendering.on_page(quotations, number))
    return rendering.sources_message(shown, number=number, total=len(quotations), page_id=page_id)


def _shown(newsroom: Newsroom, quotations: Sequence[rendering.Quotation]) -> list[rendering.Shown]:
    articles = newsroom.store.articles([quotation.evidence.article_id for quotation in quotations])
    newest = newsroom.store.current([article.root for article in articles.values()])
    edited = {key for key, article in articles.items() if newest.get(article.root, article).version > article.version}
    return [
        rendering.Shown(each, newsroom.context(each.evidence), articles[key], key in edited)
        for each in quotations
        for key in [each.evidence.article_id]
    ]


ALL = (BriefingSources, BriefingPage, BriefingAsk, AnswerSources, AnswerPage, AnswerAsk)
