"""Which time zone a server probably lives in, and by what countries' names zones are found."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefs.models import Schedule

# Of languages that one zone speaks nearly alone. Discord gives American English to every server that chose none, and
# Spanish is spoken in twenty zones: they tell nothing.
ZONES_OF: Mapping[discord.Locale, str] = {
    discord.Locale.indonesian: "Asia/Jakarta",
    discord.Locale.danish: "Europe/Copenhagen",
    discord.Locale.german: "Europe/Berlin",
    discord.Locale.british_english: "Europe/London",
    discord.Locale.spain_spanish: "Europe/Madrid",
    discord.Locale.french: "Europe/Paris",
    discord.Locale.croatian: "Europe/Zagreb",
    discord.Locale.italian: "Europe/Rome",
    discord.Locale.lithuanian: "Europe/Vilnius",
    discord.Locale.hungarian: "Europe/Budapest",
    discord.Locale.dutch: "Europe/Amsterdam",
    discord.Locale.norwegian: "Europe/Oslo",
    discord.Locale.polish: "Europe/Warsaw",
    discord.Locale.brazil_portuguese: "America/Sao_Paulo",
    discord.Locale.romanian: "Europe/Bucharest",
    discord.Locale.finnish: "Europe/Helsinki",
    discord.Locale.swedish: "Europe/Stockholm",
    discord.Locale.vietnamese: "Asia/Ho_Chi_Minh",
    discord.Locale.turkish: "Europe/Istanbul",
    discord.Locale.czech: "Europe/Prague",
    discord.Locale.greek: "Europe/Athens",
    discord.Locale.bulgarian: "Europe/Sofia",
    discord.Locale.russian: "Europe/Moscow",
    discord.Locale.ukrainian: "Europe/Kyiv",
    discord.Locale.hindi: "Asia/Kolkata",
    discord.Locale.thai: "Asia/Bangkok",
    discord.Locale.chinese: "Asia/Shanghai",
    discord.Locale.japanese: "Asia/Tokyo",
    discord.Locale.taiwan_chinese: "Asia/Taipei",
    discord.Locale.korean: "Asia/Seoul",
}
UTC = "UTC"
OFFERED = (  # to somebody who has typed nothing yet, beside what is likely
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)


class Guess(NamedTuple):
    """A zone that nobody gave, and where it was taken from, as it is said to the admin."""

    zone: str
    reason: str


def likely(known: Iterable[Schedule], locales: Iterable[discord.Locale]) -> Guess:
    """Return the zone that most of a server's schedules have, else that of the first language that tells one, else UTC."""
    used = Counter(schedule.zone for schedule in known)
    if used:
        return Guess(used.most_common(1)[0][0], "as your other schedules have it")
    told = next((ZONES_OF[locale] for locale in locales if locale in ZONES_OF), None)
    if told:
        return Guess(told, "which I took from your language in Discord")
    return Guess(UTC, "since I do not know yours")


@cache
def countries() -> Mapping[str, str]:
    """Return the country of each zone by its English name, folded: "germany"."""
    from babel import Locale
    from babel.core import get_global

    names = Locale("en").territories
    return {zone: str(names.get(code, "")).casefold() for zone, code in get_global("zone_territories").items()}
