"""Which time zones the panel offers: the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.commands import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefs.models import Schedule

OFFERED = 23  # a menu shows 25 choices: one is for what is chosen and not offered, one for another zone
AMERICAN = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")


def offered(known: Iterable[Schedule], locales: Sequence[discord.Locale]) -> tuple[str, ...]:
    """Return the zones of the server's schedules, of the languages of those who read this, and the usual ones."""
    spoken = [whereabouts.ZONES_OF[locale] for locale in locales if locale in whereabouts.ZONES_OF]
    american = AMERICAN if discord.Locale.american_english in locales else ()
    used = [schedule.zone for schedule in known]
    return tuple(dict.fromkeys((*used, *spoken, *american, *whereabouts.OFFERED)))[:OFFERED]
