"""The slash commands, one file or folder per group, and the buttons: check, acknowledge, one call to the desk, render, send.

    commands   ask · brief (/brief, /latest) · looking (/timeline, /upcoming, /connections) · guide (/help) · privacy
               status · audit · settings · topics · feeds/ · schedule/ · setup/
    buttons    buttons (what every press and choice goes through) · stories, sources, answers (those under briefings, story
               cards and answers) · showing (*Show to all*) · paging (*Back* and *Next* of lists); those of one command
               stand with it
    forms      forms (all of them, answered by their ids)
    replies    replies (acknowledge, tell how far it is, send) · failures (what is read when something went wrong)
    who, where permitted (who may use what, as Discord decides it) · scopes (this channel, or all)
    words      hours, clocks, whereabouts (times, changes of the clocks, zones) · completing, subjects (what is offered while
               somebody types)

Where the bot may post is in ``bot.access``, what the messages look like in ``bot.rendering``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands import (
    answers,
    ask,
    audit,
    brief,
    feeds,
    forms,
    guide,
    looking,
    privacy,
    schedule,
    settings,
    setup,
    sources,
    status,
    stories,
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
        *stories.ALL,
        *sources.ALL,
        *answers.ALL,
        *looking.BUTTONS,
        *feeds.BUTTONS,
        *schedule.BUTTONS,
        *audit.BUTTONS,
        *settings.CONTROLS,
        *setup.BUTTONS,
        *guide.BUTTONS,
    )
    client.forms = (*forms.KINDS, *setup.KINDS, *settings.KINDS)
