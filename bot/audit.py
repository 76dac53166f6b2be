"""What admins did is written down: who, when, and to what; `/audit` shows it to the server's admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

    from bot.client import Debrief


async def note(interaction: discord.Interaction[Debrief], name: str, detail: str) -> None:
    """Write down what an admin did: ``name`` as the command is called ("schedule add"), ``detail`` a short sentence, plain text."""
    client, guild_id = interaction.client, interaction.guild_id
    assert guild_id is not None
    store, now = client.newsroom.store, client.newsroom.clock()
    await client.in_thread(store.note_action, guild_id, interaction.user.id, name, detail, now)
