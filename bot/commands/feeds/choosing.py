"""From an address to a source: the only one is added, of several an admin chooses from a list that lives ten minutes.

What was found is kept in memory, since a menu cannot hold it: after a restart a list has expired, too.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot import desk, rendering, subscriptions
from bot.commands import replies
from bot.commands.buttons import Pressed, chosen
from bot.commands.feeds import adding
from bot.rendering import pages
from briefs.errors import FeedError, SettingError
from briefs.models import SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.client import Debrief
    from briefs.models import Feed
    from briefs.sources.discovery import Candidate

LIVES = timedelta(minutes=10)
KEPT = 500  # lists at most; the oldest gives way
CHOICES = 25  # Discord shows no more
LABEL_LIMIT = 100  # characters of a choice, and of what stands below it
LIST_ROOM = 3_000
EXPIRED = "This list has expired. Run `/feeds add` again."
NOTHING = (
    "There is nothing I could read at {site}: no feed, no list of pages and no article. "
    "Give the address of its feed, often linked as “RSS”, or of a page with its news."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was found for one admin, who has yet to choose."""

    guild_id: int
    candidates: tuple[Candidate, ...]
    name: str | None
    made_at: datetime


class Offers:
    """The offers that are open, by the token their menu carries; each is taken once."""

    def __init__(self) -> None:
        self._open: dict[str, Offer] = {}

    def keep(self, offer: Offer) -> str:
        """Keep an offer; return its token."""
        while len(self._open) >= KEPT:
            del self._open[next(iter(self._open))]
        token = secrets.token_hex(8)
        self._open[token] = offer
        return token

    def take(self, token: str, guild_id: int, now: datetime) -> Offer:
        """Return an offer that was made to this server; SettingError when it has expired."""
        offer = self._open.pop(token, None)
        if offer is None or offer.guild_id != guild_id or now - offer.made_at > LIVES:
            raise SettingError(EXPIRED, setting="address")
        return offer


async def look(interaction: discord.Interaction[Debrief], text: str, name: str | None) -> None:
    """Find out what stands behind an address, then add it or let the admin choose. Raises DebriefError."""
    client = interaction.client
    address = subscriptions.address(text)
    known = await client.in_thread(client.newsroom.store.feeds, replies.server(interaction))
    if same := subscriptions.known_as(known, address):
        await replies.say(interaction, adding.already(same))
        return
    adding.refuse_more(known, client.feeds_limit, 1)
    await replies.progress(interaction, f"Looking at **{rendering.clip(subscriptions.site(address), 100)}**…")
    address, found = await client.in_thread(desk.discover, client.newsroom, text)
    await _settle(interaction, address, found, known, name)


async def _settle(
    interaction: discord.Interaction[Debrief],
    address: str,
    found: Sequence[Candidate],
    known: Sequence[Feed],
    name: str | None,
) -> None:
    """Add the one feed that was found; else say what is read already and offer the rest."""
    if not found:
        raise FeedError(NOTHING.format(site=rendering.clip(subscriptions.site(address), 100)), source=address)
    fresh = [candidate for candidate in found if not subscriptions.known_as(known, candidate.url)]
    read = [same for candidate in found if (same := subscriptions.known_as(known, candidate.url))]
    if not fresh:
        await replies.say(interaction, adding.already(read[0]))
    elif subscriptions.sure(found, address):
        await adding.subscribe(interaction, fresh, name)
    else:
        now = interaction.client.newsroom.clock()
        offer = Offer(replies.server(interaction), tuple(fresh[:CHOICES]), name, now)
        await replies.send(interaction, offered(offer, interaction.client.offers.keep(offer), address, read))


# ------------------------------------------------------------------------------------------------------------- the menu
def offered(offer: Offer, token: str, address: str, read: Sequence[Feed] = ()) -> rendering.Page:
    """Return the list of what was found, and the menu to choose from."""
    rows = [rendering.candidate_row(candidate, number) for number, candidate in enumerate(offer.candidates, 1)]
    known = ", ".join(f"**{rendering.feed_name(feed, 60)}**" for feed in read[:3])
    one = "a source" if len(rows) == 1 else f"{len(rows)} sources"
    texts = (
        rendering.lines(
            f"### {rendering.clip(subscriptions.site(address), 100)} offers {one}",
            f"-# This server already reads {known}." if known else "",
        ),
        rendering.listed(rows, empty="", room=LIST_ROOM),
        "-# Choose below what to read; the list expires in ten minutes.",
    )
    return rendering.page(texts, menu=_menu(offer, token))


def _menu(offer: Offer, token: str) -> pages.Menu:
    options = [_option(number, candidate) for number, candidate in enumerate(offer.candidates, 1)]
    return pages.Menu(
        custom_id=f"feeds:choose:{token}", placeholder="What to read", max_values=len(options), options=options
    )


def _option(number: int, candidate: Candidate) -> discord.SelectOption:
    """Return one choice; its words are shown as they are, so nothing is escaped."""
    where = subscriptions.shown_address(candidate.url)
    held = rendering.counted(candidate.entries, "entry", "entries") if candidate.entries else ""
    newest = f"newest {candidate.newest_at.day} {candidate.newest_at:%B %Y}" if candidate.newest_at else ""
    kind = "" if candidate.kind is SourceKind.FEED else subscriptions.KINDS[candidate.kind]
    return discord.SelectOption(
        label=rendering.shorten(f"{number}. {candidate.title or where}", LABEL_LIMIT),
        description=rendering.shorten(rendering.dotted(kind, held, newest, where), LABEL_LIMIT),
        value=str(number - 1),
    )


class Choice(Pressed, template=pages.FEEDS_CHOICE):
    """The menu under a list of what was found."""

    async def press(self, interaction: discord.Interaction[Debrief]) -> None:
        """Add what was chosen; a failure is told in the place of the list."""
        await interaction.response.defer()
        interaction.extras[replies.PROGRESS] = True
        client = interaction.client
        offer = client.offers.take(self.found["token"], replies.server(interaction), client.newsroom.clock())
        listed = {str(number): candidate for number, candidate in enumerate(offer.candidates)}
        wanted = [listed[value] for value in chosen(interaction) if value in listed]
        if not wanted:
            raise SettingError(EXPIRED, setting="address")
        await replies.progress(interaction, "Adding…")
        await adding.subscribe(interaction, wanted, offer.name)
