"""How the panel looks: three steps and a button; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord

from bot import rendering, subscriptions
from bot.commands import hours
from bot.commands.schedule import telling
from bot.commands.setup import plan as plans
from bot.rendering import pages
from bot.scheduling.slots import next_runs
from briefs.models import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.commands.setup.plan import Plan
    from bot.starters import Pack
    from briefs.models import Feed

OTHER = "other"  # the choice that opens a form
NAMES_SHOWN = 8  # of feeds
OPTION_LIMIT = 100  # characters of a choice, and of what stands below it
TIMES = (
    ("07:00", "07:00, early"),
    ("08:00", "08:00, in the morning"),
    ("09:00", "09:00"),
    ("12:00", "12:00, at noon"),
    ("18:00", "18:00, in the evening"),
    ("20:00", "20:00"),
    ("08:00 18:00", "Twice a day: 08:00 and 18:00"),
    ("07:00 12:00 18:00", "Three times a day: 07:00, 12:00 and 18:00"),
)
DAYS = (
    ("0 1 2 3 4 5 6", "Every day"),
    ("0 1 2 3 4", "Monday to Friday"),
    ("5 6", "Saturday and Sunday"),
    ("0", "Mondays, once a week"),
    ("4", "Fridays, once a week"),
    ("6", "Sundays, once a week"),
)
HEAD = "### A briefing in three steps"
ChannelMenu = discord.ui.ChannelSelect[rendering.Page]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a panel is drawn from beside the plan.

    ``refusal`` says why nothing can be posted in the chosen channel, and what to do, ``shortfall`` what its briefings would
    miss; ``zones`` are offered, likeliest first.
    ``unasked``: nobody opened it, so that it may be read much later, when another hour is "now".
    """

    feeds: tuple[Feed, ...]
    packs: tuple[Pack, ...]
    zones: tuple[str, ...]
    now: datetime
    refusal: str = ""
    shortfall: str = ""
    unasked: bool = False


def read_whole(pack: Pack, feeds: Iterable[Feed]) -> bool:
    """Whether every feed of a pack is read already."""
    known = list(feeds)
    return all(subscriptions.known_as(known, outline.url) for outline in pack.outlines)


# ------------------------------------------------------------------------------------------------------------- the panel
def panel(plan: Plan, standing: Standing, note: str = "", *, head: str = HEAD) -> rendering.Page:
    """Return the panel; ``note`` is what has just happened."""
    packs = [_row(_packs_menu(standing))] if standing.packs else []
    return rendering.page(
        [
            head,
            (_where(plan, standing), _row(_channel_menu(plan)), *_again(standing)),
            (_what(standing), *packs, _row(pages.button("Add a site of your own", "setup:feed"))),
            (_when(plan, standing), *map(_row, _when_menus(plan, standing))),
            (_next(plan, standing, note), _row(pages.button("Start", "setup:start", primary=True))),
        ],
        accent=pages.WARNING if standing.refusal else pages.ACCENT,
    )


def _row(item: discord.ui.Item[rendering.Page]) -> discord.ui.Item[rendering.Page]:
    return discord.ui.ActionRow(item)


def _where(plan: Plan, standing: Standing) -> str:
    if standing.refusal:
        return f"**1. Where?** ⚠️ {standing.refusal}"
    told = f"✅ In <#{plan.channel_id}>." if plan.channel_id else "Choose the channel that gets the briefing."
    return rendering.lines(f"**1. Where?** {told}", f"-# ⚠️ {standing.shortfall}" if standing.shortfall else "")


def _again(standing: Standing) -> list[discord.ui.Item[rendering.Page]]:
    return [_row(pages.button("Check again", "setup:check"))] if standing.refusal else []


def _what(standing: Standing) -> str:
    if not standing.feeds:
        return "**2. What?** Choose topics: each brings a few well-known outlets. Or add any site of your own."
    names = [rendering.feed_name(feed, 40) for feed in standing.feeds]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return f"**2. What?** ✅ I read {', '.join(names[:NAMES_SHOWN])}{more}."


def _when(plan: Plan, standing: Standing) -> str:
    slots = () if standing.unasked else next_runs(schedule(plan, standing.now), standing.now, 1)
    first = f" In your own time, the first is {rendering.stamp(slots[0].instant, 'F')}." if slots else ""
    return f"**3. When?** {capitalised(hours.in_words(plan.times, plan.days, plan.zone))}.{first}"


def _next(plan: Plan, standing: Standing, note: str) -> str:
    """Say what has happened, and what is to be done before or by pressing Start."""
    lacks = missing(plan, standing)
    todo = (
        f"Before you start: {' and '.join(lacks)}."
        if lacks
        else "All set. **Start** turns it on; you can change all of it later."
    )
    return rendering.lines(note, f"-# {todo}")


def missing(plan: Plan, standing: Standing) -> list[str]:
    """Return what is to be done before a briefing can be scheduled."""
    where = "let me post there" if standing.refusal else "" if plan.channel_id else "choose a channel"
    what = "" if standing.feeds else "choose a topic or add a site"
    return [each for each in (where, what) if each]


def schedule(plan: Plan, now: datetime) -> Schedule:
    """Return the schedule that a plan would make, to tell its runs."""
    return Schedule(0, 0, plan.channel_id or 0, plan.times, plan.days, plan.zone, created_at=now)


def capitalised(text: str) -> str:
    """Return a sentence's beginning with a capital letter."""
    return text[:1].upper() + text[1:]


# ------------------------------------------------------------------------------------------------------------- the menus
def _channel_menu(plan: Plan) -> ChannelMenu:
    chosen = [discord.Object(plan.channel_id)] if plan.channel_id else []
    return ChannelMenu(
        custom_id=plans.CHANNEL,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        placeholder="Channel",
        default_values=[discord.SelectDefaultValue.from_channel(each) for each in chosen],
    )


def _packs_menu(standing: Standing) -> pages.Menu:
    options = [_pack_option(pack, standing.feeds) for pack in standing.packs]
    return pages.Menu(
        custom_id=plans.PACKS,
        placeholder="Topics: choose one or several",
        min_values=0,
        max_values=len(options),
        options=options,
    )


def _pack_option(pack: Pack, feeds: Sequence[Feed]) -> discord.SelectOption:
    names = ", ".join(outline.title or subscriptions.site(outline.url) for outline in pack.outlines)
    return discord.SelectOption(
        label=rendering.shorten(pack.name, OPTION_LIMIT),
        value=pack.name,
        description=rendering.shorten(names, OPTION_LIMIT),
        default=read_whole(pack, feeds),
    )


def _when_menus(plan: Plan, standing: Standing) -> list[pages.Menu]:
    times, days = " ".join(plan.times), " ".join(map(str, plan.days))
    offered = dict.fromkeys((*standing.zones, plan.zone))
    return [
        _menu(plans.TIMES, times, TIMES, "Other times…"),
        _menu(plans.DAYS, days, DAYS),
        _menu(plans.ZONE, plan.zone, [(zone, _zone_label(zone, standing)) for zone in offered], "Another time zone…"),
    ]


def _menu(custom_id: str, chosen: str, offered: Sequence[tuple[str, str]], other: str | None = None) -> pages.Menu:
    """Return a menu that shows what is chosen, also where it is not among what is offered; ``other`` opens a form."""
    known = [*offered] if chosen in dict(offered) else [(chosen, chosen.replace(" ", ", ")), *offered]
    options = [discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in known]
    more = [discord.SelectOption(label=other, value=OTHER)] if other else []
    return pages.Menu(custom_id=custom_id, options=[*options, *more])


def _zone_label(zone: str, standing: Standing) -> str:
    name = zone.replace("_", " ")
    return name if standing.unasked else f"{name} · now {standing.now.astimezone(ZoneInfo(zone)):%H:%M}"


# -------------------------------------------------------------------------------------------------------------- after it
def started(made: Schedule, standing: Standing, head: str) -> rendering.Page:
    """Return what takes the panel's place once a briefing is scheduled."""
    unread = sum(feed.last_success_at is None and not feed.failures for feed in standing.feeds)
    reading = (
        f"-# I begin to read {rendering.counted(unread, 'feed')} now; that takes a minute or two." if unread else ""
    )
    return rendering.page(
        [
            (rendering.lines(f"### ✅ {head}", telling.promise(made), reading), *telling.coming(made, standing.now)),
            "Change it with `/schedule`, `/feeds` and `/settings`. Everyone can `/ask` about the news; `/help` shows the rest.",
        ],
        buttons=[
            pages.button("Post one now", f"setup:post:{made.channel_id}", primary=True),
            pages.button("Preview", f"setup:preview:{made.channel_id}"),
            pages.button("Back to set-up", "setup:open"),
        ],
    )
