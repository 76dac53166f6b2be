"""The server's feeds page by page, those that need attention first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import rendering, subscriptions
from bot.commands import replies
from bot.commands.buttons import Pressed
from bot.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.client import Debrief
    from bot.rendering import Page
    from briefs.models import Feed

PAGE_SIZE = 10
PAGE_ROOM = 3_500  # characters


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
    found = paged([rendering.feed_row(feed, now) for feed in sorted(feeds, key=_attention)])
    shown = min(number, len(found) - 1)
    foot = f"-# page {shown + 1} of {len(found)}" if len(found) > 1 else ""
    texts = [_head(feeds, client.feeds_limit), "\n".join(found[shown]), foot]
    return rendering.page([text for text in texts if text], buttons=_turning(shown, len(found) - 1))


def paged(rows: Sequence[str]) -> list[list[str]]:
    """Split rows into pages that a message can hold."""
    found: list[list[str]] = [[]]
    for row in rows:
        room = PAGE_ROOM - sum(len(each) + 1 for each in found[-1])
        if found[-1] and (len(found[-1]) >= PAGE_SIZE or len(row) > room):
            found.append([])
        found[-1].append(row)
    return found


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


def _turning(number: int, last: int) -> tuple[pages.Button, ...]:
    if not last:
        return ()
    back = pages.button("Back", f"feeds:page:{max(0, number - 1)}:back", disabled=number == 0)
    return back, pages.button("Next", f"feeds:page:{min(last, number + 1)}:next", disabled=number == last)
