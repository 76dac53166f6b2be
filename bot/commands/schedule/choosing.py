"""Which schedule an admin means: chosen from the list, or written in words that fit only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.commands import replies
from bot.commands.schedule import telling
from briefs.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import discord

    from bot.client import Debrief
    from briefs.models import Schedule

CHOICES, CHOICE_LIMIT = 25, 100  # Discord shows no more, and no longer ones


async def known(interaction: discord.Interaction[Debrief]) -> tuple[Schedule, ...]:
    """Return the server's schedules."""
    client = interaction.client
    return await client.in_thread(client.newsroom.store.schedules, replies.server(interaction))


async def chosen(interaction: discord.Interaction[Debrief], text: str) -> Schedule:
    """Return the schedule that is meant; SettingError where it is none, or not the only one."""
    found = fitting(await known(interaction), text, interaction.guild)
    if len(found) == 1:
        return found[0]
    message = (
        f"{len(found)} schedules fit “{text[:60]}”. Choose one from the list that appears while you type."
        if found
        else "This server has no such schedule. Choose one from the list that appears while you type."
    )
    raise SettingError(message, setting="schedule")


def fitting(schedules: Sequence[Schedule], text: str, guild: discord.Guild | None) -> list[Schedule]:
    """Return the schedule with this number or label, else those whose label holds the text."""
    labels = {schedule.id: telling.label(schedule, guild, CHOICE_LIMIT).casefold() for schedule in schedules}
    wanted = text.strip().casefold()
    exact = [each for each in schedules if wanted in {str(each.id), labels[each.id]}]
    within = [each for each in schedules if wanted and not wanted.isdigit() and wanted in labels[each.id]]
    return exact[:1] or within


async def offered(
    interaction: discord.Interaction[Debrief], typed: str, which: Callable[[Schedule], bool] = lambda _: True
) -> list[app_commands.Choice[str]]:
    """Return the server's schedules that fit what was typed so far."""
    wanted = typed.strip().casefold()
    labels = [
        (telling.label(schedule, interaction.guild, CHOICE_LIMIT), str(schedule.id))
        for schedule in await known(interaction)
        if which(schedule)
    ]
    fit = [(label, value) for label, value in labels if wanted in label.casefold()]
    return [app_commands.Choice(name=label, value=value) for label, value in fit[:CHOICES]]
