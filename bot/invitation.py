"""The link by which the bot is invited to a server, with the permissions it has a use for and no others."""

from __future__ import annotations

import discord

from bot.access import FOR_DISCUSSION, FOR_FILES, FOR_PICTURES, NEEDED

PERMISSIONS = discord.Permissions(**dict.fromkeys([*NEEDED, *FOR_PICTURES, *FOR_FILES, *FOR_DISCUSSION], True))
SCOPES = ("bot", "applications.commands")


def link(application_id: int | str) -> str:
    """Return the link for an application by its id."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=SCOPES)
