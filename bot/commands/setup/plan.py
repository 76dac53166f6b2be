"""What an admin has chosen so far. It stands in the panel's own menus, so a restart loses nothing and each panel has its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.commands import hours
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CHANNEL, PACKS, TIMES, DAYS, ZONE = MENUS = tuple(
    f"setup:{name}" for name in ("channel", "packs", "times", "days", "zone")
)
EVERY_DAY = tuple(range(7))
EXPIRED = "This set-up page is out of date. Run `/setup` for a new one; what you added is kept."


@dataclass(frozen=True, slots=True)
class Plan:
    """Where and when a briefing is to come; ``packs`` are those shown as chosen, by their names."""

    channel_id: int | None = None
    times: tuple[str, ...] = ("08:00",)
    days: tuple[int, ...] = EVERY_DAY
    zone: str = "UTC"
    packs: frozenset[str] = frozenset()


def shown(message: discord.Message | None) -> Plan:
    """Return what a panel shows. SettingError where it is none, or one that an earlier version made."""
    menus = {each.custom_id: each for each in _menus(message.components if message else ())}
    if not {CHANNEL, TIMES, DAYS, ZONE} <= menus.keys():
        raise SettingError(EXPIRED, setting="setup")
    plan = Plan(packs=frozenset(_chosen(menus[PACKS])) if PACKS in menus else frozenset())
    for name in (CHANNEL, TIMES, DAYS, ZONE):
        if values := _chosen(menus[name]):
            plan = changed(plan, name, values)
    return plan


def changed(plan: Plan, menu: str, values: Sequence[str]) -> Plan:
    """Return the plan with what was chosen in one of its menus. SettingError for what no menu of ours offers."""
    try:
        if menu == CHANNEL:
            return replace(plan, channel_id=int(values[0]))
        if menu == TIMES:
            return replace(plan, times=hours.parse_times(values[0]))
        if menu == DAYS:
            first, *rest = values[0].split()
            return replace(plan, days=tuple(EVERY_DAY[int(day)] for day in (first, *rest)))
        return replace(plan, zone=hours.parse_zone(values[0]))
    except (ValueError, IndexError, SettingError) as error:
        raise SettingError(EXPIRED, setting="setup") from error


def _menus(components: Iterable[object]) -> Iterator[discord.SelectMenu]:
    for component in components:
        if isinstance(component, discord.SelectMenu):
            yield component
        yield from _menus(getattr(component, "children", ()))


def _chosen(menu: discord.SelectMenu) -> list[str]:
    """Return what a menu shows as chosen; a channel by its id."""
    return [
        *(option.value for option in menu.options if option.default),
        *(str(each.id) for each in menu.default_values),
    ]
