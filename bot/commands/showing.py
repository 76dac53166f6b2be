"""*Show to all* under what only one person sees: posts it for everyone, once."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import discord

from bot.commands.buttons import Pressed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Debrief
    from bot.rendering import Page

REMEMBERED = 256  # messages


class Showings:
    """The messages that were just shown to all, so that two presses in one moment show one once.

    That it was shown stands in the message, which loses the button; this may be forgotten at any time.
    """

    def __init__(self) -> None:
        self._begun: OrderedDict[int, None] = OrderedDict()

    def begin(self, message_id: int) -> bool:
        """Whether a message is to be shown now; it is remembered."""
        if message_id in self._begun:
            return False
        self._begun[message_id] = None
        while len(self._begun) > REMEMBERED:
            self._begun.popitem(last=False)
        return True

    def failed(self, message_id: int) -> None:
        """Let it be tried again."""
        self._begun.pop(message_id, None)


class Show(Pressed, template=r"(?!)"):
    """A button that shows all what its message says."""

    async def show(
        self, interaction: discord.Interaction[Debrief], page: Page, files: Sequence[discord.File] = ()
    ) -> None:
        """Post it for everyone, unless it was."""
        showings, under = interaction.client.showings, interaction.message.id if interaction.message else 0
        if not showings.begin(under):
            return
        try:
            await interaction.followup.send(view=page, files=files, ephemeral=False)
        except discord.DiscordException:
            showings.failed(under)
            raise
