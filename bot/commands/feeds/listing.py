"""The server's feeds page by page, those that need attention first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering, subscriptions
from bot.commands import paging, replies
from bot.commands.buttons import Pressed
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.client import Debrief
    from bot.rendering import Page
    from briefs.models import Feed


class ListPage(Pressed, template=pages.FEEDS_PAGE):
    """*Back* and *Next* on the list of feeds."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Turn the page in place."""
        await interaction.response.defer()
        view = await interaction.client.in_thread(list_page, interaction, self.number("page"))
        await interaction.edit_original_response(view=view)


def list_page(interaction: discord.Interaction[Debrief], number: int) -> Page:
    """Return one page of the list as it is now; pages count from 0."""
    client, now = interaction.client, interaction.client.newsroom.clock()
    feeds = client.newsroom.store.feeds(replies.server(interaction))
    if not feeds:
        return rendering.page(["### Feeds · 0\nNo feeds yet. Add one with `/feeds add`."])
    rows = [rendering.feed_row(feed, now) for feed in sorted(feeds, key=_attention)]
    return paging.list_message(_head(feeds, client.feeds_limit), rows, number, "feeds:page")


def _attention(feed: Feed) -> tuple[bool, str]:
    return subscriptions.is_well(feed), subscriptions.name(feed).casefold()


def _head(feeds: Sequence[Feed], limit: int) -> str:
    own = sum(map(subscriptions.is_counted, feeds))
    shared = sum(feed.shared for feed in feeds)
    ill = sum(not subscriptions.is_well(feed) for feed in feeds)
    told = rendering.dotted(
        f"{own} of at most {limit} of your own",
        f"{shared} from the operator" if shared else "",
        f"{ill} with trouble" if ill else "all well",
    )
    return f"### Feeds · {len(feeds)}\n-# {told}"
