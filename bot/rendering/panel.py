"""The panel of settings: what holds, who chose it, and a menu or a switch for each; pure.

Every control's id carries the channel whose settings it changes, 0 for all channels, so that the panel outlives a restart.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.rendering.pages import COMPONENT_LIMIT, Page, lines, page
from bot.rendering.preferences import SETTINGS, SORTS, SWITCHES, choosers_text
from briefs.preferences import EVERY_CHANNEL, NONE, POSTING, READERS_OWN, SENTENCES, STORIES, language_name, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.delivery.posting import Posting
    from briefs.preferences import Chosen, Preferences

PANEL = re.compile(r"settings:(?P<channel>\d{1,20}):(?:(?P<to>on|off):)?(?P<control>[a-z_]{1,20})")
FORM = re.compile(r"settings:form:(?P<channel>\d{1,20}):(?P<name>words|dates)")
OTHER = "other"  # an option: to be written into a form
EVERYTHING = "everything"  # an option: take all back
OPTIONS = 25  # Discord shows no more
WORDS = (30, 50, 80, 120, 200, 300, 500)
LIKELY_DATES = (
    *("en", "en-GB", "es", "fr", "de", "pt-BR", "it", "nl", "pl", "ru", "uk", "tr"),
    *("ja", "ko", "hi", "zh-Hans", "ar", "sv", "da", "nb", "fi", "cs", "el"),
)
PLACES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows: the settings of one channel, or of all where ``channel_id`` is EVERY_CHANNEL."""

    channel_id: int
    effective: Preferences
    posting: Posting
    channel: Chosen  # what this channel chose; empty for all channels
    server: Chosen
    notices: int | None  # the channel that was chosen for notices
    publishes: bool = True  # some channel that it is about is an announcement channel, which has followers
    languages: tuple[str, ...] = ()  # of dates, the likeliest first
    otherwise: tuple[int, ...] = ()  # channels with choices of their own, where the panel is about all
    shortfall: str = ""  # what this channel's briefings miss, and how to mend it

    @property
    def own(self) -> Mapping[str, str]:
        """What was chosen at just this scope."""
        return (self.server if self.channel_id == EVERY_CHANNEL else self.channel).settings


def panel_message(panel: Panel) -> Page:
    """Return the panel: at most 30 components of Discord's 40, and a few hundred characters of its 4,000."""
    selects = [_stories(panel), _sentences(panel), _words(panel), _sort(panel), _dates(panel)]
    return page(
        [
            (_head(panel), discord.ui.ActionRow(_scope(panel)), discord.ui.ActionRow(_everywhere(panel))),
            (
                *(discord.ui.ActionRow(select) for select in selects),
                discord.ui.ActionRow(*_switches(panel)),
                f"-# {choosers_text(panel.channel, panel.server)}",
                *([discord.ui.ActionRow(_reset(panel))] if panel.own else []),
            ),
            (_notices_text(panel), discord.ui.ActionRow(_notices(panel))),
        ]
    )


def _head(panel: Panel) -> str:
    if panel.channel_id != EVERY_CHANNEL:
        return lines(
            f"### Briefings in <#{panel.channel_id}>",
            "-# What you choose below holds for this channel alone, at once.",
            f"-# ⚠️ {panel.shortfall}" if panel.shortfall else "",
        )
    others = " ".join(f"<#{each}>" for each in panel.otherwise[:10])
    return lines(
        "### Briefings in all channels",
        "-# What you choose below holds at once, wherever a channel has not chosen otherwise.",
        f"-# Choices of their own: {others}" if others else "",
    )


# -------------------------------------------------------------------------------------------------------------- menus
def _id(panel: Panel, control: str) -> str:
    return f"settings:{panel.channel_id}:{control}"


def _shown(panel: Panel, name: str, current: object) -> int:
    """Return another number whenever a menu shows something else: a client keeps what was picked in the menu it knows."""
    return zlib.crc32(f"{panel.channel_id}:{name}:{current}".encode()) % 2**30 + COMPONENT_LIMIT


def _select(panel: Panel, name: str, options: Sequence[tuple[str, str]], current: str) -> discord.ui.Select[Page]:
    """Return a menu that shows what holds; a value that is not among the options stands first."""
    chosen = [
        discord.SelectOption(label=label[:100], value=value, default=value == current) for label, value in options
    ]
    return discord.ui.Select(
        custom_id=_id(panel, name),
        options=chosen[:OPTIONS],
        placeholder=SETTINGS[name],
        id=_shown(panel, name, current),
    )


def _stories(panel: Panel) -> discord.ui.Select[Page]:
    options = [(f"Stories: up to {number}", str(number)) for number in range(STORIES[0], STORIES[1] + 1)]
    return _select(panel, "stories", options, str(panel.effective.stories))


def _sentences(panel: Panel) -> discord.ui.Select[Page]:
    options = [
        (f"Sentences: up to {number} per story", str(number)) for number in range(SENTENCES[0], SENTENCES[1] + 1)
    ]
    return _select(panel, "sentences", options, str(panel.effective.sentences))


def _words(panel: Panel) -> discord.ui.Select[Page]:
    current = written("words", panel.effective.words)
    numbers = sorted({*WORDS, *([panel.effective.words] if panel.effective.words else [])})
    options = [(f"Words: up to {number} per story", str(number)) for number in numbers]
    return _select(panel, "words", [("Words: any number", NONE), *options, ("Words: another number…", OTHER)], current)


def _sort(panel: Panel) -> discord.ui.Select[Page]:
    return _select(
        panel, "sort", [(f"Order: {told}", sort.value) for sort, told in SORTS.items()], panel.effective.sort.value
    )


def _dates(panel: Panel) -> discord.ui.Select[Page]:
    current = written("dates", panel.effective.dates)
    known = dict.fromkeys(
        [*([panel.effective.dates] if panel.effective.dates else []), *panel.languages, *LIKELY_DATES]
    )
    options = [(f"Dates: in {language_name(code)}", code) for code in [*known][: OPTIONS - 2]]
    own = ("Dates: reader's language", READERS_OWN)
    return _select(panel, "dates", [own, *options, ("Dates: in another language…", OTHER)], current)


def _scope(panel: Panel) -> discord.ui.ChannelSelect[Page]:
    chosen = [] if panel.channel_id == EVERY_CHANNEL else [discord.Object(panel.channel_id)]
    return discord.ui.ChannelSelect(
        custom_id=_id(panel, "scope"),
        channel_types=PLACES,
        placeholder="Choose a channel to set it for that one alone",
        id=_shown(panel, "scope", panel.channel_id),
        default_values=chosen,
    )


def _notices(panel: Panel) -> discord.ui.ChannelSelect[Page]:
    chosen = [discord.Object(panel.notices)] if panel.notices else []
    return discord.ui.ChannelSelect(
        custom_id=_id(panel, "notices"),
        channel_types=PLACES[:2],
        placeholder="Choose a channel for notices",
        id=_shown(panel, "notices", panel.notices),
        min_values=0,
        default_values=chosen,
    )


def _notices_text(panel: Panel) -> str:
    where = f"in <#{panel.notices}>" if panel.notices else "wherever I reach an admin"
    return (
        f"**Notices for this server's admins**: {where}\n-# When I cannot post or read something, I say so there, once."
    )


def _reset(panel: Panel) -> discord.ui.Select[Page]:
    """Return the menu that takes choices back; it names only what was chosen at this scope."""
    back = "what all channels have" if panel.channel_id != EVERY_CHANNEL else "the default"
    own = [(name, label) for name, label in SETTINGS.items() if name in panel.own]
    options = [discord.SelectOption(label=f"{label}: back to {back}", value=name) for name, label in own]
    every = discord.SelectOption(label=f"Everything: back to {back}", value=EVERYTHING)
    return discord.ui.Select(
        custom_id=_id(panel, "reset"), options=[*options, every], placeholder="Reset…", id=_shown(panel, "reset", own)
    )


# ------------------------------------------------------------------------------------------------------------ switches
def _everywhere(panel: Panel) -> discord.ui.Button[Page]:
    on = panel.channel_id == EVERY_CHANNEL
    style = discord.ButtonStyle.primary if on else discord.ButtonStyle.secondary
    return discord.ui.Button(label="All channels", style=style, disabled=on, custom_id=_id(panel, "everywhere"))


def _switches(panel: Panel) -> list[discord.ui.Button[Page]]:
    """Return a switch for each choice of yes or no: green where it is on."""
    shown = [name for name in SWITCHES if panel.publishes or name != f"{POSTING}crosspost"]
    return [_switch(panel, name, SWITCHES[name], on=switched(panel, name)) for name in shown]


def switched(panel: Panel, name: str) -> bool:
    """Say whether a switch is on."""
    held: object = panel.posting if name.startswith(POSTING) else panel.effective
    return bool(getattr(held, name.removeprefix(POSTING)))


def _switch(panel: Panel, name: str, told: str, *, on: bool) -> discord.ui.Button[Page]:
    """Return one switch; its id says what pressing it leads to, whatever another admin has chosen meanwhile."""
    style = discord.ButtonStyle.success if on else discord.ButtonStyle.secondary
    custom_id = _id(panel, f"{'off' if on else 'on'}:{name}")
    return discord.ui.Button(label=f"{told}: {'on' if on else 'off'}", style=style, custom_id=custom_id)
