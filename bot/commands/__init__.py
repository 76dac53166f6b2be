"""The slash commands, one file per group, and the buttons: check, acknowledge, one call to the desk, render, send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands import (
    ask,
    audit,
    brief,
    feeds,
    followups,
    forms,
    guide,
    looking,
    privacy,
    reading,
    schedule,
    settings,
    setup,
    sources,
    status,
    topics,
)

if TYPE_CHECKING:
    from discord import app_commands

    from bot.client import Debrief


def register(client: Debrief) -> None:
    """Add every command, every button and every form to the client."""
    singles: list[app_commands.Command[Any, ..., Any]] = [
        ask.ask,
        brief.latest,
        looking.timeline,
        looking.upcoming,
        looking.connections,
        status.status,
        audit.audit,
        settings.settings,
        setup.setup,
        guide.guide,
        privacy.privacy,
    ]
    groups: list[app_commands.Group] = [
        brief.Brief(),
        feeds.Feeds(),
        schedule.Schedules(),
        topics.Topics(),
    ]
    for single in singles:
        client.tree.add_command(single)
    client.tree.add_command(ask.about_this)
    for group in groups:
        client.tree.add_command(group)
    client.add_dynamic_items(
        *brief.BUTTONS,
        *reading.ALL,
        *sources.ALL,
        *followups.ALL,
        *looking.BUTTONS,
        *feeds.BUTTONS,
        *schedule.BUTTONS,
        *audit.BUTTONS,
        *settings.CONTROLS,
        *setup.BUTTONS,
        *guide.BUTTONS,
    )
    client.forms = (*forms.KINDS, *setup.KINDS, *settings.KINDS)
